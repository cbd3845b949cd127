"""The rows of a report, by the program that wrote it: who, when, for how long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from trekker.events.formats.attendancefile.tables import (
    MAIL,
    SECTION,
    Row,
    Table,
    has_times,
    is_about_meeting,
    tables,
)
from trekker.events.formats.reporttimes import Stamp, plain, seconds_of, stamp_of
from trekker.imports.reading.limits import Unreadable

PHONE = re.compile(r"[+\d][\d\s()*./x\-]{5,}")
MARK = re.compile(
    r"\s*\((?:unverified|guest|external|host|co-?host|me|anonymous|niet[ -]geverifieerd|gast|extern|ik"
    r"|organisator|nicht (?:verifiziert|uberpruft)|ich|non[ -]verifiee?|invitee?|externe|moi"
    r"|[^()]*, (?:host|me|guest))\)$"
)
ORIGINAL = re.compile(r"(.+?)\s*\(([^()]+)\)")
LEADING = (
    "organi",
    "presenta",
    "presenter",
    "vortrag",
    "referent",
    "intervenant",
    "presentateur",
    "host",
    "panel",
)
LEADING_ALSO = ("animateur", "moderator", "co-organi", "spreker", "mede-organi", "besprechungsorgani")
JOINED = (
    "joined",
    "deelgenomen",
    "neemt deel",
    "beigetreten",
    "teilgenommen",
    "rejoint",
    "a rejoint",
    "join",
)
LEFT = ("left", "verlaten", "vertrokken", "verlassen", "quitte", "a quitte", "leave")


@dataclass
class Record:
    """One row of a report: who, when, for how long."""

    name: str
    mail: str = ""
    role: str = ""
    organisation: str = ""
    times: list[tuple[Stamp, Stamp]] = field(default_factory=list)
    seconds: int | None = None
    exact: bool = False


def bare_name(text: str) -> str:
    """Give a name without what the program adds to it: «(Unverified)», «(Gast)», the name shown."""
    name = " ".join(text.split())
    while MARK.search(plain(name)) and "(" in name:
        name = name[: name.rindex("(")].strip()
    found = ORIGINAL.fullmatch(name)
    if found:
        return found[2] if " " in found[2] and " " not in found[1] else found[1]
    return name


def is_leading(role: str) -> bool:
    """Tell whether a role is that of an organiser or presenter, in the languages we know."""
    return plain(role).startswith((*LEADING, *LEADING_ALSO))


def is_phone(name: str) -> bool:
    """Tell whether a name is the number someone dialled in with."""
    return bool(PHONE.fullmatch(name)) and sum(each.isdigit() for each in name) > 4  # noqa: PLR2004 - of a number


def read(rows: Sequence[Row]) -> tuple[str, list[Record]]:
    """Recognise the program by the shape of its tables and read its records; «» when it is none."""
    found = tables(rows)
    if live := next((t for t in found if "utceventtimestamp" in map(plain, t.headings)), None):
        return "Microsoft Teams, live-evenement", _live_event(live)
    if any("attended" in table.columns for table in found):
        return "Zoom, deelnemersverslag", _zoom_webinar(found)
    numbered = any(len(row) == 1 and SECTION.match(row[0]) for row in rows)
    timed = [table for table in found if has_times(table)]
    for table in found:
        heads = " ".join(map(plain, table.headings))
        if "duration (minutes)" in heads and "name" in table.columns and not is_about_meeting(table):
            return "Zoom", _records(table)
    if timed:
        return "Microsoft Teams", _teams(found)
    for table in found:
        stamped = [stamp for row in table.rows if (stamp := stamp_of(table.cell(row, "join")))]
        if len(table.headings) == 3 and stamped and "leave" not in table.columns and _acts(table):  # noqa: PLR2004 - name, act, moment
            return "Microsoft Teams (2020)", _join_and_left(table, max(stamped, key=_raw))
    if numbered:
        raise Unreadable(
            "In dit verslag staat geen enkele deelnemer. Download het opnieuw nadat de vergadering stopte."
        )
    return "", []


def _record(table: Table, row: Row) -> Record | None:
    name = bare_name(table.cell(row, "name"))
    mail, upn = table.cell(row, "mail"), table.cell(row, "upn")
    mail = (
        mail
        if MAIL.fullmatch(mail)
        else (upn if MAIL.fullmatch(upn) and "#ext#" not in upn.casefold() else "")
    )
    if not name and not mail:
        return None
    join, leave = stamp_of(table.cell(row, "join")), stamp_of(table.cell(row, "leave"))
    stated = table.cell(row, "duration")
    seconds = int(stated) * 60 if stated.isdigit() else seconds_of(stated)
    role = table.cell(row, "role")
    return Record(name, mail, role, times=[(join, leave)] if join and leave else [], seconds=seconds)


def _records(table: Table) -> list[Record]:
    return [record for row in table.rows if (record := _record(table, row))]


def _teams(found: Sequence[Table]) -> list[Record]:
    """Read the participants; the table after them has every join apart, and is the exact one."""
    first, *others = [table for table in found if has_times(table)]
    records = _records(first)
    if not others:
        return records
    exact: dict[tuple[str, str], list[tuple[Stamp, Stamp]]] = {}
    for record in _records(others[0]):
        exact.setdefault((plain(record.name), record.mail.casefold()), []).extend(record.times)
    for record in records:
        if times := exact.pop((plain(record.name), record.mail.casefold()), None):
            record.times, record.exact = times, True
    return records


def _zoom_webinar(found: Sequence[Table]) -> list[Record]:
    records = []
    for table in found:
        if "attended" not in table.columns:
            continue
        group = table.title if is_leading(table.title) else ""
        for row in table.rows:
            record = _record(table, row)
            if record and plain(table.cell(row, "attended")) == "yes":
                record.role = record.role or group.split(" ")[0]
                records.append(record)
    return records


def _join_and_left(table: Table, last: Stamp | None) -> list[Record]:
    """Pair each «joined» with the «left» after it; who never left was there to the end of the list."""
    action = next(place for place in range(len(table.headings)) if place not in table.columns.values())
    records: dict[str, Record] = {}
    inside: dict[str, Stamp] = {}
    for row in table.rows:
        name, stamp = bare_name(table.cell(row, "name")), stamp_of(table.cell(row, "join"))
        if not name or stamp is None:
            continue
        record = records.setdefault(name, Record(name, exact=True))
        says = plain(row[action]) if action < len(row) else ""
        if says.startswith(JOINED):
            inside.setdefault(name, stamp)
        elif says.startswith(LEFT) and name in inside:
            record.times.append((inside.pop(name), stamp))
    for name, stamp in inside.items():
        records[name].times.append((stamp, last or stamp))
    return list(records.values())


def _acts(table: Table) -> bool:
    free = [place for place in range(len(table.headings)) if place not in table.columns.values()]
    return len(free) == 1 and any(
        plain(row[free[0]]).startswith((*JOINED, *LEFT)) for row in table.rows if free[0] < len(row)
    )


def _live_event(table: Table) -> list[Record]:
    heads = [plain(heading) for heading in table.headings]
    at, name = heads.index("utceventtimestamp"), heads.index("fullname")
    action = next((place for place, head in enumerate(heads) if head in {"action", "eventtype", "event"}), -1)
    moments: dict[str, list[Stamp]] = {}
    for row in table.rows:
        stamp = stamp_of(row[at]) if at < len(row) else None
        if stamp and name < len(row) and (action < 0 or action < len(row)):
            utc = Stamp(stamp.figures, stamp.order, stamp.time, stamp.zone or "utc")
            moments.setdefault(bare_name(row[name]), []).append(utc)
    return [
        Record(who, times=[(min(seen, key=_raw), max(seen, key=_raw))], exact=True)
        for who, seen in moments.items()
        if who
    ]


def _raw(stamp: Stamp) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    return (stamp.figures if stamp.order == "ymd" else stamp.figures[::-1], stamp.time)
