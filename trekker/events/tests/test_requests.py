from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection

from trekker.events.actions import ideas as from_ideas
from trekker.events.actions import requests as actions
from trekker.events.actions.changing import Sitting
from trekker.events.chores.requests import wipe_old
from trekker.events.emails import requests as mails
from trekker.events.models import Course, Event, SessionRequest
from trekker.events.queries.requests import organisation_of
from trekker.events.tests.factories import NOW, STARTS, TWO_HOURS, SessionRequestFactory
from trekker.ideas.actions import DoesNotGoAhead
from trekker.ideas.tests.factories import IdeaFactory
from trekker.kernel.audit import lines_of
from trekker.kernel.clock import CHORES
from trekker.mail.models import Message
from trekker.organisations.models import MailDomain
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.actions import erase_person
from trekker.people.tests.factories import AccountFactory, AliasFactory, PersonFactory
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db
State = SessionRequest.State
FACTS = {
    "name": "Wies Vragend",
    "email": "wies@bestuur.example",
    "phone": "",
    "organisation_text": "Gemeente Ergens",
    "kind": "workshop",
    "subject": "Gratis horloges op https://slecht.example",
    "wish": "Tips voor de balie.",
    "audience": "baliemedewerkers",
    "people": 25,
    "when": "in mei",
}


def ask(ticket="een", now=NOW, **facts):
    return actions.ask_session(facts=FACTS | facts, organisation=None, ticket=ticket, now=now)


class TestAskSession:
    def test_keeps_the_request_and_confirms_it_by_mail(self):
        request = ask()

        mail = Message.objects.get()
        assert (request.state, request.received_at, request.people) == (State.NEW, NOW, 25)
        assert (mail.address, mail.kind) == ("wies@bestuur.example", mails.RECEIVED.code)
        assert "workshop" in mail.text
        assert "2 maart 2026" in mail.text

    def test_mails_no_word_that_was_typed(self):
        ask(
            name="Klik slecht.example", organisation_text="Slecht bv", wish="Koop nu", audience="u", when="nu"
        )

        mail = Message.objects.get()
        for shape in (mail.subject, mail.text, mail.html):
            assert not any(word in shape for word in ("slecht", "Slecht", "horloges", "Koop"))

    def test_changes_nothing_when_the_same_form_comes_again(self):
        assert ask() == ask()

        assert SessionRequest.objects.count() == Message.objects.count() == 1

    def test_refuses_the_same_form_with_other_answers(self):
        ask()

        with pytest.raises(actions.TicketUsed):
            ask(subject="Iets anders")

    def test_mails_an_address_three_times_a_day_and_an_hour_apart(self):
        for number in range(6):
            ask(str(number))
        ask("later", now=NOW + timedelta(days=1, minutes=1))

        due = sorted(Message.objects.values_list("due_at", flat=True))
        assert SessionRequest.objects.count() == 7
        assert len(due) == 4
        assert all(later - earlier >= timedelta(hours=1) for earlier, later in pairwise(due))

    def test_keeps_one_request_a_ticket_in_the_database_too(self):
        ask()

        with pytest.raises(IntegrityError):
            SessionRequestFactory(ticket="een")


class TestOrganisationOf:
    def test_knows_who_is_meant_for_sure(self):
        hasselt = OrganisationFactory(name="Hasselt", kind="MUNICIPALITY")

        assert organisation_of("gemeente Hasselt", "an@gmail.com", NOW.date()) == hasselt

    def test_is_not_led_by_the_address_alone(self):
        hasselt = OrganisationFactory(name="Hasselt", kind="MUNICIPALITY")
        MailDomain.objects.create(organisation=hasselt, domain="hasselt.example")

        assert organisation_of("Buurthuis Zonnedorp", "an@hasselt.example", NOW.date()) is None


class TestWeighRequest:
    def weigh(self, request, **facts):
        given = {"importance": 3, "extra_reach": 40, "organisation": OrganisationFactory(), **facts}
        return actions.weigh_request(request=request, **given, by=None, now=NOW)

    def test_keeps_importance_reach_and_organisation(self):
        request = self.weigh(SessionRequestFactory())

        assert (request.importance, request.extra_reach) == (3, 40)
        assert request.organisation

    def test_is_over_once_decided(self):
        request = SessionRequestFactory(state="DECLINED", reason="Nee", decided_at=NOW)

        with pytest.raises(actions.AlreadyDecided):
            self.weigh(request)


