"""One person keeps one place, whatever their addresses, and none once they are erased."""

from datetime import timedelta

import pytest
from django.db import connection

from trekker.events.actions import registering
from trekker.events.actions.registering import Who, welcome_all
from trekker.events.models import Event, Registration, Welcome
from trekker.events.tests.factories import NOW, EventFactory
from trekker.events.tests.welcoming import SECOND, acts_of, admit, held_open, kinds_to
from trekker.mail.actions import default_sender
from trekker.mail.models import Message
from trekker.people.actions import erase_person
from trekker.people.models import Person
from trekker.people.tests.factories import AliasFactory, PersonFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status
BOTH = ("an@bestuur.example", "an@thuis.example")


def two_forms(known, event=None, *others):
    """Take in a form under each address, then some of others; later they are known to be of one."""
    event = event or EventFactory()
    an = PersonFactory(email=known)
    [other] = {*BOTH} - {known}
    taken = [
        admit(event, email, now=NOW + place * SECOND).registration
        for place, email in enumerate([*BOTH, *others])
    ]
    AliasFactory(person=an, email=other)
    return an, *taken


class TestOnePersonUnderTwoAddresses:
    @pytest.mark.parametrize("known", BOTH)
    def test_the_older_place_stays_and_is_confirmed_once(self, known):
        an, older, younger = two_forms(known)

        assert welcome_all(now=NOW + 5 * SECOND) == 2

        for each in (older, younger):
            each.refresh_from_db()
        assert (older.status, younger.status) == (Status.REGISTERED, Status.CANCELLED)
        assert older.person == younger.person == an
        assert [kinds_to(email) for email in BOTH] == [["events.registered"], []]
        assert sorted(acts_of(older.event)) == [
            "events.registered",
            "events.registered",
            "events.registration_cancelled",
        ]

    @pytest.mark.parametrize("known", BOTH)
    def test_who_waits_first_moves_up(self, known):
        _, _, _, waits = two_forms(known, EventFactory(max_registrations=2), "bo@bestuur.example")
        assert waits.status == Status.WAITING

        welcome_all(now=NOW + 5 * SECOND)

        waits.refresh_from_db()
        assert waits.status == Status.REGISTERED
        assert kinds_to("bo@bestuur.example") == ["events.moved_up"]

    def test_a_place_goes_before_waiting_for_one(self):
        event = EventFactory(max_registrations=2)
        _, older, younger = two_forms("an@thuis.example", event)
        Registration.objects.filter(pk=older.pk).update(status=Status.WAITING)

        welcome_all(now=NOW + 5 * SECOND)

        assert event.registrations.exclude(status=Status.CANCELLED).get() == younger

    def test_what_was_confirmed_of_the_younger_is_taken_back(self):
        _, older, younger = two_forms("an@bestuur.example")
        Welcome.objects.filter(registration=older).update(asked_at=NOW + timedelta(minutes=10))
        Registration.objects.filter(pk=older.pk).update(person=None)  # fell before it was known
        welcome_all(now=NOW + 5 * SECOND)
        assert kinds_to(younger.email) == ["events.registered"]

        welcome_all(now=NOW + timedelta(minutes=11))

        queued = Message.objects.filter(status=Message.Status.QUEUED)
        assert [*queued.values_list("address", flat=True)] == [older.email]

    def test_a_colleague_gets_no_second_place_either(self):
        _, older, _, bo = two_forms("an@bestuur.example", None, "bo@bestuur.example")

        theirs = registering.hand_over(
            registration=bo, who=Who(email="an@thuis.example"), by=None, now=NOW + 5 * SECOND
        )

        assert theirs == older
        assert older.event.registrations.exclude(status=Status.CANCELLED).get() == older


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one transaction at a time")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_cancels_a_second_place_at_the_same_moment_waits_in_no_circle():
    default_sender()  # else the one waits for the other to make it
    _, older, younger = two_forms("an@bestuur.example")

    def lock():
        Event.objects.select_for_update().get(pk=younger.event_id)

    def cancel():
        registering.cancel_registration(registration=younger, by=None, now=NOW + 5 * SECOND)

    with held_open(lock, then=cancel):
        welcome_all(now=NOW + 5 * SECOND)

    assert older.event.registrations.exclude(status=Status.CANCELLED).get() == older


