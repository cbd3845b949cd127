"""
Which local governments the programme reached, by way, kind of activity, province and size.

The figures are those of the measures: ``members.organisations`` and ``participations.organisations``,
of local governments, with the region, province, size and kind that are asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from trekker.events.models import Event
from trekker.events.queries import reached
from trekker.kernel.measures import Filters, catalogue
from trekker.kernel.periods import Period
from trekker.network.queries import with_a_member
from trekker.organisations.models import Organisation, Standing
from trekker.organisations.queries import SIZES, Size, kinds, size_of
from trekker.reports.formats import flanders

TRAINING = str(Event.Kind.TRAINING)
LOCAL_GOVERNMENT = "local_government"
UNKNOWN = "niet bekend"
FLANDERS = str(Organisation.Region.FLANDERS)


@dataclass(frozen=True)
class Government:
    """
    One local government as it was on the day, with how it was reached.

    ``shapes`` are its places on the map, by NIS code; there are none for one outside Flanders.
    It ``took_part`` in an activity of the kind that is asked, or of any.
    """

    pk: int
    name: str
    province: str
    region: str
    population: int | None
    shapes: tuple[str, ...]
    is_member: bool
    took_part: bool
    is_trained: bool

    @property
    def size(self) -> Size | None:
        """The class of its number of inhabitants, where we know that."""
        return size_of(self.population)


@dataclass(frozen=True)
class Way:
    """A way to reach a local government; one that is not ``counted`` has no register yet."""

    code: str
    label: str
    counted: bool = True
    by_kind: bool = False


ANY, MEMBER, TOOK_PART, TRAINED = "", "member", "took_part", "trained"
WAYS = (
    Way(ANY, "Lid of nam deel", by_kind=True),
    Way(MEMBER, "Is lid van het netwerk"),
    Way(TOOK_PART, "Nam deel aan een activiteit", by_kind=True),
    Way(TRAINED, "Volgde een opleiding"),
    Way("tool", "Gebruikte een tool", counted=False),
    Way("advice", "Kreeg advies", counted=False),
    Way("trajectory", "Zit in een traject", counted=False),
)


@dataclass(frozen=True)
class Selection:
    """What is asked of the reach; an empty value asks nothing."""

    way: str = ANY
    kind: str = ""
    province: str = ""
    size: str = ""

    @property
    def chosen_way(self) -> Way:
        """The way that is asked."""
        return next(way for way in WAYS if way.code == self.way)

    def holds(self, government: Government) -> bool:
        """Tell whether a local government lies in what is asked."""
        size = government.size
        return (not self.province or government.province == self.province) and (
            not self.size or (size is not None and size.code == self.size)
        )

    def reached(self, government: Government) -> bool:
        """Tell whether a local government was reached in the way that is asked."""
        match self.way:
            case "member":
                return government.is_member
            case "took_part":
                return government.took_part
            case "trained":
                return government.is_trained
        return government.is_member or government.took_part

    @property
    def asked_kind(self) -> str:
        """The kind of activity, where the way asks for one."""
        return self.kind if self.chosen_way.by_kind else ""

    @property
    def sentence(self) -> str:
        """What is asked, in words: *nam deel aan een activiteit, intervisie, Limburg*."""
        kind = dict(Event.Kind.choices).get(self.asked_kind, "")
        size = next((size.label for size in SIZES if size.code == self.size), "")
        return ", ".join(filter(None, [self.chosen_way.label.lower(), str(kind), self.province, size]))

    @property
    def filters(self) -> Filters:
        """What a measure is asked for the same organisations of Flanders."""
        asked = {
            "organisation_kind": LOCAL_GOVERNMENT,
            "organisation_region": FLANDERS,
            "province": self.province,
            "size": self.size,
        }
        return {code: [value] for code, value in asked.items() if value}


@dataclass(frozen=True)
class Count:
    """How many of how many were reached; ``reached`` is not known where there is no register yet."""

    label: str
    reached: int | None
    of: int
    kind: str = ""
    members: int = 0
    took_part: int = 0

    @property
    def percentage(self) -> float:
        """What part was reached, in percent."""
        return 100 * self.reached / self.of if self.reached and self.of else 0.0


@dataclass(frozen=True)
class Reach:
    """
    The local governments of Flanders on the last day of a period, and how they were reached.

    ``governments`` are those in the selection, by name; ``elsewhere`` are those outside it, which
    a map shows without a figure; ``beyond`` are those outside Flanders that were reached in any way.
    ``standings`` gives what each organisation counts for, by id.
    """

    period: Period
    selection: Selection
    governments: tuple[Government, ...]
    elsewhere: tuple[Government, ...] = ()
    beyond: tuple[Government, ...] = ()
    standings: Mapping[int, int] = field(default_factory=dict, repr=False)

    @property
    def has_register(self) -> bool:
        """Whether the way that is asked can be counted."""
        return self.selection.chosen_way.counted

    @cached_property
    def reached(self) -> tuple[Government, ...]:
        """Those that were reached in the way that is asked."""
        return tuple(filter(self.selection.reached, self.governments))

    @cached_property
    def unreached(self) -> tuple[Government, ...]:
        """Those that were not; nobody where there is no register yet."""
        if not self.has_register:
            return ()
        return tuple(each for each in self.governments if not self.selection.reached(each))

    @cached_property
    def unreached_by_province(self) -> tuple[tuple[str, tuple[Government, ...]], ...]:
        """Those that were not reached, per province."""
        names = sorted({each.province for each in self.unreached})
        return tuple(
            (name or UNKNOWN, tuple(each for each in self.unreached if each.province == name))
            for name in names
        )

    @cached_property
    def outside(self) -> tuple[Government, ...]:
        """Those outside Flanders that were reached in the way that is asked."""
        return tuple(filter(self.selection.reached, self.beyond)) if self.has_register else ()

    @cached_property
    def ways(self) -> tuple[Count, ...]:
        """How many were reached in each way, whatever way is asked; of the asked kind of activity."""
        found = []
        for way in WAYS:
            asked = Selection(way.code)
            count = sum(map(asked.reached, self.governments)) if way.counted else None
            found.append(Count(way.label, count, len(self.governments)))
        return tuple(found)

    @cached_property
    def provinces(self) -> tuple[Count, ...]:
        """The reach of each province."""
        return self._split(lambda each: each.province or UNKNOWN)

    @cached_property
    def sizes(self) -> tuple[Count, ...]:
        """The reach of each class of size, the smallest first."""
        order = [*(size.label for size in SIZES), "niet bekend"]
        found = {
            count.label: count
            for count in self._split(lambda each: each.size.label if each.size else order[-1])
        }
        return tuple(found[label] for label in order if label in found)

    def _split(self, part: Callable[[Government], str]) -> tuple[Count, ...]:
        parts: dict[str, list[Government]] = defaultdict(list)
        for each in self.governments:
            parts[part(each)].append(each)
        return tuple(
            Count(
                label,
                sum(map(self.selection.reached, these)) if self.has_register else None,
                len(these),
                members=sum(each.is_member for each in these),
                took_part=sum(each.took_part for each in these),
            )
            for label, these in sorted(parts.items())
        )


def reach(period: Period, selection: Selection | None = None) -> Reach:
    """
    Give the reach of a period; in the year under way, ask it up to today.

    An organisation counts for what it stands for on the last day. Seven queries, and one more where
    something else than a municipality of the day was reached.
    """
    selection = selection or Selection()
    day = period.last_day
    standings = dict(Standing.objects.on(day).values_list("organisation", "counted"))

    def counted(organisations: QuerySet[Organisation]) -> set[int]:
        return {standings.get(pk, pk) for pk in organisations.values_list("pk", flat=True)}

    members = counted(with_a_member(day))
    took_part = counted(reached.took_part(period, selection.asked_kind))
    trained = took_part
    if selection.asked_kind != TRAINING:
        trained = counted(reached.took_part(period, TRAINING))
    anyhow = members | took_part | trained
    rows = _rows(period, anyhow, standings)
    shapes = _shapes(rows, standings)
    found = [
        Government(
            pk=row["pk"],
            name=row["name"],
            province=row["province"],
            region=row["region"],
            population=row["population"],
            shapes=tuple(shapes[row["pk"]]),
            is_member=row["pk"] in members,
            took_part=row["pk"] in took_part,
            is_trained=row["pk"] in trained,
        )
        for row in rows
    ]
    flemish = [each for each in found if each.region == FLANDERS]
    return Reach(
        period=period,
        selection=selection,
        governments=tuple(filter(selection.holds, flemish)),
        elsewhere=tuple(each for each in flemish if not selection.holds(each)),
        beyond=tuple(
            each for each in found if each.region != FLANDERS and each.pk in anyhow and selection.holds(each)
        ),
        standings=standings,
    )


def by_kind(found: Reach) -> tuple[Count, ...]:
    """Give how many of these local governments took part in each kind of activity; one query."""
    kinds_of: dict[int, set[str]] = defaultdict(set)
    for organisation, attended in reached.kinds_attended(found.period).items():
        kinds_of[found.standings.get(organisation, organisation)] |= attended
    of = len(found.governments)
    return tuple(
        Count(str(label), sum(kind in kinds_of[each.pk] for each in found.governments), of, kind)
        for kind, label in Event.Kind.choices
    )


@dataclass(frozen=True)
class Gap:
    """What could still raise the reach once someone completes it: how many, and what they are."""

    count: int
    label: str


def unknowns(found: Reach) -> list[Gap]:
    """
    Give what is not known yet of taking part; a query for each kind of unknown.

    Members without an organisation are no part of it: their number stands with the measure.
    """
    selection = found.selection
    if selection.way not in {ANY, TOOK_PART, TRAINED}:
        return []
    kind = TRAINING if selection.way == TRAINED else selection.asked_kind
    filters = {**({"kind": [kind]} if kind else {}), "status": ["attended"]}
    measure = catalogue["participations.organisations"]
    return [
        Gap(count, each.unit.of(count))
        for each in measure.unknowns
        if (count := measure.unknown_rows(each, found.period, filters).count())
    ]


def _rows(period: Period, reached: Iterable[int], standings: Mapping[int, int]) -> list[dict[str, Any]]:
    """Give the municipalities of the day, and any other local government that was reached, by name."""
    facts = ("pk", "name", "kind", "province", "region", "population", "nis_code", "merged_into")
    of_the_day = Organisation.objects.active_on(period.last_day).filter(kind=Organisation.Kind.MUNICIPALITY)
    rows = {row["pk"]: row for row in of_the_day.values(*facts) if standings.get(row["pk"]) == row["pk"]}
    if others := set(reached) - set(rows):
        more = Organisation.objects.filter(pk__in=others, kind__in=kinds([LOCAL_GOVERNMENT]))
        rows |= {row["pk"]: row for row in more.values(*facts)}
    return sorted(rows.values(), key=lambda row: row["name"].casefold())


def _shapes(rows: Sequence[Mapping[str, Any]], standings: Mapping[int, int]) -> dict[int, list[str]]:
    """
    Give each government its places on the map, by NIS code.

    They are its own, with those of municipalities that merged into it since the map was drawn. One that
    the map no longer knows lies in the municipality it merged into later.
    """
    merged = Organisation.objects.exclude(merged_into=None)
    links = list(merged.values_list("pk", "nis_code", "merged_into", "merged_into__nis_code"))
    into = {gone: (new, code) for gone, _own, new, code in links if new}
    shapes = {row["pk"]: [row["nis_code"]] for row in rows}
    for gone, code, _new, _code in links:
        if (government := standings.get(gone, gone)) != gone and government in shapes:
            shapes[government].append(code)
    drawn = {pk: [code for code in codes if code in flanders.NAMES] for pk, codes in shapes.items()}
    return {pk: codes or _later(pk, into) for pk, codes in drawn.items()}


def _later(government: int, into: Mapping[int, tuple[int, str]]) -> list[str]:
    """Give the place of the first on the map that one merged into, or that merged again later."""
    here, passed = government, set()
    while here in into and here not in passed:
        passed.add(here)
        here, code = into[here]
        if code in flanders.NAMES:
            return [code]
    return []
