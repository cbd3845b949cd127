"""
The year by size of organisation: the one figure that looks inside evaluations.

Why nothing can be subtracted from it. Shown are, besides this, only sums over whole evaluations; here
are sums over whole classes of size, of all evaluations of the year, that divide all who answered. Lay
them out as a table: a row for each evaluation, a column for each class. Whoever knows which cells
are empty can learn from sums of rows and columns only the people of some classes less those of some
evaluations that lie wholly in these (or the other way around): what remains are people of evaluations
that have people both in and outside these classes. So for each set of classes we count the people in
it who share an evaluation with people outside it, and show nothing unless that is zero or at least
five, every time. That holds for each class by itself, for all of them together, and for every
difference. A figure over a sum of several such differences is a sum of such numbers. Were the year
first narrowed to a theme, its classes could be laid beside these and subtracted: so that is never done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from trekker.feedback.models.evaluation import LEAST
from trekker.feedback.queries.results import Reading
from trekker.feedback.queries.results_counting import LARGE, MEDIUM, OTHER, SMALL, UNKNOWN, Sized
from trekker.feedback.queries.results_spread import Share

LABELS = {
    (SMALL,): "klein (minder dan 15.000 inwoners)",
    (MEDIUM,): "middelgroot (15.000 tot 35.000 inwoners)",
    (LARGE,): "groot (vanaf 35.000 inwoners)",
    (SMALL, MEDIUM): "klein en middelgroot (minder dan 35.000 inwoners)",
    (MEDIUM, LARGE): "middelgroot en groot (vanaf 15.000 inwoners)",
    (SMALL, MEDIUM, LARGE): "lokale besturen",
    (OTHER,): "andere organisatie",
    (UNKNOWN,): "niet gekend",
    (OTHER, UNKNOWN): "andere organisatie of niet gekend",
}
# From the finest division to the coarsest; only neighbours are taken together.
OF_SIZES = (
    ((SMALL,), (MEDIUM,), (LARGE,)),
    ((SMALL, MEDIUM), (LARGE,)),
    ((SMALL,), (MEDIUM, LARGE)),
    ((SMALL, MEDIUM, LARGE),),
)
OF_OTHERS = (((OTHER,), (UNKNOWN,)), ((OTHER, UNKNOWN),))
Row = Mapping[str, int]  # of one evaluation: how many people of each class


@dataclass(frozen=True)
class Size:
    """One class of organisations: how many of its people can use it."""

    label: str
    can_use: Share


@dataclass(frozen=True)
class Sizes:
    """The year by size of organisation; without rows the groups are too small to show."""

    rows: tuple[Size, ...]


def sizes(reading: Reading) -> Sizes | None:
    """Divide all who answered in a year by the size of their organisation; nothing where nobody knows any."""
    people: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    yes: dict[str, int] = defaultdict(int)
    for evaluation, size, is_yes, many in _counted(reading):
        people[evaluation][size] += many
        yes[size] += many * is_yes
    if not any(size != UNKNOWN for row in people.values() for size in row):
        return None
    division = divide(list(people.values()))
    totals = {size: sum(row.get(size, 0) for row in people.values()) for size in LABELS_OF_ONE}
    return Sizes(
        tuple(
            Size(LABELS[classes], Share(sum(yes[size] for size in classes), many))
            for classes in division
            if (many := sum(totals[size] for size in classes))
        )
    )


LABELS_OF_ONE = [classes[0] for classes in LABELS if len(classes) == 1]


def divide(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    """Give the finest division into classes that can be shown, of at least two with people; or none."""
    by_pattern: dict[frozenset[str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for size, many in row.items():
            by_pattern[frozenset(size for size, n in row.items() if n)][size] += many
    for others in OF_OTHERS:
        for own in OF_SIZES:
            division = (*own, *others)
            if _filled(division, by_pattern) > 1 and _is_safe(division, by_pattern):
                return division
    return ()


def _filled(division: Iterable[tuple[str, ...]], by_pattern: Mapping[frozenset[str], Row]) -> int:
    present = frozenset().union(*by_pattern)
    return sum(bool(present & set(classes)) for classes in division)


def _is_safe(division: Sequence[tuple[str, ...]], by_pattern: Mapping[frozenset[str], Row]) -> bool:
    """Tell whether no set of these classes leaves from one to four people once evaluations are subtracted."""
    for many in range(1, len(division)):
        for some in combinations(division, many):
            inside = {size for classes in some for size in classes}
            mixed = sum(
                n
                for pattern, row in by_pattern.items()
                if pattern & inside and pattern - inside
                for size, n in row.items()
                if size in inside
            )
            if 0 < mixed < LEAST:
                return False
    return True


def _counted(reading: Reading) -> Iterable[Sized]:
    """Give who said whether they can use it, of evaluations where at least five did."""
    shown = {line.evaluation.pk for line in reading.lines if line.can_use}
    return (each for each in reading.counts.sized if each.evaluation in shown)