class TestWhoIsErased:
    """What came in under an address of someone who was not known by it yet."""

    EMAIL = "an@bestuur.example"

    def erase(self, **facts):
        erase_person(person=PersonFactory(email=self.EMAIL, **facts), by=None, now=NOW + SECOND)
        welcome_all(now=NOW + 5 * SECOND)

    def test_stays_unknown_and_nothing_is_left_of_the_form(self):
        mine = admit(EventFactory(), phone="0470 00 11 22").registration

        self.erase()

        mine.refresh_from_db()
        assert not Person.objects.filter(erased_at=None).exists()
        assert (mine.email, mine.first_name, mine.phone) == ("", "", "")
        assert mine.person.erased_at
        assert not Welcome.objects.exists()
        assert not Message.objects.exists()

    def test_stays_unknown_by_another_of_their_addresses(self):
        mine = admit(EventFactory(), "an@thuis.example").registration
        an = PersonFactory(email=self.EMAIL)
        AliasFactory(person=an, email="an@thuis.example")

        erase_person(person=an, by=None, now=NOW + SECOND)
        welcome_all(now=NOW + 5 * SECOND)

        mine.refresh_from_db()
        assert (mine.email, mine.status) == ("", Status.CANCELLED)
        assert not Person.objects.filter(erased_at=None).exists()

    def test_frees_the_place_for_who_waits(self):
        event = EventFactory(max_registrations=1)
        mine, waits = (admit(event, f"{name}@bestuur.example").registration for name in ("an", "bo"))
        key = mine.key

        self.erase()

        for each in (mine, waits):
            each.refresh_from_db()
        assert (mine.status, waits.status) == (Status.CANCELLED, Status.REGISTERED)
        assert mine.key != key
        assert {"events.registered", "events.registration_cancelled"} < {*acts_of(event)}

    def test_frees_both_places_under_two_addresses(self):
        event = EventFactory()
        admit(event)
        admit(event, "an@thuis.example")
        an = PersonFactory(email=self.EMAIL)
        AliasFactory(person=an, email="an@thuis.example")

        erase_person(person=an, by=None, now=NOW + SECOND)

        assert {*event.registrations.values_list("status", "email")} == {(Status.CANCELLED, "")}

    def test_leaves_no_address_in_the_outbox_by_moving_up_meanwhile(self):
        event = EventFactory(max_registrations=2)
        emails = (self.EMAIL, "an@thuis.example", "an@werk.example")
        for email in emails:
            admit(event, email)
        an = PersonFactory(email=self.EMAIL)
        for email in emails[1:]:
            AliasFactory(person=an, email=email)

        erase_person(person=an, by=None, now=NOW + SECOND)

        assert Message.objects.get().kind == "events.moved_up"
        assert not Message.objects.filter(address__in=emails).exists()

    def test_is_counted_at_what_began_meanwhile(self):
        event = EventFactory()
        mine = admit(event, now=event.starts_at - SECOND).registration

        erase_person(person=PersonFactory(email=self.EMAIL), by=None, now=event.starts_at + SECOND)
        welcome_all(now=event.starts_at + 5 * SECOND)

        mine.refresh_from_db()
        assert (mine.status, mine.email) == (Status.REGISTERED, "")
        assert not Message.objects.exists()

    def test_may_register_again_later(self):
        self.erase()
        admit(EventFactory(), now=NOW + 10 * SECOND)

        welcome_all(now=NOW + 15 * SECOND)

        assert Person.objects.get(erased_at=None).email == self.EMAIL
