"""Which mails follow from what happens to an event, and which chores remind and forget."""

from datetime import datetime, timedelta

import pytest

from trekker.events.actions.changing import Sitting, change_event
from trekker.events.actions.forgetting import forget_names, wipe_needs
from trekker.events.actions.intervision import decide
from trekker.events.actions.registering import CANCELLED, cancel_registration
from trekker.events.actions.states import move
from trekker.events.chores.deadlines import ask
from trekker.events.chores.reminding import remind
from trekker.events.emails import kinds, registered
from trekker.events.models import AccessNeed, Event, Registration, Series
from trekker.events.tests.factories import (
    BRUSSELS,
    NOW,
    STARTS,
    AttendanceFactory,
    EventFactory,
    RegistrationFactory,
)
from trekker.kernel import plain
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.mail.models import Message
from trekker.mail.registry import KINDS
from trekker.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
AT_NINE = datetime(2026, 4, 15, 9, tzinfo=BRUSSELS)  # the day before STARTS


def sent(kind):
    return Message.objects.filter(kind=f"events.{kind}")


def go(event, to, *, now=NOW, because=""):
    return move(event=event, to=to, because=because, by=None, now=now)


class TestChanges:
    def test_tells_a_new_link_to_who_comes_and_who_waits(self):
        event = EventFactory()
        RegistrationFactory(event=event)
        RegistrationFactory(event=event, waiting=True)
        RegistrationFactory(event=event, cancelled=True)

        change_event(event=event, facts={"online_link": "https://meet.example/x"}, by=None, now=NOW)

        assert sent("changed").count() == 2
        assert "de link om online mee te doen" in sent("changed").first().text
        assert "https://meet.example/x" in sent("changed").first().text

    def test_takes_an_earlier_change_back_that_has_not_left(self):
        event = RegistrationFactory().event

        for minute, link in enumerate(("https://meet.example/x", "https://meet.example/y")):
            now = NOW + timedelta(minutes=minute)
            change_event(event=event, facts={"online_link": link}, by=None, now=now)

        assert [*sent("changed").order_by("pk").values_list("status", flat=True)] == ["WITHDRAWN", "QUEUED"]

    def test_is_silent_about_what_participants_need_not_know(self):
        event = RegistrationFactory().event

        change_event(event=event, facts={"summary": "Nieuw", "price": "10 euro"}, by=None, now=NOW)

        assert not Message.objects.exists()


class TestCancelledEvent:
    def test_tells_everyone_and_takes_back_what_waits(self):
        mine = RegistrationFactory()
        registered(mine, now=NOW)

        go(mine.event, Event.State.CANCELLED, because="De spreker is ziek.")

        assert sent("registered").get().status == Message.Status.WITHDRAWN
        message = sent("event_cancelled").get()
        assert "De spreker is ziek." in message.text
        assert b"STATUS:CANCELLED" in bytes(message.attachments.get().content)

    def test_gives_the_reason_that_was_typed_also_when_few_had_registered(self):
        event = EventFactory(intervision=True)
        RegistrationFactory(event=event)

        go(event, Event.State.CANCELLED, because="De begeleider is ziek.")

        text = sent("event_cancelled").get().text
        assert "De begeleider is ziek." in text
        assert "te weinig" not in text
        assert not sent("no_go").exists()

    def test_names_the_next_of_the_series_when_too_few_came(self):
        series = Series.objects.create(name="Intervisies")
        event = EventFactory(intervision=True, series=series)
        next_one = EventFactory(intervision=True, series=series, starts_at=STARTS + timedelta(days=60))
        RegistrationFactory(event=event)

        decide(event=event, goes_ahead=False, by=None, now=NOW)

        text = sent("no_go").get().text
        assert next_one.get_absolute_url() in text
        assert "15 juni 2026" in text

    def test_says_nothing_once_it_is_over(self):
        event = RegistrationFactory().event

        go(event, Event.State.CANCELLED, because="Niemand kwam.", now=event.ends_at)

        assert not Message.objects.exists()

    def test_still_tells_while_it_is_going_on(self):
        event = RegistrationFactory().event

        go(event, Event.State.CANCELLED, because="Brand.", now=event.ends_at - timedelta(minutes=1))

        assert sent("event_cancelled").exists()


