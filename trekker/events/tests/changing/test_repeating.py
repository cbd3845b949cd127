"""Copies of an activity, and a series of them."""

from datetime import date, datetime, timedelta

import pytest

from trekker.events.actions import changing, repeating
from trekker.events.actions.changing import Asked
from trekker.events.models import Event
from trekker.events.tests.factories import BRUSSELS, NOW, STARTS, EventFactory, RegistrationFactory
from trekker.kernel.access import Role
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


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
