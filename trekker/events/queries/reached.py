"""Which organisations took part, and in what kinds of activities."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Exists, OuterRef, QuerySet

from trekker.events.models import Attendance, Event, Registration
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation


def _there() -> Exists:
    """Ask of a registration whether somebody was at one of the sessions at least."""
    return Exists(Attendance.objects.filter(registration=OuterRef("pk"), present=True))


def took_part(period: Period, kind: str = "") -> QuerySet[Organisation]:
    """
    Give the organisations that somebody came for, to an activity of this kind or to any.

    They are those of the registrations, not yet what they count for. The first that is found settles
    an organisation, so that it takes no longer when more people come.
    """
    # Each condition is a question about one registration: joined, SQLite would go through all events
    # of the period for every organisation.
    held = Event.objects.held().starting_within(period).filter(pk=OuterRef("event"))
    of_kind = held.filter(kind=kind) if kind else held
    came = Registration.objects.holding_a_place().filter(Exists(of_kind), _there())
    return Organisation.objects.filter(Exists(came.filter(organisation=OuterRef("pk"))))


def kinds_attended(period: Period) -> dict[int, set[str]]:
    """
    Give the kinds of activities that somebody came to, for each organisation by id.

    It reads every registration of the period: one query, for a report rather than for a page.
    """
    held = Event.objects.held().starting_within(period)
    came = Registration.objects.holding_a_place().filter(_there(), event__in=held)
    pairs = came.exclude(organisation=None).order_by()
    found: dict[int, set[str]] = defaultdict(set)
    for organisation, kind in pairs.values_list("organisation", "event__kind").distinct():
        found[organisation].add(kind)
    return found
