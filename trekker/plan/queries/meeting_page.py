"""The page of one meeting: its overview with minutes and agreements, and what earlier ones left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trekker.people.models import Account
from trekker.plan.models import Agreement, Goal, Meeting, Minute
from trekker.plan.models.meeting import GENERAL
from trekker.plan.queries.meetings import (
    GoalOverview,
    carried_over,
    from_json,
    overview,
    since,
    version_for,
)


@dataclass(frozen=True)
class GoalPage:
    """One goal of a meeting, or the plan as a whole, with what was written about it."""

    thread: UUID
    label: str
    overview: GoalOverview | None
    minute: Minute | None
    agreements: tuple[Agreement, ...]

    @property
    def heading(self) -> str:
        """What the goal is called, or that it is about the plan as a whole."""
        return self.label or "Algemeen"

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to read about it."""
        nothing = self.overview is None or self.overview.is_quiet
        return nothing and not (self.minute and self.minute.text) and not self.agreements


@dataclass(frozen=True)
class MeetingPage:
    """Everything the page of a meeting shows."""

    looks_back_to: date
    present: tuple[Account, ...]
    carried: tuple[tuple[Agreement, bool], ...]
    general: GoalPage
    goals: tuple[GoalPage, ...]


def meeting_page(meeting: Meeting, today: date) -> MeetingPage:
    """Gather the page of a meeting; of one that was closed, the overview is as it was kept then."""
    goals = overview(meeting, today) if meeting.is_open else from_json(meeting.overview)
    minutes = {each.thread: each for each in meeting.minutes.select_related("written_by")}
    agreements: dict[UUID, list[Agreement]] = {}
    for each in meeting.agreements.select_related("owner", "done_by").order_by("pk"):
        agreements.setdefault(each.thread, []).append(each)
    day = today if meeting.is_open else meeting.held_on
    known = {goal.thread: (goal.label, goal) for goal in goals}
    # What was written about a goal that the plan no longer has stays to be read.
    labels = {thread: minute.label for thread, minute in minutes.items()}
    labels |= {thread: rows[0].label for thread, rows in agreements.items()}
    threads = [*known, *(thread for thread in labels if thread not in known and thread != GENERAL)]

    def page(thread: UUID) -> GoalPage:
        label, of_goal = known.get(thread, (labels.get(thread, ""), None))
        return GoalPage(thread, label, of_goal, minutes.get(thread), tuple(agreements.get(thread, ())))

    return MeetingPage(
        since(meeting),
        tuple(meeting.present.order_by("first_name", "last_name", "pk")),
        tuple((each, each.is_overdue(day)) for each in carried_over(meeting)),
        page(GENERAL),
        tuple(page(thread) for thread in threads),
    )


def label_of(meeting: Meeting, thread: UUID) -> str | None:
    """Give what a goal is called in a meeting, or none where the meeting does not know it."""
    version = version_for(meeting)
    goal = Goal.objects.filter(version=version, thread=thread).first() if version else None
    if goal:
        return str(goal)
    written = (
        meeting.minutes.filter(thread=thread).first() or meeting.agreements.filter(thread=thread).first()
    )
    return written.label if written else None
