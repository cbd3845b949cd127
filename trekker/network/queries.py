"""Answers about the network that need more than one table."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from trekker.network.models import Channel, Membership
from trekker.organisations.models import Organisation, Standing
from trekker.people.models import Person, Position


def with_members_now(channels: QuerySet[Channel], today: date) -> QuerySet[Channel]:
    """Give the channels with ``members_now``: how many are on each."""
    running = Q(memberships__until_on=None) | Q(memberships__until_on__gt=today)
    count = Count("memberships", filter=running & Q(memberships__from_on__lte=today))
    return channels.annotate(members_now=count)


def on_channels(persons: QuerySet[Person], channels: list[Channel], today: date) -> QuerySet[Person]:
    """Narrow to persons who are on one of these channels."""
    # Asked once, not per person: SQLite would look along the channel's whole index each time.
    running = Membership.objects.active_on(today).filter(channel__in=channels)
    return persons.filter(pk__in=running.values("person"))


def having_members(organisations: QuerySet[Organisation], today: date) -> QuerySet[Organisation]:
    """Narrow to organisations that a member of the network works at, or at one that counts for it."""
    members = Membership.objects.active_on(today).filter(channel__makes_members=True)
    places = Position.objects.active_on(today).filter(person__in=members.values("person"))
    by_way = Standing.objects.on(today).filter(organisation__in=places.values("organisation"))
    here = Q(pk__in=places.values("organisation"))
    return organisations.filter(here | Q(pk__in=by_way.values("counted")))


def with_a_member(day: date) -> QuerySet[Organisation]:
    """
    Give the organisations where a member of the network has a place on a day.

    They are those of the positions, not yet what they count for. The first member that is found
    settles an organisation, so that it takes no longer when there are more.
    """
    channels = list(Channel.objects.filter(makes_members=True).values_list("pk", flat=True))
    memberships = Membership.objects.active_on(day).filter(person=OuterRef("person"), channel__in=channels)
    places = Position.objects.active_on(day).filter(Exists(memberships), organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(places))


def memberships_at(organisation: Organisation, today: date) -> QuerySet[Membership]:
    """Give the memberships of who works at an organisation today, those that run first."""
    people = Position.objects.active_on(today).filter(organisation=organisation).values("person")
    rows = Membership.objects.filter(person__in=people).select_related("person", "channel")
    return rows.order_by(
        F("until_on").desc(nulls_first=True), "person__last_name", "person__first_name", "pk"
    )