class TestPlannedAgain:
    @pytest.fixture
    def off(self):
        """An event that was called off, with someone who has a place and someone who waits."""
        event = RegistrationFactory().event
        RegistrationFactory(event=event, waiting=True)
        RegistrationFactory(event=event, cancelled=True)
        return go(event, Event.State.CANCELLED, because="De spreker is ziek.")

    def test_tells_everyone_who_heard_that_it_was_off(self, off):
        registered(RegistrationFactory(event=off), now=LATER)

        go(off, Event.State.PLANNED, now=LATER)

        first, second = sent("replanned").order_by("pk")
        assert "Je staat zo genoteerd: ingeschreven." in first.text
        assert "Je staat zo genoteerd: op de wachtlijst." in second.text
        assert off.registrations.first().key in first.text
        assert b"STATUS:CANCELLED" not in bytes(first.attachments.get().content)
        assert not second.attachments.exists()

    def test_tells_it_once(self, off):
        Event.objects.update(contact_email="a@b.example")
        go(off, Event.State.PLANNED, now=LATER)
        Message.objects.update(status=Message.Status.SENT, sent_at=LATER)
        go(off, Event.State.OPEN, now=LATER)
        change_event(event=off, facts={"online_link": "https://meet.example/x"}, by=None, now=LATER)

        assert sent("replanned").count() == 2
        assert sent("changed").count() == 2

    def test_tells_it_with_what_changed_before_it_left(self, off):
        go(off, Event.State.PLANNED, now=LATER)
        now = LATER + timedelta(minutes=1)

        change_event(event=off, facts={"online_link": "https://meet.example/x"}, by=None, now=now)

        mails = sent("replanned").order_by("pk")
        assert [*mails.values_list("status", flat=True)] == ["WITHDRAWN"] * 2 + ["QUEUED"] * 2
        assert "https://meet.example/x" in mails[2].text
        assert not sent("changed").exists()

    def test_waits_until_there_is_a_day_to_come_and_tells_that_one(self, off):
        after = STARTS + timedelta(days=1)
        go(off, Event.State.PLANNED, now=after)
        before = sent("replanned").count()
        day = Sitting(starts_at=STARTS + timedelta(days=30), ends_at=STARTS + timedelta(days=30, hours=2))

        change_event(event=off, facts={}, sessions=[day], by=None, now=after)

        assert (before, sent("replanned").count(), sent("changed").count()) == (0, 2, 0)
        assert "16 mei 2026" in sent("replanned").first().text

    def test_tells_it_again_after_another_cancellation(self, off):
        for minute in (1, 2):
            go(off, Event.State.PLANNED, now=LATER + timedelta(minutes=minute))
            go(off, Event.State.CANCELLED, because="Ziek.", now=LATER + timedelta(minutes=minute, seconds=9))

        assert [*sent("replanned").values_list("status", flat=True)] == ["WITHDRAWN"] * 4
        assert sent("event_cancelled").count() == 6

    @pytest.mark.parametrize("leaves", [True, False], ids=["sent", "taken back"])
    def test_is_reminded_and_confirmed_anew(self, off, leaves):
        Event.objects.update(contact_email="a@b.example", min_registrations=1)
        mine = off.registrations.first()
        go(off, Event.State.PLANNED, now=LATER)
        go(off, Event.State.CONFIRMED, now=LATER)
        remind(AT_NINE)
        if leaves:
            Message.objects.update(status=Message.Status.SENT, sent_at=AT_NINE)
        for to in (Event.State.CANCELLED, Event.State.PLANNED, Event.State.CONFIRMED):
            go(off, to, because="Ziek.", now=AT_NINE + timedelta(minutes=5))

        for minutes in (10, 20):
            remind(AT_NINE + timedelta(minutes=minutes))

        earlier = "SENT" if leaves else "WITHDRAWN"
        for kind in ("goes_ahead", "day_before"):
            mails = sent(kind).filter(address=mine.email).order_by("pk")
            assert [*mails.values_list("status", flat=True)] == [earlier, "QUEUED"]


class TestGoesAhead:
    def test_tells_who_has_a_place(self):
        event = EventFactory(intervision=True)
        RegistrationFactory(event=event)
        RegistrationFactory(event=event, waiting=True)

        go(event, Event.State.CONFIRMED)

        assert sent("goes_ahead").count() == 1

    def test_says_nothing_where_it_was_never_in_doubt(self):
        go(RegistrationFactory().event, Event.State.CONFIRMED)

        assert not Message.objects.exists()


def test_thanks_who_had_a_place_once_it_was_held():
    event = RegistrationFactory().event
    RegistrationFactory(event=event, cancelled=True)

    go(event, Event.State.HELD, now=STARTS + timedelta(hours=3))

    assert sent("afterwards").count() == 1


