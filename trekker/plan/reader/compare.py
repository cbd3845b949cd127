"""What a changed text changes: goals, actions and indicators kept, changed, added or dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from rapidfuzz import fuzz

from trekker.plan.reader.proposal import Action, Goal, Indicator, Proposal

Part = TypeVar("Part", Goal, Action, Indicator)
LIKE = 70.0
# The same code speaks for a goal, but not alone: its title must be somewhat alike.
SAME_CODE = 50.0


class Kind(StrEnum):
    """What became of a part of the plan."""

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One part of the plan before and after; ``old`` or ``new`` is absent where it came or went."""

    kind: Kind
    goal: str | None
    old: Goal | Action | Indicator | None
    new: Goal | Action | Indicator | None


def compare(old: Proposal, new: Proposal) -> list[Change]:
    """
    Say what is kept, changed, added and dropped; for the same text everything is kept.

    Parts are matched by their goal and the likeness of their words, goals by code and title, so
    that a goal that got another number is recognised.
    """
    goals = _paired(old.goals, new.goals, _goals_alike)
    renamed = {before.code: after.code for before, after in goals if before and after}
    changes = [_change(before, after, _goal_words) for before, after in goals]

    def alike(before: Action | Indicator, after: Action | Indicator) -> float:
        likeness = fuzz.ratio(_flat(before.text), _flat(after.text))
        return likeness + (5 if renamed.get(before.goal or "") == after.goal else 0)

    changes += [_change(*pair, _action_words) for pair in _paired(old.actions, new.actions, alike)]
    changes += [_change(*pair, _indicator_words) for pair in _paired(old.indicators, new.indicators, alike)]
    return changes


def _paired(
    old: Sequence[Part], new: Sequence[Part], likeness: Callable[[Part, Part], float]
) -> list[tuple[Part | None, Part | None]]:
    """Pair each part with the one most like it, best first; what stays alone came or went."""
    scored = sorted(
        ((likeness(before, after), i, j) for i, before in enumerate(old) for j, after in enumerate(new)),
        key=lambda each: (-each[0], abs(each[1] - each[2]), each[1]),
    )
    after_of: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in scored:
        if score >= LIKE and i not in after_of and j not in taken:
            after_of[i] = j
            taken.add(j)
    pairs: list[tuple[Part | None, Part | None]] = [
        (before, new[after_of[i]] if i in after_of else None) for i, before in enumerate(old)
    ]
    return pairs + [(None, after) for j, after in enumerate(new) if j not in taken]


def _goals_alike(before: Goal, after: Goal) -> float:
    return fuzz.ratio(_flat(before.title), _flat(after.title)) + (LIKE - SAME_CODE) * (
        before.code == after.code
    )


def _change(before: Part | None, after: Part | None, words: Callable[[Part], object]) -> Change:
    shown = after or before
    goal = getattr(shown, "goal", None) or getattr(shown, "code", None)
    if before is None or after is None:
        return Change(kind=Kind.DROPPED if before else Kind.ADDED, goal=goal, old=before, new=after)
    same = words(before) == words(after)
    return Change(kind=Kind.KEPT if same else Kind.CHANGED, goal=goal, old=before, new=after)


def _goal_words(goal: Goal) -> object:
    return goal.code, _flat(goal.title), goal.parent, goal.leads, goal.partners, _flat(goal.text)


def _action_words(action: Action) -> object:
    return action.goal, _flat(action.text), action.leads


def _indicator_words(indicator: Indicator) -> object:
    return indicator.goal, _flat(indicator.text), _lines(indicator), indicator.narrative


def _lines(indicator: Indicator) -> list[object]:
    return [
        (each.measure, dict(each.filters), each.comparator, each.target, each.unit)
        for each in indicator.lines
    ]


def _flat(text: str) -> str:
    return " ".join(text.lower().split())


def only_changes(changes: Iterable[Change]) -> list[Change]:
    """Leave out what is kept: empty when nothing changed."""
    return [change for change in changes if change.kind is not Kind.KEPT]
