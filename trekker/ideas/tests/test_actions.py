from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from trekker.ideas import actions, queries
from trekker.ideas.models import Consultation, Idea
from trekker.ideas.tests.factories import ConsultationFactory, IdeaFactory
from trekker.kernel.audit import lines_of
from trekker.people.tests.factories import AccountFactory
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)  # already the tenth in Brussels
State = Idea.State


def acts(idea) -> list[str]:
    return [line.action for line in lines_of([idea])]


def decide(idea, outcome=State.GOES_AHEAD, reason="Veel vraag."):
    return actions.decide(idea=idea, outcome=outcome, reason=reason, by=None, now=NOW)


class TestNoteIdea:
    def test_keeps_who_when_and_about_what(self):
        officer = AccountFactory()

        idea = actions.note_idea(
            facts={"title": "Cyberveiligheid", "origin": "EVENT"},
            themes=Theme.objects.filter(code="online_safety"),
            audiences=Audience.objects.filter(code="frontline_staff"),
            by=officer,
            now=NOW,
        )

        assert (idea.state, idea.created_by, idea.created_at) == (State.NOTED, officer, NOW)
        assert [each.code for each in (idea.themes.get(), idea.audiences.get())] == [
            "online_safety",
            "frontline_staff",
        ]
        assert acts(idea) == ["ideas.noted"]


class TestChangeIdea:
    def test_leaves_weighing_and_decision_alone(self):
        idea = IdeaFactory(goes_ahead=True, weighed=True)

        changed = actions.change_idea(
            idea=idea, facts={"title": "Nieuw"}, themes=[], audiences=[], by=None, now=NOW
        )

        assert (changed.title, changed.state, changed.need) == ("Nieuw", State.GOES_AHEAD, 4)


class TestConsultations:
    def add(self, idea, on=date(2026, 3, 10)):
        return actions.add_consultation(
            idea=idea, who="Mediawijs", on=on, view="MIXED", said="Eerst afstemmen.", by=None, now=NOW
        )

    def test_make_of_a_noted_idea_one_that_is_being_consulted(self):
        idea = IdeaFactory()

        self.add(idea)

        idea.refresh_from_db()
        assert idea.state == State.CONSULTING

    def test_leave_a_decided_idea_decided(self):
        idea = IdeaFactory(later=True)

        self.add(idea)

        idea.refresh_from_db()
        assert idea.state == State.LATER

    def test_lie_in_the_past_or_today_here(self):
        idea = IdeaFactory()

        with pytest.raises(actions.NotYetAsked):
            self.add(idea, on=date(2026, 3, 11))

        idea.refresh_from_db()
        assert (idea.state, idea.consultations.count()) == (State.NOTED, 0)

    def test_are_corrected(self):
        consultation = ConsultationFactory()
        facts = {"who": "CPA-werking", "on": date(2026, 1, 5), "view": "AGAINST", "said": "Te vroeg."}

        actions.correct_consultation(consultation=consultation, **facts, by=None, now=NOW)

        assert Consultation.objects.filter(**facts).exists()
        with pytest.raises(actions.NotYetAsked):
            actions.correct_consultation(
                consultation=consultation, **facts | {"on": date(2027, 1, 1)}, by=None, now=NOW
            )

    def test_removed_leave_an_open_idea_noted_but_never_a_decided_one(self):
        first, second = ConsultationFactory(), ConsultationFactory(idea=IdeaFactory(later=True))

        for each in (first, second):
            actions.remove_consultation(consultation=each, by=None, now=NOW)

        assert Idea.objects.get(pk=first.idea_id).state == State.NOTED
        assert Idea.objects.get(pk=second.idea_id).state == State.LATER

    def test_removed_leave_an_idea_consulted_while_there_is_another(self):
        first = ConsultationFactory()
        ConsultationFactory(idea=first.idea)

        actions.remove_consultation(consultation=first, by=None, now=NOW)

        assert Idea.objects.get().state == State.CONSULTING


class TestWeighIdea:
    def weigh(self, idea):
        return actions.weigh_idea(
            idea=idea, need=4, reach=3, effort=None, weighing="Dringend.", by=None, now=NOW
        )

    def test_keeps_what_is_not_weighed_yet_open(self):
        idea = self.weigh(IdeaFactory())

        assert (idea.need, idea.reach, idea.effort, idea.weighing) == (4, 3, None, "Dringend.")

    def test_is_over_once_decided(self):
        with pytest.raises(actions.AlreadyDecided):
            self.weigh(IdeaFactory(goes_ahead=True))


class TestDecide:
    @pytest.mark.parametrize("outcome", Idea.OUTCOMES)
    def test_keeps_outcome_reason_and_day(self, outcome):
        idea = decide(ConsultationFactory().idea, outcome, "  Past bij het plan. ")

        assert (idea.state, idea.reason, idea.decided_at) == (outcome, "Past bij het plan.", NOW)
        assert acts(idea) == ["ideas.decided"]

    def test_asks_a_reason(self):
        with pytest.raises(actions.ReasonMissing):
            decide(IdeaFactory(), reason="  ")

    @pytest.mark.parametrize("outcome", [State.NOTED, State.CONSULTING, State.DONE, "X"])
    def test_knows_three_outcomes(self, outcome):
        with pytest.raises(actions.NotAnOutcome):
            decide(IdeaFactory(), outcome)

    def test_happens_once(self):
        idea = decide(IdeaFactory())

        with pytest.raises(actions.AlreadyDecided):
            decide(idea, State.DROPPED)

    def test_is_kept_by_the_database_too(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            Idea.objects.filter(pk=IdeaFactory().pk).update(state=State.DROPPED)


class TestReopen:
    def test_takes_the_decision_back(self):
        noted = actions.reopen(idea=decide(IdeaFactory()), by=None, now=NOW)
        asked = actions.reopen(idea=decide(ConsultationFactory().idea), by=None, now=NOW)

        assert (noted.state, noted.reason, noted.decided_at) == (State.NOTED, "", None)
        assert asked.state == State.CONSULTING

    def test_needs_a_decision(self):
        with pytest.raises(actions.NothingDecided):
            actions.reopen(idea=IdeaFactory(), by=None, now=NOW)


class TestMarkDone:
    def test_keeps_why_it_went_ahead(self):
        idea = actions.mark_done(idea=IdeaFactory(goes_ahead=True), by=None, now=NOW)

        assert (idea.state, idea.reason) == (State.DONE, "Veel vraag.")

    def test_is_for_what_goes_ahead(self):
        with pytest.raises(actions.DoesNotGoAhead):
            actions.mark_done(idea=IdeaFactory(later=True), by=None, now=NOW)


class TestTheStory:
    def test_tells_all_from_noted_to_done_and_decisions_taken_back(self):
        idea = IdeaFactory()
        ConsultationFactory(idea=idea, on=date(2026, 3, 5))
        decide(idea, State.LATER, "Eerst de bevraging.")
        actions.reopen(idea=idea, by=None, now=NOW)
        decide(idea)
        actions.mark_done(idea=idea, by=None, now=NOW)

        told = [(each.day.day, each.what) for each in queries.story(idea)]

        assert told == [
            (2, "Genoteerd"),
            (5, "team digitale transformatie: voor"),
            (10, "Beslist: later bekijken"),
            (10, "Heropend"),
            (10, "Beslist: gaat door"),
            (10, "Uitgevoerd"),
        ]
        assert queries.story(idea)[2].more == "Eerst de bevraging."
