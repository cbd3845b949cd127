"""Answers about what an organisation or a person took part in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from trekker.events.models import Attendance, Event, Registration
from trekker.organisations.models import Organisation
from trekker.people.models import Person

SHOWN = 200


@dataclass(frozen=True)
class Part:
    """What one organisation did in one event, and who came for it."""

    event: Event
    does: str
    registrations: Sequence[Registration]

    @property
    def attended(self) -> int:
        """How many of them were there, as far as known."""
        return sum(each.attended for each in self.registrations)  # type: ignore[attr-defined]


def _with_attended(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return rows.annotate(
        attended=Exists(Attendance.objects.filter(registration=OuterRef("pk"), present=True))
    )


def parts_of(organisation: Organisation) -> tuple[list[Part], bool]:
    """Give what an organisation organised, helped with or took part in, and whether there is more."""
    came = Registration.objects.filter(organisation=organisation).exclude(
        status=Registration.Status.CANCELLED
    )
    organised = Event.objects.filter(organisers=organisation).values_list("pk", flat=True)
    helped = Event.objects.filter(partners=organisation).values_list("pk", flat=True)
    rows = Event.objects.filter(Q(pk__in=organised) | Q(pk__in=helped) | Q(pk__in=came.values("event")))
    events = list(rows.order_by("-starts_at", "-pk")[: SHOWN + 1])
    by_event: dict[int, list[Registration]] = defaultdict(list)
    shown = _with_attended(came.filter(event__in=[each.pk for each in events[:SHOWN]]))
    for each in shown.order_by("last_name", "first_name", "pk"):
        by_event[each.event_id].append(each)
    does = dict.fromkeys(helped, "partner") | dict.fromkeys(organised, "organisator")
    parts = [Part(each, does.get(each.pk, ""), by_event[each.pk]) for each in events[:SHOWN]]
    return parts, len(events) > SHOWN


def registrations_of(person: Person) -> list[Registration]:
    """Give what a person registered for, the latest first, with whether they were there."""
    rows = person.registrations.select_related("event", "organisation")
    return list(_with_attended(rows).order_by("-event__starts_at", "-pk")[:SHOWN])
