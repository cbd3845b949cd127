"""Who takes part in an event, for lists on screen and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from trekker.events.models import AccessNeed, Event, Registration

Status = Registration.Status


def matching(rows: QuerySet, text: str) -> QuerySet:
    """Narrow to those that have every word of the text in name, address or organisation."""
    for word in text.split():
        rows = rows.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(organisation_text__icontains=word)
        )
    return rows


def coming(event: Event) -> QuerySet[Registration]:
    """Give who has a place, by last name, with their organisation."""
    rows = event.registrations.holding_a_place().select_related("organisation")
    return rows.order_by("last_name", "first_name", "pk")


def place_of(registration: Registration) -> str:
    """Give the name of the organisation someone comes for, as written down if it is none we know."""
    return str(registration.organisation or registration.organisation_text or "")


def answer_to(question: int) -> Callable[[Registration], str]:
    """Give what reads the answer of a registration to one question of the organiser."""
    return lambda registration: str(registration.answers.get(str(question), ""))


@dataclass(frozen=True)
class Figures:
    """How many people an event has, by how they stand."""

    registered: int
    waiting: int
    cancelled: int
    came: int


def figures(event: Event) -> Figures:
    """Count the registrations of an event; one question."""
    tallied = event.registrations.aggregate(
        registered=Count("pk", filter=Q(status=Status.REGISTERED)),
        waiting=Count("pk", filter=Q(status=Status.WAITING)),
        cancelled=Count("pk", filter=Q(status=Status.CANCELLED)),
        came=Count("pk", filter=Q(status=Status.REGISTERED, source=Registration.Source.CAME)),
    )
    return Figures(**tallied)


def leads(event: Event, user: Any) -> bool:
    """Tell whether someone leads the event: only they see what participants need."""
    return event.leads.filter(pk=user.pk).exists()


def needs(event: Event) -> QuerySet[AccessNeed]:
    """Give what those with a place need, by name."""
    rows = AccessNeed.objects.filter(registration__event=event, registration__status=Status.REGISTERED)
    return rows.select_related("registration").order_by("registration__last_name", "pk")


def diets(event: Event) -> Mapping[str, int]:
    """Count the diets for a caterer, who learns no name; spellings that only differ in capitals are one."""
    written = needs(event).exclude(diet="").values_list("diet", flat=True)
    counted = Counter(" ".join(diet.split()).casefold() for diet in written)
    return dict(counted.most_common())


def access_needs(event: Event) -> int:
    """Count who needs something to be able to take part."""
    return needs(event).exclude(access="").count()
