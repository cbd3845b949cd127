"""The figures of the network: its members and the organisations they represent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from trekker.kernel.access import Permission
from trekker.kernel.measures import Choice, Column, Filter, Kind, Listing, Subject, Unit, Unknown, measure
from trekker.kernel.periods import Period
from trekker.network.models import Channel, Membership
from trekker.organisations import measures as of_organisations
from trekker.organisations.models import Organisation
from trekker.organisations.queries import KIND_CHOICES, counted, counting_as
from trekker.people.models import Person, Position


def channels() -> Iterable[Choice]:
    """Give every channel as a choice, with the words by which plans speak of it."""
    for channel in Channel.objects.order_by("pk"):
        words = tuple(re.escape(word.strip().lower()) for word in channel.words.split(",") if word.strip())
        yield Choice(value=channel.code, label=channel.name, words=words, default=channel.makes_members)


def _of_people_at(period: Period, groups: Sequence[object]) -> Q:
    positions = Position.objects.active_on(period.last_day)
    return Q(person__in=positions.filter(organisation__in=counting_as(period, groups)).values("person"))


CHANNEL = Filter(code="channel", label="kanaal", choices=channels, lookup="channel__code")


def _persons(period: Period, memberships: QuerySet) -> QuerySet[Person]:
    """Give who these memberships are of, with the places they have on the last day."""
    places = Position.objects.active_on(period.last_day).select_related("organisation")
    persons = Person.objects.filter(pk__in=memberships.values("person"))
    return persons.prefetch_related(Prefetch("positions", places))


def _first_place(period: Period) -> Subquery:
    """Give the organisation where someone holds a place on the last day: the first noted."""
    places = Position.objects.active_on(period.last_day).filter(person=OuterRef("pk"))
    return Subquery(places.order_by("pk").values("organisation")[:1])


def _organisations(period: Period, memberships: QuerySet) -> QuerySet[Organisation]:
    positions = Position.objects.active_on(period.last_day)
    places = positions.filter(person__in=memberships.values("person"))
    return counted(period, places.values("organisation"))


def _without_organisation(period: Period, memberships: QuerySet) -> QuerySet[Person]:
    placed = Position.objects.active_on(period.last_day).values("person")
    return _persons(period, memberships.exclude(person__in=placed))


NAME = Column("naam", str)
PERSONS = Listing(
    columns=(
        NAME,
        Column("mailadres", lambda person: person.email),
        Column(
            "organisatie",
            lambda person: ", ".join(str(place.organisation) for place in person.positions.all()),
        ),
    ),
    seen_by=Permission.PEOPLE_VIEW,
    exported_by=Permission.PEOPLE_EXPORT,
)
UNPLACED = Unknown(Unit("lid zonder organisatie", "leden zonder organisatie"), _without_organisation, PERSONS)


@measure(
    "members.count",
    label="Leden",
    kind=Kind.STOCK,
    unit=Unit("lid", "leden"),
    filters=(
        CHANNEL,
        Filter(
            code="organisation_kind", label="soort organisatie", choices=KIND_CHOICES, condition=_of_people_at
        ),
    ),
    words=(r"\bleden\b", r"\bledenaantal", r"\babonnees\b", r"\binschrijvingen op de nieuwsbrief"),
    counted=_persons,
    stands_at=_first_place,
    listing=PERSONS,
)
def members(period: Period) -> QuerySet[Membership]:
    """
    Personen met een lopend lidmaatschap op de peildatum, elk één keer geteld.

    Wie een onbestelbaar adres heeft, is geen lid meer.
    """
    return Membership.objects.active_on(period.last_day)


@measure(
    "members.organisations",
    label="Organisaties met leden",
    kind=Kind.STOCK,
    unit=Unit("organisatie", "organisaties"),
    subject=Subject.THEIR_ORGANISATIONS,
    filters=(CHANNEL, *of_organisations.OF_COUNTED),
    words=(r"vertegenwoordig", r"verschillende (?:lokale besturen|organisaties|gemeenten)"),
    counted=_organisations,
    stands_at="pk",
    listing=of_organisations.LISTED,
    unknowns=(UNPLACED,),
)
def organisations_with_members(period: Period) -> QuerySet[Membership]:
    """
    Organisaties met minstens één lid op de peildatum, elk één keer geteld.

    Gemeente en OCMW tellen samen als één lokaal bestuur. Fusies gelden vanaf hun datum.
    """
    return Membership.objects.active_on(period.last_day)
