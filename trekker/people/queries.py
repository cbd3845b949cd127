"""Answers about persons that need more than one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from trekker.people.addresses import fingerprint
from trekker.people.models import Account, Alias, Erasure, Person, Position

DEMO_DOMAIN = "demo.trekker.example"
SHOWN = 100  # more than a person looks through in one sitting


def erased_among(emails: Iterable[str]) -> dict[str, date]:
    """Give those of at most 500 addresses whose person was erased at their own request, and when."""
    prints = {fingerprint(email): email for email in emails}
    erased = Erasure.objects.filter(fingerprint__in=prints).values_list("fingerprint", "erased_at")
    return {prints[mark]: timezone.localdate(moment) for mark, moment in erased}


def places_on(day: date) -> QuerySet[Position]:
    """Give who works where on a day, with only the names: for lists and downloads of many rows."""
    places = Position.objects.active_on(day).select_related("organisation").order_by("pk")
    return places.only("person_id", "function", "organisation__name")


@dataclass(frozen=True)
class Pair:
    """Two persons who may be one, with in Dutch why."""

    first: Person
    second: Person
    reason: str


def possible_doubles(day: date) -> list[Pair]:
    """
    Give pairs that may be one person: the same name and local government, or one another's address.

    At most a hundred; those that share an address come first.
    """
    return [*_sharing_address(), *_sharing_name(day)][:SHOWN]


def _sharing_address() -> list[Pair]:
    owners = {
        alias.email: alias.person
        for alias in Alias.objects.filter(email__in=_main_addresses()).select_related("person")
    }
    persons = Person.objects.filter(email__in=owners, erased_at=None)
    return [
        Pair(person, owners[person.email], f"beide bekend als {person.email}")
        for person in persons
        if person.email and owners[person.email] != person
    ]


def _main_addresses() -> QuerySet:
    return Person.objects.exclude(email=None).values("email")


def _sharing_name(day: date) -> list[Pair]:
    named = Person.objects.exclude(first_name="", last_name="").filter(erased_at=None)
    at_work = named.filter(
        Q(positions__from_on=None) | Q(positions__from_on__lte=day),
        Q(positions__until_on=None) | Q(positions__until_on__gt=day),
        positions__organisation__standings__from_on__lte=day,
        positions__organisation__standings__until_on__gt=day,
    ).annotate(
        first=Lower("first_name"),
        last=Lower("last_name"),
        place=F("positions__organisation__standings__counted__name"),
        place_id=F("positions__organisation__standings__counted"),
    )
    same = ("first", "last", "place_id")
    groups = at_work.values(*same, "place").annotate(many=Count("pk", distinct=True)).filter(many__gt=1)
    pairs = []
    for group in groups.order_by(*same)[:SHOWN]:
        first, *others = at_work.filter(**{key: group[key] for key in same}).order_by("pk").distinct()
        pairs += [Pair(first, other, f"zelfde naam bij {group['place']}") for other in others]
    return pairs


@dataclass(frozen=True)
class DemoAccount:
    """An invented account that anyone may try."""

    email: str
    name: str
    role: str


def demo_accounts() -> list[DemoAccount]:
    """List the invented accounts with the role of each, in the order they were made."""
    found = Account.objects.filter(email__endswith=f"@{DEMO_DOMAIN}", is_active=True)
    return [
        DemoAccount(account.email, str(account), ", ".join(group.name for group in account.groups.all()))
        for account in found.order_by("pk").prefetch_related("groups")
    ]
