"""Two versions of the plan beside each other: what was added, dropped and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from django.utils.formats import date_format

from trekker.kernel.measures import Labels
from trekker.plan.forecast.words import written
from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Lead, Moment, PlanVersion
from trekker.plan.queries.lineage import Together, links_of, together
from trekker.plan.queries.marks import Run, marked
from trekker.plan.queries.sides import Side, sides

Node: TypeAlias = Goal | Action | Indicator | Moment
TARGET = "Streefwaarde"


class Kind(StrEnum):
    """What became of a part of the plan."""

    ADDED = "nieuw"
    CHANGED = "gewijzigd"
    DROPPED = "geschrapt"

    @property
    def tone(self) -> str:
        """The mark beside the word."""
        return {"nieuw": "good", "gewijzigd": "heed", "geschrapt": "wrong"}[self.value]


class What(StrEnum):
    """What kind of part it is."""

    GOAL = "doelstelling"
    INDICATOR = "belofte"
    ACTION = "actie"
    MOMENT = "moment"

    @property
    def many(self) -> str:
        """The word for several."""
        return {"doelstelling": "doelstellingen", "belofte": "beloften", "actie": "acties"}.get(
            self.value, "momenten"
        )


@dataclass(frozen=True)
class Field:
    """One thing that a part says otherwise: before and after, either may be empty; a figure has its unit."""

    label: str
    before: str
    after: str
    unit: str = ""

    @property
    def is_target(self) -> bool:
        """Whether it is a figure that is promised."""
        return self.label == TARGET

    @cached_property
    def runs(self) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
        """Both texts with the words that differ."""
        return marked(self.before, self.after)


@dataclass(frozen=True)
class Change:
    """
    One part of the plan that came, went, or says otherwise.

    ``before`` and ``after`` are mostly one part each; more where promises were split or joined.
    """

    what: What
    kind: Kind
    before: tuple[Node, ...]
    after: tuple[Node, ...]
    fields: tuple[Field, ...] = ()

    @property
    def titles(self) -> list[str]:
        """The words of the part as they are now, or as they were where it is gone."""
        return [_title(node) for node in self.after or self.before]

    @property
    def says_itself(self) -> bool:
        """Whether its words are among what changes, so that a heading would say them twice."""
        return any(field.label in ("Tekst", "Titel") for field in self.fields)

    @property
    def is_regrouped(self) -> bool:
        """Whether parts were split or joined."""
        return len(self.before) > 1 or len(self.after) > 1

    @property
    def targets(self) -> list[Field]:
        """The figures promised that came, went or changed."""
        return [field for field in self.fields if field.is_target]

    @property
    def others(self) -> list[Field]:
        """All else that it says otherwise."""
        return [field for field in self.fields if not field.is_target]

    @property
    def names_before(self) -> list[str]:
        """The words of what was there before."""
        return [_title(node) for node in self.before]


@dataclass(frozen=True)
class Section:
    """What changed in one goal; it stands in the version after, or only in the one before."""

    goal: Goal
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Diff:
    """All that differs between two versions, goal by goal."""

    before: PlanVersion
    after: PlanVersion
    sections: tuple[Section, ...]

    @property
    def changes(self) -> list[Change]:
        """Every change once, in the order of the plan."""
        return [change for section in self.sections for change in section.changes]

    @property
    def targets(self) -> int:
        """How many promised figures differ."""
        return sum(len(change.targets) for change in self.changes)

    @property
    def counts(self) -> list[tuple[What, list[int]]]:
        """How many parts of each sort were added, changed and dropped."""
        found = Counter((change.what, change.kind) for change in self.changes)
        return [(what, [found[what, kind] for kind in Kind]) for what in What]

    def only(self, *, kind: str = "", what: str = "") -> Diff:
        """Narrow to one kind, or to ``streefwaarde``, and to one sort of part; other words narrow nothing."""

        def wanted(change: Change) -> bool:
            fits = bool(change.targets) if kind == TARGET.lower() else kind in ("", str(change.kind))
            return fits and what in ("", str(change.what))

        kept = (
            replace(each, changes=tuple(filter(wanted, each.changes)))
            for each in self.sections
            if any(map(wanted, each.changes))
        )
        return replace(self, sections=tuple(kept))


def diff(before: PlanVersion, after: PlanVersion) -> Diff:
    """Lay two versions beside each other: twelve questions, and those for the names in filters."""
    loaded = sides([before, after])
    return compare(loaded[before.pk], loaded[after.pk], links())


Lineage: TypeAlias = Mapping[type, Mapping[int, Sequence[int]]]


def links() -> Lineage:
    """Give what every part of every version came in the place of: five questions."""
    return {kind: links_of(kind) for kind in (Goal, Action, Indicator, IndicatorLine, Moment)}


def compare(before: Side, after: Side, lineage: Lineage, labels: Labels | None = None) -> Diff:
    """Lay two loaded versions beside each other."""
    return _Compared(before, after, lineage, labels or Labels()).diff()


class _Compared:
    """Two versions while they are compared."""

    def __init__(self, before: Side, after: Side, lineage: Lineage, labels: Labels) -> None:
        """Bring the goals together first: whether a part moved depends on it."""
        self.before, self.after, self.lineage, self.labels = before, after, lineage, labels
        self.goals = together(before.goals, after.goals, lineage[Goal])
        self.group_of = {
            (side, goal.pk): place
            for place, group in enumerate(self.goals)
            for side, goals in enumerate((group.before, group.after))
            for goal in goals
        }
        self.lines = together(before.lines(), after.lines(), lineage[IndicatorLine])

    def diff(self) -> Diff:
        """Say what differs."""
        groups: list[tuple[What, Together[Any], Callable[[Any, Any], Iterable[Field]]]] = [
            *((What.GOAL, each, self._goal_fields) for each in self.goals),
            *((What.INDICATOR, each, self._indicator_fields) for each in self._of(Indicator)),
            *((What.ACTION, each, self._action_fields) for each in self._of(Action)),
            *((What.MOMENT, each, self._moment_fields) for each in self._of(Moment)),
        ]
        found: dict[int, list[Change]] = {}
        for what, group, fields in groups:
            if change := self._change(what, group, fields):
                found.setdefault(self._place(change), []).append(change)
        order = [*self.after.goals, *self.before.goals]
        places = dict.fromkeys(
            self.group_of[int(goal.version_id != self.before.version.pk), goal.pk] for goal in order
        )
        heads = {place: (self.goals[place].after or self.goals[place].before)[0] for place in places}
        kept = sorted(
            (place for place in places if place in found),
            key=lambda place: (heads[place].position, heads[place].code),
        )
        sections = tuple(Section(heads[place], tuple(found[place])) for place in kept)
        return Diff(self.before.version, self.after.version, sections)

    def _of(self, model: type[Any]) -> list[Together[Any]]:
        parts = {Indicator: Side.indicators, Action: Side.actions, Moment: Side.moments}[model]
        return together(parts(self.before), parts(self.after), self.lineage[model])

    def _place(self, change: Change) -> int:
        """Give the group of goals under which a change is told: where it is now, or where it was."""
        side, node = (1, change.after[0]) if change.after else (0, change.before[0])
        return self.group_of[side, node.pk if isinstance(node, Goal) else node.goal_id]

    def _change(
        self, what: What, group: Together[Any], fields: Callable[[Any, Any], Iterable[Field]]
    ) -> Change | None:
        if not group.before or not group.after:
            kind = Kind.DROPPED if group.before else Kind.ADDED
            return Change(what, kind, group.before, group.after, tuple(self._whole(group)))
        if group.pair is None:
            told = self._target_fields(group.before, group.after) if what is What.INDICATOR else ()
            return Change(what, Kind.CHANGED, group.before, group.after, tuple(told))
        found = tuple(fields(*group.pair))
        return Change(what, Kind.CHANGED, group.before, group.after, found) if found else None

    def _whole(self, group: Together[Any]) -> Iterable[Field]:
        """Give the targets that come or go with a promise."""
        if isinstance((group.before or group.after)[0], Indicator):
            yield from self._target_fields(group.before, group.after)

    def _differing(self, *pairs: tuple[str, str, str]) -> Iterator[Field]:
        for label, old, new in pairs:
            if _flat(old) != _flat(new):
                yield Field(label, old, new)

    def _moved(self, old: Goal | None, new: Goal | None, label: str) -> Iterator[Field]:
        if (old and self.group_of[0, old.pk]) != (new and self.group_of[1, new.pk]):
            yield Field(label, old.code if old else "–", new.code if new else "–")

    def _goal_fields(self, old: Goal, new: Goal) -> Iterator[Field]:
        yield from self._differing(
            ("Code", old.code, new.code),
            ("Titel", old.title, new.title),
            ("Niveau", old.get_level_display(), new.get_level_display()),
            *_leads(old, new),
            ("Toelichting", old.text, new.text),
        )
        parents = (
            self.before.by_number.get(old.parent_id or 0),
            self.after.by_number.get(new.parent_id or 0),
        )
        yield from self._moved(*parents, "Hoort bij")

    def _action_fields(self, old: Action, new: Action) -> Iterator[Field]:
        yield from self._differing(("Tekst", old.text, new.text), *_leads(old, new))
        yield from self._moved(old.goal, new.goal, "Doelstelling")

    def _moment_fields(self, old: Moment, new: Moment) -> Iterator[Field]:
        yield from self._differing(("Tekst", old.text, new.text), ("Wanneer", _when(old), _when(new)))
        yield from self._moved(old.goal, new.goal, "Doelstelling")

    def _indicator_fields(self, old: Indicator, new: Indicator) -> Iterator[Field]:
        yield from self._differing(
            ("Tekst", old.text, new.text),
            ("Vraagt een beschrijving", _asked(old), _asked(new)),
            ("Voorwaarde", old.condition, new.condition),
            ("Telregel", old.counting_note, new.counting_note),
        )
        yield from self._target_fields((old,), (new,))
        yield from self._moved(old.goal, new.goal, "Doelstelling")

    def _target_fields(self, old: Sequence[Indicator], new: Sequence[Indicator]) -> Iterator[Field]:
        """Say which lines came, went, or promise or measure otherwise."""
        mine = {line.pk for each in old for line in each.lines.all()}
        theirs = {line.pk for each in new for line in each.lines.all()}
        for group in self.lines:
            before = [line for line in group.before if line.pk in mine]
            after = [line for line in group.after if line.pk in theirs]
            if len(before) == len(after) == 1:
                yield from self._line_fields(before[0], after[0])
                continue
            yield from (Field(TARGET, promised(line) or self._measured(line), "") for line in before)
            yield from (Field(TARGET, "", promised(line) or self._measured(line)) for line in after)

    def _line_fields(self, old: IndicatorLine, new: IndicatorLine) -> Iterator[Field]:
        if (old.comparator, old.target) != (new.comparator, new.target):
            unit = new.unit if old.unit == new.unit else ""
            was, becomes = (promised(each, unit=not unit) or "geen" for each in (old, new))
            yield Field(TARGET, was, becomes, unit)
        if (old.measure, old.filters) != (new.measure, new.filters):
            yield Field("Meetwijze", self._measured(old), self._measured(new))
        if old.unit != new.unit:
            yield Field("Eenheid", old.unit, new.unit)

    def _measured(self, line: IndicatorLine) -> str:
        measure = line.declared
        return measure.sentence(line.filters, self.labels) if measure else "nog niet gekozen"


def promised(line: IndicatorLine, *, unit: bool = True) -> str:
    """Say what a line promises: «3 trajecten», «hoogstens 5»; nothing without a target."""
    if line.target is None:
        return ""
    how = "" if line.comparator == ">=" else f"{line.get_comparator_display()} "
    return f"{how}{written(line.target)} {line.target_unit if unit else ''}".strip()


def _title(node: Node) -> str:
    return node.title if isinstance(node, Goal) else node.text


def _asked(indicator: Indicator) -> str:
    return "ja" if indicator.is_narrative else "nee"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _leads(old: Goal | Action, new: Goal | Action) -> Iterator[tuple[str, str, str]]:
    for label, role in (("Trekkers", Lead.Role.LEAD), ("Ondersteund door", Lead.Role.SUPPORT)):
        before, after = (
            ", ".join(sorted(lead.party for lead in node.leads.all() if lead.role == role))
            for node in (old, new)
        )
        yield label, before, after


def _when(moment: Moment) -> str:
    if moment.times:
        return f"{moment.times} keer per jaar"
    days = dict.fromkeys(day for day in (moment.start, moment.end) if day)
    return " tot ".join(date_format(day, "j F Y") for day in days)
