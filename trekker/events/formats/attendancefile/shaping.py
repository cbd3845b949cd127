"""From the records of a report to one row for each person, within the session it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trekker.events.formats.attendancefile.records import Record, is_leading, read
from trekker.events.formats.attendancefile.tables import MOSTLY, Row
from trekker.events.formats.reporttimes import ORDERS, Span, Stamp, length, minutes, overlap, plain, union
from trekker.imports.reading.limits import Unreadable

HEADINGS = ["Naam", "Mailadres", "Minuten", "Rol", "Organisatie", "Was er van en tot"]
UNSAID = "?"  # in the column of minutes: the report names someone without saying for how long
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
    program, records = read(taken)
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
