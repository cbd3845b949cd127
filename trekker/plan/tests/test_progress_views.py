"""The pages about how far actions have come."""

import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.tests.factories import EventFactory
from trekker.kernel.access import Role
from trekker.plan import actions
from trekker.plan.actions.progress import correct_note, note_progress, plan_action
from trekker.plan.models import Lead, Progress, ProgressNote
from trekker.plan.queries.happenings import missed_moments
from trekker.plan.tests.factories import GoalFactory, LineFactory, VersionFactory

pytestmark = pytest.mark.django_db
State = Progress.State
LIST = "/beheer/plan/voortgang/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def version(today):
    return VersionFactory(year=today.year, in_force_from=date(today.year, 1, 1))


@pytest.fixture
def goals(version):
    return [
        GoalFactory(version=version, code="OD1.1", title="Een netwerk"),
        GoalFactory(version=version, code="OD1.2", title="Advies geven"),
    ]


@pytest.fixture
def first(goals):
    return goals[0].actions.create(text="VVSG vraagt leden wat ze nodig hebben")


@pytest.fixture
def second(goals):
    action = goals[1].actions.create(text="Mediawijs schrijft een handleiding")
    Lead.objects.create(action=action, party="Mediawijs")
    return action


def note(action, edition=0, **facts):
    return note_progress(action=action, edition=edition, by=None, now=timezone.now(), **facts)


def due(action, start=None, end=None):
    facts = {"edition": 0, "in_charge": None, "by": None, "now": timezone.now()}
    return plan_action(action=action, starts_on=start, ends_on=end, **facts)


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


class TestTheList:
    def test_leads_on_where_there_is_no_plan(self, officer):
        assert "Er is nog geen vastgesteld plan." in officer.get(LIST).text

    @pytest.mark.usefixtures("goals")
    def test_says_where_actions_come_from_when_there_are_none(self, officer):
        assert "Dit plan heeft nog geen acties." in officer.get(LIST).text

    def test_shows_every_action_under_its_goal_with_its_state(self, officer, first, second):
        note(first, to=State.BUSY, text="De bevraging loopt")

        page = officer.get(LIST)

        assert "OD1.1" in page.text
        assert first.text in page.text
        assert second.text in page.text
        assert "Nu bezig. De bevraging loopt" in page.text
        assert "0 van 1 actie klaar" in page.text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"zoek": "handleiding"}, {"second"}),
            ({"zoek": "loopt BEVRAGING"}, {"first"}),
            ({"zoek": "nergens"}, set()),
            ({"doel": "OD1.1"}, {"first"}),
            ({"trekker": "Mediawijs"}, {"second"}),
            ({"stand": "BUSY"}, {"first"}),
            ({"stand": "open"}, {"first", "second"}),
            ({"stand": "DONE"}, set()),
            ({"stand": "onzin", "doel": "?"}, {"first", "second"}),
        ],
    )
    def test_narrows_by_search_goal_lead_and_state(self, officer, first, second, query, found):
        note(first, to=State.BUSY, text="De bevraging loopt")

        page = officer.get(LIST, query)

        shown = {each.action for _group, rows in page.context["groups"] for each, _form in rows}
        assert shown == {{"first": first, "second": second}[name] for name in found}
        if not found:
            assert "Geen actie past bij deze keuze." in page.text

    def test_of_me_is_what_my_party_leads(self, as_role, account_of, first, second):
        browser = as_role(Role.PARTNER_OFFICER)
        account = account_of(Role.PARTNER_OFFICER, "pat@voorbeeld.example")
        browser.force_login(account)
        assert "We weten nog niet voor wie je werkt." in browser.get(LIST, {"toon": "mijn"}).text

        actions.set_parties(account=account, parties=["Mediawijs"], by=None, now=timezone.now())
        page = browser.get(LIST, {"toon": "mijn"})

        assert second.text in page.text
        assert first.text not in page.text

    def test_late_is_what_passed_its_day(self, officer, first, second, today):
        due(first, end=today - timedelta(days=1))
        due(second, end=today)

        page = officer.get(LIST, {"toon": "laat"})

        assert first.text in page.text
        assert second.text not in page.text
        assert "moest al klaar zijn" in page.text

    def test_this_month_is_what_begins_or_ends_in_it(self, officer, goals, first, second, today):
        due(first, end=today)
        goals[1].moments.create(text="een infosessie", start=today, end=today)

        page = officer.get(LIST, {"toon": "maand"})

        assert "Af te werken" in page.text
        assert "een infosessie" in page.text
        assert second.text not in page.text

    @pytest.mark.usefixtures("first")
    def test_can_be_taken_along_as_it_is_shown(self, officer, second):
        note(second, text="Bijna klaar", for_report=True)

        response = officer.get(LIST, {"trekker": "Mediawijs", "formaat": "csv"})

        text = b"".join(response.streaming_content).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
        assert row["actie"] == second.text
        assert row["notitie voor het rapport"] == "Bijna klaar"
        officer.get(LIST, {"formaat": "xlsx"}).close()

    def test_asks_as_many_questions_for_many_actions_as_for_few(
        self, officer, first, django_assert_max_num_queries
    ):
        for number in range(30):
            note(first.goal.actions.create(text=f"Actie {number}"), text="Iets")
        officer.get(LIST)

        with django_assert_max_num_queries(25):
            officer.get(LIST)


