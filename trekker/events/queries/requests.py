"""Answers about requests for a session, and about what came of ideas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from trekker.events.models import Course, Event, SessionRequest
from trekker.events.queries.suggesting import meant_by, of_address
from trekker.ideas.models import Idea
from trekker.organisations.models import Organisation


def open_for(user: Any) -> int:
    """Count the requests that wait for a decision and that this user may see."""
    return SessionRequest.objects.visible_to(user).open().count()


def organisation_of(text: str, email: str, today: date) -> Organisation | None:
    """Give the one organisation that someone means for sure, by what they typed or their address."""
    meant = meant_by(text, today)
    users = of_address(email, today)
    if meant.one:
        return meant.one
    both = [each for each in meant.choices if each in users]
    return both[0] if len(both) == 1 else None


@dataclass(frozen=True)
class Fruit:
    """What came of an idea."""

    courses: list[Course]
    events: list[Event]


def fruit_of(idea: Idea) -> Fruit:
    """Give the courses with how often each is planned or was given, and the events beside them."""
    editions = Count("editions", filter=~Q(editions__state=Event.State.CANCELLED))
    courses = idea.courses.annotate(given=editions).order_by("title")
    events = idea.events.filter(course=None).order_by("starts_at", "pk")
    return Fruit(list(courses), list(events))
