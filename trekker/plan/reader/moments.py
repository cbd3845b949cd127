"""The moments a plan speaks of: days, months, seasons, deadlines, and how often a year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from trekker.plan.reader.proposal import Moment, MomentKind
from trekker.plan.reader.stretches import Stretch
from trekker.plan.reader.targets import NUMBER_WORDS, number

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MONTH = "|".join(MONTHS)
ORDINALS = {
    "voorjaar": (1, 6),
    "lente": (3, 6),
    "zomer": (6, 9),
    "najaar": (9, 12),
    "herfst": (9, 12),
    "winter": (12, 12),
}
PARTS = {"begin": (1, 3), "midden": (5, 8), "eind": (10, 12), "einde": (10, 12)}
DAY = re.compile(
    rf"(?P<by>\b(?:tegen|uiterlijk(?:\s+op)?|vóór|voor)\s+)?\b(?P<day>[0-3]?\d)\s+(?P<month>{MONTH})\b(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
NUMERIC = re.compile(r"\b(?P<day>[0-3]?\d)[/.-](?P<month>[01]?\d)[/.-](?P<year>20\d\d)\b")
MONTHLY = re.compile(
    rf"(?P<part>\b(?:begin|midden|eind|einde)\s+)?(?P<names>\b(?:{MONTH})\b(?:(?:,\s*|\s+(?:en|of)\s+)(?:{MONTH})\b)*)(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
SEASON = re.compile(
    rf"\b(?P<season>{'|'.join(ORDINALS)})\b(?:\s+(?:van\s+)?(?P<year>20\d\d))?", re.IGNORECASE
)
PART = re.compile(rf"\b(?P<part>{'|'.join(PARTS)})\s+(?:van\s+)?(?P<year>20\d\d)\b", re.IGNORECASE)
QUARTER = re.compile(
    r"\b(?:(?P<nth>eerste|tweede|derde|vierde)\s+kwartaal|Q(?P<digit>[1-4]))(?:\s+(?:van\s+)?(?P<year>20\d\d))?",
    re.IGNORECASE,
)
NTH = ("eerste", "tweede", "derde", "vierde")
OFTEN = re.compile(
    rf"\b(?P<times>\d+|{'|'.join(NUMBER_WORDS)})\s+(?:keer|maal)\s+per\s+jaar\b|\b(?P<every>maandelijks|driemaandelijks|tweemaandelijks|jaarlijks|wekelijks)e?\b",
    re.IGNORECASE,
)
EVERY = {"wekelijks": 52, "maandelijks": 12, "tweemaandelijks": 6, "driemaandelijks": 4, "jaarlijks": 1}
# «van maandelijks naar 4 keer per jaar»: what was is no plan.
FORMER = re.compile(r"\b(?:van|niet (?:meer|langer)|experimenteerden[^.]*)\s+$", re.IGNORECASE)
SENTENCE_EDGE = re.compile(r"(?<=[.;!?])\s+")


def find(stretch: Stretch, *, goal: str | None, year: int) -> Iterator[Moment]:
    """Find the moments of one paragraph that lie in the plan's year; without a year it is the plan's."""
    text = stretch.text
    taken: list[tuple[int, int]] = []
    for kind, match, spans in _candidates(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        taken.append(match.span())
        where = stretch.lines(match.start(), match.end())
        phrase = _sentence(text, match)
        if kind is MomentKind.FREQUENCY:
            yield Moment(goal=goal, text=phrase, kind=kind, times=_times(match), source_lines=where)
            continue
        for day, first, last, said in spans:
            if int(said or year) == year and (bounds := _bounds(year, first, last, day)):
                yield Moment(
                    goal=goal, text=phrase, kind=kind, start=bounds[0], end=bounds[1], source_lines=where
                )


Span = tuple[int | None, int, int, str | None]


def _candidates(text: str) -> Iterator[tuple[MomentKind, re.Match[str], list[Span]]]:
    for match in DAY.finditer(text):
        month = MONTHS.index(match["month"].lower()) + 1
        kind = MomentKind.DEADLINE if match["by"] else MomentKind.DAY
        yield kind, match, [(int(match["day"]), month, month, match["year"])]
    for match in NUMERIC.finditer(text):
        month = int(match["month"])
        yield MomentKind.DAY, match, [(int(match["day"]), month, month, match["year"])]
    for match in MONTHLY.finditer(text):
        months = [MONTHS.index(name.lower()) + 1 for name in re.findall(MONTH, match["names"], re.IGNORECASE)]
        yield MomentKind.MONTH, match, [(None, month, month, match["year"]) for month in months]
    for match in SEASON.finditer(text):
        first, last = ORDINALS[match["season"].lower()]
        yield MomentKind.SEASON, match, [(None, first, last, match["year"])]
    for match in PART.finditer(text):
        first, last = PARTS[match["part"].lower()]
        yield MomentKind.SEASON, match, [(None, first, last, match["year"])]
    for match in QUARTER.finditer(text):
        nth = int(match["digit"]) if match["digit"] else NTH.index(match["nth"].lower()) + 1
        yield MomentKind.SEASON, match, [(None, 3 * nth - 2, 3 * nth, match["year"])]
    for match in OFTEN.finditer(text):
        if not FORMER.search(text[: match.start()].rsplit(".", 1)[-1]):
            yield MomentKind.FREQUENCY, match, []


def _bounds(year: int, first: int, last: int, day: int | None) -> tuple[date, date] | None:
    if not 1 <= first <= last <= len(MONTHS):
        return None
    if day is None:
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    if not 1 <= day <= calendar.monthrange(year, first)[1]:
        return None
    return date(year, first, day), date(year, first, day)


def _times(match: re.Match[str]) -> int:
    return int(number(match["times"])) if match["times"] else EVERY[match["every"].lower()]


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max((edge.end() for edge in SENTENCE_EDGE.finditer(text, 0, match.start())), default=0)
    edge = SENTENCE_EDGE.search(text, match.end())
    return text[start : edge.start() if edge else len(text)].strip()
