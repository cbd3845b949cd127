"""The reach as a map: the look of each municipality, the legend, and words for who cannot see it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from trekker.reports.formats import flanders
from trekker.reports.formats.flanders import BRUSSELS, DOTS, EMPTY, FULL, LEFT_OUT, STRIPES, Look, Shape
from trekker.reports.queries.reach import ANY, Government, Reach, Selection

NOT_REACHED = "niet bereikt"
BOTH = {
    (True, True): (FULL, "lid en nam deel"),
    (True, False): (STRIPES, "lid, nam niet deel"),
    (False, True): (DOTS, "nam deel, geen lid"),
    (False, False): (EMPTY, NOT_REACHED),
}


@dataclass(frozen=True)
class Entry:
    """One line of the legend: a look, what it means, and how many have it where that is counted."""

    look: Look
    label: str
    count: int | None

    @property
    def said(self) -> str:
        """The line in words: *3 niet bereikt*."""
        return self.label if self.count is None else f"{self.count} {self.label}"

    @property
    def swatch(self) -> SafeString:
        """A sample of the look, for a page that has the drawing."""
        return flanders.swatch(self.look)


@dataclass(frozen=True)
class ReachMap:
    """A reach as a drawing; ``shapes`` are its municipalities, ``legend`` explains their looks."""

    title: str
    description: str
    shapes: tuple[Shape, ...]
    legend: tuple[Entry, ...]

    @cached_property
    def drawing(self) -> SafeString:
        """The drawing for a page."""
        return flanders.drawing(self.shapes, title=self.title, description=self.description)

    @cached_property
    def file(self) -> str:
        """The drawing as an SVG file, for a document."""
        return flanders.standalone(self.shapes, title=self.title, description=self.description)

    @property
    def places(self) -> list[tuple[str, str]]:
        """What the drawing shows of each municipality, as (name, words)."""
        names = ((flanders.NAMES[shape.code], shape) for shape in self.shapes)
        return sorted((name, shape.words.removeprefix(f"{name}: ")) for name, shape in names)

    @property
    def attribution(self) -> str:
        """What must be printed under the map: whose borders they are."""
        return flanders.ATTRIBUTION


def reach_map(found: Reach) -> ReachMap:
    """Draw a reach; no query."""
    selection = found.selection
    standing = {each.pk: _look([each], selection) for each in found.governments}
    counts = Counter(look for look, _label in standing.values())
    labels = dict(_legend(selection))
    known = selection.chosen_way.counted
    legend = [Entry(look, label, counts[look] if known else None) for look, label in labels.items()]
    if found.elsewhere:
        legend.append(Entry(LEFT_OUT, "niet in deze keuze", len(found.elsewhere)))
    said = ", ".join(
        entry.label if entry.count is None else f"{entry.count} {entry.label}" for entry in legend
    )
    legend.append(Entry(BRUSSELS, "Brussel telt hier niet mee", None))
    return ReachMap(
        title=f"Bereik in {found.period.start.year}: {selection.sentence}",
        description=f"Kaart van Vlaanderen. Gemeenten: {said}. De tabel zegt hetzelfde in woorden.",
        shapes=tuple(_shapes(found)),
        legend=tuple(legend),
    )


def _legend(selection: Selection) -> list[tuple[Look, str]]:
    if not selection.chosen_way.counted:
        return [(LEFT_OUT, "nog geen register")]
    if selection.way == ANY:
        return list(BOTH.values())
    return [(FULL, "bereikt"), (EMPTY, NOT_REACHED)]


def _look(these: Sequence[Government], selection: Selection) -> tuple[Look, str]:
    """Give the look of what lies in one place, with its words."""
    if not selection.chosen_way.counted:
        return LEFT_OUT, "nog geen register"
    if selection.way == ANY:
        return BOTH[any(each.is_member for each in these), any(each.took_part for each in these)]
    return (FULL, "bereikt") if any(map(selection.reached, these)) else (EMPTY, NOT_REACHED)


def _shapes(found: Reach) -> list[Shape]:
    """Give each municipality of the map one shape, whatever merged in it or into it."""
    places: dict[str, list[Government]] = defaultdict(list)
    for each in found.governments:
        for code in each.shapes:
            places[code].append(each)
    shapes = []
    for code, name in flanders.NAMES.items():
        look, words = LEFT_OUT, "niet in deze keuze"
        if these := places.get(code):
            look, words = _look(these, found.selection)
        shapes.append(Shape(code, look, f"{name}: {words}"))
    return shapes
