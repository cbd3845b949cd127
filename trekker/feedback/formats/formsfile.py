"""
Answers that Microsoft Forms wrote to a sheet, made into one plain table with a row for each answer.

Runs in the process that reads files from outside, so it needs no Django. What the program itself adds
(moments, language, points) is left behind there, and unless answers are on name everything that could
say who answered is too: it never reaches the database. Each row gets a mark that stays the same when the
form is exported again, so that it counts once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from rapidfuzz import fuzz

from trekker.imports.reading.limits import Unreadable

Row = Sequence[str]
MARK, MAIL, NAME = "Kenmerk van de rij", "Mailadres in Forms", "Naam in Forms"
LOOK_AT = 40  # rows at the top among which the headings are sought
LONGEST = 300  # signs; a longer text is no heading
LIKELY = 80  # of 100, the likeness from which a column is proposed for a question
SURE = 95  # of 100, the likeness that tells a list of answers without any heading of Forms
MOSTLY = 0.5
# What Forms adds to each row, in Dutch and English, as :func:`plain` writes it.
ROLES = {
    "id": ("id",),
    "start": ("begintijd", "starttijd", "start time"),
    "end": ("tijd van voltooien", "voltooiingstijd", "completion time"),
    "mail": ("e mail", "email", "e mailadres"),
    "name": ("naam", "name"),
    "changed": ("tijd van laatste wijziging", "last modified time"),
    "language": ("taal", "language"),
    "points": ("totaal aantal punten", "total points", "feedback over quiz", "quiz feedback"),
}
QUIZ = re.compile(r"(?:points|feedback|punten)\s+[-–]\s+\S")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
NOBODY = {"", "anonymous", "anoniem", "anonymous user"}
# Questions by which someone tells who they are, as :func:`plain` writes them.
WHO = re.compile(
    r"(?:(?:wat is |geef |vul |what is |enter )?(?:je|jouw|uw|u|your|de|the)? ?(?:eigen |volledige |full )?)"
    r"(?:naam|voornaam|achternaam|familienaam|voor en (?:achter|familie)naam|naam en voornaam|name|first name"
    r"|last name|surname|full name|e ?mail|e ?mail ?adres|mail ?adres|email address|telefoon|telefoonnummer"
    r"|gsm|gsm nummer|phone|phone number|organisatie|organi[sz]ation|bestuur|lokaal bestuur|gemeente"
    r"|gemeente of ocmw|ocmw|werkgever|company|rijksregisternummer)(?: in)?"
    r"|.*\b(?:welke?|which)\b.*\b(?:organisatie|bestuur|gemeente|ocmw|stad|organi[sz]ation|municipality)\b.*"
)
# What only a list of members, contacts or orders has; each set in one row of headings.
OTHER_LISTS = (
    {"optin time", "leid"},
    {"email address", "member rating"},
    {"userprincipalname", "displayname"},
    {"user principal name", "display name"},
    {"lid sinds"},
    {"member since"},
    {"ingeschreven sinds"},
    {"order", "attendee"},
)
NO_ANSWERS = (
    "Dit zijn geen antwoorden uit Microsoft Forms, en geen titel lijkt op een vraag van deze evaluatie. "
    "Kies in Forms bij de antwoorden “Openen in Excel” en lees dat bestand in."
)
MEMBERS = "Dit is een lijst van leden, contacten of bestellingen. Kies een bestand met antwoorden."


@lru_cache(maxsize=5_000)
def plain(text: str) -> str:
    """Write a heading or answer without capitals, accents and signs, so that they can be compared."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (" " if not each.isalnum() else each for each in letters if not unicodedata.combining(each))
    return " ".join("".join(kept).split())


@dataclass(frozen=True)
class Heading:
    """A heading as it was asked: ``again`` is 2 for the second question of the same text, and so on."""

    text: str
    again: int = 1


def headings_of(row: Row) -> list[Heading]:
    """Take away the figure that Forms puts behind a text that stood in an earlier column."""
    found: list[Heading] = []
    seen: Counter[str] = Counter()
    for cell in row:
        text = " ".join(cell.split())
        doubled = re.fullmatch(r"(.*?\S)\s*([2-9]|[1-9]\d)", text)
        if doubled and plain(doubled[1]) and seen[plain(doubled[1])]:
            text = doubled[1].strip()
        seen[plain(text)] += 1
        found.append(Heading(text, seen[plain(text)]))
    return found


