"""What the year calendar shows, what clashes, and whose a private feed is."""

from __future__ import annotations

import calendar as months
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trekker.events.models import Event, FeedKey, OtherEvent, Session
from trekker.kernel.access import Permission, may
from trekker.kernel.agenda import planned_within
from trekker.kernel.periods import Period
from trekker.themes.models import Audience

# What lasts longer says something of a stretch of the year, and would fill every day of it.
LONG = timedelta(days=7)
OFF = [Event.State.IDEA, Event.State.CANCELLED]


class Whose(StrEnum):
    """Whose something in the calendar is; the value is what users read."""

    OURS = "van ons"
    OTHERS = "van anderen"
    PLAN = "uit het plan"


@dataclass(frozen=True)
class Item:
    """One thing on one day or stretch of the year; ``hours`` is empty for whole days."""

    first: date
    last: date
    hours: str
    title: str
    label: str
    whose: Whose
    state: str = ""
    url: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it is about a stretch of the year rather than about some days."""
        return self.last - self.first >= LONG


@dataclass
class Month:
    """A month with its weeks; each day comes with what is on it, days of other months are empty."""

    first: date
    items: list[Item] = field(default_factory=list)
    long: list[Item] = field(default_factory=list)

    @property
    def weeks(self) -> Iterator[list[tuple[date | None, list[Item]]]]:
        """Give the weeks from Monday on."""
        for week in months.Calendar().monthdatescalendar(self.first.year, self.first.month):
            yield [
                (day, [each for each in self.items if each.first <= day <= each.last])
                if day.month == self.first.month
                else (None, [])
                for day in week
            ]


@dataclass(frozen=True)
class Clash:
    """Something near a day, for the same audience; ``apart`` days later, or earlier when negative."""

    title: str
    label: str
    first: date
    last: date
    apart: int
    url: str = ""

    @property
    def words(self) -> str:
        """Say how near it is."""
        if not self.apart:
            return "op dezelfde dag"
        number = "één dag" if abs(self.apart) == 1 else f"{abs(self.apart)} dagen"
        return f"{number} {'later' if self.apart > 0 else 'eerder'}"


def year_of(*, year: int, chosen: Mapping[str, str], reader: Any) -> list[Month]:
    """Give the months of a year with what a reader may see, narrowed to what was chosen."""
    period = Period.year(year)
    whose, kind, audience = (chosen.get(name, "") for name in ("wie", "soort", "doelgroep"))
    items: list[Item] = []
    if whose in {"", Whose.OURS.name}:
        items += _ours(Event.objects.visible_to(reader), period, kind, audience)
    if whose in {"", Whose.OTHERS.name} and not kind:
        items += _others(period, audience)
    if whose in {"", Whose.PLAN.name} and not kind and not audience:
        items += _planned(period, reader)
    items.sort(key=lambda each: (each.first, each.hours, each.title))
    return [_month(date(year, number, 1), items) for number in range(1, 13)]


def without_day(*, reader: Any) -> list[Event]:
    """Give what is planned while nobody knows the day yet."""
    rows = Event.objects.visible_to(reader).filter(starts_at=None)
    return list(rows.exclude(state=Event.State.CANCELLED).order_by("title", "pk")[:200])


def _month(first: date, items: Iterable[Item]) -> Month:
    end = (first + timedelta(days=31)).replace(day=1)
    here = [each for each in items if each.first < end and each.last >= first]
    return Month(first, [each for each in here if not each.is_long], [each for each in here if each.is_long])


def _within(period: Period, **more: Any) -> Q:
    return Q(starts_at__lt=period.until_at, ends_at__gte=period.from_at, **more)


def _for(prefix: str, audience: str) -> Q:
    """Narrow to an audience; what names no audience is for everyone."""
    return (
        Q(**{f"{prefix}audiences__code": audience}) | Q(**{f"{prefix}audiences": None}) if audience else Q()
    )


def _ours(events: Any, period: Period, kind: str, audience: str) -> Iterator[Item]:
    rows = events.exclude(state=Event.State.CANCELLED).filter(_for("", audience))
    rows = rows.filter(kind=kind) if kind else rows
    sessions = Session.objects.filter(_within(period), event__in=rows.values("pk"))
    for each in sessions.select_related("event"):
        event = each.event
        title = f"{event.title}: {each.title}" if each.title and each.title != event.title else event.title
        yield Item(
            *_days(each.starts_at, each.ends_at),
            hours=_hours(each.starts_at, each.ends_at),
            title=title,
            label=event.get_kind_display(),
            whose=Whose.OURS,
            state=event.get_state_display(),
            url=reverse("event:inspect", args=[event.pk]),
        )


def _others(period: Period, audience: str) -> Iterator[Item]:
    rows = OtherEvent.objects.filter(_within(period)).filter(_for("calendar__", audience)).distinct()
    for each in rows.select_related("calendar"):
        yield Item(
            *_days(each.starts_at, each.ends_at),
            hours="" if each.all_day else _hours(each.starts_at, each.ends_at),
            title=each.title,
            label=each.calendar.name,
            whose=Whose.OTHERS,
            url=each.url,
        )


def _planned(period: Period, reader: Any) -> Iterator[Item]:
    for each in planned_within(period, reader=reader):
        yield Item(each.first, each.last, "", each.title, each.label, Whose.PLAN, url=each.url)


def _days(starts_at: datetime, ends_at: datetime) -> tuple[date, date]:
    """Give the first and the last day; what ends at midnight ends on the day before."""
    last = max(starts_at, ends_at - timedelta(microseconds=1))
    return timezone.localdate(starts_at), timezone.localdate(last)


def _hours(starts_at: datetime, ends_at: datetime) -> str:
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{begins:%H:%M}" if begins == ends else f"{begins:%H:%M} tot {ends:%H:%M}"


def clashes(
    *, days: Collection[date], audiences: Collection[Audience], within_days: int, but: Event | None = None
) -> list[Clash]:
    """
    Give what is on or near these days for the same audience, the nearest first.

    Without an audience something is for everyone. Ideas and what was cancelled do not count.
    """
    if not days:
        return []
    reach = timedelta(days=within_days)
    period = Period(min(days) - reach, max(days) + reach + timedelta(days=1))
    ours = Session.objects.filter(_within(period)).exclude(event__state__in=OFF)
    ours = ours.exclude(event=but) if but else ours
    others = OtherEvent.objects.filter(_within(period))
    if audiences:
        codes = [each.pk for each in audiences]
        ours = ours.filter(Q(event__audiences__in=codes) | Q(event__audiences=None))
        others = others.filter(Q(calendar__audiences__in=codes) | Q(calendar__audiences=None))
    near: dict[tuple[str, Any], Clash] = {}
    for key, clash in _near(days, ours.select_related("event"), others.select_related("calendar")):
        if abs(clash.apart) <= within_days and (key not in near or abs(clash.apart) < abs(near[key].apart)):
            near[key] = clash
    return sorted(near.values(), key=lambda each: (abs(each.apart), each.first, each.title))


def _near(
    days: Collection[date], ours: Iterable[Session], others: Iterable[OtherEvent]
) -> Iterator[tuple[tuple[str, Any], Clash]]:
    for each in ours:
        first, last = _days(each.starts_at, each.ends_at)
        url = reverse("event:inspect", args=[each.event_id])
        label = f"{each.event.get_kind_display()}, {each.event.get_state_display()}"
        yield (
            ("ours", each.event_id),
            Clash(each.event.title, label, first, last, _apart(days, first, last), url),
        )
    for other in others:
        first, last = _days(other.starts_at, other.ends_at)
        if last - first < LONG:
            apart = _apart(days, first, last)
            yield ("others", other.pk), Clash(other.title, other.calendar.name, first, last, apart, other.url)


def _apart(days: Collection[date], first: date, last: date) -> int:
    between = ((first - day).days if first > day else min((last - day).days, 0) for day in days)
    return min(between, key=abs)


def account_with_key(key: str) -> AbstractBaseUser | None:
    """Give the account whose private feed this is, while it may still see activities."""
    found = FeedKey.objects.select_related("account").filter(key=key).first()
    return found.account if found and may(found.account, Permission.EVENTS_VIEW) else None
