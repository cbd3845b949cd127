"""Whom to invite: who was not reached, who is known there, and which associations reach several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trekker.organisations.models import Organisation, Partnership
from trekker.people.models import Person, Position
from trekker.reports.queries.reach import Government, Reach

Kind = Organisation.Kind
SEVERAL = 2
NAMED = 8


@dataclass(frozen=True)
class Association:
    """An association of local governments, with those of its members that were not reached, by name."""

    pk: int
    name: str
    kind: str
    unreached: tuple[Government, ...]
    members: int

    @property
    def named(self) -> str:
        """Name those that were not reached: the first few, and how many more."""
        names = ", ".join(each.name for each in self.unreached[:NAMED])
        more = len(self.unreached) - NAMED
        return f"{names} en nog {more}" if more > 0 else names


def associations(found: Reach) -> list[Association]:
    """
    Give the associations that could reach several local governments at once, the most first.

    A government takes part by itself or by what counts for it. An association that stopped is left
    out. Two queries.
    """
    unreached = {each.pk: each for each in found.unreached}
    known = {each.pk for each in (*found.governments, *found.elsewhere)}
    members: dict[int, set[int]] = defaultdict(set)
    for association, participant in Partnership.objects.values_list("association", "participant"):
        members[association].add(found.standings.get(participant, participant))
    several = [pk for pk, these in members.items() if len(these & unreached.keys()) >= SEVERAL]
    kinds = (Kind.IGS, Kind.WELFARE_ASSOCIATION)
    active = Organisation.objects.active_on(found.period.last_day).filter(pk__in=several, kind__in=kinds)
    listed = [
        Association(
            pk=pk,
            name=name,
            kind=str(Kind(kind).label),
            unreached=tuple(each for each in found.unreached if each.pk in members[pk]),
            members=len(members[pk] & known),
        )
        for pk, name, kind in active.values_list("pk", "name", "kind")
    ]
    return sorted(listed, key=lambda each: (-len(each.unreached), each.members, each.name.casefold()))


@dataclass(frozen=True)
class Contact:
    """Someone known at a local government, to write to."""

    name: str
    email: str
    function: str


@dataclass(frozen=True)
class Invitation:
    """A local government to invite, with its OCMW and who is known there."""

    government: Government
    ocmw: str
    contacts: tuple[Contact, ...]


def invitations(found: Reach, *, reader: Any, with_contacts: bool) -> list[Invitation]:
    """
    Give the local governments that were not reached, by name.

    Contacts are persons that the reader may see, with a position there on the last day and an
    address that works. Two queries.
    """
    counts_for = {pk: counted for pk, counted in found.standings.items() if counted != pk}
    active = Organisation.objects.active_on(found.period.last_day).filter(kind=Kind.OCMW)
    ocmws = {
        counts_for[pk]: name
        for pk, name in active.order_by("-name").values_list("pk", "name")
        if pk in counts_for
    }
    contacts = _contacts(found, reader) if with_contacts else {}
    return [
        Invitation(each, ocmws.get(each.pk, ""), tuple(contacts.get(each.pk, ()))) for each in found.unreached
    ]


def _contacts(found: Reach, reader: Any) -> dict[int, Sequence[Contact]]:
    unreached = {each.pk for each in found.unreached}
    persons = Person.objects.visible_to(reader).filter(bounced_on=None, email__gt="")
    positions = Position.objects.active_on(found.period.last_day).filter(person__in=persons)
    known: dict[int, list[Contact]] = defaultdict(list)
    rows = positions.select_related("person").order_by("person__last_name", "person__first_name", "pk")
    for position in rows.iterator(chunk_size=2000):
        government = found.standings.get(position.organisation_id, position.organisation_id)
        if government in unreached:
            contact = Contact(str(position.person), position.person.email or "", position.function)
            known[government].append(contact)
    return {pk: tuple(dict.fromkeys(these)) for pk, these in known.items()}
