"""A form is taken in at once; the mail, and who it is, follow in a moment."""

from datetime import timedelta

import pytest
from django.db import connection

from trekker.events.actions import registering
from trekker.events.actions.registering import Brought, Who, welcome_all
from trekker.events.actions.states import move
from trekker.events.chores.welcoming import welcome
from trekker.events.models import Registration, Welcome
from trekker.events.tests.factories import NOW, EventFactory
from trekker.events.tests.welcoming import SECOND, acts_of, admit, held_open, kinds_to
from trekker.kernel.audit import lines_of
from trekker.mail.actions import default_sender
from trekker.mail.models import Message
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.models import Person
from trekker.people.tests.factories import AliasFactory, PersonFactory

pytestmark = pytest.mark.django_db
Status = Registration.Status


class TestAfterwards:
    def test_someone_new_is_known_and_gets_a_mail(self):
        event, gent = EventFactory(), OrganisationFactory(name="Gent")
        taken = admit(event, organisation=gent, function="medewerker").registration
        assert (taken.person_id, kinds_to(), acts_of(event)) == (None, [], [])

        welcome_all(now=NOW + 5 * SECOND)

        taken.refresh_from_db()
        assert taken.person.email == "an@bestuur.example"
        assert taken.person.positions.get().organisation == gent
        assert kinds_to() == ["events.registered"]
        line = lines_of([event]).get()
        assert (line.action, line.timestamp) == ("events.registered", NOW)

    def test_nothing_is_done_twice(self):
        admit(EventFactory())

        assert [welcome_all(now=NOW + SECOND) for _ in range(2)] == [1, 0]
        assert Message.objects.count() == 1

    def test_who_waits_is_told_so(self):
        event = EventFactory(max_registrations=0)
        admit(event)

        welcome_all(now=NOW + SECOND)

        assert kinds_to() == ["events.waiting"]
        assert acts_of(event) == ["events.put_on_waiting_list"]

    @pytest.mark.parametrize("email", ["an@bestuur.example", "an@werk.example", "an@thuis.example"])
    def test_who_has_a_place_under_any_of_their_addresses_is_told_so(self, email):
        event, an = EventFactory(), PersonFactory(email="an@bestuur.example")
        AliasFactory(person=an, email="an@thuis.example")
        first = admit(event, "an@bestuur.example").registration

        again = admit(event, email, now=NOW + SECOND)
        welcome_all(now=NOW + 5 * SECOND)

        known = email != "an@werk.example"
        assert again.is_new != known
        assert (again.registration == first) == known
        assert ("events.already" in kinds_to()) == known
        assert event.registrations.count() == 1 + (not known)

    def test_nobody_is_mailed_about_what_was_called_off_meanwhile(self):
        event = EventFactory()
        admit(event)
        move(event=event, to="CANCELLED", because="De spreker is ziek.", by=None, now=NOW + SECOND)

        welcome_all(now=NOW + 5 * SECOND)

        assert "events.registered" not in kinds_to()
        assert Person.objects.filter(email="an@bestuur.example").exists()

    def test_ends_early_when_the_process_stops(self):
        event = EventFactory()
        for name in "abc":
            admit(event, f"{name}@bestuur.example")
        turns = iter([True, False])

        assert welcome_all(now=NOW + SECOND, going=lambda: next(turns)) == 1
        assert Welcome.objects.count() == 2


class TestOneThatFalls:
    @pytest.fixture
    def fallen(self, caplog):
        event = EventFactory()
        fallen = admit(event, "an@bestuur.example").registration
        admit(event, "bo@bestuur.example")
        Registration.objects.filter(pk=fallen.pk).update(email="geen adres")
        caplog.set_level("ERROR")
        return fallen

    def test_keeps_nobody_else_waiting(self, fallen):
        assert welcome_all(now=NOW + 5 * SECOND) == 1

        assert kinds_to("bo@bestuur.example") == ["events.registered"]
        assert Welcome.objects.get().registration == fallen

    def test_is_logged_once_in_a_while_and_tried_again(self, fallen, caplog):
        for second in range(5, 60):
            welcome(NOW + second * SECOND)
        assert len(caplog.records) == 1
        Registration.objects.filter(pk=fallen.pk).update(email="an@bestuur.example")

        assert welcome_all(now=NOW + timedelta(minutes=11)) == 1
        assert kinds_to() == ["events.registered"]

    def test_keeps_nobody_from_going_first_in_a_rush(self, fallen):
        welcome(NOW + 5 * SECOND)
        admit(fallen.event, "cleo@bestuur.example", now=NOW + 60 * SECOND)

        welcome(NOW + 61 * SECOND)

        assert kinds_to("cleo@bestuur.example") == []

    def test_can_be_cancelled(self, fallen):
        registering.cancel_registration(registration=fallen, by=None, now=NOW + SECOND)

        fallen.refresh_from_db()
        assert fallen.status == Status.CANCELLED


