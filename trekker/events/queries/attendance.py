"""Who can be meant by a name at the door or in a report, and how a session was attended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db.models import Case, Count, Q, QuerySet, When
from rapidfuzz import fuzz, process

from trekker.events.models import Attendance, Event, Registration, Session
from trekker.imports.registry import normal
from trekker.people.models import Alias

LIKELY = 85  # of 100, the likeness from which a name is worth proposing
SHOWN = 5
Status = Registration.Status


def name_key(name: str) -> tuple[str, ...]:
    """Give what stands for a name whatever the order of its words, its accents and its signs."""
    return tuple(sorted(normal(name).split()))


@dataclass(frozen=True)
class Match:
    """Who a row speaks of: one for sure, or those it could be; ``by_name`` tells how it is known."""

    certain: int | None = None
    likely: tuple[int, ...] = ()
    by_name: bool = False


class Roll:
    """Everyone who is registered for an event, by address and by name; read once for a whole file."""

    def __init__(self, event: int) -> None:
        """Read the registrations that stand, and every address of the people on them."""
        rows = Registration.objects.filter(event=event).exclude(status=Status.CANCELLED)
        self.rows = {each.pk: each for each in rows.select_related("organisation", "person")}
        self.by_mail: dict[str, int] = {}
        self.by_person: dict[int, int] = {}
        self._by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for pk, each in self.rows.items():
            self.add(each)
            if each.person and each.person.email:
                self.by_mail.setdefault(each.person.email, pk)
        aliases = Alias.objects.filter(person__registrations__event=event)
        for person, email in aliases.values_list("person", "email"):
            if person in self.by_person:
                self.by_mail.setdefault(email, self.by_person[person])

    def add(self, registration: Registration) -> None:
        """Take up someone who was just registered."""
        pk = registration.pk
        self.rows[pk] = registration
        if registration.email:
            self.by_mail[registration.email] = pk
        if registration.person_id:
            self.by_person[registration.person_id] = pk
        if key := name_key(registration.name):
            self._by_name[key].append(pk)
            for word in key:
                self._by_word[word].add(pk)

    @cached_property
    def _written(self) -> dict[int, str]:
        return {pk: " ".join(name_key(each.name)) for pk, each in self.rows.items()}

    def find(self, email: str, name: str) -> Match:
        """Tell who has this address, or else this name."""
        if email and email in self.by_mail:
            return Match(certain=self.by_mail[email])
        key = name_key(name)
        if not key:
            return Match()
        same = self._by_name.get(key, [])
        if same:
            return (
                Match(certain=same[0], by_name=True) if len(same) == 1 else Match(likely=tuple(same[:SHOWN]))
            )
        parts = set.intersection(*(self._by_word.get(word, set()) for word in key))
        alike = process.extract(
            " ".join(key), self._written, scorer=fuzz.ratio, score_cutoff=LIKELY, limit=SHOWN
        )
        found = [*(pk for _, _, pk in alike), *sorted(parts)]
        return Match(likely=tuple(dict.fromkeys(found))[:SHOWN])

    def matching(self, text: str) -> list[Registration]:
        """Give those who have every word of a text in name, address or organisation."""
        words = normal(text).split()
        return [each for each in self.rows.values() if all(word in searchable(each) for word in words)]


def searchable(registration: Registration) -> str:
    """Give the words by which someone is found, as they are compared."""
    organisation = str(registration.organisation or registration.organisation_text)
    return f"{normal(registration.name)} {registration.email} {normal(organisation)}"


def expected(event: Event) -> QuerySet[Registration]:
    """Give who could be there, by last name: with a place, and after them who waits for one."""
    rows = event.registrations.exclude(status=Status.CANCELLED).select_related("organisation")
    waits = Case(When(status=Status.WAITING, then=1), default=0)
    return rows.order_by(waits, "last_name", "first_name", "pk")


@dataclass(frozen=True)
class Seen:
    """Someone who registered, with what was noted of them for one session."""

    registration: Registration
    attendance: Attendance | None

    @property
    def state(self) -> str:
        """Whether they were there, as the screens write it: ja, nee, or nothing for unknown."""
        if self.attendance is None:
            return ""
        return "ja" if self.attendance.present else "nee"

    @property
    def is_there(self) -> bool:
        """Whether they were noted as present."""
        return self.state == "ja"

    @property
    def waits(self) -> bool:
        """Whether they are on the waiting list, without a place."""
        return self.registration.status == Status.WAITING

    @property
    def place(self) -> str:
        """The organisation they come for."""
        return str(self.registration.organisation or self.registration.organisation_text or "")

    @property
    def words(self) -> str:
        """The words by which someone is found."""
        return searchable(self.registration)


def with_attendance(session: Session, registrations: Sequence[Registration]) -> list[Seen]:
    """Give registrations with what was noted of each for a session; one question for each 500."""
    noted: dict[int, Attendance] = {}
    for start in range(0, len(registrations), 500):
        some = registrations[start : start + 500]
        noted |= {each.registration_id: each for each in session.attendances.filter(registration__in=some)}
    return [Seen(each, noted.get(each.pk)) for each in registrations]


@dataclass(frozen=True)
class Presence:
    """
    How one session was attended.

    ``unknown`` are those with a place of whom nothing is known; there are none once the attendance
    is settled. ``hours`` are the participant hours: of each, the share of the session they were there.
    """

    session: Session
    registered: int
    present: int
    absent: int
    unknown: int
    hours: Decimal


def share(session: Session, minutes: int | None) -> Decimal:
    """Give the part of a session that someone was there: all of it where no minutes are known."""
    if minutes is None or session.minutes == 0:
        return Decimal(1)
    return Decimal(min(minutes, session.minutes)) / session.minutes


def hours(session: Session, minutes: int | None) -> Decimal:
    """Give the hours that count of someone who was at a session for so many minutes."""
    worth = session.hours * share(session, minutes)
    return worth.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def presence(event: Event, sessions: Iterable[Session] | None = None) -> list[Presence]:
    """Tell for each session of an event who was there, in the order of the sessions; four questions."""
    listed = list(event.sessions.all() if sessions is None else sessions)
    standing = event.registrations.exclude(status=Status.CANCELLED)
    places = standing.filter(status=Status.REGISTERED).count()
    noted = Attendance.objects.filter(session__in=listed, registration__in=standing)
    tallied = noted.values_list("session", "present", "minutes").annotate(
        rows=Count("pk"), placed=Count("pk", filter=Q(registration__status=Status.REGISTERED))
    )
    rows: dict[int, list[tuple[bool, int | None, int, int]]] = defaultdict(list)
    for session, is_present, minutes, many, placed in tallied.order_by():
        rows[session].append((is_present, minutes, many, placed))
    return [_presence(session, places, rows[session.pk]) for session in listed]


def _presence(session: Session, places: int, rows: Sequence[tuple[bool, int | None, int, int]]) -> Presence:
    present = sum(many for there, _, many, _ in rows if there)
    absent = sum(many for there, _, many, _ in rows if not there)
    unknown = max(places - sum(placed for _, _, _, placed in rows), 0)
    if session.attendance_at:
        absent, unknown = absent + unknown, 0
    worth = sum((many * hours(session, minutes) for there, minutes, many, _ in rows if there), Decimal(0))
    return Presence(session, places, present, absent, unknown, worth)
