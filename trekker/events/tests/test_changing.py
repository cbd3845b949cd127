from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from trekker.events import registry
from trekker.events.actions import changing, repeating, states
from trekker.events.actions.changing import Asked, Sitting
from trekker.events.models import Event
from trekker.events.tests.factories import (
    BRUSSELS,
    NOW,
    STARTS,
    TWO_HOURS,
    AttendanceFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory
from trekker.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
SITTING = Sitting(starts_at=STARTS, ends_at=STARTS + TWO_HOURS)


def create(**facts) -> Event:
    given = {"title": "Netwerk", "kind": "network_meeting", "sessions": [SITTING], "by": None, "now": NOW}
    return changing.create_event(**(given | facts))


def change(event, **given) -> Event:
    facts = {"facts": {}, "by": None, "now": NOW} | given
    return changing.change_event(event=event, **facts)


@pytest.fixture
def heard(monkeypatch):
    """Everything that listeners heard, as (change, event, what)."""
    found = []
    for change_ in registry.Change:

        def listen(event, *, what, change_=change_, **_by_and_now):
            found.append((change_, event, dict(what)))

        monkeypatch.setitem(registry.LISTENERS, change_, [listen])
    return found


class TestCreate:
    def test_is_planned_with_a_day_and_an_idea_without(self):
        assert create().state == Event.State.PLANNED
        assert create(sessions=[]).state == Event.State.IDEA

    def test_lasts_from_the_first_session_to_the_last(self):
        later = Sitting(starts_at=STARTS + timedelta(days=7), ends_at=STARTS + timedelta(days=7, hours=3))

        event = create(sessions=[later, SITTING])

        assert (event.starts_at, event.ends_at) == (STARTS, later.ends_at)
        assert [each.hours for each in event.sessions.all()] == [Decimal(2), Decimal(3)]

    def test_counts_the_hours_that_are_given(self):
        event = create(sessions=[Sitting(starts_at=STARTS, ends_at=STARTS + TWO_HOURS, hours=Decimal("1.5"))])

        assert event.sessions.get().hours == Decimal("1.5")

    def test_gives_an_intervision_what_it_needs(self):
        event = create(kind="intervision")

        assert (event.min_registrations, event.max_registrations, event.asks_case) == (3, 10, True)
        assert event.deadline_at == datetime(2026, 4, 9, 12, 0, tzinfo=BRUSSELS)

    def test_proposes_no_deadline_that_is_past(self):
        assert create(kind="intervision", now=STARTS - timedelta(days=3)).deadline_at is None

    def test_keeps_what_the_maker_says_before_what_the_kind_says(self):
        assert create(kind="intervision", max_registrations=6).max_registrations == 6

    def test_is_led_by_its_maker_for_whom_they_work(self):
        maker = AccountFactory(email="fien@koepel.example", role=Role.PROGRAMME_OFFICER)
        home = MailDomainFactory(domain="koepel.example").organisation

        event = create(by=maker)

        assert list(event.leads.all()) == [maker]
        assert list(event.organisers.all()) == [home]
        assert event.contact_email == "fien@koepel.example"

    def test_names_no_organiser_when_two_share_the_domain(self):
        maker = AccountFactory(email="fien@koepel.example")
        for _ in range(2):
            MailDomainFactory(domain="koepel.example")

        assert not create(by=maker).organisers.exists()

    def test_lies_where_its_municipality_lies(self):
        elsene = OrganisationFactory(region="brussels_capital_region")

        assert create(municipality=elsene, format="physical").region == "brussels_capital_region"
        assert create(region="wallonia").region == "wallonia"

    def test_has_an_address_of_its_own(self):
        slugs = [create(title="Café Digitaal").slug for _ in range(3)]

        assert slugs == ["cafe-digitaal", "cafe-digitaal-2026-04-16", "cafe-digitaal-2026-2"]

    def test_has_an_address_when_the_title_has_no_letters(self):
        assert create(title="???").slug == "netwerkbijeenkomst"

    def test_cannot_be_guessed_when_it_goes_by_link(self):
        slug = create(visibility="BY_LINK").slug

        assert slug.startswith("netwerk-")
        assert len(slug) == len("netwerk-") + 16

    def test_leaves_a_line_in_the_log(self):
        assert lines_of([create()]).get().action == "events.added"


class TestChange:
    def test_moves_with_its_sessions_and_tells_the_earlier_day(self, heard):
        event = EventFactory()
        session = event.sessions.get()
        later = STARTS + timedelta(days=1)

        change(event, sessions=[Sitting(pk=session.pk, starts_at=later, ends_at=later + TWO_HOURS)])

        event.refresh_from_db()
        assert event.starts_at == later
        assert event.sessions.get() == session
        [(what_happened, _event, what)] = heard
        assert what_happened == registry.Change.CHANGED
        assert what["starts_at"] == STARTS
        assert what["sessions"] == [(STARTS, STARTS + TWO_HOURS)]

    def test_tells_an_earlier_place_link_and_maximum(self, heard):
        event = EventFactory(physical=True, max_registrations=10)

        change(event, facts={"place": "Zolder", "online_link": "https://x.example", "max_registrations": 12})

        assert heard[0][2] == {"place": "Raadzaal", "online_link": "", "max_registrations": 10}

    def test_tells_nothing_when_nothing_changes(self, heard):
        event = EventFactory()
        sitting = Sitting(pk=event.sessions.get().pk, starts_at=STARTS, ends_at=STARTS + TWO_HOURS)

        change(event, facts={"title": event.title}, sessions=[sitting], questions=[])

        assert heard == []
        assert not lines_of([event]).exists()

    def test_keeps_a_day_when_people_can_come(self):
        with pytest.raises(changing.NeedsADay):
            change(EventFactory(), sessions=[])

    def test_may_lose_its_day_while_it_is_planned(self):
        event = change(EventFactory(state="PLANNED"), sessions=[])

        assert event.starts_at is None

    @pytest.mark.parametrize("state", ["OPEN", "CONFIRMED"])
    @pytest.mark.parametrize(
        ("has", "facts", "lacks"),
        [
            ({}, {"contact_email": ""}, ["een mailadres of telefoon voor vragen"]),
            (
                {"physical": True, "region": "flanders"},
                {"place": "", "address": ""},
                ["een zaal of een adres"],
            ),
            (
                {"visibility": "INTERNAL", "contact_email": ""},
                {"visibility": "PUBLIC"},
                ["een mailadres of telefoon voor vragen"],
            ),
            ({}, {"kind": "focus_group"}, ["het doel van de focusgroep"]),
        ],
        ids=["contact", "place", "public", "purpose"],
    )
    def test_keeps_what_a_participant_needs_while_people_can_register(self, state, has, facts, lacks):
        event = EventFactory(**{"state": state, "contact_email": "a@b.example", **has})

        with pytest.raises(states.NotReady) as refused:
            change(event, facts=facts)

        assert refused.value.missing == lacks

    def test_changes_something_else_while_an_old_gap_stays(self):
        assert change(EventFactory(contact_email=""), facts={"title": "Nieuw"}).title == "Nieuw"

    @pytest.mark.parametrize("state", ["PLANNED", "CANCELLED", "IDEA"])
    def test_keeps_its_day_while_someone_is_registered(self, state):
        event = EventFactory(state=state)
        mine = RegistrationFactory(event=event, waiting=True)

        with pytest.raises(changing.HasRegistrations):
            change(event, sessions=[])
        mine.status, mine.cancelled_at = "CANCELLED", NOW
        mine.save()

        assert change(event, sessions=[]).starts_at is None

    def test_changes_without_a_day_although_someone_is_registered(self):
        event = RegistrationFactory(event__state="PLANNED", event__starts_at=None).event

        assert change(event, facts={"title": "Nieuw"}, sessions=[]).title == "Nieuw"

    def test_keeps_a_session_of_which_attendance_is_known(self):
        session = AttendanceFactory().session

        with pytest.raises(changing.HasAttendance):
            change(session.event, sessions=[SITTING])
        assert session.event.sessions.get() == session

    def test_keeps_a_session_that_was_settled_with_nobody_there(self):
        session = SessionFactory(attendance_at=NOW)

        with pytest.raises(changing.HasAttendance):
            change(session.event, sessions=[SITTING])

    def test_does_not_take_a_session_of_another_event(self):
        other = SessionFactory()
        event = EventFactory(state="PLANNED")

        change(event, sessions=[Sitting(pk=other.pk, starts_at=STARTS, ends_at=STARTS + TWO_HOURS)])

        other.refresh_from_db()
        assert other.event != event
        assert event.sessions.get() != other

    def test_keeps_its_address_once_announced(self):
        event = EventFactory(slug="eerst")

        assert change(event, facts={"title": "Anders"}).slug == "eerst"

    def test_takes_another_address_while_nobody_saw_it(self):
        event = EventFactory(slug="eerst", idea=True)

        assert change(event, facts={"title": "Anders"}).slug == "anders"

    def test_goes_to_a_hidden_address_when_it_goes_by_link(self):
        event = EventFactory(slug="eerst")

        assert change(event, facts={"visibility": "BY_LINK"}).slug != "eerst"

    def test_has_no_places_online_when_it_is_not_hybrid(self):
        event = EventFactory(format="hybrid", max_online=5)

        assert change(event, facts={"format": "physical"}).max_online is None

    def test_asks_adds_changes_and_drops_questions(self):
        event = create(questions=[Asked(label="Eerste?"), Asked(label="Tweede?")])
        first = event.questions.first()

        change(event, questions=[Asked(label="Nieuw?", kind="YES_NO"), Asked(pk=first.pk, label="Eerste!")])

        assert [(each.label, each.position) for each in event.questions.all()] == [
            ("Nieuw?", 0),
            ("Eerste!", 1),
        ]
        assert first in event.questions.all()

    def test_writes_links_in_the_log(self):
        event = EventFactory()
        organisation = OrganisationFactory()

        change(event, facts={"partners": [organisation]})

        assert lines_of([event]).get().data == {"fields": ["partners"]}


class TestMove:
    @pytest.mark.parametrize("source", Event.State)
    @pytest.mark.parametrize("target", Event.State)
    def test_takes_the_steps_of_the_table_and_no_other(self, source, target):
        event = EventFactory(state=source, contact_email="a@b.example")
        now = STARTS + TWO_HOURS if target == Event.State.HELD else NOW

        if (source, target) in states.PAIRS:
            moved = states.move(event=event, to=target, because="ziek", by=None, now=now)
            assert moved.state == target
        else:
            with pytest.raises(states.WrongStep):
                states.move(event=event, to=target, because="ziek", by=None, now=now)

    @pytest.mark.parametrize(
        ("facts", "lacks"),
        [
            ({"contact_email": ""}, ["een mailadres of telefoon voor vragen"]),
            ({"format": "physical"}, ["een zaal of een adres", "een gemeente"]),
            ({"kind": "focus_group"}, ["het doel van de focusgroep"]),
            ({"starts_at": None}, ["een dag en een uur"]),
        ],
    )
    def test_opens_nothing_that_lacks_what_a_participant_needs(self, facts, lacks):
        event = EventFactory(**{"state": "PLANNED", "contact_email": "a@b.example", **facts})

        with pytest.raises(states.NotReady) as refused:
            states.move(event=event, to="OPEN", by=None, now=NOW)

        assert refused.value.missing == lacks

    def test_asks_less_of_what_is_registered_for_elsewhere(self):
        event = EventFactory(state="PLANNED", format="physical", external_url="https://elders.example")

        assert states.move(event=event, to="OPEN", by=None, now=NOW).state == "OPEN"

    def test_opens_nothing_that_began(self):
        event = EventFactory(state="PLANNED", contact_email="a@b.example")

        with pytest.raises(states.AlreadyBegun):
            states.move(event=event, to="OPEN", by=None, now=STARTS)

    def test_opens_nothing_after_its_deadline(self):
        event = EventFactory(state="PLANNED", contact_email="a@b.example", deadline_at=NOW)

        with pytest.raises(states.DeadlinePassed):
            states.move(event=event, to="OPEN", by=None, now=NOW)

    def test_opens_nothing_without_a_day(self):
        event = EventFactory(state="PLANNED", starts_at=None, external_url="https://elders.example")

        with pytest.raises(states.NotReady):
            states.move(event=event, to="OPEN", by=None, now=NOW)

    def test_confirms_nothing_without_a_day(self):
        event = EventFactory(state="PLANNED", starts_at=None, visibility="INTERNAL")

        with pytest.raises(states.NotReady):
            states.move(event=event, to="CONFIRMED", by=None, now=NOW)

    def test_holds_nothing_before_it_starts(self):
        with pytest.raises(states.NotBegun):
            states.move(event=EventFactory(), to="HELD", by=None, now=STARTS - timedelta(seconds=1))

    def test_cancels_with_a_reason(self, heard):
        event = EventFactory()

        with pytest.raises(states.NeedsReason):
            states.move(event=event, to="CANCELLED", because=" ", by=None, now=NOW)
        moved = states.move(event=event, to="CANCELLED", because="De spreker is ziek", by=None, now=NOW)

        assert moved.cancelled_because == "De spreker is ziek"
        assert [each[0] for each in heard] == ["cancelled"]

    def test_forgets_the_reason_when_it_is_planned_again(self):
        event = EventFactory(state="CANCELLED", cancelled_because="ziek")

        assert states.move(event=event, to="PLANNED", by=None, now=NOW).cancelled_because == ""

    @pytest.mark.parametrize(
        ("source", "target", "told"),
        [
            ("PLANNED", "OPEN", ["opened"]),
            ("OPEN", "PLANNED", ["closed"]),
            ("CANCELLED", "PLANNED", ["replanned"]),
            ("IDEA", "PLANNED", []),
            ("OPEN", "CONFIRMED", ["confirmed"]),
            ("CONFIRMED", "HELD", ["held"]),
            ("PLANNED", "IDEA", []),
        ],
    )
    def test_tells_who_listens(self, heard, source, target, told):
        event = EventFactory(state=source, contact_email="a@b.example")

        states.move(event=event, to=target, by=None, now=STARTS if target == "HELD" else NOW)

        assert [each[0] for each in heard] == told


class TestCopy:
    def test_takes_over_everything_but_state_registrations_and_attendance(self):
        event = EventFactory(held=True, physical=True, max_registrations=12, summary="Kom mee")
        RegistrationFactory(event=event)
        event.organisers.add(OrganisationFactory())
        changing.change_event(event=event, facts={}, questions=[Asked(label="Dieet?")], by=None, now=NOW)

        copy = repeating.copy_event(event=event, first_day=date(2026, 5, 7), by=None, now=NOW)

        assert copy.state == "PLANNED"
        assert (copy.place, copy.max_registrations, copy.summary) == ("Raadzaal", 12, "Kom mee")
        assert copy.organisers.get() == event.organisers.get()
        assert copy.questions.get().label == "Dieet?"
        assert not copy.registrations.exists()
        assert copy.slug != event.slug

    def test_keeps_the_hour_across_summer_time(self):
        event = EventFactory(deadline_at=STARTS - timedelta(days=7))

        copy = repeating.copy_event(event=event, first_day=date(2026, 12, 3), by=None, now=NOW)

        assert copy.starts_at.astimezone(BRUSSELS) == datetime(2026, 12, 3, 13, 30, tzinfo=BRUSSELS)
        assert copy.deadline_at.astimezone(BRUSSELS) == datetime(2026, 11, 26, 13, 30, tzinfo=BRUSSELS)

    def test_needs_a_day_to_move(self):
        with pytest.raises(repeating.NoDay):
            repeating.copy_event(event=EventFactory(idea=True), first_day=date(2026, 5, 7), by=None, now=NOW)


class TestRepeat:
    DAYS = (date(2026, 6, 18), date(2026, 9, 17), date(2026, 12, 17))

    def repeat(self, event, name="Intervisies 2026"):
        return repeating.repeat(event=event, days=self.DAYS, name=name, by=None, now=NOW)

    def test_makes_a_series_of_four(self):
        event = EventFactory(intervision=True)

        made = self.repeat(event)

        event.refresh_from_db()
        assert len(made) == 3
        assert event.series.name == "Intervisies 2026"
        assert event.series.events.count() == 4

    def test_makes_nothing_twice(self):
        event = EventFactory()
        self.repeat(event)

        assert self.repeat(event, name="") == []

    def test_does_not_mix_with_another_series_of_the_same_name(self):
        self.repeat(EventFactory())

        with pytest.raises(repeating.NameTaken):
            self.repeat(EventFactory())

    def test_is_cancelled_together_but_not_what_is_held_or_led_by_others(self):
        partner = AccountFactory(role=Role.PARTNER_OFFICER)
        event = EventFactory(leads=[partner])
        made = self.repeat(event)
        made[1].leads.clear()
        Event.objects.filter(pk=made[2].pk).update(state="HELD")
        event.refresh_from_db()

        cancelled = repeating.cancel_rest(event=event, because="geen zaal", by=partner, now=NOW)

        assert [each.pk for each in cancelled] == [event.pk, made[0].pk]
        made[1].refresh_from_db()
        assert made[1].state == "PLANNED"

    def test_comes_back_every_so_many_weeks(self):
        days = repeating.every_weeks(date(2026, 3, 26), 2, 2)

        assert days == [date(2026, 4, 9), date(2026, 4, 23)]

    @pytest.mark.parametrize(
        ("first", "months", "days"),
        [
            (date(2026, 4, 16), 3, [date(2026, 7, 16), date(2026, 10, 15), date(2027, 1, 21)]),
            (date(2026, 1, 29), 1, [date(2026, 2, 26), date(2026, 3, 26), date(2026, 4, 30)]),
        ],
    )
    def test_comes_back_on_the_same_weekday_of_the_month(self, first, months, days):
        assert repeating.every_months(first, months, 3) == days
