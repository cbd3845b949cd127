"""Carries out the plans of a block of rows with a handful of statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from trekker.imports.models import Import, Row
from trekker.network.importers.lookup import Known, Lookup
from trekker.network.importers.plan import Plan, plan
from trekker.network.importers.wishes import List, Wish, read_wish
from trekker.network.models import Channel, Membership
from trekker.organisations.models import Organisation
from trekker.people.models import Person, Position

Work = tuple[Row, Wish, Known | None, Plan]


class Store:
    """Stores blocks of rows of one file."""

    def __init__(self, draft: Import, channel: Channel, of: List, now: datetime) -> None:
        """Remember the list, and which organisations there are today."""
        self.channel, self.of = channel, of
        self.lookup = Lookup(channel.pk)
        self.organisations = set(Organisation.objects.values_list("pk", flat=True))
        self.source = f"{draft.file_name[:150]}, ingelezen op {timezone.localdate(now):%d/%m/%Y}"

    def __call__(self, rows: Sequence[Row]) -> list[Row]:
        """Store rows; give those whose outcome is other than was shown."""
        work = self._plan(rows)
        self._persons(work)
        self._memberships(work)
        self._positions(work)
        changed = []
        for row, _, _, made in work:
            if (row.outcome, row.message) != (made.outcome, made.message):
                row.outcome, row.message = made.outcome, made.message
                changed.append(row)
        return changed

    def _plan(self, rows: Sequence[Row]) -> list[Work]:
        found = self.lookup([row.key for row in rows])
        work: list[Work] = []
        for row in rows:
            wish = read_wish(row.values, self.of)
            known = found.known.get(wish.email)
            target = (
                row.target if row.state == Row.State.CERTAIN and row.target in self.organisations else None
            )
            made = plan(wish, known, self.of, target=target, erased_on=found.erased_on.get(wish.email))
            work.append((row, wish, known, made))
        return work

    def _persons(self, work: list[Work]) -> None:
        added: list[Person] = []
        changed: list[Person] = []
        names: set[str] = set()
        for place, (row, wish, known, made) in enumerate(work):
            if made.outcome == Row.Outcome.STAYS_OUT:
                continue
            person = known.person if known else Person(email=wish.email)
            for name, value in made.facts.items():
                setattr(person, name, value)
            if known is None:
                added.append(person)
                work[place] = (row, wish, Known(person), made)
            elif made.facts:
                changed.append(person)
                names |= made.facts.keys()
        Person.objects.bulk_create(added)
        if changed:
            Person.objects.bulk_update(changed, sorted(names))

    def _memberships(self, work: list[Work]) -> None:
        added: list[Membership] = []
        changed: list[Membership] = []
        names: set[str] = set()
        for _, wish, known, made in work:
            if made.starts and known:
                from_on, until_on, because = made.starts
                added.append(
                    Membership(
                        person=known.person,
                        channel=self.channel,
                        from_on=from_on,
                        until_on=until_on,
                        ended_because=because,
                        source=self.source,
                        consent_text=wish.consent_text,
                        consent_at=wish.consent_at,
                    )
                )
            elif made.membership and made.changes:
                for name, value in made.changes.items():
                    setattr(made.membership, name, value)
                changed.append(made.membership)
                names |= made.changes.keys()
        Membership.objects.bulk_create(added)
        if changed:
            Membership.objects.bulk_update(changed, sorted(names))

    def _positions(self, work: list[Work]) -> None:
        added, changed = [], []
        for row, wish, known, made in work:
            if made.position and known and row.target:
                added.append(
                    Position(
                        person=known.person,
                        organisation_id=row.target,
                        function=wish.function,
                        policy_domain=wish.policy_domain,
                    )
                )
            elif made.fills_position and known:
                place = next(
                    each for each in known.places_on(self.of.today) if each.organisation_id == row.target
                )
                for name, value in made.fills_position.items():
                    setattr(place, name, value)
                changed.append(place)
        Position.objects.bulk_create(added)
        if changed:
            Position.objects.bulk_update(changed, ["function", "policy_domain"])
