"""Half-open periods of calendar days: the end is the first day that no longer counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Period:
    """
    The days from ``start`` up to, and not including, ``end``.

    :raises ValueError: if it would end before it starts
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that runs backwards."""
        if self.end < self.start:
            raise ValueError("A period cannot end before it starts")

    @classmethod
    def year(cls, year: int) -> Period:
        """Give the calendar year, from 1 January up to the next 1 January."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last_day(self) -> date:
        """The last day that counts; a stock is asked on this day."""
        return self.end - timedelta(days=1)

    @property
    def from_at(self) -> datetime:
        """The moment it starts: midnight of the first day, in the platform's own time zone."""
        return _midnight(self.start)

    @property
    def until_at(self) -> datetime:
        """The first moment that no longer counts."""
        return _midnight(self.end)

    def until(self, day: date) -> Period:
        """Shorten the period so that ``day`` is its last day, within its own bounds."""
        end = min(max(day + timedelta(days=1), self.start + timedelta(days=1)), self.end)
        return Period(self.start, end)

    def month_ends(self) -> list[date]:
        """List the last day of each calendar month in the period, and its own last day."""
        days = []
        month = self.start.replace(day=1)
        while month < self.end:
            month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
            days.append(min(month, self.end) - timedelta(days=1))
        return days


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
