"""Adding and correcting persons, and making one of two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from trekker.kernel import audit, merging
from trekker.kernel.models import AnyAccount
from trekker.organisations.models import Organisation
from trekker.people.actions.positions import add_position
from trekker.people.addresses import address
from trekker.people.models import Alias, Person, Position

ADDED = audit.act("people.added", "toegevoegd")
CORRECTED = audit.act("people.corrected", "verbeterd")
MERGED = audit.act("people.merged", "dubbel samengevoegd")


class AddressTaken(Exception):
    """Another person is already known by the address; ``person`` is who."""

    def __init__(self, email: str, person: Person) -> None:
        """Remember the address and whose it is."""
        super().__init__(email)
        self.email = email
        self.person = person


class NoLongerThere(Exception):
    """A person was erased, or merged with another, after the screen was opened."""


@transaction.atomic
def add_person(
    *, email: str | None = None, aliases: Iterable[str] = (), by: AnyAccount, now: datetime, **facts: Any
) -> Person:
    """
    Add a person.

    :raises AddressTaken: if someone is already known by one of the addresses
    :raises NotAnAddress: if one of them is no address
    """
    person = _added(email=_free(email, None), by=by, now=now, **facts)
    if aliases:
        _keep_aliases(person, aliases)
    return person


def find_or_add_person(
    *,
    email: str,
    organisation: Organisation | None = None,
    function: str = "",
    by: AnyAccount,
    now: datetime,
    **facts: Any,
) -> Person:
    """
    Give who is known by an address, or else add them, with a place in an organisation from today.

    Who is known stays as they are: what is written for them is undone, so that time does not tell
    who is known.

    :raises NotAnAddress: if it is no address
    """
    email = address(email)
    known = Person.objects.known_by(email).first()
    try:
        with transaction.atomic():
            added = _added(email=_nobody() if known else email, by=by, now=now, **facts)
            if organisation:
                today = timezone.localdate(now)
                add_position(
                    person=added, organisation=organisation, function=function, from_on=today, by=by, now=now
                )
            transaction.set_rollback(known is not None)
    except IntegrityError:
        # Another form of theirs was a moment sooner.
        return Person.objects.known_by(email).get()
    return known or added


def _added(*, email: str | None, by: AnyAccount, now: datetime, **facts: Any) -> Person:
    person = Person(**facts, email=email)
    person.save(force_insert=True)
    audit.record(ADDED, person, by=by, at=now)
    return person


def _nobody() -> str:
    """Give an address that is nobody's."""
    return f"{token_hex(8)}@niemand.invalid"


@transaction.atomic
def correct_person(
    *,
    person: Person,
    facts: Mapping[str, Any],
    aliases: Iterable[str] | None = None,
    by: AnyAccount,
    now: datetime,
) -> Person:
    """
    Write other facts about a person; without ``aliases`` the other addresses stay.

    :raises AddressTaken: if another is already known by one of the addresses
    :raises NotAnAddress: if one of them is no address
    """
    person = Person.objects.select_for_update().get(pk=person.pk, erased_at=None)
    wanted = dict(facts)
    if "email" in wanted:
        wanted["email"] = _free(wanted["email"], person)
    changed = [name for name, value in wanted.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, wanted[name])
    if changed:
        person.save(update_fields=changed)
    if aliases is not None and _keep_aliases(person, aliases):
        changed.append("aliases")
    if changed:
        audit.record(CORRECTED, person, by=by, at=now, fields=changed)
    return person


@transaction.atomic
def merge_persons(*, kept: Person, dropped: Person, by: AnyAccount, now: datetime) -> Person:
    """
    Make one person of two; the one that stays takes over what only the other knew.

    The address of ``dropped`` stays known as another address. Memberships of the same channel
    become one.

    :raises CannotMerge: if both are the same person
    :raises NoLongerThere: if one of them was erased or merged meanwhile
    """
    found = Person.objects.select_for_update().filter(erased_at=None).in_bulk([kept.pk, dropped.pk])
    if not {kept.pk, dropped.pk} <= found.keys():
        raise NoLongerThere
    kept, dropped = found[kept.pk], found[dropped.pk]
    merging.fill_blanks(kept, dropped, fields=("first_name", "last_name", "phone", "note"))
    email, bounced_on = dropped.email, dropped.bounced_on
    merging.merge(kept=kept, dropped=dropped)
    if email and kept.email:
        Alias.objects.get_or_create(email=email, defaults={"person": kept})
    elif email:
        kept.email, kept.bounced_on = email, bounced_on
    kept.save()
    audit.record(MERGED, kept, by=by, at=now)
    merging.follow(kept, by=by, now=now)
    return kept


@merging.moves(Position)
def _drop_same_positions(kept: Any, dropped: Any) -> None:
    """Take out positions that both have alike; an organisation has none alike to drop."""
    if not isinstance(kept, Person):
        return
    facts = ("organisation", "function", "from_on", "until_on")
    known = set(kept.positions.values_list(*facts))
    same = [place.pk for place in dropped.positions.all() if _facts(place) in known]
    Position.objects.filter(pk__in=same).delete()


def _facts(place: Position) -> tuple[Any, ...]:
    return (place.organisation_id, place.function, place.from_on, place.until_on)


def _free(email: str | None, person: Person | None) -> str | None:
    """Write an address the one way, if it is nobody else's."""
    if not email:
        return None
    found = address(email)
    others = Person.objects.known_by(found)
    if other := (others.exclude(pk=person.pk) if person else others).first():
        raise AddressTaken(found, other)
    return found


def _keep_aliases(person: Person, emails: Iterable[str]) -> bool:
    """Make these the other addresses; tells whether that changed any."""
    wanted = {found for email in emails if (found := _free(email.strip(), person))} - {person.email}
    known = set(person.aliases.values_list("email", flat=True))
    person.aliases.exclude(email__in=wanted).delete()
    Alias.objects.bulk_create([Alias(person=person, email=email) for email in sorted(wanted - known)])
    return wanted != known
