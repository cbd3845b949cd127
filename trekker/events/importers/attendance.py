"""Judges the rows of a report or list: who of those who registered is meant, or someone new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from trekker.events.importers.entries import FIELDS, FORMATS, Entry, RowRefused, read_entry, together
from trekker.events.importers.storing import Store
from trekker.events.importers.target import (
    NEW,
    NEWCOMER,
    Target,
    kept_by_hand,
    outcome_of,
    session_of,
    targets_of,
)
from trekker.events.models import Attendance, Event, Registration, Session
from trekker.events.queries.attendance import Match, Roll
from trekker.imports.models import Decision, Import, Row, RowQuerySet
from trekker.imports.registry import Importer, Raw, Shaping
from trekker.kernel.access import Permission, may

State, Outcome = Row.State, Row.Outcome
SEARCHED = 20


class NothingToSay(forms.Form):
    """The session was chosen with the file: nothing is asked of the whole list."""


class AttendanceFiles(Importer):
    """Reports of online meetings and lists of who was there, for one session."""

    code = "attendance"
    label = "Aanwezigheid"
    explanation = "Een verslag van Teams of Zoom, of een lijst met namen, voor één sessie."
    key_label = "mailadres"
    target_label = "deelnemer"
    fields = FIELDS
    formats = FORMATS
    options = NothingToSay
    starts_alone = False
    one_row_each = False
    ends = False
    without = "niet meetellen"
    undecided = "Ze tellen niet mee. Je kunt eerst beslissen, of het bestand later opnieuw inlezen."
    untouched = "Inschrijvingen en aanwezigheid blijven zoals ze zijn."
    not_found = "Was deze persoon niet ingeschreven? Kies dan “nieuwe deelnemer”."

    def shaping(self, options: Mapping[str, Any]) -> Shaping:
        """Make one plain table of the report, with the hours of the sessions it can be of."""
        chosen = options.get("session")
        sessions = Session.objects.filter(event=options["event"])
        sessions = sessions.filter(pk=chosen) if chosen else sessions
        listed = [_hours(session) for session in sessions]
        return Shaping("trekker.events.formats.attendancefile:shape", {"sessions": listed})

    def own(self, user: Any) -> Q:
        """Narrow to the reports that someone read in, of the activities they lead."""
        # What another read in proposes whom that other may see.
        theirs = Event.objects.changeable_by(user).values_list("pk", flat=True)
        return Q(options__event__in=list(theirs), created_by=user)

    def recalls(self, draft: Import, decisions: QuerySet[Decision]) -> QuerySet[Decision]:
        """Narrow to participants whom the reader may see, and to what they said themselves of others."""
        reader = draft.created_by
        if may(reader, Permission.EVENTS_CHANGE):
            return decisions
        seen = Registration.objects.visible_to(reader).values("pk")
        nobody = Q(decided_by=reader) & (Q(target=None) | Q(target=NEW))
        return decisions.filter(nobody | Q(target__in=seen))

    def judge(
        self, draft: Import, *, decisions: Mapping[str, int | None], now: datetime
    ) -> Callable[[Sequence[Raw]], list[Row]]:
        """Prepare for a file; give what judges a block of rows."""
        del now
        return Judge(draft, decisions)

    def store(self, draft: Import, *, now: datetime) -> Callable[[Sequence[Row]], list[Row]]:
        """Prepare to store; give what stores a block of rows."""
        return Store(draft, now)

    def finish(self, draft: Import, *, now: datetime) -> Iterable[Row]:
        """End nothing: who is not in the report stays as they are."""
        del draft, now
        return ()

    def ending(self, draft: Import) -> QuerySet[Any]:
        """Give nothing: a report ends nothing."""
        del draft
        return Attendance.objects.none()

    def tie(self, rows: RowQuerySet, target: int | None) -> None:
        """Note that who was tied to a participant counts, and who was left out does not."""
        rows.update(outcome=Outcome.REFUSED if target is None else Outcome.NEW)

    def group_name(self, row: Row) -> str:
        """Name a group by the guest: its key cannot be read."""
        return row.label

    def targets(self, ids: Iterable[int]) -> Mapping[int, Target]:
        """Give the participants with these ids, and the newcomer."""
        return targets_of(ids)

    def search(self, text: str, draft: Import) -> list[Target]:
        """Give who is registered with these words, and the newcomer."""
        found = Roll(session_of(draft).event_id).matching(text)[: SEARCHED - 1]
        return [*(Target.of(each) for each in found), NEWCOMER]

    def about(self, draft: Import) -> str:
        """Name the activity and the moment of the session."""
        session = session_of(draft)
        starts = date_format(timezone.localtime(session.starts_at), "l j F Y, H:i")
        return f"Aanwezigheid bij {session.event}, {starts} uur"

    def summary(self, draft: Import) -> list[tuple[str, str]]:
        """Give the session and the program that wrote the report."""
        session = session_of(draft)
        starts = timezone.localtime(session.starts_at)
        return [
            ("Activiteit", str(session.event)),
            ("Sessie", f"{starts:%d/%m/%Y, %H:%M} tot {timezone.localtime(session.ends_at):%H:%M}"),
            ("Verslag van", draft.options.get("program", "een gewone lijst")),
        ]

    def follow_up(self, draft: Import) -> tuple[str, str]:
        """Lead to the session, where its attendance can be declared complete."""
        session = session_of(draft)
        return "Naar de aanwezigheid", reverse("participants:attendance", args=[session.event_id, session.pk])


def _hours(session: Session) -> dict[str, Any]:
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    offset = starts.utcoffset()
    return {
        "pk": session.pk,
        "starts": starts.replace(tzinfo=None).isoformat(),
        "ends": ends.replace(tzinfo=None).isoformat(),
        "utc_offset": int(offset.total_seconds() // 60) if offset else 0,
    }


@dataclass(frozen=True)
class _Remembered:
    """Who was chosen before for a guest, with the person behind and the event it was for."""

    target: int | None
    event: int | None = None
    person: int | None = None


class Judge:
    """Judges blocks of rows of one file."""

    def __init__(self, draft: Import, decisions: Mapping[str, int | None]) -> None:
        """Read who is registered and what was noted before, once."""
        self.draft = draft
        self.session = session_of(draft)
        self.roll = Roll(self.session.event_id)
        self.noted = {each.registration_id: each for each in self.session.attendances.all()}
        self.decisions = _recall(decisions)

    def __call__(self, rows: Sequence[Raw]) -> list[Row]:
        """Give a judged, unsaved row for each."""
        return [self._row(raw) for raw in rows]

    def _row(self, raw: Raw) -> Row:
        row = Row(of=self.draft, number=raw.number, values=raw.values, outcome=Outcome.REFUSED)
        try:
            entry = read_entry(raw.values)
        except RowRefused as problem:
            row.state, row.message = State.ERROR, str(problem)
            row.label = next(iter(raw.values.values()), "")[:250]
            return row
        row.key, row.label, row.message = entry.email, entry.name, entry.says
        if not entry.was_there and entry.present:
            row.message = "Was er enkel buiten de uren van de sessie."
            return row
        self._tie(row, entry, self.roll.find(entry.email, "" if entry.is_phone else entry.name))
        return row

    def _tie(self, row: Row, entry: Entry, match: Match) -> None:
        row.choices = [*([match.certain] if match.certain else match.likely), NEW]
        if match.certain and not entry.unsaid:
            self._known(row, entry, match.certain)
            if match.by_name and entry.email:
                row.message += " Op naam herkend: het mailadres is een ander."
            return
        row.state = State.DOUBTFUL if match.certain or match.likely else State.UNKNOWN
        if entry.unsaid:
            return  # decided for this file alone: another report may say how long
        row.group = entry.group
        if row.group in self.decisions:
            self._recalled(row, entry, self.decisions[row.group])
        elif entry.is_phone:
            row.message += " Belde in met een telefoon."
        elif entry.leads:
            row.message += f" Rol in het verslag: {entry.role.lower()}."
        elif len(match.likely) == 1:
            row.target = match.likely[0]
        elif not match.likely and entry.present:
            row.target = NEW

    def _recalled(self, row: Row, entry: Entry, before: _Remembered) -> None:
        """Follow an earlier decision: for the same event as it was, for another by the person behind it."""
        here = self.roll.by_person.get(before.person) if before.person else None
        if before.target is None:
            row.state, row.decided = State.CERTAIN, True
            row.message += " Eerder liet je deze naam weg."
        elif here or before.target in self.roll.rows:
            self._known(row, entry, here or before.target)
            row.decided = True
            row.message += " Je koos dit eerder."
        elif before.target == NEW or entry.email:
            row.state, row.target, row.decided = State.CERTAIN, before.target, True
            row.outcome = Outcome.NEW
        else:
            row.target = before.target
            row.choices = [before.target, *row.choices]
            row.state = State.DOUBTFUL
            row.message += " Deze naam was er ook bij een andere activiteit."

    def _known(self, row: Row, entry: Entry, pk: int) -> None:
        row.state, row.target, row.group = State.CERTAIN, pk, ""
        row.match = self.roll.rows[pk].person_id
        noted = self.noted.get(pk)
        minutes = together([entry], self.session.minutes) if entry.present else None
        row.outcome = outcome_of(noted, entry.present, minutes)
        if noted and kept_by_hand(noted, entry.present, minutes):
            row.differs = True
            row.message += " Je noteerde zelf iets anders. Dat blijft."


def _recall(decisions: Mapping[str, int | None]) -> dict[str, _Remembered]:
    chosen = [pk for pk in decisions.values() if pk and pk != NEW]
    found: dict[int, tuple[int, int | None]] = {}
    for start in range(0, len(chosen), 500):
        rows = Registration.objects.filter(pk__in=chosen[start : start + 500])
        found |= {pk: (event, person) for pk, event, person in rows.values_list("pk", "event", "person")}
    return {group: _Remembered(pk, *found.get(pk or 0, (None, None))) for group, pk in decisions.items()}
