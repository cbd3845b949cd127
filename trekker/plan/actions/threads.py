"""What goes on from one version to the next: read from a text, or said by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from trekker.plan.models import Action, Goal, PlanVersion, Progress
from trekker.plan.reader import Change
from trekker.plan.reader import proposal as read

# The thread of a goal or action, by the lines of the new text that it comes from.
Threads: TypeAlias = "Mapping[tuple[type[Goal | Action], tuple[int, ...]], Mapping[str, Any]]"


def threads_along(before: PlanVersion, changes: Sequence[Change]) -> Threads:
    """
    Give the thread of every goal and action that the new text takes along, also in other words.

    A part that people gave other lines than the reader did is not recognised; it starts a thread of its own.
    """
    stored: list[Goal | Action] = [*before.goals.all(), *Action.objects.filter(goal__version=before)]
    by_lines = {(type(node), tuple(node.source_lines)): node.thread for node in stored if node.source_lines}
    kinds: dict[type, type[Goal | Action]] = {read.Goal: Goal, read.Action: Action}
    threads: dict[tuple[type[Goal | Action], tuple[int, ...]], Mapping[str, Any]] = {}
    for change in changes:
        kind = kinds.get(type(change.new))
        if kind and change.old and change.new:
            thread = by_lines.get((kind, change.old.source_lines))
            if thread:
                threads[kind, change.new.source_lines] = {"thread": thread}
    return threads


def take_thread(node: Goal | Action, thread: UUID) -> None:
    """
    Let a part go on the thread of another; what was noted on its own thread comes along.

    Notes stay where they are while another action of the year is on that thread as well.
    """
    left, node.thread = node.thread, thread
    node.save(update_fields=["thread"])
    if isinstance(node, Goal) or left == thread:
        return
    year = node.goal.version.year
    if not Action.objects.filter(thread=left, goal__version__year=year).exists():
        _bring_along(left, thread, year)


def _bring_along(left: UUID, thread: UUID, year: int) -> None:
    mine = Progress.objects.filter(thread=left, year=year).first()
    theirs = Progress.objects.select_for_update(of=("self",)).filter(thread=thread, year=year).first()
    if mine is None:
        return
    if theirs is None:
        mine.thread = thread
        mine.save(update_fields=["thread"])
        return
    mine.notes.update(progress=theirs)
    last = theirs.notes.exclude(moved_to="").order_by("-written_at", "-pk").first()
    theirs.state, theirs.edition = last.moved_to if last else theirs.state, theirs.edition + 1
    theirs.save(update_fields=["state", "edition"])
    mine.delete()
