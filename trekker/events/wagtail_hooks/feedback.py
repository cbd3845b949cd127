"""What people thought of an event, and what we keep in mind for it, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from trekker.events.models import Event
from trekker.events.queries.feedback import standing_of
from trekker.feedback.models import Evaluation, Lesson
from trekker.kernel.access import Permission
from trekker.kernel.sections import section

OVER = {Event.State.HELD, Event.State.CANCELLED}


@section(
    Event,
    title="Feedback",
    template="events/office/_feedback.html",
    permission=Permission.FEEDBACK_VIEW,
    order=25,
)
def feedback(event: Event, _today: date) -> Mapping[str, Any] | None:
    """Give how it stands with asking about an event, once there is something to ask about."""
    standing = standing_of(event, timezone.now())
    return {"event": event, "standing": standing} if standing else None


@section(
    Event,
    title="Hiermee houden we rekening",
    template="events/office/_lessons.html",
    permission=Permission.FEEDBACK_VIEW,
    order=3,
)
def kept_in_mind(event: Event, _today: date) -> Mapping[str, Any] | None:
    """Give the lessons for an event of this kind, until it is over."""
    lessons = [] if event.state in OVER else Lesson.objects.for_kind(event.kind)
    return {"lessons": lessons} if lessons else None


@section(
    Evaluation,
    title="Activiteit",
    template="events/office/_of_evaluation.html",
    permission=Permission.EVENTS_VIEW,
    order=5,
)
def asked_about(evaluation: Evaluation, _today: date) -> Mapping[str, Any] | None:
    """Give the event that was asked about, if it was one."""
    event = Event.objects.filter(evaluation=evaluation).first()
    return {"event": event} if event else None
