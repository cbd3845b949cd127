"""Copying an event, and letting it come back as a series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from trekker.events.actions.changing import FACTS, LINKS, Asked, Sitting, change_event, create_event
from trekker.events.actions.states import move
from trekker.events.models import Event, Series
from trekker.events.queries.events import series_after
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

# What the events of a series have in common, unless someone makes it differ.
SHARED = {*FACTS, *LINKS} - {"series", "deadline_at"}

REPEATED = audit.act("events.repeated", "reeks gemaakt")


class NameTaken(Exception):
    """Another series has this name."""


class NoDay(Exception):
    """An event without a day cannot be moved to another."""


@transaction.atomic
def copy_event(*, event: Event, first_day: date, title: str = "", by: AnyAccount, now: datetime) -> Event:
    """
    Make the same event again from another first day, at the same hours by the clock.

    It takes over everything but its state, registrations, attendance and what came of it.

    :raises NoDay: if the event has no session
    """
    sessions = list(event.sessions.all())
    if not sessions:
        raise NoDay
    shift = first_day - timezone.localdate(min(each.starts_at for each in sessions))
    facts = {name: getattr(event, name) for name in FACTS if name not in {"title", "kind"}}
    facts["deadline_at"] = event.deadline_at and _shifted(event.deadline_at, shift)
    questions = event.questions.values("label", "kind", "options", "required")
    return create_event(
        title=title or event.title,
        kind=event.kind,
        sessions=[
            Sitting(
                starts_at=_shifted(each.starts_at, shift),
                ends_at=_shifted(each.ends_at, shift),
                hours=each.hours,
                title=each.title,
                theme=each.theme,
            )
            for each in sessions
        ],
        questions=[Asked(**each) for each in questions],
        by=by,
        now=now,
        **facts,
        **{name: list(getattr(event, name).all()) for name in LINKS},
    )


@transaction.atomic
def repeat(*, event: Event, days: Iterable[date], name: str, by: AnyAccount, now: datetime) -> list[Event]:
    """
    Let an event come back on these days, all in one series; gives what was made.

    A day on which the series has something already is passed over.

    :raises NameTaken: if another series has this name
    :raises NoDay: if the event has no session
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.series is None:
        event.series, is_new = Series.objects.get_or_create(name=name)
        if not is_new and event.series.events.exists():
            raise NameTaken
        event.save(update_fields=["series"])
    known = {
        timezone.localdate(each) for each in event.series.events.values_list("starts_at", flat=True) if each
    }
    made = [
        copy_event(event=event, first_day=day, by=by, now=now)
        for day in sorted(set(days))
        if day not in known
    ]
    audit.record(REPEATED, event, by=by, at=now, days=len(made))
    return made


@transaction.atomic
def cancel_rest(*, event: Event, because: str, by: AnyAccount, now: datetime) -> Sequence[Event]:
    """
    Cancel an event and what comes after it in its series; gives what was cancelled.

    Of the rest, only what ``by`` may change is cancelled.

    :raises NeedsReason: if no reason is given
    :raises WrongStep: if the event cannot be cancelled
    """
    rest = list(series_after(event, Event.objects.changeable_by(by), now))
    return [
        move(event=each, to=Event.State.CANCELLED, because=because, by=by, now=now) for each in [event, *rest]
    ]


@transaction.atomic
def change_with_rest(
    *, event: Event, facts: Mapping[str, Any], by: AnyAccount, now: datetime, **own: Any
) -> list[Event]:
    """
    Write other facts about an event, and the same ones on what comes after it in its series.

    What differed before was meant to differ, and stays as it is; so do days, hours, deadlines and
    questions. Those stand in ``own``, as :func:`change_event` takes them. Of the rest, only what ``by``
    may change is changed; gives what was.

    :raises ChangedMeanwhile: see :func:`change_event`
    :raises NeedsADay: see :func:`change_event`, also for one of the rest; nothing is changed then
    :raises HasRegistrations: likewise
    :raises HasAttendance: likewise
    :raises NotReady: likewise
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    rest = list(series_after(event, Event.objects.changeable_by(by), now))
    shared = [name for name in facts if name in SHARED]
    before = {name: _held(event, name) for name in shared}
    event = change_event(event=event, facts=facts, by=by, now=now, **own)
    other = [name for name in shared if _held(event, name) != before[name]]
    changed = []
    for each in rest:
        same = {name: facts[name] for name in other if _held(each, name) == before[name]}
        if same:
            changed.append(change_event(event=each, facts=same, by=by, now=now))
    return changed


def _held(event: Event, name: str) -> Any:
    """Give what an event holds under a name, in a form that can be compared."""
    return set(getattr(event, name).values_list("pk", flat=True)) if name in LINKS else getattr(event, name)


def every_weeks(first: date, weeks: int, times: int) -> list[date]:
    """Give the days after ``first``, so many weeks apart."""
    return [first + timedelta(weeks=weeks * turn) for turn in range(1, times + 1)]


def every_months(first: date, months: int, times: int) -> list[date]:
    """
    Give the days after ``first``, so many months apart, on the same weekday of the month.

    What falls on a fifth weekday falls on the last one where a month has no fifth.
    """
    place = (first.day - 1) // 7
    days = []
    for turn in range(1, times + 1):
        count = first.month - 1 + months * turn
        start = date(first.year + count // 12, count % 12 + 1, 1)
        day = start + timedelta(days=(first.weekday() - start.weekday()) % 7, weeks=place)
        days.append(day if day.month == start.month else day - timedelta(weeks=1))
    return days


def _shifted(moment: datetime, shift: timedelta) -> datetime:
    """Move a moment by days at the same hour by the clock, also across summer time."""
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) + shift)
