"""Which parts of two versions are the same promise: by what they came in the place of, never by a code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Generic, TypeVar

from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Moment

Part = TypeVar("Part", Goal, Action, Indicator, IndicatorLine, Moment)
# From the number of each part to the numbers of what it came in the place of.
Links = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Together(Generic[Part]):
    """
    Parts of one version, and the parts of another that they go on in.

    Mostly one and one. One side is empty where something came or went; both may be more where promises were
    split or joined.
    """

    before: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()

    @property
    def pair(self) -> tuple[Part, Part] | None:
        """The one before and the one after, where it is one and one."""
        return (self.before[0], self.after[0]) if len(self.before) == len(self.after) == 1 else None


def links_of(model: type[Any]) -> Links:
    """Give what every part of one kind came in the place of: one question for all versions."""
    field = model._meta.get_field("supersedes")
    names = field.m2m_column_name(), field.m2m_reverse_name()
    found: dict[int, list[int]] = defaultdict(list)
    for heir, origin in model.supersedes.through.objects.values_list(*names):
        found[heir].append(origin)
    return found


def origins(links: Links, part: int) -> dict[int, int]:
    """Give a part and all it came from, each with how many versions back; 0 for itself."""
    found, reached, steps = {part: 0}, [part], 0
    while reached:
        steps += 1
        further = {origin for each in reached for origin in links.get(each, ()) if origin not in found}
        found |= dict.fromkeys(further, steps)
        reached = list(further)
    return found


def together(before: Iterable[Part], after: Iterable[Part], links: Links) -> list[Together[Part]]:
    """
    Bring parts of two versions together that go back to the same part, in the order given.

    Each goes with its nearest relatives only. So the halves of a promise that was split stay apart in all
    later versions. It is the same both ways round, also for two copies of one version.
    """
    old, new = {each.pk: each for each in before}, {each.pk: each for each in after}
    related = _nearest(_distances(links, old, new))
    groups: list[Together[Part]] = []
    seen: set[int] = set()
    for pk, part in old.items():
        if pk in seen:
            continue
        mine, theirs = _reach(pk, related)
        seen |= mine
        groups.append(
            Together(
                tuple(old[each] for each in old if each in mine),
                tuple(new[each] for each in new if each in theirs),
            )
            if theirs
            else Together((part,))
        )
    found = {each.pk for group in groups for each in group.after}
    return groups + [Together((), (part,)) for pk, part in new.items() if pk not in found]


def _distances(links: Links, old: Iterable[int], new: Iterable[int]) -> dict[tuple[int, int], int]:
    """Give how far each two related parts are from each other, over what both came from."""
    heirs: dict[int, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = defaultdict(lambda: ([], []))
    for side, parts in enumerate((old, new)):
        for part in parts:
            for origin, steps in origins(links, part).items():
                heirs[origin][side].append((part, steps))
    far: dict[tuple[int, int], int] = {}
    for before, after in heirs.values():
        for (one, up), (other, down) in product(before, after):
            far[one, other] = min(up + down, far.get((one, other), up + down))
    return far


def _nearest(far: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """Keep the pairs that are nearest to each other for both."""
    best: tuple[dict[int, int], dict[int, int]] = {}, {}
    for pair, steps in far.items():
        for side, part in enumerate(pair):
            best[side][part] = min(steps, best[side].get(part, steps))
    return [pair for pair, steps in far.items() if best[0][pair[0]] == steps == best[1][pair[1]]]


def _reach(part: int, related: Sequence[tuple[int, int]]) -> tuple[set[int], set[int]]:
    """Give all that hangs together with a part of the first version, on both sides."""
    mine, theirs = {part}, set[int]()
    while True:
        more = {new for old, new in related if old in mine} - theirs
        theirs |= more
        back = {old for old, new in related if new in theirs} - mine
        mine |= back
        if not (more or back):
            return mine, theirs
