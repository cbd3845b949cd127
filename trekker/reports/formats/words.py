"""The words and numbers of a report: days, figures, and text of others made fit to print."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from trekker.reports.contents import Contents, Line
from trekker.ui.charts import number

BLANK_LINE = re.compile(r"\n[ \t]*\n")
SPACES = re.compile(r"\s+")
# Marks that turn the direction of what follows, and code points that are no characters.
TURNS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF}
LONGEST = 30  # letters without a place to break: wider than the narrowest column
COMPARED = {">=": "minstens", ">": "meer dan", "<=": "hoogstens", "<": "minder dan", "=": "precies"}
NOT_KNOWN = "niet gekend"


def clean(text: object) -> str:
    """Give text as one line that every format can hold: no control characters, no turned directions."""
    spaced = SPACES.sub(" ", str(text).replace("\x00", ""))
    return "".join(each for each in spaced if _is_sound(each)).strip()


def _is_sound(character: str) -> bool:
    return ord(character) not in TURNS and unicodedata.category(character) not in {"Cc", "Cs"}


def paragraphs(text: str) -> tuple[str, ...]:
    """Give the paragraphs of a text: what blank lines part."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(sound for part in BLANK_LINE.split(plain) if (sound := clean(part)))


def breakable(text: str) -> str:
    """Let a very long word break, by spaces without width: a web address, or a slip of the keyboard."""
    if len(text) <= LONGEST:
        return text
    return " ".join(
        word
        if len(word) <= LONGEST
        else "\u200b".join(word[at : at + LONGEST] for at in range(0, len(word), LONGEST))
        for word in text.split(" ")
    )


def day(value: date) -> str:
    """Write a day: 5 januari 2026."""
    return date_format(value, "j F Y")


def day_of(value: datetime) -> str:
    """Write the day of a moment, as it was here."""
    return day(timezone.localtime(value).date() if timezone.is_aware(value) else value.date())


def month(value: date) -> str:
    """Write a month in short: jan."""
    return date_format(value, "M").lower().rstrip(".")


def count(many: int, one: str, more: str) -> str:
    """Say how many there are: 1 rij, 1.200 rijen."""
    return f"{number(many)} {one if many == 1 else more}"


def opening(text: str) -> str:
    """Give text as the opening of a sentence: with a capital, the rest as it stands."""
    sound = clean(text)
    return sound[:1].upper() + sound[1:]


def figure(line: Line) -> str:
    """Write a figure without its unit; one that is not known in words, never as zero."""
    return NOT_KNOWN if line.value is None else number(line.value)


def goal(line: Line) -> str:
    """Write a target without its unit: minstens 4; nothing where there is none."""
    if line.target is None:
        return ""
    return f"{COMPARED.get(line.comparator, line.comparator)} {number(line.target)}"


def named(line: Line) -> str:
    """Name a figure in short, by its unit and its target: Bijeenkomsten: minstens 4."""
    unit, target = opening(line.unit) or opening(line.sentence), goal(line)
    return f"{unit}: {target}" if target else unit


def earlier(line: Line) -> list[str]:
    """Say which targets held before, and why another holds: doel was 3, sinds 1 juli 1, omdat …."""
    said, now = [], line.target
    for was in line.was:
        target = "geen" if was.target is None else number(was.target)
        new = "geen" if now is None else number(now)
        reason = f", omdat: {clean(was.reason)}" if was.reason else ""
        said.append(
            f"Doel was {target}, sinds {date_format(was.until, 'j F')} {new}{reason}".rstrip(".") + "."
        )
        now = was.target
    return said


def state(contents: Contents) -> str:
    """Say whether a report is a concept or was fixed, and of when it is."""
    if contents.fixed_on:
        return f"vastgesteld op {day(contents.fixed_on)}"
    return f"concept, stand van {day(contents.last_day)}"


def period(contents: Contents) -> str:
    """Write the days a report is about."""
    first, last = contents.first_day, contents.last_day
    start = date_format(first, "j F") if first.year == last.year else day(first)
    return f"{start} tot en met {day(last)}"


def share(many: int, of: int) -> str:
    """Give a part of a whole in whole percents, rounded down: 79,9 % never reads as the 80 % of a promise."""
    return f"{100 * many // of} %" if of else "–"
