"""What goes on from one version to the next, when the next is read from a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from trekker.plan.models import Action, Goal, PlanVersion
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
