"""
What a report may say to anyone: nothing of fewer than five people, also not by subtraction.

Figures that count people are rounded down to whole steps: of five people, or of what five people bring. All
that is said of them besides, such as the state or the way there, follows from the rounded figure alone. So
two registers that differ within a step give the same page to the byte, and every difference of two published
figures is nothing or a whole step. See decision 0013.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from trekker.kernel.measures import Measure, Subject, catalogue
from trekker.reports.contents import Contents, GoalContents, Line, Part, Promise
from trekker.reports.formats.rounding import FIVE, MEETS, Rounded, Rounding, rounded
from trekker.ui import charts

Number = int | float
# The words of a state whose target lies within the step of the rounded figure.
NEAR = ("near", "rond het doel")
UNKNOWN = "niet gekend"
WITHHELD = ("withheld", "niet op de website")
# The ways to be reached that the map tells apart; where a report has others, it is not shown.
ON_THE_MAP = ("Is lid van het netwerk", "Nam deel aan een activiteit")
TONES = {"reached": "good", "missed": "wrong"}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """
    One figure as anyone may read it.

    ``value`` is exact for what counts no people, rounded down for what does; ``is_least`` says so. ``share``
    is the part of the target in percents. ``label`` names the measure, ``goal_words`` the whole target.
    """

    label: str
    about: str
    definition: str
    said: str
    value: Number | None
    is_least: bool
    unit: str
    goal_words: str
    target: Number | None
    state: tuple[str, str]
    tone: str
    share: int | None
    may_rise: bool
    trend: tuple[tuple[str, Number | None, str], ...]
    was: tuple[tuple[Number | None, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """So many of so many who answered, in words, with both rounded down; ``share`` in percents of those."""

    label: str
    count: str
    of: str
    share: int


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One indicator in the words of the plan, with its figures."""

    text: str
    is_narrative: bool
    counting_note: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One goal with its promises; ``depth`` counts from 0 at the top of the tree."""

    code: str
    title: str
    depth: int
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    promises: tuple[Kept, ...]
    effect: tuple[Said, ...]
    narrative: str


@dataclass(frozen=True, kw_only=True)
class Published:
    """All that a year says to anyone; days and moments are written as in ISO 8601."""

    year: int
    plan: str
    owner: str
    version: int
    until: str
    made_at: str
    fixed_on: str
    introduction: str
    tally: tuple[tuple[str, str, int], ...]
    lines: int
    goals: tuple[Goal, ...]
    revisions: tuple[tuple[int, str, str], ...]
    reach: dict[str, Any] | None

    def plain(self) -> dict[str, Any]:
        """Give it as plain values, to keep."""
        return asdict(self)


def published(contents: Contents, steps: Mapping[int, int]) -> Published:
    """
    Give what a report may say to anyone.

    ``steps`` says what five people bring to a line, by its key, where that is not five. Narratives are part
    of it only where the report is fixed: before that nobody has read them over.
    """
    rounding = Rounding.of(contents, steps)
    goals = tuple(_goals(contents.goals, 0, rounding, is_fixed=contents.fixed_on is not None))
    figures = [figure for goal in goals for promise in goal.promises for figure in promise.figures]
    states = Counter((figure.state, figure.tone) for figure in figures)
    return Published(
        year=contents.first_day.year,
        plan=contents.plan,
        owner=contents.owner,
        version=contents.version,
        until=contents.last_day.isoformat(),
        made_at=localtime(contents.made_at).isoformat(timespec="minutes"),
        fixed_on=contents.fixed_on.isoformat() if contents.fixed_on else "",
        introduction=contents.introduction if contents.fixed_on else "",
        tally=tuple((state[1], tone, count) for (state, tone), count in states.most_common()),
        lines=len(figures),
        goals=goals,
        revisions=tuple((each.number, each.since.isoformat(), each.reason) for each in contents.revisions),
        reach=_reach(contents),
    )


def _goals(
    goals: Sequence[GoalContents], depth: int, rounding: Rounding, *, is_fixed: bool
) -> Iterator[Goal]:
    for goal in goals:
        yield Goal(
            code=goal.code,
            title=goal.title,
            depth=depth,
            leads=tuple(goal.leads),
            supports=tuple(goal.supports),
            promises=tuple(_promise(each, rounding) for each in goal.promises),
            effect=tuple(_said(each, rounding.of_answers) for each in goal.effect),
            narrative=goal.narrative.text if goal.narrative and is_fixed else "",
        )
        yield from _goals(goal.below, depth + 1, rounding, is_fixed=is_fixed)


def _promise(promise: Promise, rounding: Rounding) -> Kept:
    return Kept(
        text=promise.text,
        is_narrative=promise.is_narrative,
        counting_note=promise.counting_note,
        figures=tuple(_figure(each, rounding.of_line(each)) for each in promise.lines),
    )


def _said(part: Part, step: int) -> Said:
    count, of = rounded(part.count, step), rounded(part.of, step)
    return Said(label=part.label, count=count.said, of=of.said, share=_percent(count.down, of.down))


def _percent(part: Decimal, whole: Decimal) -> int:
    return min(int(100 * part / whole), 100) if whole > 0 else 0


def _figure(line: Line, step: int) -> Figure:
    measure = catalogue.get(line.measure)
    # What nobody declares any more is taken for people: it shows too little rather than too much.
    subject = measure.subject if measure else Subject.PEOPLE
    if line.value is not None and subject is Subject.PEOPLE:
        return _share(line, step) if line.is_share else _of_people(line, step)
    if line.value is not None and subject is Subject.THEIR_ORGANISATIONS and line.value < FIVE:
        return _of_people(line, FIVE)
    return Figure(
        **_common(line),
        said="" if line.value is None else charts.number(line.value),
        value=_number(line.value),
        is_least=False,
        state=line.state,
        tone=TONES.get(line.state[0], "plain"),
        share=None if line.value is None or not line.target else _percent(line.value, line.target),
        may_rise=_may_rise(line, measure),
        trend=tuple((day.isoformat(), *_point(point, subject)) for day, point in line.trend),
    )


def _point(value: Decimal | None, subject: Subject) -> tuple[Number | None, str]:
    """Give a figure on the way as a number and in words."""
    if value is None:
        return None, UNKNOWN
    if subject is Subject.THEIR_ORGANISATIONS and value < FIVE:
        return 0, rounded(value).said
    return _number(value), charts.number(value)


def _point_of_people(value: Decimal | None, step: int) -> tuple[Number | None, str]:
    if value is None:
        return None, UNKNOWN
    count = rounded(value, step)
    return _number(count.down), count.said


def _of_people(line: Line, step: int) -> Figure:
    count = rounded(line.value or 0, step)
    state = line.state
    if line.target is not None and count.meets(line.comparator, line.target) is None:
        state = NEAR
    return Figure(
        **_common(line),
        said=count.said,
        value=_number(count.down),
        is_least=True,
        state=state,
        tone=TONES.get(state[0], "plain"),
        share=_percent(count.down, line.target) if line.target else None,
        may_rise=_may_rise(line, catalogue.get(line.measure)),
        trend=tuple((day.isoformat(), *_point_of_people(point, step)) for day, point in line.trend),
    )


def _share(line: Line, step: int) -> Figure:
    """Give a share of people as the share of two rounded counts; of nothing it says that it is not shown."""
    whole = rounded(sum(line.evidence.wholes, Decimal(0)), step)
    part = rounded(line.evidence.added() if line.evidence.wholes else 0, step)
    known = not whole.is_small
    about = _percent(part.down, whole.down)
    return Figure(
        **_common(line),
        said=f"ongeveer {about}" if known else "",
        value=about if known else None,
        is_least=False,
        state=_state_of_share(line, part, whole) if known else WITHHELD,
        tone="plain",
        share=about if known else None,
        may_rise=False,
        trend=(),
    )


def _state_of_share(line: Line, part: Rounded, whole: Rounded) -> tuple[str, str]:
    """Give the state where every share of two counts that read the same has it."""
    if line.target is None:
        return line.state
    lowest = 100 * part.down / whole.most
    highest = min(100 * part.most / whole.down, Decimal(100))
    meets = MEETS[line.comparator]
    ends = {meets(lowest, line.target), meets(highest, line.target)}
    return line.state if len(ends) == 1 and line.comparator != "=" else NEAR


def _common(line: Line) -> dict[str, Any]:
    measure = catalogue.get(line.measure)
    return {
        "label": measure.label if measure else "",
        "about": line.sentence,
        "definition": line.definition,
        "unit": line.unit,
        "goal_words": line.goal_words,
        "target": _number(line.target),
        "was": tuple((_number(each.target), each.until.isoformat(), each.reason) for each in line.was),
    }


def _may_rise(line: Line, measure: Measure | None) -> bool:
    """Tell whether something is still unknown that is no person; how many there are is not said."""
    known = measure.unknowns if measure else ()
    these = [each.unit for each in known if each.subject is Subject.THINGS]
    things = {name for unit in these for name in (unit.one, unit.many)}
    return any(label in things for _count, label in line.unknown)


def _number(value: Decimal | None) -> Number | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _reach(contents: Contents) -> dict[str, Any] | None:
    """
    Give the reach, which counts organisations.

    Fewer than five of them tell of fewer than five people: then there is no map, and no number.
    """
    reach = contents.reach
    if reach is None or not is_map_shown(contents):
        return None
    return {
        "caption": reach.caption,
        "source": reach.source,
        "tables": [
            # Few that took part in a training are few people; of a province or size no people are counted.
            {
                "title": "Per manier van bereik",
                "counts": [[label, _few(count), of] for label, count, of in reach.counts],
            },
            *(
                {"title": title, "counts": [[label, charts.number(count), of] for label, count, of in counts]}
                for title, counts in reach.splits
            ),
        ],
        "legend": [list(each) for each in reach.legend],
        "places": [
            {"look": look, "names": [name for name, its in reach.places if its == look]}
            for look, _many in Counter(look for _name, look in reach.places).most_common()
        ],
    }


def _few(count: int) -> str:
    return charts.number(count) if count >= FIVE else f"minder dan {FIVE}"


def is_map_shown(contents: Contents) -> bool:
    """Tell whether the map shows at least five members and five that took part, so that it may be seen."""
    counts = {label: count for label, count, _of in contents.reach.counts} if contents.reach else {}
    return all(counts.get(label, 0) >= FIVE for label in ON_THE_MAP)
