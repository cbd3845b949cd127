"""What a report says today: every promise with its evidence, gathered from the live registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.utils.formats import date_format
from django.utils.text import Truncator

from trekker.feedback.queries.effect import Effect
from trekker.kernel.measures import Filters, Labels, Measure, evidence_of, noun
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation
from trekker.plan.models import Goal, IndicatorLine, Lead, PlanVersion
from trekker.plan.queries import figures
from trekker.plan.queries.effect import with_effect, with_effect_of_dropped
from trekker.plan.queries.figures import Figure, GoalFigures, dashboard
from trekker.plan.queries.forecast import with_forecast
from trekker.plan.queries.history import Dropped, History, dropped, history
from trekker.plan.queries.progress import action_lines
from trekker.reports.contents import (
    Contents,
    Earlier,
    Evidence,
    GoalContents,
    Line,
    Narrative,
    Part,
    Promise,
    Reach,
    Revision,
)
from trekker.reports.queries.reach import Count, reach
from trekker.reports.queries.reach_map import reach_map

INTRODUCTION = ""  # the narrative of the report as a whole stands under no goal
NO_NARRATIVES: Mapping[str, Narrative] = {}


def contents(
    version: PlanVersion,
    day: date,
    *,
    today: date,
    now: datetime,
    narratives: Mapping[str, Narrative] = NO_NARRATIVES,
    title: str = "",
    fixed_on: date | None = None,
    with_rows: bool = True,
) -> Contents:
    """
    Gather what the report of a version says with the figures of a day.

    ``narratives`` are by the code of their goal, that of the whole report by an empty one. Each line asks
    what the dashboard asks, and one question more for its rows. For a report that is fixed, read it within
    :func:`trekker.kernel.steady.one_moment`, so that all of it is of the same moment. A page that shows
    neither rows nor map asks it not ``with_rows``, which leaves both out.
    """
    period = version.period.until(day)
    goals = dashboard(version, period.last_day, today=today)
    told = history(version)
    goals = with_effect(with_forecast(goals, version, period.last_day), version, period.last_day, told)
    gathering = _Gathering(
        period, narratives, told, action_lines(version, period.last_day), with_rows=with_rows
    )
    found = tuple(gathering.goal(each) for each in goals)
    whole = narratives.get(INTRODUCTION)
    return Contents(
        title=title or f"Jaarrapport {version.year}",
        owner=version.plan.owner,
        plan=version.name,
        version=version.number,
        first_day=period.start,
        last_day=period.last_day,
        made_at=now,
        fixed_on=fixed_on,
        introduction=whole.text if whole else "",
        goals=found,
        revisions=tuple(
            _revisions(told, with_effect_of_dropped(dropped(told, today=today), version, period.last_day))
        ),
        reach=_reach(period) if with_rows else None,
        organisations=_names(gathering.organisations) if with_rows else {},
    )


@dataclass
class _Gathering:
    """Turns figures into contents; what several lines need is asked once."""

    period: Period
    narratives: Mapping[str, Narrative]
    told: History
    actions: Mapping[int, Sequence[tuple[str, str, str]]]
    with_rows: bool
    labels: Labels = field(default_factory=Labels)
    organisations: set[int] = field(default_factory=set)

    def goal(self, item: GoalFigures) -> GoalContents:
        goal = item.goal
        return GoalContents(
            key=goal.pk,
            code=goal.code,
            title=goal.title,
            level=goal.level,
            text=goal.text,
            leads=_parties(goal, Lead.Role.LEAD),
            supports=_parties(goal, Lead.Role.SUPPORT),
            actions=tuple(self.actions.get(goal.pk, ())),
            promises=tuple(self.promise(each) for each in item.promises),
            effect=tuple(_effect(item.effect)),
            narrative=self.narratives.get(goal.code) if goal.code else None,
            below=tuple(self.goal(each) for each in item.below),
        )

    def promise(self, item: figures.Promise) -> Promise:
        indicator = item.indicator
        return Promise(
            key=indicator.pk,
            text=indicator.text,
            is_narrative=indicator.is_narrative,
            counting_note=indicator.counting_note,
            lines=tuple(self.line(each) for each in item.figures),
        )

    def line(self, figure: Figure) -> Line:
        line, measure = figure.line, figure.line.declared
        unit = line.unit or (measure.unit.many if measure else "")
        known = figure.state not in (figures.State.UNSET, figures.State.NO_REGISTER) and self.with_rows
        return Line(
            key=line.pk,
            measure=line.measure,
            sentence=measure.sentence(line.filters, self.labels) if measure else "Nog niet gekozen",
            definition=measure.definition if measure else "",
            filters=line.filters,
            comparator=line.comparator,
            goal_words=_goal_words(line, unit),
            target=plain(line.target),
            unit=unit,
            value=plain(figure.value),
            state=(str(figure.state), figure.state.label),
            is_share=figure.is_share,
            trend=tuple((point.day, plain(point.value)) for point in figure.trend),
            unknown=tuple((gap.count, gap.label) for gap in figure.gaps),
            foretold=figure.foretold.said if figure.foretold else "",
            course=figure.foretold.outlook.course if figure.foretold else "",
            was=tuple(
                Earlier(target=plain(each.target), until=each.since, reason=each.reason)
                for each in self.told.earlier.get(line.pk, ())
            ),
            rows_are=(measure.rows_are or measure.unit.many) if measure else "",
            adds_up=measure.adds_up if measure else True,
            evidence=self.evidence(measure, line.filters) if measure and known else Evidence(),
        )

    def evidence(self, measure: Measure, filters: Filters) -> Evidence:
        found = evidence_of(measure, self.period, filters)
        self.organisations.update(found.organisations)
        return Evidence(found.pks, found.contributions, found.wholes, found.organisations)


def _revisions(told: History, gone: Iterable[Dropped]) -> Iterator[Revision]:
    """Give each version that held, what it changed, and where what it dropped stood at its end."""
    ends: dict[int, list[str]] = {}
    for each in gone:
        ends.setdefault(each.by.version.pk, []).extend(_end(each))
    for revision in told.revisions:
        yield Revision(
            number=revision.version.number,
            since=revision.since,
            reason=revision.reason,
            changes=(*revision.changes, *ends.get(revision.version.pk, ())),
        )


def _end(gone: Dropped) -> Iterator[str]:
    """Say the last figures of what was dropped, and what came of it."""
    named, day = Truncator(gone.indicator.text).words(8, truncate=" …"), date_format(gone.last_day, "j F Y")
    named = f"«{named}»" if gone.is_whole else f"een geschrapt cijfer bij «{named}»"
    for figure in gone.figures:
        if figure.value is not None and figure.line.declared:
            unit = figure.line.unit or figure.line.declared.unit.many
            value = f"{floatformat(figure.value, '-2g')} {noun(unit, figure.value)}"
            said = ", doel ".join(filter(None, (value, _goal_words(figure.line, unit))))
            yield f"{gone.goal.code}, laatste stand van {named} op {day}: {said}."
    if gone.effect and gone.effect.shown:
        said = ", ".join(
            f"{label} {floatformat(part.count, '-2g')} van {floatformat(part.of, '-2g')}"
            for label, part in gone.effect.shown
        )
        yield f"{gone.goal.code}, effect van {named} tot en met {day}: {said}."


def plain(figure: Decimal | None) -> Decimal | None:
    """Write a figure without zeros that say nothing, the same on every database."""
    return None if figure is None else Decimal(f"{figure.normalize():f}")


def _goal_words(line: IndicatorLine, unit: str) -> str:
    """Say what a line should come to: *minstens 4 bijeenkomsten*."""
    if line.target is None:
        return ""
    return (
        f"{line.get_comparator_display()} {floatformat(line.target, '-2g')} {noun(unit, line.target)}".strip()
    )


def _parties(goal: Goal, role: str) -> tuple[str, ...]:
    return tuple(lead.party for lead in goal.leads.all() if lead.role == role)


def _effect(effect: Effect | None) -> Iterator[Part]:
    for label, part in effect.shown if effect else ():
        yield Part(label=label, count=part.count, of=part.of)


def _reach(period: Period) -> Reach:
    found = reach(period)
    drawn = reach_map(found)
    return Reach(
        drawing=drawn.file,
        caption=f"{drawn.title}. {drawn.description}",
        source=drawn.attribution,
        counts=_counts(found.ways),
        splits=(("Per provincie", _counts(found.provinces)), ("Per grootte", _counts(found.sizes))),
        places=tuple(drawn.places),
        title=drawn.title,
        legend=tuple((entry.look.code, entry.said) for entry in drawn.legend),
    )


def _counts(counts: Iterable[Count]) -> tuple[tuple[str, int, int], ...]:
    return tuple((each.label, each.reached, each.of) for each in counts if each.reached is not None)


def _names(wanted: Iterable[int]) -> dict[int, str]:
    """Name organisations: one question, whatever their number."""
    asked = set(wanted)
    return {pk: name for pk, name in Organisation.objects.values_list("pk", "name") if pk in asked}
