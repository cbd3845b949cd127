"""What a meeting about the plan needs to see: what was done, what comes, what asks for a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.template.defaultfilters import truncatewords
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst

from trekker.kernel.periods import Period
from trekker.plan.forecast import words
from trekker.plan.models import (
    Agreement,
    Forecast,
    Goal,
    IndicatorLine,
    Meeting,
    Moment,
    Plan,
    PlanVersion,
    Progress,
)
from trekker.plan.queries.figures import gaps
from trekker.plan.queries.happenings import Happening, happenings, missed_moments
from trekker.plan.queries.progress import Standing, notes_within, standings, with_actions
from trekker.plan.queries.versions import working_version

EVERY = timedelta(days=14)  # one talk to the next
AHEAD = timedelta(days=28)  # as far as «the next weeks» reach
SHORT, LONGER = 9, 16  # words of an action and of a promise in a line about it
State = Progress.State


@dataclass(frozen=True)
class Item:
    """One line of the overview, with the page it leads to or nothing."""

    text: str
    url: str = ""


@dataclass
class GoalOverview:
    """One goal in a meeting: what was done since the last one, what comes, what asks for a decision."""

    thread: UUID
    label: str
    done: list[Item] = field(default_factory=list)
    coming: list[Item] = field(default_factory=list)
    asks: list[Item] = field(default_factory=list)

    @property
    def parts(self) -> list[tuple[str, list[Item]]]:
        """The three lists with their headings."""
        return [
            ("Gedaan sinds de vorige keer", self.done),
            ("Komt eraan", self.coming),
            ("Vraagt een beslissing", self.asks),
        ]

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.done or self.coming or self.asks)


def to_json(goals: Iterable[GoalOverview]) -> list[dict[str, Any]]:
    """Give an overview as plain values, to keep."""
    return [{**asdict(goal), "thread": str(goal.thread)} for goal in goals]


def from_json(kept: Iterable[Mapping[str, Any]]) -> list[GoalOverview]:
    """Read back an overview that was kept."""
    return [
        GoalOverview(
            UUID(goal["thread"]),
            goal["label"],
            *([Item(**item) for item in goal[part]] for part in ("done", "coming", "asks")),
        )
        for goal in kept
    ]


def previous(meeting: Meeting) -> Meeting | None:
    """Give the meeting of the plan before this one."""
    return meeting.plan.meetings.filter(held_on__lt=meeting.held_on).order_by("-held_on").first()


def since(meeting: Meeting) -> date:
    """Give the day from which a meeting looks back: that of the one before, or two weeks earlier."""
    before = previous(meeting)
    return before.held_on if before else meeting.held_on - EVERY


def next_day(plan: Plan, today: date) -> date:
    """Propose the day of the next meeting: two weeks after the last, in the future."""
    last = plan.meetings.order_by("-held_on").first()
    day = (last.held_on if last else today) + (EVERY if last else timedelta())
    while day < today:
        day += EVERY
    return day


def version_for(meeting: Meeting) -> PlanVersion | None:
    """Give the version of the plan that people work with on the day of a meeting."""
    return working_version(PlanVersion.objects.filter(plan=meeting.plan), day=meeting.held_on)


def overview(meeting: Meeting, today: date) -> list[GoalOverview]:
    """
    Gather per goal what a meeting talks about, as known today, in the order of the plan.

    It looks back to the meeting before and four weeks ahead. Goals that only hold others are left out.
    """
    version = version_for(meeting)
    return _Gathering(meeting, version, today).goals() if version else []


@dataclass
class _Gathering:
    """Gathers one overview; every register is asked once."""

    meeting: Meeting
    version: PlanVersion
    today: date

    def goals(self) -> list[GoalOverview]:
        goals = [each for each in with_actions(self.version) if not self._only_holds(each)]
        self.by_goal = {each.pk: GoalOverview(each.thread, str(each)) for each in goals}
        whole = standings(self.version, self.day, goals=goals)
        self._look_back()
        self._look_ahead(whole)
        self._ask(whole)
        return list(self.by_goal.values())

    @staticmethod
    def _only_holds(goal: Goal) -> bool:
        return goal.level == Goal.Level.STRATEGIC and not goal.actions.all()

    @property
    def day(self) -> date:
        """The day of the meeting, or today where that comes first; within the year of the plan."""
        return max(min(self.meeting.held_on, self.today, self.version.period.last_day), self.first)

    @property
    def first(self) -> date:
        return self.version.period.start

    def _add(self, goal: int, part: str, items: Iterable[Item]) -> None:
        if goal in self.by_goal:
            getattr(self.by_goal[goal], part).extend(items)

    def _look_back(self) -> None:
        begin = since(self.meeting)
        for noted in notes_within(self.version, begin, self.day):
            text = f"{_short(noted.action.text)}: {noted.entry.said}"
            self._add(noted.action.goal_id, "done", [Item(text, _address(noted.action.pk))])
        for goal, found in self._within(begin, max(begin, self.day)):
            self._add(goal, "done", [_said(each, "Gehouden") for each in found if each.held])
        for goal, item in self._changed_forecasts(begin):
            self._add(goal, "done", [item])

    def _changed_forecasts(self, begin: date) -> Iterator[tuple[int, Item]]:
        for rows in self._forecasts.values():
            now = rows[-1]
            before = next((each for each in reversed(rows) if each.made_on <= begin), None)
            if before is None or before.chance is None or now.chance is None:
                continue
            was, is_now = words.class_of(before.chance), words.class_of(now.chance)
            if was != is_now:
                text = f"{_promise(now)}: de kans was {was} en is nu {is_now}."
                yield now.line.indicator.goal_id, Item(text, reverse("plan:forecast", args=[now.line_id]))

    @cached_property
    def _happenings(self) -> Mapping[int, list[Happening]]:
        """What happened and will by goal: from the start of the year, or the meeting before, to far ahead."""
        begin = since(self.meeting)
        end = max(begin, self.day) + AHEAD
        return happenings(self.version, Period(min(begin, self.first), end + timedelta(days=1)))

    def _within(self, first: date, last: date) -> Iterator[tuple[int, list[Happening]]]:
        for goal, found in self._happenings.items():
            yield goal, [each for each in found if first <= each.day <= last]

    @cached_property
    def _forecasts(self) -> Mapping[int, list[Forecast]]:
        """What was foretold up to the day, by line, the oldest first."""
        rows = Forecast.objects.filter(
            line__indicator__goal__version=self.version, made_on__lte=self.day
        ).select_related("line__indicator")
        by_line: dict[int, list[Forecast]] = defaultdict(list)
        for row in rows.order_by("line__position", "made_on"):
            by_line[row.line_id].append(row)
        return by_line

    def _look_ahead(self, whole: Sequence[Standing]) -> None:
        begin, end = self.day + timedelta(days=1), self.day + AHEAD
        moments = Moment.objects.filter(goal__version=self.version, start__lte=end, start__gte=begin)
        for moment in moments.order_by("start", "pk"):
            if moment.start:
                self._add(moment.goal_id, "coming", [Item(f"{_on(moment.start)}: {moment.text}")])
        for goal, found in self._within(begin, end):
            self._add(goal, "coming", [_said(each, "Gepland") for each in found if not each.held])
        for each in whole:
            for day, verb in _days_of(each):
                if begin <= day <= end:
                    text = f"{_on(day)}, {verb}: {_short(each.action.text)}"
                    self._add(each.goal.pk, "coming", [Item(text, _address(each.action.pk))])

    def _ask(self, whole: Sequence[Standing]) -> None:
        for each in whole:
            says = [each.late] if each.late else []
            says += ["loopt vast"] if each.state == State.STUCK else []
            if says:
                text = f"{capfirst(' en '.join(says))}: {_short(each.action.text)}"
                self._add(each.goal.pk, "asks", [Item(text, _address(each.action.pk))])
        for moment in missed_moments(self.version, self.day, happened=self._happenings):
            if moment.start and moment.start >= since(self.meeting) - EVERY:
                self._add(moment.goal_id, "asks", [Item(f"Geen activiteit gevonden voor: {moment.text}")])
        for rows in self._forecasts.values():
            now = rows[-1]
            if now.chance is not None and now.chance < words.THIRD:
                chance = f"{words.class_of(now.chance)} ({words.in_ten(now.chance)})"
                item = Item(f"{_promise(now)}: {chance}.", reverse("plan:forecast", args=[now.line_id]))
                self._add(now.line.indicator.goal_id, "asks", [item])
        for goal, item in self._unknown():
            self._add(goal, "asks", [item])

    def _unknown(self) -> Iterator[tuple[int, Item]]:
        """Say what rows are still to be completed, each once for a goal; no figure is measured for it."""
        lines = IndicatorLine.objects.filter(indicator__goal__version=self.version)
        told: set[tuple[int, str]] = set()
        for line in lines.select_related("indicator").order_by("indicator__position", "position", "pk"):
            for gap in gaps(line, self.version, self.day):
                goal, text = line.indicator.goal_id, f"{gap.count} {gap.label}: vul aan."
                if (goal, text) not in told:
                    told.add((goal, text))
                    address = reverse("plan:rows", args=[line.pk])
                    yield goal, Item(text, f"{address}?op={self.day.isoformat()}&onbekend={gap.place}")


def _days_of(each: Standing) -> Iterator[tuple[date, str]]:
    progress = each.progress
    if progress and progress.starts_on and each.state == State.PLANNED:
        yield progress.starts_on, "begin"
    if progress and progress.ends_on and not each.is_over:
        yield progress.ends_on, "klaar"


def _said(each: Happening, verb: str) -> Item:
    return Item(f"{verb} op {_on(each.day)}: {each.title}", each.url)


def _promise(forecast: Forecast) -> str:
    return capfirst(_short(forecast.line.indicator.text, LONGER))


def _short(text: str, words: int = SHORT) -> str:
    return truncatewords(text, words).strip(" .;:").replace(" …", "…")


def _on(day: date) -> str:
    return date_format(day, "j F")


def _address(action: int) -> str:
    return reverse("plan:action_progress", args=[action])


def to_do(plan: Plan | None = None) -> QuerySet[Agreement]:
    """Give the agreements that still have to be done, the earliest day first."""
    rows = Agreement.objects.filter(is_task=True, done_at=None)
    rows = rows.filter(meeting__plan=plan) if plan else rows
    return rows.select_related("owner", "meeting").order_by(F("due_on").asc(nulls_last=True), "pk")


def carried_over(meeting: Meeting) -> list[Agreement]:
    """Give what earlier meetings agreed and is still to do, or was done since the meeting before this one."""
    rows = Agreement.objects.filter(meeting__plan=meeting.plan, meeting__held_on__lt=meeting.held_on)
    rows = rows.filter(is_task=True).select_related("owner", "meeting")
    begin = Period(since(meeting), meeting.held_on).from_at
    found = rows.order_by(F("due_on").asc(nulls_last=True), "pk")
    return [each for each in found if each.done_at is None or each.done_at >= begin]
