"""Answers about the network that need more than one table."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from trekker.network.models import Channel, Membership
from trekker.organisations.models import Organisation
from trekker.people.models import Person, Position


def with_members_now(channels: QuerySet[Channel], today: date) -> QuerySet[Channel]:
    """Give the channels with ``members_now``: how many are on each."""
    running = Q(memberships__until_on=None) | Q(memberships__until_on__gt=today)
    count = Count("memberships", filter=running & Q(memberships__from_on__lte=today))
    return channels.annotate(members_now=count)


def on_channels(persons: QuerySet[Person], channels: list[Channel], today: date) -> QuerySet[Person]:
    """Narrow to persons who are on one of these channels."""
    running = Membership.objects.active_on(today).filter(channel__in=channels, person=OuterRef("pk"))
    return persons.filter(Exists(running))


def having_members(organisations: QuerySet[Organisation], today: date) -> QuerySet[Organisation]:
    """Narrow to organisations that a member of the network works at, or at one that counts for it."""
    members = Membership.objects.active_on(today).filter(channel__makes_members=True)
    places = Position.objects.active_on(today).filter(person__in=members.values("person"))
    here = Exists(places.filter(organisation=OuterRef("pk")))
    by_way = Exists(
        places.filter(
            organisation__standings__from_on__lte=today,
            organisation__standings__until_on__gt=today,
            organisation__standings__counted=OuterRef("pk"),
        )
    )
    return organisations.filter(here | by_way)


def memberships_at(organisation: Organisation, today: date) -> QuerySet[Membership]:
    """Give the memberships of who works at an organisation today, those that run first."""
    people = Position.objects.active_on(today).filter(organisation=organisation).values("person")
    rows = Membership.objects.filter(person__in=people).select_related("person", "channel")
    return rows.order_by(
        F("until_on").desc(nulls_first=True), "person__last_name", "person__first_name", "pk"
    )
