"""Who gets a place, who waits, and who moves up."""

from datetime import timedelta

import pytest

from trekker.events.actions import registering
from trekker.events.actions.changing import change_event
from trekker.events.actions.registering import Brought, Need, Who
from trekker.events.models import AccessNeed, Event, Registration
from trekker.events.tests.factories import (
    NOW,
    STARTS,
    AttendanceFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.kernel.audit import lines_of
from trekker.mail.models import Message
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.actions import erase_person, merge_persons
from trekker.people.models import Person
from trekker.people.tests.factories import AliasFactory, PersonFactory

pytestmark = pytest.mark.django_db
Status, Mode = Registration.Status, Registration.Mode
LATER = NOW + timedelta(days=1)


def register(event, email="an@bestuur.example", *, mode="", now=NOW, by=None, **facts):
    who = Who(
        email=email, first_name="An", last_name="Voorbeeld", organisation=facts.pop("organisation", None)
    )
    brought = Brought(mode=mode, need=facts.pop("need", Need()))
    return registering.register(event=event, who=who, brought=brought, by=by, now=now, **facts)


def statuses(event):
    rows = event.registrations.order_by("registered_at", "pk")
    return [(each.email.partition("@")[0], each.status) for each in rows]


def kinds_to(email):
    return [*Message.objects.filter(address=email).order_by("pk").values_list("kind", flat=True)]


class TestRegister:
    def test_gives_a_place_and_confirms_it_by_mail(self):
        event = EventFactory()

        outcome = register(event)

        assert outcome.registration.status == outcome.shown == Status.REGISTERED
        message = Message.objects.get()
        assert (message.kind, message.topic) == ("events.registered", event.topic)
        assert f"/inschrijving/{outcome.registration.key}/" in message.text
        assert bytes(message.attachments.get().content).startswith(b"BEGIN:VCALENDAR")
        assert "An" not in message.text

    def test_makes_a_person_with_a_position_of_someone_new(self):
        gent = OrganisationFactory()

        register(EventFactory(), organisation=gent)

        person = Person.objects.get()
        assert (person.first_name, person.positions.get().organisation) == ("An", gent)

    def test_never_changes_the_name_of_someone_known(self):
        person = AliasFactory(person__first_name="Fien", email="an@bestuur.example").person

        registration = register(EventFactory()).registration

        person.refresh_from_db()
        assert registration.person == person
        assert (person.first_name, registration.first_name) == ("Fien", "An")
        assert Person.objects.count() == 1

    def test_the_same_person_twice_changes_nothing_and_shows_the_same(self):
        event = EventFactory()

        first, second = register(event), register(event, "AN@bestuur.example", now=LATER)

        assert second.registration == first.registration
        assert second.shown == first.shown
        assert not second.is_new
        assert event.registrations.count() == Person.objects.count() == 1
        assert kinds_to("an@bestuur.example") == ["events.registered", "events.already"]

    def test_the_same_ticket_twice_changes_nothing(self):
        event = EventFactory()

        first, second = register(event, ticket="één"), register(event, ticket="één")

        assert second.registration == first.registration
        assert Message.objects.count() == 1

    def test_a_ticket_serves_one_address(self):
        event = EventFactory()
        register(event, ticket="één")

        with pytest.raises(registering.TicketUsed):
            register(event, "bo@bestuur.example", ticket="één")

    def test_puts_people_on_the_waiting_list_once_full(self):
        event = EventFactory(max_registrations=1)

        register(event)
        outcome = register(event, "bo@bestuur.example")

        assert outcome.shown == Status.WAITING
        assert kinds_to("bo@bestuur.example") == ["events.waiting"]

    def test_refuses_when_full_without_a_waiting_list(self):
        event = EventFactory(max_registrations=1, waiting_list=False)
        register(event)

        with pytest.raises(registering.Full):
            register(event, "bo@bestuur.example")

    def test_nobody_passes_those_who_wait(self):
        event = EventFactory(max_registrations=2)
        RegistrationFactory(event=event)
        RegistrationFactory(event=event, waiting=True, mode=Mode.ONLINE)

        assert register(event).shown == Status.WAITING

    def test_counts_a_hybrid_event_for_each_way_to_take_part(self):
        event = EventFactory(format="hybrid", max_registrations=1, max_online=1)

        shown = [
            register(event, f"{at}@bestuur.example", mode=at[:-1]).shown for at in ("ON_SITE1", "ON_SITE2")
        ]
        shown += [register(event, "c@bestuur.example", mode=Mode.ONLINE).shown]

        assert shown == [Status.REGISTERED, Status.WAITING, Status.REGISTERED]

    @pytest.mark.parametrize(
        "facts",
        [
            {"state": Event.State.PLANNED},
            {"state": Event.State.CANCELLED},
            {"state": Event.State.HELD},
            {"idea": True},
            {"visibility": Event.Visibility.INTERNAL},
            {"deadline_at": NOW - timedelta(minutes=1)},
            {"starts_at": NOW - timedelta(minutes=1)},
            {"external_url": "https://elders.example/"},
        ],
        ids=str,
    )
    def test_refuses_what_is_not_open(self, facts):
        with pytest.raises(registering.RegistrationClosed):
            register(EventFactory(**facts))

        assert not Registration.objects.exists()

    def test_staff_may_overrule_full_and_late(self):
        event = EventFactory(max_registrations=0, waiting_list=False, deadline_at=NOW - timedelta(days=1))

        outcome = register(event, overrule=True, source="PHONE")

        assert outcome.registration.status == Status.REGISTERED

    def test_keeps_a_need_only_with_its_consent(self):
        event = EventFactory()

        register(event, "a@bestuur.example", need=Need(diet="veganistisch"))
        register(event, "b@bestuur.example", need=Need(diet="veganistisch", consent_text="Ja, bewaar dit."))

        need = AccessNeed.objects.get()
        assert (need.registration.email, need.consent_at) == ("b@bestuur.example", NOW)

    def test_writes_who_and_what_in_the_log_without_a_name(self):
        event = EventFactory()

        register(event)

        line = lines_of([event]).get()
        assert (line.action, line.label) == ("events.registered", event.title)

    def test_leaves_no_trace_of_the_work_that_hides_who_is_known(self):
        PersonFactory(email="an@bestuur.example")
        event = EventFactory()

        register(event, organisation=OrganisationFactory())
        register(event, organisation=OrganisationFactory(), now=LATER)

        assert Person.objects.count() == Registration.objects.count() == 1
        assert lines_of([event]).count() == 1


class TestCancel:
    def test_gives_the_place_to_who_waits_first(self):
        event = EventFactory(max_registrations=1)
        first, second, third = (register(event, f"{name}@bestuur.example").registration for name in "abc")

        registering.cancel_registration(registration=first, by=None, now=LATER)

        assert statuses(event) == [("a", "CANCELLED"), ("b", "REGISTERED"), ("c", "WAITING")]
        second.refresh_from_db()
        assert second.promoted_at == LATER
        assert kinds_to("b@bestuur.example") == ["events.waiting", "events.moved_up"]
        assert kinds_to("c@bestuur.example") == ["events.waiting"]
        assert "events.promoted" in lines_of([event]).values_list("action", flat=True)
        assert third.status == Status.WAITING

    def test_takes_back_what_has_not_left_and_wipes_what_was_needed(self):
        event = EventFactory()
        mine = register(event, need=Need(diet="x", consent_text="ja")).registration

        registering.cancel_registration(registration=mine, by=None, now=LATER)

        assert not AccessNeed.objects.exists()
        assert [*Message.objects.order_by("pk").values_list("kind", "status")] == [
            ("events.registered", "WITHDRAWN"),
            ("events.withdrawn", "QUEUED"),
        ]

    def test_twice_changes_nothing(self):
        mine = register(EventFactory()).registration

        for _ in range(2):
            registering.cancel_registration(registration=mine, by=None, now=LATER)

        assert kinds_to("an@bestuur.example").count("events.withdrawn") == 1

    def test_comes_too_late_once_it_has_begun(self):
        mine = register(EventFactory()).registration

        with pytest.raises(registering.TooLate):
            registering.cancel_registration(registration=mine, by=None, now=STARTS)

    def test_nobody_moves_up_once_it_has_begun(self):
        event = EventFactory(max_registrations=1)
        first = register(event, "a@bestuur.example").registration
        register(event, "b@bestuur.example")

        registering.cancel_registration(registration=first, overrule=True, by=None, now=STARTS)

        assert statuses(event) == [("a", "CANCELLED"), ("b", "WAITING")]

    def test_someone_may_register_again(self):
        event = EventFactory()
        mine = register(event, ticket="één").registration
        registering.cancel_registration(registration=mine, by=None, now=LATER)

        assert register(event, ticket="twee", now=LATER).is_new


class TestPromote:
    def test_follows_a_higher_maximum(self):
        event = EventFactory(max_registrations=1)
        for name in "abc":
            register(event, f"{name}@bestuur.example")

        change_event(event=event, facts={"max_registrations": 2}, by=None, now=LATER)

        assert [status for _, status in statuses(event)] == ["REGISTERED", "REGISTERED", "WAITING"]

    def test_follows_a_change_of_mode(self):
        event = EventFactory(format="hybrid", max_registrations=1)
        first = register(event, "a@bestuur.example", mode=Mode.ON_SITE).registration
        register(event, "b@bestuur.example", mode=Mode.ON_SITE)

        change(first, mode=Mode.ONLINE)

        assert [status for _, status in statuses(event)] == ["REGISTERED", "REGISTERED"]

    def test_moves_everyone_along_when_an_event_goes_online(self):
        event = EventFactory(format="hybrid", max_registrations=1)
        register(event, "a@bestuur.example", mode=Mode.ON_SITE)

        change_event(event=event, facts={"format": "online"}, by=None, now=LATER)

        assert event.registrations.get().mode == Mode.ONLINE


def change(registration, **brought):
    facts = {"first_name": "An", "last_name": "Voorbeeld", "function": "", "phone": ""}
    return registering.change_registration(
        registration=registration, **facts, brought=Brought(**brought), by=None, now=LATER
    )


class TestChange:
    def test_writes_other_facts(self):
        mine = register(EventFactory()).registration

        changed = change(mine, case="Hoe bereiken we wie thuis zit?")

        changed.refresh_from_db()
        assert changed.case.startswith("Hoe bereiken")

    def test_keeps_the_place_when_the_other_mode_is_full(self):
        event = EventFactory(format="hybrid", max_online=0)
        mine = register(event, mode=Mode.ON_SITE).registration

        with pytest.raises(registering.NoPlaceThere):
            change(mine, mode=Mode.ONLINE)

        mine.refresh_from_db()
        assert (mine.mode, mine.status) == (Mode.ON_SITE, Status.REGISTERED)

    def test_who_waits_gets_a_place_by_taking_part_another_way(self):
        event = EventFactory(format="hybrid", max_registrations=0)
        mine = register(event, mode=Mode.ON_SITE).registration

        assert change(mine, mode=Mode.ONLINE).status == Status.REGISTERED


class TestHandOver:
    def test_lets_a_colleague_take_the_place_also_when_full(self):
        event = EventFactory(max_registrations=1)
        mine = register(event).registration
        register(event, "wacht@bestuur.example")

        theirs = registering.hand_over(
            registration=mine, who=Who("bo@bestuur.example", "Bo"), by=None, now=LATER
        )

        mine.refresh_from_db()
        assert (mine.status, theirs.status, theirs.instead_of) == (Status.CANCELLED, Status.REGISTERED, mine)
        assert kinds_to("bo@bestuur.example") == ["events.taken_over"]
        assert kinds_to("an@bestuur.example")[-1] == "events.handed_over"
        assert event.registrations.waiting().count() == 1

    def test_keeps_the_place_in_the_queue(self):
        event = EventFactory(max_registrations=0)
        mine = register(event).registration
        register(event, "wacht@bestuur.example", now=LATER)

        theirs = registering.hand_over(registration=mine, who=Who("bo@bestuur.example"), by=None, now=LATER)

        assert event.registrations.waiting().first() == theirs

    def test_frees_the_place_when_the_colleague_has_one(self):
        event = EventFactory(max_registrations=2)
        mine = register(event).registration
        bo = register(event, "bo@bestuur.example").registration
        register(event, "wacht@bestuur.example")

        assert (
            registering.hand_over(registration=mine, who=Who("bo@bestuur.example"), by=None, now=LATER) == bo
        )
        assert [status for _, status in statuses(event)] == ["CANCELLED", "REGISTERED", "REGISTERED"]

    def test_lets_a_colleague_who_waits_have_the_place(self):
        event = EventFactory(max_registrations=1)
        mine = register(event).registration
        register(event, "bo@bestuur.example")

        theirs = registering.hand_over(registration=mine, who=Who("bo@bestuur.example"), by=None, now=LATER)

        assert theirs.status == Status.REGISTERED
        assert event.registrations.exclude(status=Status.CANCELLED).get() == theirs


class TestPersons:
    def test_erasing_someone_ends_what_is_to_come_and_frees_the_place(self):
        event = EventFactory(max_registrations=1)
        mine = register(event, need=Need(diet="x", consent_text="ja")).registration
        other = register(event, "bo@bestuur.example").registration

        erase_person(person=mine.person, by=None, now=LATER)

        mine.refresh_from_db()
        other.refresh_from_db()
        assert (mine.status, mine.email, mine.first_name) == (Status.CANCELLED, "", "")
        assert other.status == Status.REGISTERED
        assert not AccessNeed.objects.exists()

    def test_erasing_someone_leaves_no_word_they_typed_and_closes_the_link(self):
        mine = RegistrationFactory(organisation_text="zelfstandige Jan Peeters", event__held=True)

        erase_person(person=mine.person, by=None, now=STARTS + timedelta(days=9))

        row = Registration.objects.get()
        assert (row.organisation_text, row.status) == ("", Status.REGISTERED)
        assert row.key != mine.key

    def test_one_person_of_two_frees_a_place_for_who_waits_first(self):
        event = EventFactory(max_registrations=2)
        one = register(event, "a@bestuur.example").registration
        two = register(event, "b@bestuur.example", need=Need(diet="x", consent_text="ja")).registration
        waits = register(event, "c@bestuur.example").registration

        merge_persons(kept=one.person, dropped=two.person, by=None, now=LATER)

        waits.refresh_from_db()
        assert waits.status == Status.REGISTERED
        assert kinds_to("c@bestuur.example")[-1] == "events.moved_up"
        assert not AccessNeed.objects.exists()

    def test_one_person_of_two_keeps_the_attendance_of_both(self):
        event = EventFactory(held=True)
        second = SessionFactory(event=event, starts_at=STARTS + timedelta(days=7))
        one, two = RegistrationFactory(event=event), RegistrationFactory(event=event)
        AttendanceFactory(registration=one, session=event.sessions.first())
        AttendanceFactory(registration=two, session=event.sessions.first(), minutes=10)
        AttendanceFactory(registration=two, session=second)

        merge_persons(kept=one.person, dropped=two.person, by=None, now=LATER)

        live = event.registrations.exclude(status=Status.CANCELLED).get()
        assert live.attendances.count() == 2
        assert live.attendances.filter(session=second).exists()

    def test_one_person_of_two_keeps_one_place(self):
        event = EventFactory()
        one, two = (register(event, f"{name}@bestuur.example").registration for name in "ab")

        merge_persons(kept=one.person, dropped=two.person, by=None, now=LATER)

        assert event.registrations.exclude(status=Status.CANCELLED).get() == one
        assert event.registrations.count() == 2
