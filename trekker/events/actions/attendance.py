"""Noting who was at a session: by hand, at the door, or from a file; and settling that it is complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from trekker.events.models import Attendance, Event, Registration, Session
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.organisations.models import Organisation
from trekker.people.actions import add_person
from trekker.people.addresses import address
from trekker.people.models import Person
from trekker.people.queries import erased_among

Source, Status = Attendance.Source, Registration.Status
RECORDED = audit.act("events.attendance_recorded", "aanwezigheid genoteerd")
CAME = audit.act("events.came_unregistered", "deelnemer zonder inschrijving toegevoegd")
SETTLED = audit.act("events.attendance_settled", "aanwezigheid volledig verklaard")
REOPENED = audit.act("events.attendance_reopened", "aanwezigheid heropend")
A_QUERY = 500


class AttendanceSettled(Exception):
    """The attendance of the session was declared complete; it must be reopened first."""


class Unregistered(Exception):
    """Who came with this ticket was added before, and unregistered since."""


class NotBegun(Exception):
    """The session still has to begin: who was there cannot be complete."""


@dataclass(frozen=True)
class Mark:
    """Whether someone was there; without minutes, the whole session."""

    present: bool
    minutes: int | None = None

    @classmethod
    def of(cls, attendance: Attendance) -> Mark:
        """Give what was noted before."""
        return cls(attendance.present, attendance.minutes)


def lock(session: Session, *, may_be_settled: bool = False) -> Session:
    """
    Lock a session against others who note and settle.

    :raises AttendanceSettled: if its attendance is complete and that matters
    """
    found = Session.objects.select_for_update(of=("self",)).select_related("event").get(pk=session.pk)
    if found.attendance_at and not may_be_settled:
        raise AttendanceSettled
    return found


@transaction.atomic
def record_attendance(
    *,
    session: Session,
    marks: Mapping[int, Mark | None],
    source: str = Source.HAND,
    by: AnyAccount,
    now: datetime,
) -> int:
    """
    Note for each registration whether they were there; ``None`` makes it unknown again.

    Who waited for a place and came, has one. Says for how many something changed. What was ticked at
    the door, at ``now``, gives way to what was noted later.

    :raises AttendanceSettled: if the attendance is complete; a tick at the door still counts then
    """
    session = lock(session, may_be_settled=source == Source.CHECK_IN)
    changed = 0
    for keys in _batches(list(marks)):
        expected = session.event.registrations.exclude(status=Status.CANCELLED).filter(pk__in=keys)
        known = {each.registration_id: each for each in session.attendances.filter(registration__in=keys)}
        wanted = {pk: marks[pk] for pk in expected.values_list("pk", flat=True)}
        changed += _write(session, wanted, known, source=source, by=by, now=now)
    if changed:
        audit.record(
            RECORDED, session.event, by=by, at=now, session=session.pk, changed=changed, source=source
        )
    return changed


def _write(
    session: Session,
    marks: Mapping[int, Mark | None],
    known: Mapping[int, Attendance],
    *,
    source: str,
    by: AnyAccount,
    now: datetime,
) -> int:
    new, other, gone = [], [], []
    for pk, mark in marks.items():
        row = known.get(pk)
        if mark is None:
            gone += [row.pk] if row else []
        elif row is None:
            new.append(Attendance(session=session, registration_id=pk))
        elif Mark.of(row) != mark and not (source == Source.CHECK_IN and row.recorded_at > now):
            other.append(row)
    for row in (*new, *other):
        mark = marks[row.registration_id]
        if mark:
            row.present, row.minutes = mark.present, mark.minutes if mark.present else None
            row.source, row.recorded_at, row.recorded_by = source, now, by
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(other, ["present", "minutes", "source", "recorded_at", "recorded_by"])
    Attendance.objects.filter(pk__in=gone).delete()
    came = [row.registration_id for row in (*new, *other) if row.present]
    Registration.objects.filter(pk__in=came, status=Status.WAITING).update(
        status=Status.REGISTERED, promoted_at=now
    )
    return len(new) + len(other) + len(gone)


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), A_QUERY):
        yield keys[start : start + A_QUERY]


@transaction.atomic
def all_present(*, session: Session, by: AnyAccount, now: datetime) -> int:
    """
    Note everyone with a place of whom nothing was noted as present; says how many.

    :raises AttendanceSettled: if the attendance is complete
    """
    noted = session.attendances.values("registration")
    rest = session.event.registrations.holding_a_place().exclude(pk__in=noted)
    marks = dict.fromkeys(rest.values_list("pk", flat=True), Mark(present=True))
    return record_attendance(session=session, marks=marks, by=by, now=now)


@transaction.atomic
def add_unexpected(
    *,
    session: Session,
    first_name: str,
    last_name: str = "",
    email: str = "",
    organisation: Organisation | None = None,
    organisation_text: str = "",
    minutes: int | None = None,
    ticket: str = "",
    source: str = Source.HAND,
    by: AnyAccount,
    now: datetime,
) -> Registration:
    """
    Make a participant of someone who came without registration, and note them as present.

    Who turns out to be registered keeps that registration. The same ``ticket`` twice adds one.

    :raises AttendanceSettled: if the attendance is complete; a tick at the door still counts then
    :raises NotAnAddress: if there is an address that is none
    :raises Unregistered: if who was added with this ticket no longer comes
    """
    session = lock(session, may_be_settled=source == Source.CHECK_IN)
    written = address(email) if email else ""
    registration = _known(session.event, written, ticket)
    if not registration:
        person = _person(written, first_name, last_name, by=by, now=now) if written else None
        registration = Registration.objects.create(
            event=session.event,
            person=person,
            first_name=first_name,
            last_name=last_name,
            email=written if person else "",
            organisation=organisation,
            organisation_text=organisation_text,
            mode=mode_of(session.event),
            source=Registration.Source.CAME,
            ticket=ticket or None,
            registered_at=now,
            registered_by=by,
        )
        audit.record(CAME, session.event, by=by, at=now, session=session.pk, registration=registration.pk)
    marks = {registration.pk: Mark(present=True, minutes=minutes)}
    record_attendance(session=session, marks=marks, source=source, by=by, now=now)
    return registration


def mode_of(event: Event) -> str:
    """Give where someone is who comes to this event: online only when nobody can be there."""
    online = event.format == Event.Format.ONLINE
    return Registration.Mode.ONLINE if online else Registration.Mode.ON_SITE


def _known(event: Event, email: str, ticket: str) -> Registration | None:
    if ticket and (sent := Registration.objects.filter(ticket=ticket).first()):
        if sent.status == Status.CANCELLED or sent.event_id != event.pk:
            raise Unregistered
        return sent
    standing = event.registrations.exclude(status=Status.CANCELLED)
    if not email:
        return None
    people = Person.objects.known_by(email).values("pk")
    return standing.filter(Q(email=email) | Q(person__in=people)).first()


def _person(email: str, first_name: str, last_name: str, *, by: AnyAccount, now: datetime) -> Person | None:
    """Find who has this address, or make them; who asked to be erased stays nobody."""
    found = Person.objects.known_by(email).first()
    if found or erased_among([email]):
        return found
    return add_person(email=email, first_name=first_name, last_name=last_name, by=by, now=now)


@transaction.atomic
def settle(*, session: Session, by: AnyAccount, now: datetime) -> Session:
    """
    Declare that all is known of a session: of whom nothing was noted was absent.

    :raises NotBegun: if the session still has to begin
    """
    session = lock(session, may_be_settled=True)
    if session.starts_at > now:
        raise NotBegun
    if not session.attendance_at:
        session.attendance_at = now
        session.save(update_fields=["attendance_at"])
        audit.record(SETTLED, session.event, by=by, at=now, session=session.pk)
    return session


@transaction.atomic
def reopen(*, session: Session, by: AnyAccount, now: datetime) -> Session:
    """Let the attendance of a session be corrected again; what was noted stays."""
    session = lock(session, may_be_settled=True)
    if session.attendance_at:
        session.attendance_at = None
        session.save(update_fields=["attendance_at"])
        audit.record(REOPENED, session.event, by=by, at=now, session=session.pk)
    return session
