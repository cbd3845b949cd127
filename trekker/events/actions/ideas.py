"""Making of an idea what it was for: a course or an event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trekker.events.actions.changing import create_event
from trekker.events.actions.courses import add_course
from trekker.events.models import Course, Event
from trekker.ideas.actions import DoesNotGoAhead
from trekker.ideas.models import Idea
from trekker.kernel.models import AnyAccount


class CourseExists(Exception):
    """There is a course of that title already."""


@transaction.atomic
def make_course(*, idea: Idea, title: str, e_learning: bool, by: AnyAccount, now: datetime) -> Course:
    """
    Make a course of an idea that goes ahead.

    :raises DoesNotGoAhead: if nobody decided that it does
    :raises CourseExists: if the title is taken
    """
    idea = _going_ahead(idea)
    if Course.objects.filter(title=title).exists():
        raise CourseExists
    return add_course(
        title=title,
        description=idea.description,
        e_learning=e_learning,
        idea=idea,
        themes=idea.themes.all(),
        audiences=idea.audiences.all(),
        by=by,
        now=now,
    )


@transaction.atomic
def make_event(*, idea: Idea, title: str, kind: str, by: AnyAccount, now: datetime) -> Event:
    """
    Make an event without a day of an idea that goes ahead.

    :raises DoesNotGoAhead: if nobody decided that it does
    """
    idea = _going_ahead(idea)
    return create_event(
        title=title,
        kind=kind,
        description=idea.description,
        idea=idea,
        themes=idea.themes.all(),
        audiences=idea.audiences.all(),
        by=by,
        now=now,
    )


def _going_ahead(idea: Idea) -> Idea:
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if idea.state not in {Idea.State.GOES_AHEAD, Idea.State.DONE}:
        raise DoesNotGoAhead
    return idea
