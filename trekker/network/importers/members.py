"""Reads lists of members into persons, positions and memberships of one channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from trekker.imports.actions.pace import count_anew
from trekker.imports.models import Import, Row
from trekker.imports.registry import Importer, Raw
from trekker.network.importers.directory import Directory, Proposal
from trekker.network.importers.fields import FIELDS, FORMATS
from trekker.network.importers.lookup import Known, Lookup
from trekker.network.importers.options import STANDINGS, ListOptions
from trekker.network.importers.plan import Plan, plan
from trekker.network.importers.storing import Store
from trekker.network.importers.wishes import List, RowRefused, Standing, Wish, email_of, read_wish
from trekker.network.models import Channel, Membership
from trekker.organisations.models import Organisation
from trekker.people.addresses import domain
from trekker.people.models import Person

State = Row.State
# The first row about someone counts; one that says that they left counts before all others.
PRECEDENCE = {Standing.SUBSCRIBED: 0, Standing.UNSUBSCRIBED: 1, Standing.BOUNCED: 1}


class Members(Importer):
    """Lists of members of a channel."""

    code = "members"
    label = "Ledenlijst"
    explanation = (
        "Een lijst met mailadressen voor een nieuwsbrief of een Teams-kanaal. "
        "Bijvoorbeeld uit Mailchimp, Microsoft Entra of Excel."
    )
    key_label = "mailadres"
    target_label = "organisatie"
    fields = FIELDS
    formats = FORMATS
    options = ListOptions

    def judge(
        self, draft: Import, *, decisions: Mapping[str, int | None], now: datetime
    ) -> Callable[[Sequence[Raw]], list[Row]]:
        """Prepare for a file; give what judges a block of rows."""
        return Judge(draft, decisions, now)

    def store(self, draft: Import, *, now: datetime) -> Callable[[Sequence[Row]], list[Row]]:
        """Prepare to store; give what stores a block of rows."""
        return Store(draft, channel_of(draft), list_of(draft, now), now)

    def ending(self, draft: Import) -> QuerySet[Membership]:
        """Give the memberships of who does not stand on a complete list."""
        if not draft.options.get("complete"):
            return Membership.objects.none()
        rows = Row.objects.filter(of=draft, number__isnull=False)
        running = Membership.objects.open().filter(
            channel=channel_of(draft), from_on__lte=date.fromisoformat(draft.options["on"])
        )
        return (
            running.exclude(Exists(rows.filter(match=OuterRef("person"))))
            .exclude(Exists(rows.exclude(key="").filter(key=OuterRef("person__email"))))
            .select_related("person")
            .order_by("person__email", "pk")
        )

    def finish(self, draft: Import, *, now: datetime) -> Iterator[Row]:
        """End the memberships of who does not stand on a complete list; give a row for each."""
        del now
        on = date.fromisoformat(draft.options["on"])
        count_anew(Row, Membership, Person)
        ending = self.ending(draft)
        for membership in ending.iterator(chunk_size=500):
            yield Row(
                of=draft,
                key=membership.person.email or "",
                label=str(membership.person),
                outcome=Row.Outcome.ENDED,
                message=f"Stond niet meer op de lijst van {on:%d/%m/%Y}.",
                match=membership.person_id,
            )
        ending.order_by().update(
            until_on=Greatest("from_on", models.Value(on, models.DateField())),
            ended_because=Membership.End.NOT_LISTED,
        )

    def targets(self, ids: Iterable[int]) -> Mapping[int, Organisation]:
        """Give the organisations with these ids."""
        wanted = sorted(set(ids))
        found: dict[int, Organisation] = {}
        for start in range(0, len(wanted), 500):
            found |= Organisation.objects.in_bulk(wanted[start : start + 500])
        return found

    def search(self, text: str, draft: Import) -> list[models.Model]:
        """Give the organisations whose name is most like a text."""
        del draft
        ids = Directory().search(text)
        found = self.targets(ids)
        return [found[pk] for pk in ids]

    def summary(self, draft: Import) -> list[tuple[str, str]]:
        """Give the channel, the kind of list and its day."""
        on = date.fromisoformat(draft.options["on"])
        return [
            ("Kanaal", str(channel_of(draft))),
            ("Op de lijst", dict(STANDINGS)[draft.options["status"]]),
            ("Dag van de lijst", f"{on:%d/%m/%Y}"),
            ("Volledig", "ja" if draft.options.get("complete") else "nee"),
        ]


def channel_of(draft: Import) -> Channel:
    """Give the channel that was chosen."""
    return Channel.objects.get(code=draft.options["channel"])


def list_of(draft: Import, now: datetime) -> List:
    """Give what was said of the whole list."""
    known = next((each for each in FORMATS if each.code == draft.format), None)
    return List(
        on=date.fromisoformat(draft.options["on"]),
        today=timezone.localdate(now),
        standing=Standing(draft.options["status"]),
        utc=bool(known and known.options.get("utc")),
    )


class Judge:
    """Judges blocks of rows of one file."""

    def __init__(self, draft: Import, decisions: Mapping[str, int | None], now: datetime) -> None:
        """Read the organisations once."""
        self.draft = draft
        self.decisions = decisions
        self.of = list_of(draft, now)
        self.directory = Directory()
        self.lookup = Lookup(channel_of(draft).pk)

    def __call__(self, rows: Sequence[Raw]) -> list[Row]:
        """Give a judged, unsaved row for each."""
        read = [self._read(raw) for raw in rows]
        found = self.lookup([wish.email for _, wish in read if wish])
        for row, wish in read:
            if wish:
                known = found.known.get(wish.email)
                self._propose(row, wish, known)
                certain = row.target if row.state == State.CERTAIN else None
                show(
                    row, plan(wish, known, self.of, target=certain, erased_on=found.erased_on.get(wish.email))
                )
        return [row for row, _ in read]

    def _read(self, raw: Raw) -> tuple[Row, Wish | None]:
        row = Row(of=self.draft, number=raw.number, values=raw.values)
        try:
            wish = read_wish(raw.values, self.of)
        except RowRefused as problem:
            row.state, row.outcome, row.message = State.ERROR, Row.Outcome.REFUSED, str(problem)
            row.key, row.label = _key(raw.values), raw.values.get("email", "")[:250]
            return row, None
        row.key = wish.email
        row.label = f"{wish.facts['first_name']} {wish.facts['last_name']}".strip()
        row.precedence = PRECEDENCE[wish.standing]
        return row, wish

    def _propose(self, row: Row, wish: Wish, known: Known | None) -> None:
        proposal: Proposal = self.directory.propose(domain(wish.email), wish.organisation)
        row.match = known.person.pk if known else None
        row.state, row.target, row.group = proposal.state, proposal.target, proposal.group
        row.choices = list(proposal.choices)
        places = [place.organisation_id for place in known.places_on(self.of.today)] if known else []
        named = proposal.by_text and proposal.state == State.CERTAIN
        if places and not named:
            here = next((place for place in places if place in proposal.choices), None)
            if here or not proposal.by_text:
                row.state, row.target = State.CERTAIN, here
        if wish.standing is not Standing.SUBSCRIBED and row.state != State.CERTAIN:
            row.state, row.target = State.CERTAIN, None  # nobody need decide where someone who left works
        if row.state == State.CERTAIN:
            row.group = ""
        elif row.group in self.decisions:
            row.state, row.target, row.decided = State.CERTAIN, self.decisions[row.group], True


def _key(values: dict[str, str]) -> str:
    try:
        return email_of(values)
    except RowRefused:
        return ""


def show(row: Row, made: Plan) -> None:
    """Write a plan on its row."""
    row.outcome, row.message, row.differs = made.outcome, made.message, made.differs
