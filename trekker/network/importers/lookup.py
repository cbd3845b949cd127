"""What is known of the people on a block of rows: five questions to the database, however many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trekker.network.models import Membership
from trekker.people.models import Alias, Erasure, Person, Position
from trekker.people.queries import erased_among


@dataclass(frozen=True)
class Known:
    """A person as stored, with their memberships of the channel, oldest first, and all positions."""

    person: Person
    memberships: list[Membership] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)

    def places_on(self, day: date) -> list[Position]:
        """Give the positions that are active on a day."""
        return [
            place
            for place in self.positions
            if (place.from_on is None or place.from_on <= day)
            and (place.until_on is None or place.until_on > day)
        ]


@dataclass(frozen=True)
class Found:
    """Whom the addresses of a block belong to, and which of them were erased, when."""

    known: dict[str, Known]
    erased_on: dict[str, date]


class Lookup:
    """Asks about blocks of at most 500 addresses, for one channel."""

    def __init__(self, channel: int) -> None:
        """Remember the channel, and whether anyone was ever erased."""
        self.channel = channel
        self.any_erased = Erasure.objects.exists()

    def __call__(self, emails: Sequence[str]) -> Found:
        """Give what is known of these addresses."""
        persons: dict[str, Person] = {
            str(person.email): person for person in Person.objects.filter(email__in=emails)
        }
        for alias in Alias.objects.filter(email__in=emails).select_related("person"):
            persons.setdefault(alias.email, alias.person)
        ids = {person.pk for person in persons.values()}
        memberships = _by_person(
            Membership.objects.filter(channel=self.channel, person__in=ids).order_by("from_on", "pk")
        )
        positions = _by_person(Position.objects.filter(person__in=ids).order_by("pk"))
        known = {
            email: Known(person, memberships[person.pk], positions[person.pk])
            for email, person in persons.items()
        }
        return Found(known, erased_among(emails) if self.any_erased else {})


def _by_person(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found