class TestUpdating:
    def test_in_the_list_comes_back_to_the_same_list(self, officer, first):
        sent = {"to": "BUSY", "text": "Begonnen", "edition": 0, "lijst": "toon=mijn&zoek=leden"}

        response = officer.post(reverse("plan:note_progress", args=[first.pk]), sent)

        assert response.url == f"{LIST}?toon=mijn&zoek=leden#actie-{first.pk}"
        assert Progress.objects.get().state == State.BUSY

    def test_leads_nowhere_else_whatever_is_sent(self, officer, first):
        sent = {"to": "BUSY", "edition": 0, "lijst": "//elders.example/?x"}

        response = officer.post(reverse("plan:note_progress", args=[first.pk]), sent)

        assert response.url.startswith(f"{LIST}?")

    def test_says_what_is_missing_and_keeps_what_was_typed(self, officer, first):
        page = officer.post(
            reverse("plan:note_progress", args=[first.pk]), {"to": "STUCK", "text": "", "edition": 0}
        )

        assert "Schrijf erbij waarom." in page.text
        assert not ProgressNote.objects.exists()

    def test_of_the_planning_says_that_the_end_comes_too_early(self, officer, first):
        sent = {"starts_on": "2026-05-01", "ends_on": "2026-04-01", "edition": 0}

        page = officer.post(reverse("plan:plan_action", args=[first.pk]), sent)

        assert "Het einde komt voor het begin." in page.text

    def test_shows_the_correction_with_the_old_words_folded_away(self, officer, first):
        wrong = note(first, text="12 antwoorden")

        officer.post(reverse("plan:correct_note", args=[first.pk, wrong.pk]), {"text": "21 antwoorden"})

        page = officer.get(reverse("plan:action_progress", args=[first.pk]))
        assert "21 antwoorden" in page.text
        assert "Dit is verbeterd." in page.text

    def test_is_not_for_who_may_only_look(self, as_role, first):
        browser = as_role(Role.MANAGEMENT)

        assert "Werk bij" not in browser.get(LIST).text
        browser.post(reverse("plan:note_progress", args=[first.pk]), {"text": "x", "edition": 0})
        assert not ProgressNote.objects.exists()

    def test_does_not_find_an_action_of_a_concept(self, officer):
        action = GoalFactory(version=VersionFactory(concept=True)).actions.create(text="Later")

        assert officer.get(reverse("plan:action_progress", args=[action.pk])).status_code == 404


class TestMoments:
    def moment(self, goal, text, first, last):
        return goal.moments.create(text=text, start=first, end=last)

    def held(self, day, **facts):
        starts_at = timezone.make_aware(datetime.combine(day, time(10)))
        return EventFactory(held=True, starts_at=starts_at, **facts)

    def test_without_an_activity_on_their_days_are_named(self, goals, version):
        eighth, ninth = date(version.year, 1, 8), date(version.year, 1, 9)
        missed = self.moment(goals[0], "infosessie op 8 januari", eighth, eighth)
        self.moment(goals[0], "infosessie op 9 januari", ninth, ninth)
        self.held(ninth)

        assert missed_moments(version, date(version.year, 2, 1)) == [missed]
        assert missed_moments(version, eighth) == []

    def test_are_held_against_what_the_promises_of_their_goal_count(self, goals, version):
        LineFactory(indicator__goal=goals[0], measure="events.held", filters={"kind": ["focus_group"]})
        spring = date(version.year, 1, 1), date(version.year, 3, 31)
        moment = self.moment(goals[0], "een focusgroep in het voorjaar", *spring)
        after = date(version.year, 4, 1)
        self.held(date(version.year, 2, 9), kind="network_meeting")
        assert missed_moments(version, after) == [moment]

        self.held(date(version.year, 2, 10), kind="focus_group")

        assert missed_moments(version, after) == []


def test_the_dashboard_says_in_one_line_how_far_the_actions_of_a_goal_are(officer, first):
    note(first, to=State.DONE)
    first.goal.actions.create(text="Nog iets")

    page = officer.get("/beheer/")

    assert "1 van 2 acties klaar." in page.text
    assert f"{LIST}?doel=OD1.1" in page.text


def test_a_correction_that_came_second_is_kept_to_be_read(as_role, first):
    now = timezone.now()
    note = note_progress(action=first, edition=0, text="Begonnen.", by=None, now=now)
    correct_note(action=first, note=note, text="Toch niet.", for_report=False, by=None, now=now)
    address = reverse("plan:correct_note", args=[first.pk, note.pk])

    page = as_role(Role.PROGRAMME_OFFICER).post(address, {"text": "Een uur werk."})

    assert "Een uur werk." in page.text
    assert "Iemand anders verbeterde deze notitie intussen." in page.text
    assert ProgressNote.objects.count() == 2