def likeness(heading: str, question: str) -> float:
    """Give how alike two texts of a question are, of 100; a number in front does not count."""
    one, other = plain(heading), plain(question)
    bare = re.sub(r"^\d+ ", "", one)
    if other and other in {one, bare}:
        return 100
    return min(99, max(fuzz.ratio(bare, other), 0.97 * fuzz.token_sort_ratio(bare, other)))


def pair(headings: Row, questions: Sequence[Sequence[str]]) -> dict[str, int]:
    """
    Propose a column for each question, given as code and text, by likeness; the surest first.

    Of questions with the same text the first gets the first column, the second the next.
    """
    asked = headings_of(headings)
    pairs = sorted(
        (-score, order, column, code)
        for order, (code, text) in enumerate(questions)
        for column, heading in enumerate(asked)
        if heading.text and (score := likeness(heading.text, text)) >= LIKELY
    )
    taken: dict[str, int] = {}
    for _, _, column, code in pairs:
        if code not in taken and column not in taken.values():
            taken[code] = column
    return taken


@dataclass
class Table:
    """The rows of an export, with the place of its headings and what its columns hold."""

    rows: list[list[str]]
    top: int  # the place of the headings
    roles: dict[str, int] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)  # the columns that hold answers
    personal: list[int] = field(default_factory=list)  # those that say who answered

    @property
    def headings(self) -> list[str]:
        """The headings, as they stand."""
        return self.rows[self.top]

    @property
    def below(self) -> list[list[str]]:
        """The rows under the headings."""
        return self.rows[self.top + 1 :]

    def cell(self, row: Row, role: str) -> str:
        """Give what a row has in the column with this role."""
        place = self.roles.get(role, -1)
        return row[place] if 0 <= place < len(row) else ""


def _role(heading: Heading) -> str:
    """Tell which column of Forms itself this is; a question with the same text comes second."""
    if heading.again > 1:
        return ""
    return next((role for role, words in ROLES.items() if plain(heading.text) in words), "")


def _top(rows: Sequence[Row], questions: Sequence[Sequence[str]]) -> int:
    """
    Find the row of headings: that with the moments of Forms, or the one most like the questions.

    :raises Unreadable: if there is none
    """
    best, most = -1, 0
    for place, row in enumerate(rows[:LOOK_AT]):
        if _is_export(headings_of(row)):
            return place
    for place, row in enumerate(rows[:LOOK_AT]):
        heads = {plain(cell) for cell in row if len(cell) < LONGEST}
        if any(marks <= heads for marks in OTHER_LISTS):
            raise Unreadable(MEMBERS)
        like = sum(any(likeness(head, text) >= SURE for _code, text in questions) for head in heads)
        if like > most:
            best, most = place, like
    if best < 0:
        raise Unreadable(NO_ANSWERS)
    return best


def _is_export(headings: Sequence[Heading]) -> bool:
    return {"start", "end"} <= {_role(heading) for heading in headings}


def _holds_addresses(table: Table, column: int) -> bool:
    cells = [row[column] for row in table.below if column < len(row) and row[column]]
    return bool(cells) and sum(bool(ADDRESS.fullmatch(cell)) for cell in cells) > MOSTLY * len(cells)


def _table(rows: list[list[str]], context: Mapping[str, Any]) -> Table:
    """Tell apart what Forms added, what says who answered, and what was asked."""
    questions, named = context["questions"], context["named"]
    table = Table(rows, _top(rows, questions))
    width = max(map(len, table.rows[table.top :]))
    headings = headings_of([*table.headings, *[""] * (width - len(table.headings))])
    # What Forms itself wrote is never the answer to a question of the same name.
    own = set() if named else {"mail", "name"}
    own |= set(ROLES) if _is_export(headings) else set()
    roles = [_role(heading) for heading in headings]
    free = ["" if role in own else head for role, head in zip(roles, table.headings, strict=False)]
    matched = set(pair(free, questions).values())
    for column, (heading, role) in enumerate(zip(headings, roles, strict=True)):
        if role and column not in matched:
            table.roles[role] = column
        elif QUIZ.match(heading.text.casefold()):
            continue
        elif not named and (
            _holds_addresses(table, column)
            or (column not in matched and WHO.fullmatch(plain(heading.text)) is not None)
        ):
            table.personal.append(column)
        else:
            table.asked.append(column)
    return table


