"""The signals of a week: what changed, what is behind, and what asks for a decision, each with its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F
from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.formats import date_format

from trekker.events.models import SessionRequest
from trekker.kernel.access import Permission, may
from trekker.kernel.measures import Subject, noun
from trekker.plan.forecast import words
from trekker.plan.models import Agreement, Forecast, PlanVersion, Progress
from trekker.plan.queries.figures import Figure, GoalFigures, Promise, State, dashboard, flat
from trekker.plan.queries.forecast import with_forecast
from trekker.plan.queries.leads import Led, led_by, parties_of
from trekker.plan.queries.progress import Standing, standings
from trekker.plan.queries.scores import monday_of
from trekker.plan.queries.versions import working_version
from trekker.reports.models import Report
from trekker.ui.charts import number

WEEK, WEEKS = timedelta(days=7), timedelta(weeks=3)  # a figure of longer ago is no «last week»
NAMED = 3  # rows that came, by name
SHORT = 12  # words of a promise or an action


@dataclass(frozen=True)
class Signal:
    """One thing to know, in a sentence, with the page to go to."""

    text: str
    url: str


@dataclass(frozen=True)
class Signals:
    """What one reader should know of a week, in three lists."""

    day: date
    changed: tuple[Signal, ...] = ()
    behind: tuple[Signal, ...] = ()
    decide: tuple[Signal, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to say."""
        return bool(self.changed or self.behind or self.decide)

    @property
    def parts(self) -> list[tuple[str, str, tuple[Signal, ...]]]:
        """Give the lists that are not empty, with their names and headings."""
        named = (
            ("changed", "Wat veranderde", self.changed),
            ("behind", "Wat achterloopt", self.behind),
            ("decide", "Wat een beslissing vraagt", self.decide),
        )
        return [each for each in named if each[2]]


@dataclass(frozen=True)
class Before:
    """What a line stood at in an earlier week."""

    day: date
    value: Decimal | None


class Week:
    """The figures of a version on a day beside those of last week; several readers share one."""

    def __init__(self, version: PlanVersion, day: date) -> None:
        """Measure the version: what the dashboard asks, and what was kept last week."""
        self.version = version
        self.day = min(day, version.period.last_day)
        self.today = day
        goals = dashboard(version, self.day, today=day)
        self.goals: list[GoalFigures] = list(flat(with_forecast(goals, version, self.day)))
        self.kept = self._kept()

    @classmethod
    def of(cls, day: date) -> Week | None:
        """Measure the plan that people work with on a day; nothing where there is none that began."""
        version = working_version(PlanVersion.objects.all(), day=day)
        return cls(version, day) if version and version.period.start <= day else None

    @cached_property
    def standings(self) -> list[Standing]:
        """How each action stands on the day."""
        return standings(self.version, self.day)

    def _kept(self) -> dict[int, Before]:
        """Give the newest figure that was kept of each line before this week: one query."""
        monday = monday_of(self.today)
        rows = Forecast.objects.filter(
            line__indicator__goal__version=self.version, week__lt=monday, week__gte=monday - WEEKS
        )
        kept = rows.order_by("week", "pk").values_list("line", "made_on", "value")
        return {line: Before(made_on, value) for line, made_on, value in kept}

    def before(self, figure: Figure) -> Before | None:
        """
        Give what a line stood at last week, as it was kept then.

        What is never foretold was not kept: of that the registers say what it was, in one query.
        """
        if found := self.kept.get(figure.line.pk):
            return found
        measure, then = figure.line.declared, self.day - WEEK
        if measure is None or figure.value is None or then < self.version.period.start:
            return None
        return Before(then, measure.value(self.version.period.until(then), figure.line.filters))


def signals_for(reader: Any, week: Week, *, parties: Sequence[str] | None = None) -> Signals:
    """
    Give what someone should know of a week: of what their parties lead, or of everything for who has none.

    ``parties`` are those of the account, read before. Links lead only where the reader may go.
    """
    mine = parties_of(reader) if parties is None else parties
    led = led_by(mine, week.version) if mine else None
    return _Reading(reader, week, led).all()


