"""Days and hours in words, as they are in Brussels."""

from datetime import UTC, datetime

from trekker.ui.templatetags.ui import day, hours


def at(month, day_of_month, hour):
    return datetime(2026, month, day_of_month, hour, tzinfo=UTC)


def test_hours_are_said_within_one_day():
    assert hours(at(1, 8, 8), at(1, 8, 11)) == "van 09:00 tot 12:00 uur"


def test_days_are_said_when_it_lasts_longer():
    assert hours(at(3, 5, 8), at(4, 2, 15)) == "van 5 maart tot en met 2 april 2026"


def test_the_day_is_that_of_brussels_not_of_greenwich():
    assert hours(at(7, 1, 21), at(7, 1, 23)) == "van 1 juli tot en met 2 juli 2026"
    assert "<strong>2</strong>" in day(at(7, 1, 23))


def test_a_day_can_be_read_by_machines_too():
    assert day(at(1, 8, 8)) == (
        '<time class="tk-day" datetime="2026-01-08T09:00:00+01:00">'
        "<span>do</span> <strong>8</strong> <span>jan</span></time>"
    )
