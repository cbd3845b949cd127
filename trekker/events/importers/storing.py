"""Stores the attendance of a session from the judged rows of a file, a block of rows at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from trekker.events.actions.attendance import (
    CAME,
    AttendanceSettled,
    Mark,
    lock,
    mode_of,
    record_attendance,
)
from trekker.events.importers.entries import Entry, read_entry, together
from trekker.events.importers.target import NEW, kept_by_hand, outcome_of, session_of
from trekker.events.models import Attendance, Registration
from trekker.events.queries.attendance import Roll
from trekker.imports.models import Decision, Import, Row
from trekker.imports.registry import normal
from trekker.kernel import audit
from trekker.network.importers.directory import Directory
from trekker.people.addresses import domain
from trekker.people.models import Alias, Person
from trekker.people.queries import erased_among

State, Outcome = Row.State, Row.Outcome
ALSO = "Deze persoon staat ook op een andere rij. De minuten zijn samengeteld."
SETTLED = "De aanwezigheid van deze sessie is volledig. Heropen ze eerst."
Who = tuple[str, int | str]


class Store:
    """Stores blocks of rows of one file."""

    def __init__(self, draft: Import, now: datetime) -> None:
        """Lock the session, and lay together the rows about one person, wherever in the file they stand."""
        self.draft, self.now = draft, now
        self.settled = False
        self.session = session_of(draft)
        try:
            self.session = lock(self.session)
        except AttendanceSettled:
            self.settled = True
        self.roll = Roll(self.session.event_id)
        self.directory: Directory | None = None
        self.entries: dict[Who, list[Entry]] = defaultdict(list)
        tied = Row.objects.filter(of=draft, state=State.CERTAIN, target__isnull=False).order_by("number")
        listed = [(row, read_entry(row.values)) for row in tied]
        self.people = _known({entry.email for _, entry in listed if entry.email})
        for row, entry in listed:
            self.entries[self._who(row, entry)].append(entry)
        self.done: set[Who] = set()
        self.made: set[int] = set()

    def _who(self, row: Row, entry: Entry) -> Who:
        """Tell whom a row is about: a registration, or a newcomer by address or name."""
        target = row.target or NEW
        if target in self.roll.rows:
            return ("registration", target)
        if entry.email and entry.email in self.roll.by_mail:
            return ("registration", self.roll.by_mail[entry.email])
        if entry.email in self.people:
            return ("new", f"person {self.people[entry.email].pk}")
        return ("new", entry.email or normal(entry.name))

    def __call__(self, rows: Sequence[Row]) -> list[Row]:
        """Store rows; give those whose outcome is other than was shown."""
        before = {row.pk: (row.outcome, row.message) for row in rows}
        if self.settled:
            for row in rows:
                row.outcome, row.message = Outcome.REFUSED, SETTLED
        else:
            self._store([row for row in rows if row.state == State.CERTAIN and row.target])
            for row in rows:
                if row.state != State.CERTAIN or not row.target:
                    row.outcome = Outcome.REFUSED
        return [row for row in rows if (row.outcome, row.message) != before[row.pk]]

    def _store(self, rows: Sequence[Row]) -> None:
        first: dict[Who, Row] = {}
        for row in rows:
            who = self._who(row, read_entry(row.values))
            if who in self.done:
                row.outcome, row.message = Outcome.UNCHANGED, ALSO
            else:
                first[who] = row
                self.done.add(who)
        keys = self._register({who: row for who, row in first.items() if who[0] == "new"})
        keys |= {who: int(who[1]) for who in first if who[0] == "registration"}
        noted = {
            each.registration_id: each
            for each in self.session.attendances.filter(registration__in=keys.values())
        }
        marks: dict[int, Mark | None] = {}
        for who, row in first.items():
            pk, entries = keys[who], self.entries[who]
            present = any(entry.was_there for entry in entries)
            minutes = together(entries, self.session.minutes) if present else None
            before = noted.get(pk)
            row.outcome = outcome_of(before, present, minutes)
            if not (before and kept_by_hand(before, present, minutes)):
                marks[pk] = Mark(present, minutes)
        record_attendance(
            session=self.session,
            marks=marks,
            source=Attendance.Source.FILE,
            by=self.draft.stored_by,
            now=self.now,
        )

    def _register(self, rows: Mapping[Who, Row]) -> dict[Who, int]:
        """Make participants of who came without registration, and remember them for a next file."""
        if not rows:
            return {}
        read = {who: self.entries[who][0] for who in rows}
        people = self.people | _make({entry.email: entry for entry in read.values()}, self.people)
        before = Registration.objects.filter(pk__in=[row.target for row in rows.values()])
        copied = {each.pk: each for each in before.select_related("person")}
        made = {
            who: self._registration(read[who], people, copied.get(row.target or NEW))
            for who, row in rows.items()
        }
        Registration.objects.bulk_create(made.values())
        audit.record(
            CAME,
            self.session.event,
            by=self.draft.stored_by,
            at=self.now,
            session=self.session.pk,
            registrations=[each.pk for each in made.values()],
        )
        for who, registration in made.items():
            self.roll.add(registration)
            rows[who].match = registration.person_id
        self._remember({read[who].group: each.pk for who, each in made.items() if rows[who].target == NEW})
        return {who: registration.pk for who, registration in made.items()}

    def _remember(self, made: Mapping[str, int]) -> None:
        """Let the decision «new participant» point from now on at whom it made."""
        taken = Decision.objects.filter(importer=self.draft.importer, group__in=made, target=NEW)
        decisions = list(taken)
        for decision in decisions:
            decision.target = made[decision.group]
        Decision.objects.bulk_update(decisions, ["target"])

    def _registration(
        self, entry: Entry, people: Mapping[str, Person], copied: Registration | None
    ) -> Registration:
        first, last = entry.first_and_last
        person = people.get(entry.email)
        facts = {"first_name": first, "last_name": last, "email": entry.email if person else ""}
        organisation, text = self._organisation(entry), entry.organisation
        if copied and not entry.email:
            person = copied.person
            facts = {name: getattr(copied, name) for name in facts}
            organisation, text = copied.organisation_id, copied.organisation_text
        if person and person.pk in self.made:  # another row had their address, this one only their name
            person = None
        elif person:
            self.made.add(person.pk)
        return Registration(
            event=self.session.event,
            person=person,
            **facts,
            organisation_id=organisation,
            organisation_text=text,
            mode=mode_of(self.session.event),
            source=Registration.Source.CAME,
            registered_at=self.now,
            registered_by=self.draft.stored_by,
        )

    def _organisation(self, entry: Entry) -> int | None:
        """Give the organisation that the address or the text names for sure."""
        if not entry.email and not entry.organisation:
            return None
        self.directory = self.directory or Directory()
        proposal = self.directory.propose(domain(entry.email), entry.organisation)
        return proposal.target if proposal.state == State.CERTAIN else None


def _known(emails: set[str]) -> dict[str, Person]:
    """Find who has these addresses, as main or other address."""
    found: dict[str, Person] = {}
    listed = sorted(emails)
    for start in range(0, len(listed), 500):
        some = listed[start : start + 500]
        found |= {each.email: each for each in Person.objects.filter(email__in=some) if each.email}
        aliases = Alias.objects.filter(email__in=some).select_related("person")
        found |= {each.email: each.person for each in aliases}
    return found


def _make(entries: Mapping[str, Entry], known: Mapping[str, Person]) -> dict[str, Person]:
    """Make the people whom nobody knows by their address and who were not erased at their own request."""
    unknown = sorted(entries.keys() - known.keys() - {""})
    erased = erased_among(unknown)
    names = {email: entries[email].first_and_last for email in unknown if email not in erased}
    new = [Person(email=email, first_name=name[0], last_name=name[1]) for email, name in names.items()]
    Person.objects.bulk_create(new)
    return {each.email: each for each in new if each.email}