@dataclass(frozen=True)
class _Reading:
    """One reader, looking at one week."""

    reader: Any
    week: Week
    led: Led | None

    def all(self) -> Signals:
        figures = [
            (goal, promise, figure)
            for goal in self.week.goals
            if self.led is None or goal.goal.pk in self.led.goals
            for promise in goal.promises
            for figure in promise.figures
        ]
        return Signals(
            self.week.day,
            _each_once(self._changed(figures)),
            _each_once(self._behind(figures), self._late()),
            _each_once(self._turned(), self._unset(figures), self._stuck(), self._agreed(), self._asked()),
        )

    # -- figures ------------------------------------------------------------------------------------
    def _changed(self, figures: Iterable[tuple[GoalFigures, Promise, Figure]]) -> Iterator[Signal]:
        for goal, promise, figure in figures:
            before = self.week.before(figure)
            if before is None or figure.value is None or before.value in (None, figure.value):
                continue
            unit = figure.line.unit or (figure.line.declared.unit.many if figure.line.declared else "")
            told = _difference(figure, before)
            now = f"{number(figure.value)} {noun(unit, figure.value)}"
            text = f"{goal.goal.code} {_named(promise)}: nu {now}, {told}."
            yield Signal(text + self._came(figure, before), self._rows(figure))

    def _came(self, figure: Figure, before: Before) -> str:
        """Name the first rows that came since, where they are things that the reader may see."""
        measure, line = figure.line.declared, figure.line
        seen = measure is not None and measure.subject is Subject.THINGS
        if measure is None or not seen or not may(self.reader, measure.listing.seen_by):
            return ""
        period = self.week.version.period
        then = measure.rows(period.until(before.day), line.filters).order_by().values("pk")
        rows = measure.rows(period.until(self.week.day), line.filters).exclude(pk__in=then).order_by("-pk")
        names = [str(row) for row in rows[: NAMED + 1]]
        more = " en meer" if len(names) > NAMED else ""
        return f" Nieuw: {', '.join(names[:NAMED])}{more}." if names else ""

    def _behind(self, figures: Iterable[tuple[GoalFigures, Promise, Figure]]) -> Iterator[Signal]:
        for goal, promise, figure in figures:
            name = f"{goal.goal.code} {_named(promise)}"
            outlook = figure.foretold.outlook if figure.foretold else None
            if figure.state is State.MISSED:
                yield Signal(f"{name}: niet gehaald. Leg uit waarom.", self._rows(figure))
            elif outlook is not None and outlook.course == "needs_work":
                told = " ".join(
                    filter(None, (words.chance(outlook) or words.span(outlook), words.need(outlook)))
                )
                yield Signal(f"{name}. {told}", reverse("plan:forecast", args=[figure.line.pk]))
            for gap in figure.gaps:
                url = self._rows(figure, onbekend=gap.place)
                yield Signal(f"{name}: {gap.count} {gap.label}. Vul aan.", url)

    def _rows(self, figure: Figure, **asked: int) -> str:
        """Give the page of the rows, or of the promise for who may not see those."""
        measure = figure.line.declared
        listing = (
            measure.unknowns[asked["onbekend"]].listing if measure and asked else measure and measure.listing
        )
        if listing and may(self.reader, listing.seen_by):
            query = "".join(f"?{name}={value}" for name, value in asked.items())
            return reverse("plan:rows", args=[figure.line.pk]) + query
        return f"{reverse('wagtailadmin_home')}#indicator-{figure.line.indicator_id}"

    def _turned(self) -> Iterator[Signal]:
        """Say what the turn of the year leaves to do: fix the report of last year, and have a plan."""
        version, year = self.week.version, self.week.today.year
        fixed = Report.objects.filter(year=year - 1, kind=Report.Kind.ANNUAL).exclude(snapshots=None)
        promised = PlanVersion.objects.adopted().filter(year=year - 1)
        if may(self.reader, Permission.REPORTS_CHANGE) and promised.exists() and not fixed.exists():
            yield Signal(f"Stel het jaarrapport {year - 1} vast.", reverse("reports:index"))
        if may(self.reader, Permission.PLAN_CHANGE) and version.year < year:
            yield Signal(f"Voor {year} staat er nog geen plan vast.", reverse("plan:versions"))

    def _unset(self, figures: Iterable[tuple[GoalFigures, Promise, Figure]]) -> Iterator[Signal]:
        if not may(self.reader, Permission.PLAN_CHANGE):
            return
        for goal, promise, figure in figures:
            if figure.state is State.UNSET:
                text = f"{goal.goal.code} {_named(promise)}: kies hoe dit gemeten wordt."
                yield Signal(text, reverse("plan:line", args=[figure.line.pk]))

    # -- actions and agreements ---------------------------------------------------------------------
    def _mine(self) -> Iterator[Standing]:
        for each in self.week.standings:
            if self.led is None or each.action.pk in self.led.actions:
                yield each

    def _late(self) -> Iterator[Signal]:
        for each in self._mine():
            if each.late:
                yield Signal(f"{each.goal.code} «{_short(each)}»: {each.late}.", _page(each))

    def _stuck(self) -> Iterator[Signal]:
        for each in self._mine():
            if each.state == Progress.State.STUCK:
                text = f"{each.goal.code} «{_short(each)}» loopt vast. Beslis hoe het verder moet."
                yield Signal(text, _page(each))

    def _agreed(self) -> Iterator[Signal]:
        """Give what was agreed and is still to do: by the reader, or by nobody yet."""
        if not may(self.reader, Permission.PROGRESS_CHANGE):
            return
        open_ones = Agreement.objects.filter(
            is_task=True, done_at=None, meeting__plan=self.week.version.plan_id
        ).select_related("meeting")
        for each in open_ones.order_by(F("due_on").asc(nulls_last=True), "pk"):
            if each.owner_id not in (None, self.reader.pk):
                continue
            whom = "" if each.owner_id else " Wie doet dit?"
            due = f" Tegen {date_format(each.due_on, 'j F')}." if each.due_on else ""
            yield Signal(f"Afspraak: {each.text.rstrip('.')}.{due}{whom}", each.meeting.get_absolute_url())

    def _asked(self) -> Iterator[Signal]:
        """Give how many asked for a session and wait for an answer."""
        if not may(self.reader, Permission.IDEAS_CHANGE):
            return
        waiting = SessionRequest.objects.filter(state=SessionRequest.State.NEW).count()
        if waiting:
            noun = "vraag om een sessie wacht" if waiting == 1 else "vragen om een sessie wachten"
            yield Signal(f"{waiting} {noun} op een antwoord.", reverse("session_request:index"))


def _each_once(*several: Iterable[Signal]) -> tuple[Signal, ...]:
    """Bring lists together; two lines of one promise may miss the same rows, which is said once."""
    return tuple({each.text: each for found in several for each in found}.values())


def _named(promise: Promise) -> str:
    """Name a promise by the first words of its text."""
    return truncatewords(promise.indicator.text, SHORT).rstrip(".")


def _short(standing: Standing) -> str:
    return truncatewords(standing.action.text, SHORT).rstrip(".")


def _page(standing: Standing) -> str:
    return reverse("plan:action_progress", args=[standing.action.pk])


def _difference(figure: Figure, before: Before) -> str:
    """Say how a figure differs from that of last week."""
    day = date_format(before.day, "j F")
    if figure.is_share:
        return f"op {day} nog {number(before.value)}"
    change = (figure.value or Decimal(0)) - (before.value or Decimal(0))
    return f"{number(abs(change))} {'meer' if change > 0 else 'minder'} dan op {day}"