# -- the mark of a row -----------------------------------------------------------------------------
def _is_monthly_first(table: Table) -> bool:
    """Tell whether moments written with strokes have the month first, as Forms itself writes them."""
    for row in table.below:
        found = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d", table.cell(row, "end"))
        if found and int(found[1]) > 12:  # noqa: PLR2004 - months in a year
            return False
        if found and int(found[2]) > 12:  # noqa: PLR2004
            return True
    return any(re.search(r"\d\s*[AP]M\b", table.cell(row, "end"), re.IGNORECASE) for row in table.below)


def minute_of(text: str, *, month_first: bool) -> str:
    """Write the moment of a cell to the minute, however a sheet wrote it; nothing if it is none."""
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):  # days since the last day of 1899, as sheets count
        moment = datetime(1899, 12, 30) + timedelta(days=float(text), milliseconds=500)  # noqa: DTZ001 - no zone
        return f"{moment:%Y-%m-%d %H:%M}"
    found = re.fullmatch(
        r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})[ T,]+(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d+)?\s*([AP]M)?Z?",
        text.strip(),
        re.IGNORECASE,
    )
    if not found:
        return ""
    first, second, third, hour, minute = (int(each) for each in found.groups()[:5])
    if len(found[1]) == 4:  # noqa: PLR2004 - the figures of a year
        year, month, day = first, second, third
    else:
        day, month = (second, first) if month_first else (first, second)
        year = third + 2000 if third < 100 else third  # noqa: PLR2004 - a year of two figures
    if found[6]:
        hour = hour % 12 + (12 if found[6].casefold() == "pm" else 0)
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"


def _marks(table: Table) -> list[str]:
    """
    Give each row a mark: its number in the form and the minute it was sent.

    Where the sheet no longer has those, the answers themselves with how many equal rows came before.
    """
    month_first = _is_monthly_first(table)
    seen: Counter[str] = Counter()
    marks = []
    for row in table.below:
        number = table.cell(row, "id")
        minute = minute_of(table.cell(row, "end"), month_first=month_first)
        if number and minute:
            text = f"forms\x1f{number}\x1f{minute}"
        else:
            cells = (row[place] if place < len(row) else "" for place in table.asked)
            answers = "\x1f".join(" ".join(cell.casefold().split()) for cell in cells)
            seen[answers] += 1
            text = f"answers\x1f{answers}\x1f{seen[answers]}"
        marks.append(sha256(text.encode()).hexdigest()[:32])
    return marks


def shape(rows: Iterable[Row], context: Mapping[str, Any]) -> tuple[list[list[str]], dict[str, Any]]:
    """
    Give the answers as one plain table, each row where it stood, and what was left behind.

    ``context`` holds the ``questions`` as code and text, and whether the evaluation is ``named``. The
    first column is the mark of the row; on name, address and name follow.

    :raises Unreadable: if it is another kind of list
    """
    table = _table([list(row) for row in rows], context)
    named = context["named"]
    shaped: list[list[str]] = [[] for _ in range(table.top)]
    headings = [table.headings[place] if place < len(table.headings) else "" for place in table.asked]
    tidy = [" ".join(heading.split()) for heading in headings]
    shaped.append([MARK, *([MAIL, NAME] if named else []), *tidy])
    for row, mark in zip(table.below, _marks(table), strict=True):
        if not any(row):
            shaped.append([])
            continue
        who = [table.cell(row, role) for role in ("mail", "name")] if named else []
        known = ["" if each.casefold() in NOBODY else each for each in who]
        answers = [row[place] if place < len(row) else "" for place in table.asked]
        shaped.append([mark, *known, *answers])
    personal = [" ".join(table.headings[place].split()) for place in table.personal]
    if not named:
        filled = {
            role: any(table.cell(row, role).casefold() not in NOBODY for row in table.below)
            for role in ("mail", "name")
        }
        personal = [
            *(table.headings[table.roles[role]].strip() for role in filled if filled[role]),
            *personal,
        ]
    return shaped, {"personal": personal}
