"""What each organisation counts for, settled again from its links."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from trekker.organisations.models import Organisation, Standing

BATCH = 1000  # SQLite takes a limited number of values in one query


class CountsInCircle(Exception):
    """An organisation would count for itself by way of others; ``names`` tells by which."""

    def __init__(self, names: list[str]) -> None:
        """Remember the names of the circle, in order."""
        super().__init__(" → ".join(names))
        self.names = names


class Link(NamedTuple):
    """What one organisation counts for: before ``merged_on`` one, from that day on another."""

    counts_as: int | None
    merged_into: int | None
    merged_on: date | None


@dataclass(frozen=True)
class Stretch:
    """One period in which an organisation counts for one and the same."""

    counted: int
    from_on: date
    until_on: date


def stretches(start: int, links: dict[int, Link]) -> list[Stretch]:
    """
    Give what an organisation counts for from ``date.min`` up to ``date.max``, without a gap.

    :raises RecursionError: if on some day the links lead back; ``args[0]`` is the path
    """
    found: list[Stretch] = []
    for stretch in _walk(start, links, date.min, date.max, ()):
        if found and found[-1].counted == stretch.counted:
            stretch = Stretch(stretch.counted, found.pop().from_on, stretch.until_on)  # noqa: PLW2901
        found.append(stretch)
    return found


def _walk(
    here: int, links: dict[int, Link], from_on: date, until_on: date, path: tuple[int, ...]
) -> Iterator[Stretch]:
    if here in path:
        raise RecursionError((*path, here))
    link = links[here]
    path = (*path, here)
    # A merger comes first: from its day on, what it counted for before no longer matters.
    turn = min(max(link.merged_on or date.max, from_on), until_on)
    if from_on < turn:
        if link.counts_as:
            yield from _walk(link.counts_as, links, from_on, turn, path)
        else:
            yield Stretch(here, from_on, turn)
    if turn < until_on and link.merged_into:
        yield from _walk(link.merged_into, links, turn, until_on, path)


@transaction.atomic
def settle_standings(*, organisations: Collection[Organisation] | None = None) -> int:
    """
    Write anew what organisations count for, with all that count by way of them; says how many changed.

    Without ``organisations`` it settles every one.

    :raises CountsInCircle: if an organisation would come to count for itself
    """
    links = _links(organisations)
    wanted = {}
    for pk in sorted(links.settle):  # so that the same circle is always named the same way
        try:
            wanted[pk] = [(s.counted, s.from_on, s.until_on) for s in stretches(pk, links.all)]
        except RecursionError as circle:
            names = Organisation.objects.in_bulk(circle.args[0])
            raise CountsInCircle([names[step].name for step in circle.args[0]]) from None
    known: dict[int, list[tuple[int, date, date]]] = {}
    standings = Standing.objects.order_by("from_on")
    for standing in standings if organisations is None else standings.filter(organisation__in=links.settle):
        row = (standing.counted_id, standing.from_on, standing.until_on)
        known.setdefault(standing.organisation_id, []).append(row)
    changed = [pk for pk, rows in wanted.items() if known.get(pk) != rows]
    for start in range(0, len(changed), BATCH):
        Standing.objects.filter(organisation__in=changed[start : start + BATCH]).delete()
    Standing.objects.bulk_create(
        [
            Standing(organisation_id=pk, counted_id=counted, from_on=from_on, until_on=until_on)
            for pk in changed
            for counted, from_on, until_on in wanted[pk]
        ],
        batch_size=BATCH,
    )
    return len(changed)


@dataclass(frozen=True)
class _Reach:
    """The organisations to settle, and the links of all they may count for."""

    settle: set[int]
    all: dict[int, Link]


def _link(organisation: Organisation) -> Link:
    return Link(organisation.counts_as_id, organisation.merged_into_id, organisation.merged_on)


def _links(organisations: Collection[Organisation] | None) -> _Reach:
    rows = Organisation.objects.only("pk", "counts_as", "merged_into", "merged_on")
    if organisations is None:
        links = {each.pk: _link(each) for each in rows}
        return _Reach(set(links), links)
    settle: set[int] = set()
    fresh = {organisation.pk for organisation in organisations}
    while fresh:
        settle |= fresh
        below = Organisation.objects.filter(Q(counts_as__in=fresh) | Q(merged_into__in=fresh))
        fresh = set(below.values_list("pk", flat=True)) - settle
    links = {}
    fresh = set(settle)
    while fresh:
        links |= {each.pk: _link(each) for each in rows.filter(pk__in=fresh)}
        ahead = {pk for link in links.values() for pk in (link.counts_as, link.merged_into) if pk}
        fresh = ahead - set(links)
    return _Reach(settle, links)
