"""Reads the iCalendar files of others: what takes place within a period, each moment apart."""

from __future__ import annotations

import hashlib
import itertools
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil.rrule import rrulestr
from django.utils import timezone
from icalendar import Calendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from trekker.events.formats.ical import one_line
from trekker.kernel.periods import Period

Entry = Any  # the types of the library hold every kind of value for each property
MOST_BYTES = 5 * 1024 * 1024
MOST_MOMENTS = 2000
MOST_ENTRIES = 20_000
MOST_OF_ONE = 800  # a rule that comes back each day for two years and more
EARLIEST = datetime(1990, 1, 1)  # noqa: DTZ001 - rules are reckoned in the hours people read
BROKEN = "Dit bestand is geen kalender, of het is stuk. Vraag een iCalendar-bestand (.ics)."
TOO_MUCH = "Deze kalender is te groot. Vraag een kalender met minder activiteiten."
CYCLES = 19 * 400
MOST_SECONDS = 5.0
RHYTHMS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
# What could make of one day thousands of moments.
FINER = {"BYHOUR", "BYMINUTE", "BYSECOND"}
# Outlook in Belgium says Romance; the table of the library names another city with the same hours.
PROGRAMS = {**WINDOWS_TO_OLSON, "Romance Standard Time": "Europe/Brussels"}
BEGINS, ENDS = (re.compile(rf"^{word}:VEVENT\s*$", re.IGNORECASE | re.MULTILINE) for word in ("BEGIN", "END"))
WEB = re.compile(r"https?://[^\s\"<>]+\Z")


class NotACalendar(Exception):
    """The file is no calendar we can read; the message says in Dutch how to go on."""


@dataclass(frozen=True, order=True)
class Found:
    """One moment of something in a calendar of others."""

    starts_at: datetime
    ends_at: datetime
    uid: str
    title: str
    all_day: bool = False
    place: str = ""
    url: str = ""


def read(file: bytes, *, within: Period, near: date) -> list[Found]:
    """
    Give the moments within a period, in their order; of too many, those nearest to a day.

    A single entry that cannot be read is passed by.

    :raises NotACalendar: if the file is broken, is no calendar, or is too large
    """
    entries = _entries(file)
    replaced = {(_uid(each), _moment_id(each)) for each in entries if "RECURRENCE-ID" in each}
    found: dict[tuple[str, datetime], Found] = {}
    until = monotonic() + MOST_SECONDS
    for entry in entries:
        if monotonic() > until:
            raise NotACalendar(TOO_MUCH)
        try:
            moments = list(itertools.islice(_moments(entry, within, replaced), MOST_OF_ONE))
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, ArithmeticError):
            continue
        found.update({(each.uid, each.starts_at): each for each in moments})
    middle = timezone.make_aware(datetime.combine(near, time()))
    nearest = sorted(found.values(), key=lambda each: abs(each.starts_at - middle))[:MOST_MOMENTS]
    return sorted(nearest)


def _entries(file: bytes) -> list[Entry]:
    """Give the events of all calendars in a file."""
    if len(file) > MOST_BYTES or file.upper().count(b"BEGIN:") > MOST_ENTRIES:
        raise NotACalendar(TOO_MUCH)
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = file.decode("cp1252", errors="replace")
    if "BEGIN:VCALENDAR" not in text.upper() or "END:VCALENDAR" not in text.upper():
        raise NotACalendar(BROKEN)
    if len(BEGINS.findall(text)) != len(ENDS.findall(text)):
        raise NotACalendar(BROKEN)
    try:
        calendars = _parsed(text)
        return [entry for each in calendars for entry in each.walk("VEVENT")]
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        OverflowError,
        RecursionError,
    ) as fault:
        raise NotACalendar(BROKEN) from fault


def _parsed(text: str) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names of time zones that the library guesses we settle ourselves
        return Calendar.from_ical(text, multiple=True)


def _moments(entry: Entry, within: Period, replaced: set[tuple[str, datetime | None]]) -> Iterator[Found]:
    if str(entry.get("STATUS", "")).upper() == "CANCELLED":
        return
    start = entry["DTSTART"]
    all_day = not isinstance(start.dt, datetime)
    lasts = _length(entry, all_day=all_day)
    skipped = {_absolute(each) for each in _listed(entry.get("EXDATE"))}
    is_own = "RECURRENCE-ID" in entry
    for local, zone in _starts(entry, within):
        begins = local.replace(tzinfo=zone).astimezone(UTC)
        ends = (local + lasts).replace(tzinfo=zone).astimezone(UTC)
        if begins in skipped or (not is_own and (_uid(entry), begins) in replaced):
            continue
        if begins < within.until_at and ends > within.from_at - timedelta(seconds=1):
            yield _found(entry, begins, max(begins, ends), all_day=all_day)


