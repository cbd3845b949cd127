"""A version beside its text: which node owns each line, and what still asks for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from trekker.kernel.measures import Filters, InvalidFilters, Labels, Measure, catalogue
from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Passage, PlanVersion, Remark
from trekker.plan.reader import Proposal, read


@dataclass(frozen=True)
class TextLine:
    """One line of the text with the node that owns it."""

    number: int
    text: str
    owner: str = ""
    kind: str = ""
    starts: bool = False


@dataclass(frozen=True)
class Review:
    """Everything the review screen shows of a version."""

    lines: tuple[TextLine, ...]
    goals: tuple[Goal, ...]
    remarks: tuple[Remark, ...]
    loose: tuple[Passage, ...]

    @property
    def open_remarks(self) -> list[Remark]:
        """The remarks that nobody looked at yet."""
        return [remark for remark in self.remarks if not remark.is_settled]

    @property
    def indicators(self) -> list[Indicator]:
        """Every indicator, in the order of the goals."""
        return [indicator for goal in self.goals for indicator in goal.indicators.all()]

    @property
    def unset(self) -> list[Indicator]:
        """The indicators that cannot be measured as they stand."""
        return [each for each in self.indicators if not each.is_narrative and not _is_set(each)]

    @property
    def targets(self) -> int:
        """How many targets were read."""
        return sum(line.target is not None for each in self.indicators for line in each.lines.all())


def _is_set(indicator: Indicator) -> bool:
    lines = indicator.lines.all()
    return bool(lines) and all(line.declared for line in lines)


def review(version: PlanVersion) -> Review:
    """Give a version with each line of its text tied to the one node that owns it."""
    goals = tuple(
        version.goals.order_by("position", "pk").prefetch_related(
            "leads",
            Prefetch("actions", Action.objects.order_by("position", "pk").prefetch_related("leads")),
            Prefetch(
                "indicators",
                Indicator.objects.order_by("position", "pk").prefetch_related(
                    Prefetch("lines", IndicatorLine.objects.order_by("position", "pk"))
                ),
            ),
            "moments",
        )
    )
    labels = Labels()
    for goal in goals:
        for indicator in goal.indicators.all():
            for line in indicator.lines.all():
                line.labels = labels
    passages = tuple(version.passages.order_by("position", "pk"))
    owners = _owners(goals, passages)
    lines, before = [], ""
    for number, text in enumerate(version.source, start=1):
        owner, kind = owners.get(number, ("", ""))
        lines.append(TextLine(number, text, owner, kind, starts=owner != before))
        before = owner
    loose = tuple(passage for passage in passages if passage.kind == "loose" and passage.text.strip())
    return Review(tuple(lines), goals, tuple(version.remarks.order_by("pk")), loose)


def _owners(goals: Sequence[Goal], passages: Sequence[Passage]) -> dict[int, tuple[str, str]]:
    owners: dict[int, tuple[str, str]] = {}
    for passage in passages:
        owners |= dict.fromkeys(passage.source_lines, (f"passage-{passage.pk}", passage.kind))
    for goal in goals:
        owners |= dict.fromkeys(goal.source_lines, (f"goal-{goal.pk}", "goal"))
        for action in goal.actions.all():
            owners |= dict.fromkeys(action.source_lines, (f"action-{action.pk}", "action"))
        for indicator in goal.indicators.all():
            owners |= dict.fromkeys(indicator.source_lines, (f"indicator-{indicator.pk}", "indicator"))
    return owners


def text_of(version: PlanVersion, numbers: object) -> list[TextLine]:
    """Give the lines with these numbers, with two lines around them; other values give none."""
    wanted = {number for number in numbers if isinstance(number, int)} if isinstance(numbers, list) else set()
    near = {each for number in wanted for each in range(number - 2, number + 3)}
    return [
        TextLine(number, text, kind="mine" if number in wanted else "")
        for number, text in enumerate(version.source, start=1)
        if number in near
    ]


def read_again(version: PlanVersion) -> Proposal:
    """Read the kept text of a version anew; the same text gives the same proposal."""
    return read(version.source, measures=catalogue, owner=version.plan.owner or None, year=version.year)


@dataclass(frozen=True)
class Trial:
    """What a line would count, before it is kept."""

    sentence: str
    value: Decimal | None = None
    rows: QuerySet | None = None
    day: date | None = None
    unknown: tuple[str, ...] = ()


def trial(measure: Measure, filters: Filters, version: PlanVersion, today: date) -> Trial:
    """Count a measure with these filters today, within the version's year, without keeping it."""
    try:
        measure.check(filters)
        sentence = measure.sentence(filters)
    except InvalidFilters as error:
        return Trial(str(error))
    if not measure.has_register:
        return Trial(sentence)
    period = version.period.until(today)
    counts = [
        (unknown, measure.unknown_rows(unknown, period, filters).count()) for unknown in measure.unknowns
    ]
    return Trial(
        sentence,
        value=measure.value(period, filters),
        rows=measure.rows(period, filters).order_by("pk"),
        day=period.last_day,
        unknown=tuple(f"{count} {unknown.unit.of(count)}" for unknown, count in counts if count),
    )
