"""What a report still lacks before someone can call it checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trekker.plan.models import Goal
from trekker.plan.queries.figures import State
from trekker.reports.contents import Contents, GoalContents

INTRODUCTION = ""


@dataclass(frozen=True)
class Lacking:
    """
    Something to look at, in Dutch, at the ``goal`` of that code; what ``blocks`` must be written first.

    What is not ``to_write`` is mended elsewhere: in the plan or in a register.
    """

    words: str
    goal: str = INTRODUCTION
    blocks: bool = False
    to_write: bool = True


def what_lacks(found: Contents) -> list[Lacking]:
    """Say what a report lacks: first what must be written, then what one had better look at."""
    lacks = [*_of_the_whole(found), *(each for goal in found.every_goal() for each in _of_goal(goal))]
    return sorted(lacks, key=lambda each: not each.blocks)


def _of_the_whole(found: Contents) -> Iterator[Lacking]:
    if not found.introduction.strip():
        yield Lacking("De inleiding is nog leeg.")


def _of_goal(goal: GoalContents) -> Iterator[Lacking]:
    states = {line.state[0] for promise in goal.promises for line in promise.lines}
    if goal.narrative is None:
        if any(promise.is_narrative for promise in goal.promises):
            yield Lacking(f"{goal.code} belooft een beschrijving. Schrijf ze.", goal.code, blocks=True)
        elif State.MISSED in states:
            words = f"{goal.code} is niet gehaald. Schrijf waarom."
            yield Lacking(words, goal.code, blocks=True)
        elif goal.level == Goal.Level.OPERATIONAL and goal.promises:
            yield Lacking(f"{goal.code} heeft nog geen verhaal.", goal.code)
    if State.UNSET in states:
        yield Lacking(f"{goal.code} heeft een meetlijn die nog in te stellen is.", goal.code, to_write=False)
    unknown = [gap for promise in goal.promises for line in promise.lines for gap in line.unknown]
    for count, what in dict.fromkeys(unknown):  # the same rows can be unknown to several figures
        yield Lacking(f"{goal.code}: {count} {what}. Vul aan.", goal.code, to_write=False)