def _starts(entry: Entry, within: Period) -> Iterator[tuple[datetime, tzinfo]]:
    """Give the beginnings, in the hours people read: those stay the same across summer time."""
    first, zone = _local(entry["DTSTART"])
    last = within.until_at.astimezone(zone).replace(tzinfo=None)
    rule = entry.get("RRULE")
    if rule is None or isinstance(rule, list) or "RECURRENCE-ID" in entry or first < EARLIEST:
        yield first, zone
    else:
        yield from ((each, zone) for each in _by_rule(rule, first, last, within, zone))
    for extra in _listed(entry.get("RDATE")):
        yield _local(extra)


def _by_rule(rule: Any, first: datetime, last: datetime, within: Period, zone: tzinfo) -> Iterable[datetime]:
    parts = {name.upper(): value for name, value in rule.items() if name.upper() not in FINER}
    rhythm = str(parts.get("FREQ", [""])[0]).upper()
    if rhythm not in RHYTHMS:
        return [first]
    for until in parts.pop("UNTIL", []):
        if isinstance(until, datetime) and until.tzinfo:
            until = until.astimezone(zone).replace(tzinfo=None)  # noqa: PLW2901 - in the hours of the rule
        elif not isinstance(until, datetime):
            until = datetime.combine(until, time.max)  # noqa: PLW2901 - the whole of the last day
        last = min(last, until)
    if int(parts.get("INTERVAL", [1])[0]) < 1:
        return [first]
    times = int(parts.pop("COUNT", [0])[0]) or None
    text = ";".join(f"{name}={','.join(map(_plain, value))}" for name, value in parts.items())
    rule = rrulestr(f"RRULE:{text};UNTIL={_later(last):%Y%m%dT%H%M%S}", dtstart=_later(first))
    begin = within.from_at.astimezone(zone).replace(tzinfo=None) - timedelta(days=31)
    moments = (_sooner(each) for each in itertools.islice(rule, times))
    return itertools.dropwhile(lambda each: each < begin, moments)


# A rule that never fits is reckoned until the year 9999, so it is reckoned close to that year: the
# days of the week and of the year come back every 400 years.
def _later(moment: datetime) -> datetime:
    return moment.replace(year=moment.year + CYCLES)


def _sooner(moment: datetime) -> datetime:
    return moment.replace(year=moment.year - CYCLES)


def _plain(value: Any) -> str:
    shown = value.to_ical() if hasattr(value, "to_ical") else value
    return shown.decode() if isinstance(shown, bytes) else str(shown)


def _length(entry: Entry, *, all_day: bool) -> timedelta:
    if "DTEND" in entry:
        return max(_local(entry["DTEND"])[0] - _local(entry["DTSTART"])[0], timedelta())
    if "DURATION" in entry:
        return max(entry["DURATION"].dt, timedelta())
    return timedelta(days=1) if all_day else timedelta()


def _found(entry: Entry, begins: datetime, ends: datetime, *, all_day: bool) -> Found:
    url = one_line(entry.get("URL", ""))
    return Found(
        starts_at=begins,
        ends_at=ends,
        uid=_uid(entry),
        title=one_line(entry.get("SUMMARY", ""))[:300] or "(zonder titel)",
        all_day=all_day,
        place=one_line(entry.get("LOCATION", ""))[:300],
        url=url if WEB.match(url) and len(url) <= 500 else "",  # noqa: PLR2004 - what the field holds
    )


def _uid(entry: Entry) -> str:
    uid = one_line(entry.get("UID", ""))
    if 0 < len(uid) <= 300:  # noqa: PLR2004 - what the field holds
        return uid
    known = uid or f"{entry.get('SUMMARY', '')}|{entry.get('DTSTART')!r}"
    return hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()


def _moment_id(entry: Entry) -> datetime | None:
    try:
        return _absolute(entry["RECURRENCE-ID"])
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _listed(dates: Any) -> Iterator[Any]:
    """Give the single dates of EXDATE or RDATE, which may stand on one line or on several."""
    for line in dates if isinstance(dates, list) else [dates] if dates is not None else []:
        for each in line.dts:
            each.params = line.params
            yield each


def _absolute(moment: Any) -> datetime:
    local, zone = _local(moment)
    return local.replace(tzinfo=zone).astimezone(UTC)


def _local(moment: Any) -> tuple[datetime, tzinfo]:
    """Give the hour as it is written and the time zone it is meant in."""
    value = moment.dt
    if isinstance(value, tuple):  # a period of RDATE
        value = value[0]
    if not isinstance(value, datetime):
        return datetime.combine(value, time()), timezone.get_default_timezone()
    if value.tzinfo is None:
        return value, _zone(str(moment.params.get("TZID", "")), None)
    return value.replace(tzinfo=None), _zone(str(moment.params.get("TZID", "")), value.tzinfo)


def _zone(name: str, known: tzinfo | None) -> tzinfo:
    """Find a time zone by any name programs give it; without one it is ours."""
    ending = "/".join(name.strip("/").split("/")[-2:])
    for each in (PROGRAMS.get(name), name, ending):
        try:
            if each:
                return ZoneInfo(each)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return known or timezone.get_default_timezone()