class TestAcceptRequest:
    def accept(self, request, **facts):
        given = {"reason": "Past bij het plan.", "by": AccountFactory(), "now": NOW, **facts}
        return actions.accept_request(request=request, **given)

    def test_makes_an_event_on_request_in_which_we_speak(self):
        home = OrganisationFactory()
        request = SessionRequestFactory(kind="info_session", organisation=home)

        event = self.accept(request)

        request.refresh_from_db()
        assert (request.state, request.event, request.reason) == (State.ACCEPTED, event, "Past bij het plan.")
        assert (event.on_request, event.our_role, event.kind) == (True, "speaker", "info_session")
        assert (event.state, event.starts_at) == (Event.State.IDEA, None)
        assert (event.title, event.description) == (request.subject, "")
        assert [*event.organisers.all()] == [home]

    def test_plans_it_when_the_day_is_known_and_the_public_does_not_see_it_yet(self):
        session = Sitting(starts_at=STARTS, ends_at=STARTS + TWO_HOURS)

        event = self.accept(SessionRequestFactory(), session=session)

        assert (event.state, event.starts_at) == (Event.State.PLANNED, STARTS)
        assert event.sessions.get().hours == 2
        assert not Event.objects.announced().exists()

    def test_tells_who_asked_why_without_their_own_words(self):
        self.accept(SessionRequestFactory(subject="Klik hier", name="Slecht"))

        mail = Message.objects.get()
        assert mail.kind == mails.ACCEPTED.code
        assert "Past bij het plan." in mail.text
        assert "Klik hier" not in mail.text + mail.subject
        assert "Slecht" not in mail.text

    def test_is_silent_when_asked_to_be(self):
        self.accept(SessionRequestFactory(), tells=False)

        assert not Message.objects.exists()

    def test_happens_once_and_makes_one_event(self):
        request = SessionRequestFactory()
        self.accept(request)

        with pytest.raises(actions.AlreadyDecided):
            self.accept(request)
        assert Event.objects.count() == 1

    def test_asks_a_reason(self):
        request = SessionRequestFactory()

        with pytest.raises(actions.ReasonMissing):
            self.accept(request, reason=" ")
        assert not Event.objects.exists()


class TestDeclineRequest:
    def decline(self, request, reason="Onze agenda is vol."):
        return actions.decline_request(request=request, reason=reason, by=AccountFactory(), now=NOW)

    def test_tells_who_asked_why(self):
        request = self.decline(SessionRequestFactory())

        assert (request.state, request.event) == (State.DECLINED, None)
        assert "Onze agenda is vol." in Message.objects.get().text

    def test_asks_a_reason(self):
        with pytest.raises(actions.ReasonMissing):
            self.decline(SessionRequestFactory(), reason="\n")

    def test_mails_nobody_who_was_wiped(self):
        request = SessionRequestFactory(received_at=NOW - timedelta(days=800))
        wipe_old(NOW)

        self.decline(request)

        assert not Message.objects.exists()


class TestReopenRequest:
    def test_keeps_the_mail_from_leaving(self):
        request = TestDeclineRequest().decline(SessionRequestFactory())

        in_time = actions.reopen_request(request=request, by=None, now=NOW)

        request.refresh_from_db()
        assert in_time
        assert (request.state, request.reason, request.decided_at) == (State.NEW, "", None)
        assert Message.objects.get().status == Message.Status.WITHDRAWN

    def test_says_so_when_the_mail_has_left(self):
        request = TestDeclineRequest().decline(SessionRequestFactory())
        Message.objects.update(status=Message.Status.SENT, sent_at=NOW)

        assert not actions.reopen_request(request=request, by=None, now=NOW)

    def test_lets_another_decision_be_mailed(self):
        request = TestDeclineRequest().decline(SessionRequestFactory())
        actions.reopen_request(request=request, by=None, now=NOW)

        actions.decline_request(request=request, reason="Toch niet.", by=None, now=NOW + timedelta(minutes=5))

        assert Message.objects.filter(status=Message.Status.QUEUED).count() == 1

    def test_waits_until_the_event_is_cancelled(self):
        request = SessionRequestFactory()
        event = TestAcceptRequest().accept(request)

        with pytest.raises(actions.EventStands):
            actions.reopen_request(request=request, by=None, now=NOW)
        Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)
        actions.reopen_request(request=request, by=None, now=NOW)

        request.refresh_from_db()
        assert (request.is_open, request.event) == (True, None)

    def test_needs_a_decision(self):
        with pytest.raises(actions.NothingDecided):
            actions.reopen_request(request=SessionRequestFactory(), by=None, now=NOW)