class TestReminders:
    def test_come_a_week_and_a_day_before_once(self):
        mine = RegistrationFactory()
        RegistrationFactory(event=mine.event, waiting=True)

        for day in (8, 7, 6, 1, 0):
            for hour in (7, 9, 10):
                remind((STARTS - timedelta(days=day)).replace(hour=hour))

        assert [
            *Message.objects.order_by("pk").values_list("kind", "created_at__day", "created_at__hour")
        ] == [
            ("events.week_before", 9, 9),
            ("events.day_before", 15, 9),
        ]
        assert Message.objects.first().attachments.exists()

    def test_stay_back_once_they_make_no_sense(self):
        RegistrationFactory()
        remind((STARTS - timedelta(days=7)).replace(hour=9))
        remind(AT_NINE)

        assert sent("week_before").get().until_at == datetime(2026, 4, 15, tzinfo=BRUSSELS)
        assert sent("day_before").get().until_at == STARTS

    def test_come_again_for_a_new_day(self):
        mine = RegistrationFactory()
        remind(AT_NINE)
        Event.objects.update(
            starts_at=STARTS + timedelta(days=3), ends_at=STARTS + timedelta(days=3, hours=1)
        )

        remind(AT_NINE + timedelta(days=3))

        assert sent("day_before").filter(address=mine.email).count() == 2

    def test_stay_away_from_who_just_registered_and_from_what_is_off(self):
        RegistrationFactory(registered_at=AT_NINE - timedelta(hours=2))
        RegistrationFactory(event__state=Event.State.CANCELLED)
        RegistrationFactory(nameless=True)

        remind(AT_NINE)

        assert not Message.objects.exists()

    def test_ask_few_queries_once_all_are_reminded(self, django_assert_max_num_queries):
        event = EventFactory()
        for _ in range(5):
            RegistrationFactory(event=event)
        remind(AT_NINE)

        with django_assert_max_num_queries(8):
            remind(AT_NINE + timedelta(minutes=10))


class TestDeadline:
    def test_asks_the_leads_once_with_advice(self):
        lead = AccountFactory()
        event = EventFactory(intervision=True, deadline_at=NOW, leads=[lead])
        for _ in range(3):
            RegistrationFactory(event=event)

        ask(NOW - timedelta(minutes=1))
        before = Message.objects.count()
        ask(NOW)
        ask(NOW + timedelta(hours=1))

        message = sent("decide").get()
        assert before == 0
        assert message.address == lead.email
        assert "Er zijn 3 inschrijvingen. Het minimum is 3." in message.text
        assert "laat ze doorgaan" in message.text


class TestForgetting:
    def test_wipes_needs_a_week_after(self):
        mine = RegistrationFactory()
        AccessNeed.objects.create(registration=mine, diet="x", consent_text="ja", consent_at=NOW)

        wipe_needs(now=mine.event.ends_at + timedelta(days=6, hours=23))
        kept = AccessNeed.objects.count()
        wipe_needs(now=mine.event.ends_at + timedelta(days=7))

        assert (kept, AccessNeed.objects.count()) == (1, 0)

    def test_counts_from_the_registration_without_a_day(self):
        mine = RegistrationFactory(event__state=Event.State.PLANNED, event__starts_at=None)
        AccessNeed.objects.create(registration=mine, diet="x", consent_text="ja", consent_at=NOW)

        wipes = [wipe_needs(now=NOW + timedelta(days=days)) for days in (6, 7)]
        forgets = [forget_names(now=NOW + timedelta(days=days)) for days in (731, 732)]

        assert (wipes, forgets) == ([0, 1], [0, 1])

    def test_takes_the_names_out_after_two_years_and_leaves_every_figure(self):
        attendance = AttendanceFactory()
        mine = attendance.registration
        Registration.objects.update(organisation_text="zelfstandige Jan Peeters")
        type(mine.event).objects.update(state=Event.State.HELD)
        year = Period.year(2026)
        codes = [code for code in catalogue if code.startswith("events.")]
        before = {code: catalogue[code].value(year, {}) for code in codes}

        early = forget_names(now=mine.event.ends_at + timedelta(days=700))
        done = forget_names(now=mine.event.ends_at + timedelta(days=732))
        again = forget_names(now=mine.event.ends_at + timedelta(days=733))

        row = Registration.objects.get()
        assert (early, done, again) == (0, 1, 0)
        assert (row.person, row.first_name, row.email, row.organisation) == (None, "", "", mine.organisation)
        assert row.organisation_text == ""
        assert row.key != mine.key
        assert {code: catalogue[code].value(year, {}) for code in codes} == before
        assert codes


def test_a_cancelled_registration_is_not_reminded():
    mine = RegistrationFactory()
    remind(AT_NINE)

    cancel_registration(registration=mine, by=None, now=AT_NINE)

    assert sent("day_before").get().status == Message.Status.WITHDRAWN
    assert CANCELLED


@pytest.mark.parametrize("code", [code for code in KINDS if code.startswith("events.")])
def test_every_mail_reads_as_plain_dutch(code):
    kind = KINDS[code]

    reading = plain.read(kind.text.replace("\n", "\n\n").split("\n\n"))

    assert reading.average <= plain.MOST_ON_AVERAGE
    assert all(len(plain.words(sentence)) <= plain.MOST_WORDS for sentence in reading.sentences)
    assert kinds.REGISTERED.confirms
