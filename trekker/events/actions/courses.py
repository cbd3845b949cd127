"""Adding and correcting courses, and giving them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from trekker.events.actions.changing import Sitting, create_event
from trekker.events.models import Course, Event
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

ADDED = audit.act("courses.added", "opleiding toegevoegd")
CORRECTED = audit.act("courses.corrected", "opleiding verbeterd")
LINKS = ("themes", "audiences")


@transaction.atomic
def add_course(*, by: AnyAccount, now: datetime, **facts: Any) -> Course:
    """Add a course, ours or of another provider."""
    links = {name: facts.pop(name) for name in LINKS if name in facts}
    course = Course.objects.create(**facts)
    for name, wanted in links.items():
        getattr(course, name).set(wanted)
    audit.record(ADDED, course, by=by, at=now)
    return course


@transaction.atomic
def correct_course(*, course: Course, facts: Mapping[str, Any], by: AnyAccount, now: datetime) -> Course:
    """Write other facts about a course; its editions stay as they are."""
    course = Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    for name, value in facts.items():
        if name in LINKS:
            getattr(course, name).set(value)
        else:
            setattr(course, name, value)
    course.save()
    audit.record(CORRECTED, course, by=by, at=now)
    return course


@transaction.atomic
def new_edition(
    *, course: Course, sessions: Sequence[Sitting], by: AnyAccount, now: datetime, **facts: Any
) -> Event:
    """Plan a course once more, as an event that takes over what the course says of itself."""
    given = {
        "title": course.title,
        "summary": course.summary,
        "description": course.description,
        "our_role": course.our_role,
        "idea": course.idea,
        "themes": course.themes.all(),
        "audiences": course.audiences.all(),
        **({"organisers": [course.provider]} if course.provider else {}),
        **facts,
    }
    return create_event(kind=Event.Kind.TRAINING, course=course, sessions=sessions, by=by, now=now, **given)