class TestAtTheLastMoment:
    @pytest.mark.parametrize(("later", "mails"), [(5, ["events.registered"]), (3 * 3600, [])])
    def test_who_registers_just_before_the_start_gets_the_link_until_it_is_over(self, later, mails):
        event = EventFactory()
        start = event.starts_at - SECOND
        admit(event, now=start)

        welcome_all(now=start + later * SECOND)

        assert kinds_to() == mails


class TestMeanwhile:
    def test_who_cancels_gets_both_mails_in_order(self):
        event = EventFactory()
        taken = admit(event).registration

        registering.cancel_registration(registration=taken, by=None, now=NOW + SECOND)
        welcome_all(now=NOW + 5 * SECOND)

        queued = Message.objects.filter(status=Message.Status.QUEUED)
        assert [*queued.values_list("kind", flat=True)] == ["events.withdrawn"]
        assert kinds_to() == ["events.registered", "events.withdrawn"]
        assert acts_of(event) == ["events.registered", "events.registration_cancelled"]
        assert Registration.objects.get().person.email == "an@bestuur.example"

    def test_who_moves_up_is_told_that_alone(self):
        event = EventFactory(max_registrations=1)
        first, second = (admit(event, f"{name}@bestuur.example").registration for name in "ab")

        registering.cancel_registration(registration=first, by=None, now=NOW + SECOND)
        welcome_all(now=NOW + 5 * SECOND)

        second.refresh_from_db()
        assert second.status == Status.REGISTERED
        assert kinds_to("b@bestuur.example") == ["events.moved_up"]
        assert second.person.email == "b@bestuur.example"

    def test_a_colleague_who_takes_over_finds_who_gave_it_known(self):
        event = EventFactory()
        taken = admit(event).registration

        theirs = registering.hand_over(
            registration=taken, who=Who(email="bo@bestuur.example"), by=None, now=NOW + SECOND
        )

        assert theirs.instead_of.person.email == "an@bestuur.example"
        assert kinds_to("bo@bestuur.example") == ["events.taken_over"]

    def test_a_colleague_who_sent_the_form_a_moment_ago_gets_no_second_place(self):
        event = EventFactory()
        an, bo = (admit(event, f"{name}@bestuur.example").registration for name in ("an", "bo"))

        theirs = registering.hand_over(
            registration=an, who=Who(email="bo@bestuur.example"), by=None, now=NOW + SECOND
        )
        welcome_all(now=NOW + 5 * SECOND)

        assert theirs == bo
        assert event.registrations.exclude(status=Status.CANCELLED).count() == 1
        assert kinds_to("bo@bestuur.example") == ["events.registered", "events.already"]

    def test_an_address_of_who_sent_the_form_a_moment_ago_is_that_of_another(self):
        event = EventFactory()
        an, _ = (admit(event, f"{name}@bestuur.example").registration for name in ("an", "bo"))
        who = Who(email="bo@bestuur.example", first_name="An")

        with pytest.raises(registering.AddressOfAnother):
            registering.correct_registration(
                registration=an, who=who, brought=Brought(), by=None, now=NOW + SECOND
            )


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one transaction at a time")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameMoment:
    @pytest.fixture(autouse=True)
    def _sender(self):
        default_sender()  # else the one waits for the other to make it

    def test_who_is_called_up_is_told_that_alone(self):
        event = EventFactory(max_registrations=1)
        PersonFactory(email="b@bestuur.example")
        first, _ = (admit(event, f"{name}@bestuur.example").registration for name in "ab")

        def cancel():
            registering.cancel_registration(registration=first, by=None, now=NOW + SECOND)

        with held_open(cancel):
            welcome_all(now=NOW + 5 * SECOND)
        welcome_all(now=NOW + 6 * SECOND)

        assert kinds_to("b@bestuur.example") == ["events.moved_up"]

    def test_what_is_called_off_takes_back_a_mail_that_is_being_made(self):
        event = EventFactory()
        admit(event)

        with held_open(lambda: welcome_all(now=NOW + 5 * SECOND)):
            move(event=event, to="CANCELLED", because="De spreker is ziek.", by=None, now=NOW + 5 * SECOND)

        queued = Message.objects.filter(status=Message.Status.QUEUED)
        assert [*queued.values_list("kind", flat=True)] == ["events.event_cancelled"]


class TestInARush:
    def test_the_clock_lets_everybody_in_first(self):
        event = EventFactory()
        for second in range(5):
            admit(event, f"p{second}@bestuur.example", now=NOW + second * SECOND)
            welcome(NOW + second * SECOND)
        assert not Message.objects.exists()

        welcome(NOW + 8 * SECOND)

        assert Message.objects.count() == 5

    def test_nobody_waits_longer_than_half_a_minute(self):
        event = EventFactory()
        for second in range(31):
            admit(event, f"p{second}@bestuur.example", now=NOW + second * SECOND)
            welcome(NOW + second * SECOND)

        assert "events.registered" in kinds_to("p0@bestuur.example")
