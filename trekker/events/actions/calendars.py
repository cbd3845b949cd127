"""Calendars of others: add, correct, remove, fetch; and the keys of private feeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trekker.events.formats.fetching import NotFetched, fetch
from trekker.events.formats.icalreading import Found, NotACalendar, read
from trekker.events.models import FeedKey, OtherCalendar, OtherEvent
from trekker.events.models.registration import new_key
from trekker.kernel.audit import act, record
from trekker.kernel.periods import Period
from trekker.themes.models import Audience

if TYPE_CHECKING:
    from trekker.kernel.models import AnyAccount

ADDED = act("calendar.added", "andere kalender toegevoegd")
CORRECTED = act("calendar.corrected", "andere kalender verbeterd")
REMOVED = act("calendar.removed", "andere kalender verwijderd")
RENEWED = act("calendar.renewed", "activiteiten van anderen vernieuwd")
FAILED = act("calendar.failed", "andere kalender niet gelezen")
KEY_MADE = act("calendar.key_made", "adres van eigen kalender gemaakt")
KEY_ENDED = act("calendar.key_ended", "adres van eigen kalender gestopt")
BATCH = 500


def window(today: date) -> Period:
    """Give the days whose moments are kept: from last year up to and with two years on."""
    return Period(date(today.year - 1, 1, 1), date(today.year + 3, 1, 1))


@transaction.atomic
def add_calendar(
    *, audiences: Iterable[Audience], by: AnyAccount, now: datetime, **facts: Any
) -> OtherCalendar:
    """Add a calendar of someone else; nothing of it is known until it is read."""
    calendar = OtherCalendar.objects.create(**facts)
    calendar.audiences.set(audiences)
    record(ADDED, calendar, by=by, at=now)
    return calendar


@transaction.atomic
def correct_calendar(
    *, calendar: OtherCalendar, audiences: Iterable[Audience], by: AnyAccount, now: datetime, **facts: Any
) -> OtherCalendar:
    """Correct the name, the address or the audiences of a calendar."""
    for name, value in facts.items():
        setattr(calendar, name, value)
    calendar.save(update_fields=list(facts))
    calendar.audiences.set(audiences)
    record(CORRECTED, calendar, by=by, at=now)
    return calendar


@transaction.atomic
def remove_calendar(*, calendar: OtherCalendar, by: AnyAccount, now: datetime) -> None:
    """Remove a calendar with all that was read from it."""
    record(REMOVED, calendar, by=by, at=now)
    calendar.delete()


def read_file(file: bytes, now: datetime) -> list[Found]:
    """
    Give what a file holds of the days that are kept.

    :raises NotACalendar: if it is no calendar
    """
    today = timezone.localdate(now)
    return read(file, within=window(today), near=today)


def refresh(*, calendar: OtherCalendar, now: datetime) -> None:
    """
    Fetch a calendar and take in what it holds; when that fails, keep what there was and say why.

    Waiting for another website must not hold a lock, so only the storing is a transaction.
    """
    try:
        found = read_file(fetch(calendar.url), now)
    except (NotFetched, NotACalendar) as problem:
        note_problem(calendar=calendar, problem=str(problem), now=now)
    else:
        take_in(calendar=calendar, found=found, by=None, now=now)


@transaction.atomic
def take_in(*, calendar: OtherCalendar, found: Sequence[Found], by: AnyAccount, now: datetime) -> int:
    """Make the stored moments equal to those found; tells how many were added or went away."""
    calendar = OtherCalendar.objects.select_for_update().get(pk=calendar.pk)
    known = {_found(each): each.pk for each in calendar.events.all()}
    wanted = set(found)
    gone = [pk for each, pk in known.items() if each not in wanted]
    for start in range(0, len(gone), BATCH):
        calendar.events.filter(pk__in=gone[start : start + BATCH]).delete()
    new = [OtherEvent(calendar=calendar, **vars(each)) for each in found if each not in known]
    OtherEvent.objects.bulk_create(new, batch_size=BATCH)
    calendar.fetched_at, calendar.problem = now, ""
    calendar.save(update_fields=["fetched_at", "problem"])
    if new or gone:
        record(RENEWED, calendar, by=by, at=now, added=len(new), removed=len(gone))
    return len(new) + len(gone)


def _found(event: OtherEvent) -> Found:
    names = ("starts_at", "ends_at", "uid", "title", "all_day", "place", "url")
    return Found(**{name: getattr(event, name) for name in names})


@transaction.atomic
def note_problem(*, calendar: OtherCalendar, problem: str, now: datetime) -> None:
    """Say why a calendar could not be read; what was read before stays."""
    calendar = OtherCalendar.objects.select_for_update().get(pk=calendar.pk)
    if calendar.problem != problem:
        calendar.problem = problem
        calendar.save(update_fields=["problem"])
        record(FAILED, calendar, by=None, at=now, problem=problem)


@transaction.atomic
def renew_key(*, by: AnyAccount, now: datetime) -> FeedKey:
    """Give an account a new key for its private feed; the one before is dead at once."""
    key, _made = FeedKey.objects.update_or_create(account=by, defaults={"key": new_key(), "made_at": now})
    record(KEY_MADE, key, by=by, at=now)
    return key


@transaction.atomic
def end_key(*, by: AnyAccount, now: datetime) -> None:
    """End the private feed of an account."""
    for key in FeedKey.objects.filter(account=by):
        record(KEY_ENDED, key, by=by, at=now)
        key.delete()
