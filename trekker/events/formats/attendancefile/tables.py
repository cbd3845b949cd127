"""The tables of a report, and what each of their columns holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from trekker.events.formats.reporttimes import plain, seconds_of, stamp_of

Row = Sequence[str]
SECTION = re.compile(r"\d+\.\s")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MOSTLY = 0.6
WORDS = {
    "name": (
        "name",
        "full name",
        "naam",
        "volledige naam",
        "vollstandiger name",
        "nom",
        "nom complet",
        "fullname",
    ),
    "mail": (
        "email",
        "e-mail",
        "user email",
        "mail",
        "e-mailadres",
        "e-mail-adresse",
        "adresse e-mail",
        "courriel",
    ),
    "upn": ("upn",),
    "join": ("join", "deelname", "beitritt", "arrivee", "connexion", "rejoint", "toegetreden"),
    "leave": ("leave", "vertrek", "verlassen", "depart", "deconnexion", "quitte", "verlaten"),
    "duration": ("duration", "duur", "dauer", "duree", "time in session"),
    "role": ("role", "rol", "rolle"),
}


@dataclass
class Table:
    """Rows under their headings, with the lines that stood right above and what each column holds."""

    headings: list[str]
    title: str
    rows: list[list[str]] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)

    def cell(self, row: Row, what: str) -> str:
        """Give what a row has of something; «--» is nothing."""
        place = self.columns.get(what, -1)
        text = row[place].strip() if 0 <= place < len(row) else ""
        return "" if text == "--" else text


def tables(rows: Sequence[Row]) -> list[Table]:
    """Find the tables of a report: headings with rows of values right beneath."""
    found: list[Table] = []
    above = ""
    current: Table | None = None
    for place, raw in enumerate(rows):
        row, after = list(raw), rows[place + 1] if place + 1 < len(rows) else []
        if not row:
            current = None
        elif len(row) == 1 and (current is None or SECTION.match(row[0]) or _could_head(after)):
            above, current = row[0], None
        elif _could_head(row) and any(map(_is_value, after)):
            current = Table(row, above)
            found.append(current)
        elif current is not None:
            current.rows.append(row)
    for table in found:
        table.columns = _columns(table)
    return found


def _columns(table: Table) -> dict[str, int]:
    """Tell what each column holds, by its cells and, where those are silent, by its heading."""
    width = max(map(len, [table.headings, *table.rows]))
    cells = [
        [row[place] for row in table.rows[:200] if place < len(row) and row[place] not in {"", "--"}]
        for place in range(width)
    ]
    heads = [plain(table.headings[place]) if place < len(table.headings) else "" for place in range(width)]

    def mostly(place: int, test: Any) -> bool:
        return bool(cells[place]) and sum(map(bool, map(test, cells[place]))) >= MOSTLY * len(cells[place])

    def headed(what: str, *, whole: bool = False) -> list[int]:
        words = WORDS[what]
        return [
            place
            for place, head in enumerate(heads)
            if head in words or (not whole and any(re.search(rf"\b{word}", head) for word in words))
        ]

    dates = [place for place in range(width) if mostly(place, stamp_of)]
    silent = [place for place in range(width) if not cells[place]]
    join = [place for place in headed("join") if place in silent or place in dates] or dates[:1]
    leave = [place for place in headed("leave") if place in silent or place in dates]
    leave = leave or [place for place in dates if place not in join][:1]
    lengths = [
        place
        for place in range(width)
        if place not in dates and mostly(place, lambda cell: seconds_of(cell) is not None)
    ]
    figures = [
        place for place in headed("duration") if mostly(place, lambda cell: re.fullmatch(r"\d+", cell))
    ]
    mails = [place for place in range(width) if mostly(place, MAIL.fullmatch)]
    upn = headed("upn")
    mail = [place for place in headed("mail") if place not in upn] or [p for p in mails if p not in upn]
    taken = {*dates, *lengths, *mails, *figures}
    name = headed("name", whole=True) or [place for place in headed("name") if place not in taken]
    name = name or [place for place in range(width) if place not in taken]
    duration = [place for place in headed("duration") if place in lengths] or lengths or figures
    duration = duration or [place for place in headed("duration") if place in silent]
    role = headed("role")
    columns = {
        "name": name[:1],
        "mail": mail[:1],
        "upn": upn[:1],
        "join": join[:1],
        "leave": leave[:1],
        "duration": duration[:1],
        "role": role[-1:],
    }
    found = {what: places[0] for what, places in columns.items() if places}
    if "attended" in heads:
        found["attended"] = heads.index("attended")
    return found


def _is_value(cell: str) -> bool:
    return bool(
        stamp_of(cell) or seconds_of(cell) is not None or MAIL.search(cell) or re.fullmatch(r"[\d.,]+", cell)
    )


def _could_head(row: Row) -> bool:
    return len(row) > 1 and all(row) and not any(map(_is_value, row))


def has_times(table: Table) -> bool:
    """Tell whether a table says who was there, from when until when."""
    return {"name", "join", "leave", "duration"} <= table.columns.keys() and not is_about_meeting(table)


def is_about_meeting(table: Table) -> bool:
    """Tell whether a table is about the meeting as a whole."""
    words = {"topic", "onderwerp", "thema", "sujet"}
    return any(plain(heading) in words or "meeting id" in plain(heading) for heading in table.headings)
