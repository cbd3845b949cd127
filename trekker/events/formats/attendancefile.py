"""
Attendance reports of online meetings, made into one plain table with a row for each person.

Runs in the process that reads files from outside, so it needs no Django. Titles and headings are
translated with the program, so what a column holds follows from its cells, and the headings only help.
Knows Microsoft Teams (2020, 2021, since 2022, live events) and Zoom (short, with times, webinar).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from trekker.events.formats.reporttimes import (
    ORDERS,
    Span,
    Stamp,
    length,
    minutes,
    overlap,
    plain,
    seconds_of,
    stamp_of,
    union,
)
from trekker.imports.reading.limits import Unreadable

HEADINGS = ["Naam", "Mailadres", "Minuten", "Rol", "Organisatie", "Was er van en tot"]
UNSAID = "?"  # in the column of minutes: the report names someone without saying for how long
Row = Sequence[str]
SECTION = re.compile(r"\d+\.\s")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PHONE = re.compile(r"[+\d][\d\s()*./x\-]{5,}")
MARK = re.compile(
    r"\s*\((?:unverified|guest|external|host|co-?host|me|anonymous|niet[ -]geverifieerd|gast|extern|ik"
    r"|organisator|nicht (?:verifiziert|uberpruft)|ich|non[ -]verifiee?|invitee?|externe|moi"
    r"|[^()]*, (?:host|me|guest))\)$"
)
ORIGINAL = re.compile(r"(.+?)\s*\(([^()]+)\)")
MOSTLY = 0.6
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
# What only a list of members, contacts or orders has; each set in one row of headings.
OTHER_LISTS = (
    {"optin time", "leid"},
    {"optin_time", "leid"},
    {"email address", "member_rating"},
    {"userprincipalname", "displayname"},
    {"user principal name", "display name"},
    {"lid sinds"},
    {"member since"},
    {"ingeschreven sinds"},
    {"order #", "attendee #"},
)


@dataclass
class Sitting:
    """One session of the event, on its own clock."""

    pk: int
    span: Span
    utc_offset: timedelta

    @property
    def says(self) -> str:
        """Its day and hours, as people read them."""
        start, end = self.span
        return f"{start:%d/%m/%Y} van {start:%H:%M} tot {end:%H:%M}"


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


# -- finding tables --------------------------------------------------------------------------------
def _is_value(cell: str) -> bool:
    return bool(
        stamp_of(cell) or seconds_of(cell) is not None or MAIL.search(cell) or re.fullmatch(r"[\d.,]+", cell)
    )


def _could_head(row: Row) -> bool:
    return len(row) > 1 and all(row) and not any(map(_is_value, row))


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


def _has_times(table: Table) -> bool:
    return {"name", "join", "leave", "duration"} <= table.columns.keys() and not _is_about_meeting(table)


def _is_about_meeting(table: Table) -> bool:
    words = {"topic", "onderwerp", "thema", "sujet"}
    return any(plain(heading) in words or "meeting id" in plain(heading) for heading in table.headings)


# -- people ----------------------------------------------------------------------------------------
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


def _key(record: Record, mails_of: Mapping[str, set[str]]) -> str:
    if record.mail:
        return record.mail.casefold()
    named = plain(record.name)
    known = mails_of.get(named, set())
    return next(iter(known)) if len(known) == 1 else f"={named}"


def _together(records: Sequence[Record]) -> dict[str, list[Record]]:
    """Put the records of one person together: the same address, or a name that has but one address."""
    mails_of: dict[str, set[str]] = {}
    for record in records:
        if record.mail:
            mails_of.setdefault(plain(record.name), set()).add(record.mail.casefold())
    people: dict[str, list[Record]] = {}
    for record in records:
        people.setdefault(_key(record, mails_of), []).append(record)
    return people


# -- layouts ---------------------------------------------------------------------------------------
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
    first, *others = [table for table in found if _has_times(table)]
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


def _read(rows: Sequence[Row]) -> tuple[str, list[Record]]:
    """Recognise the program by the shape of its tables and read its records; «» when it is none."""
    found = tables(rows)
    if live := next((t for t in found if "utceventtimestamp" in map(plain, t.headings)), None):
        return "Microsoft Teams, live-evenement", _live_event(live)
    if any("attended" in table.columns for table in found):
        return "Zoom, deelnemersverslag", _zoom_webinar(found)
    numbered = any(len(row) == 1 and SECTION.match(row[0]) for row in rows)
    timed = [table for table in found if _has_times(table)]
    for table in found:
        heads = " ".join(map(plain, table.headings))
        if "duration (minutes)" in heads and "name" in table.columns and not _is_about_meeting(table):
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


def _acts(table: Table) -> bool:
    free = [place for place in range(len(table.headings)) if place not in table.columns.values()]
    return len(free) == 1 and any(
        plain(row[free[0]]).startswith((*JOINED, *LEFT)) for row in table.rows if free[0] < len(row)
    )


# -- days and hours --------------------------------------------------------------------------------
def _stamps(records: Iterable[Record]) -> list[Stamp]:
    return [stamp for record in records for pair in record.times for stamp in pair]


def _sitting(records: Sequence[Record], sittings: Sequence[Sitting]) -> tuple[Sitting, str]:
    """
    Tell which session a report is of, and in which order it writes days: the one that falls on it.

    :raises Unreadable: if it is of another day, or fits more than one session
    """
    stamps = _stamps(records)
    fits: dict[int, tuple[Sitting, str, int]] = {}
    days: dict[str, datetime] = {}
    for order in ORDERS:
        for sitting in sittings:
            moments = [stamp.at(order, sitting.utc_offset) for stamp in stamps]
            if None in moments:
                continue
            known = [moment for moment in moments if moment]
            days[order] = min(known)
            on_day = sum(moment.date() in {day.date() for day in sitting.span} for moment in known)
            if on_day >= MOSTLY * len(known):
                shared = sum(bool(_spans(record, order, sitting)) for record in records)
                if sitting.pk not in fits or shared > fits[sitting.pk][2]:
                    fits[sitting.pk] = (sitting, order, shared)
    if not days:
        raise Unreadable(
            "De datums in dit verslag zijn niet te lezen. Download het opnieuw en bewaar het niet in Excel."
        )
    if not fits:
        raise Unreadable(_other_day(set(days.values()), sittings))
    best = [each for each in fits.values() if each[2]]
    if len(best) > 1:
        raise Unreadable("Dit verslag past bij meer dan één sessie. Kies zelf de sessie en probeer opnieuw.")
    if not best:
        sitting, order, _shared = next(iter(fits.values()))
        known = [moment for stamp in stamps if (moment := stamp.at(order, sitting.utc_offset))]
        raise Unreadable(
            f"De uren in dit verslag ({min(known):%H:%M} tot {max(known):%H:%M}) vallen buiten de sessie "
            f"({sitting.span[0]:%H:%M} tot {sitting.span[1]:%H:%M}). "
            "Pas de uren van de sessie aan of kies een ander verslag."
        )
    return best[0][0], best[0][1]


def _other_day(days: set[datetime], sittings: Sequence[Sitting]) -> str:
    said = " of ".join(f"{day:%d/%m/%Y}" for day in sorted(days))
    own = "; ".join(sitting.says for sitting in sittings[:3])
    return f"Dit verslag is van {said}. De sessie is op {own}. Kies het verslag van die dag."


def _spans(record: Record, order: str, sitting: Sitting) -> list[Span]:
    """Give when someone was at a session: every join laid over the others, within its hours."""
    spans = []
    for join, leave in record.times:
        start, end = join.at(order, sitting.utc_offset), leave.at(order, sitting.utc_offset)
        if start and end and start < end and (shared := overlap((start, end), sitting.span)):
            spans.append(shared)
    return union(spans)


def said(spans: Sequence[Span]) -> str:
    """Write spans so that people and :func:`spans_of` read them."""
    return ", ".join(f"{start:%H:%M:%S}–{end:%H:%M:%S}" for start, end in spans)


def spans_of(text: str) -> list[Span]:
    """Read what :func:`said` wrote, on no particular day."""
    found = re.findall(r"(\d\d:\d\d:\d\d)–(\d\d:\d\d:\d\d)", text)
    clock = "%H:%M:%S"
    return [(datetime.strptime(a, clock), datetime.strptime(b, clock)) for a, b in found]  # noqa: DTZ007 - a clock


def _person(records: Sequence[Record], order: str, sitting: Sitting | None) -> list[str]:
    """Write one person as a row of our table."""
    first = max(records, key=lambda each: (bool(each.mail), len(each.name)))
    roles = [each.role for each in records if each.role]
    role = next((each for each in roles if is_leading(each)), roles[0] if roles else "")
    stated = [each.seconds for each in records if each.seconds is not None]
    seconds: int | None = sum(stated) if stated else None
    spans: list[Span] = []
    if sitting and any(each.times for each in records):
        spans = union(span for each in records for span in _spans(each, order, sitting))
        held = length(spans)
        # First and last moment hide the breaks between; the stated length knows those.
        exact = all(each.exact for each in records if each.times)
        seconds = held if exact or seconds is None else min(held, seconds)
    return [
        first.name,
        first.mail.casefold(),
        UNSAID if seconds is None else str(minutes(seconds)),
        role,
        next((each.organisation for each in records if each.organisation), ""),
        said(spans),
    ]


def refuse_other_lists(rows: Sequence[Row]) -> None:
    """
    Refuse what is plainly a list of members or orders.

    :raises Unreadable: if it is
    """
    for row in rows[:40]:
        heads = {plain(cell) for cell in row}
        if any(marks <= heads for marks in OTHER_LISTS):
            raise Unreadable(
                "Dit is een ledenlijst of een lijst van bestellingen. Kies een lijst van wie aanwezig was."
            )


def shape(rows: Iterable[Row], context: Mapping[str, Any]) -> tuple[list[list[str]], dict[str, Any]]:
    """
    Give the rows of a report as one plain table, and what was found out about it.

    ``context["sessions"]`` holds the sessions it can be of: id, start and end on their own clock,
    and the offset of that clock from UTC in minutes. What is no report is given back as it came.

    :raises Unreadable: if it is another kind of list, of another day, or fits several sessions
    """
    taken = [list(row) for row in rows]
    refuse_other_lists(taken)
    sittings = [
        Sitting(
            each["pk"],
            (datetime.fromisoformat(each["starts"]), datetime.fromisoformat(each["ends"])),
            timedelta(minutes=each["utc_offset"]),
        )
        for each in context["sessions"]
    ]
    program, records = _read(taken)
    if not records:
        if program:
            raise Unreadable("In dit verslag staat niemand die erbij was. Kies een ander verslag.")
        if len(sittings) > 1:
            raise Unreadable("In deze lijst staan geen uren. Kies zelf de sessie en probeer opnieuw.")
        return taken, {"session": sittings[0].pk}
    if _stamps(records):
        sitting, order = _sitting(records, sittings)
    elif len(sittings) == 1:
        sitting, order = sittings[0], "dmy"
    else:
        raise Unreadable("In dit verslag staan geen uren. Kies zelf de sessie en probeer opnieuw.")
    people = [_person(each, order, sitting) for each in _together(records).values()]
    return [HEADINGS, *people], {"program": program, "session": sitting.pk, "records": len(records)}