class TestForgetting:
    def test_takes_who_asked_out_of_requests_of_two_years_ago_and_no_others(self):
        old = SessionRequestFactory(received_at=NOW - timedelta(days=732), ticket="oud", phone="011")
        young = SessionRequestFactory(received_at=NOW - timedelta(days=729))

        wipe_old(NOW)

        old.refresh_from_db()
        young.refresh_from_db()
        assert (old.name, old.phone, old.ticket, old.can_be_mailed) == ("", "", None, False)
        assert old.subject
        assert young.name
        assert actions.wipe_old_requests(now=NOW) == 0

    def test_takes_an_erased_person_out_by_every_address_and_stops_the_mails(self):
        person = PersonFactory(email="wies@bestuur.example")
        AliasFactory(person=person, email="wies@thuis.example")
        first, second = ask("een"), ask("twee", email="wies@thuis.example")
        other = ask("drie", email="an@bestuur.example")

        erase_person(person=person, by=None, now=NOW)

        for request in (first, second):
            request.refresh_from_db()
            assert (request.name, request.can_be_mailed, request.ticket) == ("", False, None)
        other.refresh_from_db()
        assert other.name
        assert set(Message.objects.filter(status="QUEUED").values_list("address", flat=True)) == {other.email}

    def test_is_a_chore_of_the_clock(self):
        SessionRequestFactory(received_at=NOW - timedelta(days=900))

        CHORES["requests.wipe_old"].work(NOW)

        assert not SessionRequest.objects.exclude(name="").exists()


class TestFromIdeas:
    @pytest.fixture
    def idea(self):
        idea = IdeaFactory(goes_ahead=True, title="Cyberveiligheid", description="Zij krijgen vragen.")
        idea.themes.set(Theme.objects.filter(code="online_safety"))
        idea.audiences.set(Audience.objects.filter(code="frontline_staff"))
        return idea

    def test_an_idea_becomes_a_course_that_takes_all_along(self, idea):
        course = from_ideas.make_course(idea=idea, title="Veilig", e_learning=True, by=None, now=NOW)

        assert (course.idea, course.e_learning, course.description) == (idea, True, "Zij krijgen vragen.")
        assert [each.code for each in (course.themes.get(), course.audiences.get())] == [
            "online_safety",
            "frontline_staff",
        ]

    def test_an_idea_becomes_an_event_without_a_day(self, idea):
        officer = AccountFactory()

        event = from_ideas.make_event(idea=idea, title="Infosessie", kind="info_session", by=officer, now=NOW)

        assert (event.idea, event.state, event.kind) == (idea, Event.State.IDEA, "info_session")
        assert event.themes.get().code == "online_safety"
        assert [*event.leads.all()] == [officer]
        assert [line.action for line in lines_of([event])] == ["events.added"]

    def test_only_what_goes_ahead_becomes_something(self):
        for idea in (IdeaFactory(), IdeaFactory(later=True)):
            with pytest.raises(DoesNotGoAhead):
                from_ideas.make_course(idea=idea, title="x", e_learning=False, by=None, now=NOW)
            with pytest.raises(DoesNotGoAhead):
                from_ideas.make_event(idea=idea, title="x", kind="training", by=None, now=NOW)

    def test_a_course_has_a_title_of_its_own(self, idea):
        Course.objects.create(title="Veilig")

        with pytest.raises(from_ideas.CourseExists):
            from_ideas.make_course(idea=idea, title="Veilig", e_learning=False, by=None, now=NOW)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_form_sent_twenty_times_at_once_is_one_request_and_one_mail():
    def send(_number: int) -> int:
        try:
            return ask().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as senders:
        found = set(senders.map(send, range(20)))

    assert len(found) == SessionRequest.objects.count() == Message.objects.count() == 1
