"""Times as reports of online meetings write them: lengths, moments of unsaid order, and spans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

Span = tuple[datetime, datetime]
ORDERS = ("dmy", "mdy", "ymd")
CENTURY = 100  # a year under this was written with two figures
NOON = 12
UNITS = {
    86_400: ("d", "dag", "dagen", "day", "days", "tag", "tage", "j", "jour", "jours"),
    3_600: (
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "u",
        "uur",
        "uren",
        "std",
        "stunde",
        "stunden",
        "heure",
        "heures",
    ),
    60: ("m", "min", "mins", "minute", "minutes", "minuut", "minuten"),
    1: (
        "s",
        "sec",
        "secs",
        "second",
        "seconds",
        "seconde",
        "seconden",
        "secondes",
        "sek",
        "sekunde",
        "sekunden",
    ),
}
SECONDS = {word: seconds for seconds, words in UNITS.items() for word in words}
PART = re.compile(r"(\d+)\s*([^\W\d]+)\.?(?:\s*(?:,|en|and|und|et)\s+|\s*)")
CLOCK = re.compile(r"(\d{1,3}):(\d{2})(?::(\d{2}))?")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan janv", "feb febr fev", "mar maa mrt mars mrz", "apr avr", "may mei mai", "jun juin"),
            *("jul juil", "aug aou", "sep sept", "oct okt", "nov", "dec dez"),
        ),
        start=1,
    )
    for name in names.split()
}
TIME = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?"
HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?"
ZONE = r"(?:\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}))?"
FIGURES = re.compile(
    rf"(?P<a>\d{{1,4}})[/.\-](?P<b>\d{{1,2}})[/.\-](?P<c>\d{{1,4}})\.?(?:[,\st]+{TIME}{HALF}{ZONE})?"
)
WORDED = re.compile(
    r"(?:(?P<m1>[^\W\d]{3,})\.?\s+(?P<d1>\d{1,2})|(?P<d2>\d{1,2})\.?\s+(?P<m2>[^\W\d]{3,})\.?)"
    rf",?\s+(?P<year>\d{{4}})(?:[,\s]+{TIME}{HALF}{ZONE})?"
)


def plain(text: str) -> str:
    """Write a text in small letters without accents, with every kind of space as one plain one."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


@lru_cache(maxsize=10_000)
def seconds_of(text: str) -> int | None:
    """Read a length such as «1h 7s», «59 Min. 0 Sek.», «1 u 5 min» or «0:43:12»; nothing if it is none."""
    found = plain(text)
    if clock := CLOCK.fullmatch(found):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return hours * 3_600 + minutes * 60 + seconds
    total, place = 0, 0
    while part := PART.match(found, place):
        if part[2] not in SECONDS:
            return None
        total, place = total + int(part[1]) * SECONDS[part[2]], part.end()
    return total if place and place == len(found) else None


@dataclass(frozen=True)
class Stamp:
    """
    A moment as written, before it is known which figure is the day.

    ``figures`` are the three numbers of the date; ``order`` is set where the text leaves no doubt.
    """

    figures: tuple[int, int, int]
    order: str
    time: tuple[int, int, int]
    zone: str

    def at(self, order: str, utc_offset: timedelta) -> datetime | None:
        """Read it in an order; a moment in UTC is moved to the clock of the session."""
        named = dict(zip(self.order or order, self.figures, strict=True))
        if not self.order and order == "ymd":
            return None
        year = named["y"] + 2000 if named["y"] < CENTURY else named["y"]
        try:
            found = datetime(year, named["m"], named["d"], *self.time)  # noqa: DTZ001 - the session's clock
        except ValueError:
            return None
        if not self.zone:
            return found
        sign = -1 if self.zone[0] == "-" else 1
        digits = re.sub(r"\D", "", self.zone)
        own = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * sign if digits else timedelta()
        return found - own + utc_offset


def _time(found: re.Match[str]) -> tuple[int, int, int] | None:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"] and not 1 <= hour <= NOON:
        return None
    if found["half"]:
        hour = hour % NOON + (NOON if found["half"] == "p" else 0)
    return (hour, minute, second)


@lru_cache(maxsize=20_000)
def stamp_of(text: str) -> Stamp | None:
    """Read a moment; nothing if the text is none."""
    tidy = plain(text)
    if found := FIGURES.fullmatch(tidy):
        a, b, c = found["a"], found["b"], found["c"]
        order = "ymd" if len(a) > 2 else ""  # noqa: PLR2004 - a year
        if not order and len(c) not in {2, 4}:
            return None
        time = _time(found)
        return Stamp((int(a), int(b), int(c)), order, time, found["zone"] or "") if time else None
    if found := WORDED.fullmatch(tidy):
        name = found["m1"] or found["m2"]
        month = MONTHS.get(name[:4]) or MONTHS.get(name[:3])
        time = _time(found)
        if month and time:
            day = int(found["d1"] or found["d2"])
            return Stamp((day, month, int(found["year"])), "dmy", time, found["zone"] or "")
    return None


def overlap(first: Span, second: Span) -> Span | None:
    """Give the part that two spans share."""
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return (start, end) if start < end else None


def union(spans: Iterable[Span]) -> list[Span]:
    """Lay spans over each other, so that no moment counts twice."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def length(spans: Sequence[Span]) -> int:
    """Give how many seconds spans that do not overlap last together."""
    return int(sum((end - start).total_seconds() for start, end in spans))


def minutes(seconds: int) -> int:
    """Round to minutes; who was there at all was there a minute."""
    return max(round(seconds / 60), 1) if seconds > 0 else 0
