"""How far the actions of a version have come on a day, for pages and for reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q

from trekker.kernel.periods import Period
from trekker.plan.models import Action, Goal, PlanVersion, Progress, ProgressNote
from trekker.plan.models.progress import OVER, TONES, lateness
from trekker.plan.queries.figures import GoalFigures
from trekker.plan.queries.leads import leading_action

State = Progress.State


@dataclass(frozen=True)
class Entry:
    """One entry of a log: a note with its corrections, the oldest first; the last one's words hold."""

    notes: tuple[ProgressNote, ...]

    @property
    def note(self) -> ProgressNote:
        """The note whose words hold."""
        return self.notes[-1]

    @property
    def first(self) -> ProgressNote:
        """The note as it was first written: its moment, its author, the state it went to."""
        return self.notes[0]

    @property
    def text(self) -> str:
        """What it says now."""
        return self.note.text

    @property
    def for_report(self) -> bool:
        """Whether it is meant for the report."""
        return self.note.for_report

    @property
    def at(self) -> datetime:
        """When it was first written."""
        return self.first.written_at

    @property
    def by(self) -> str:
        """Who first wrote it, or nothing where the account is gone."""
        return str(self.first.written_by or "")

    @property
    def moved(self) -> str:
        """The word of the state it went to, or nothing."""
        return self.first.get_moved_to_display() if self.first.moved_to else ""

    @property
    def said(self) -> str:
        """All of it in one line: the state it went to and the note."""
        return " ".join(filter(None, (f"Nu {self.moved}." if self.moved else "", self.text)))

    @property
    def earlier(self) -> tuple[ProgressNote, ...]:
        """What it said before it was corrected, the newest first."""
        return self.notes[-2::-1] if len(self.notes) > 1 else ()


def entries(notes: Iterable[ProgressNote]) -> list[Entry]:
    """Bring notes of one or more logs together with their corrections; the newest entry first."""
    ordered = sorted(notes, key=lambda each: (each.written_at, each.pk))
    chains: dict[int, list[ProgressNote]] = {}
    for each in ordered:
        chain = chains.get(each.corrects_id or 0, [])
        chain.append(each)
        chains[each.pk] = chain
    whole = {id(chain): chain for chain in chains.values()}
    return [Entry(tuple(chain)) for chain in reversed(whole.values())]


@dataclass(frozen=True)
class Standing:
    """One action on a day: its state, what is late, who leads, its log with the newest first."""

    action: Action
    goal: Goal
    progress: Progress | None
    state: Progress.State
    late: str
    parties: tuple[str, ...]
    log: tuple[Entry, ...] = ()

    @property
    def tone(self) -> str:
        """The mark beside its state."""
        return TONES.get(self.state, "plain")

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in OVER

    @property
    def report_note(self) -> str:
        """The newest text that was written for the report, or nothing."""
        return next((each.text for each in self.log if each.for_report and each.text), "")


def standings(version: PlanVersion, day: date, *, goals: Iterable[Goal] | None = None) -> list[Standing]:
    """
    Give every action of a version as it stood at the end of a day, in the order of the plan: six questions.

    States, notes and corrections of later are left out; who is in charge and the planned days are those of
    now. On the last day of the year nothing is later: what is written in January tells of the year before.
    """
    shown = with_actions(version) if goals is None else goals
    pairs = [(goal, action) for goal in shown for action in goal.actions.all()]
    known = progress_of(version, (action.thread for _goal, action in pairs), day)
    return [standing_of(action, goal, known.get(action.thread), day) for goal, action in pairs]


def with_actions(version: PlanVersion) -> list[Goal]:
    """Give the goals of a version in their order, with their actions and who leads: four questions."""
    actions = Action.objects.order_by("position", "pk").prefetch_related("leads")
    return list(
        version.goals.order_by("position", "pk").prefetch_related("leads", Prefetch("actions", actions))
    )


def progress_of(version: PlanVersion, threads: Iterable[UUID], day: date) -> Mapping[UUID, Progress]:
    """Give the progress of the year by thread, each with its notes up to a day: two questions."""
    notes = ProgressNote.objects.filter(_written_by(version, day)).select_related("written_by")
    rows = Progress.objects.filter(year=version.year, thread__in=set(threads)).select_related("in_charge")
    rows = rows.prefetch_related(Prefetch("notes", notes.order_by("written_at", "pk")))
    return {each.thread: each for each in rows}


def standing_of(action: Action, goal: Goal, progress: Progress | None, day: date) -> Standing:
    """Give one action as it stood on a day, with the notes that were loaded with its progress."""
    parties = tuple(leading_action(action, goal))
    if progress is None:
        return Standing(action, goal, None, State.PLANNED, "", parties)
    log = tuple(entries(progress.notes.all()))
    state = next((State(each.first.moved_to) for each in log if each.first.moved_to), State.PLANNED)
    late = lateness(state, progress.starts_on, progress.ends_on, day)
    return Standing(action, goal, progress, state, late, parties, log)


def _written_by(version: PlanVersion, day: date) -> Q:
    """Ask what was written by the end of a day; what is written after the year is of its last day."""
    return Q() if day >= version.period.last_day else Q(written_at__lt=_day(day).until_at)


def _day(day: date) -> Period:
    return Period(day, day + timedelta(days=1))


# -- for reports ------------------------------------------------------------------------------------
def action_lines(version: PlanVersion, day: date) -> Mapping[int, tuple[tuple[str, str, str], ...]]:
    """
    Give by the number of each goal its actions for a report: the text, the state in words, the note for it.

    All is as known at the end of the day. A goal without actions is not there.
    """
    lines: dict[int, list[tuple[str, str, str]]] = {}
    for each in standings(version, day):
        lines.setdefault(each.goal.pk, []).append((each.action.text, each.state.label, each.report_note))
    return {goal: tuple(found) for goal, found in lines.items()}


@dataclass(frozen=True)
class Noted:
    """An entry of the log with the action it is about."""

    action: Action
    entry: Entry


def notes_of_goal(goal: Goal, first_day: date, last_day: date) -> list[Noted]:
    """
    Give what was noted about the actions of a goal within days, the oldest first: proposals for a narrative.

    Both days count, by when a note was first written; its words are those that hold now. Mere changes of
    state without a text are left out.
    """
    found = notes_within(goal.version, first_day, last_day, goals=[goal])
    return [each for each in found if each.entry.text]


def notes_within(
    version: PlanVersion, first_day: date, last_day: date, *, goals: Iterable[Goal] | None = None
) -> list[Noted]:
    """Give all that was noted within days about the actions of a version or of some goals, oldest first."""
    actions = Action.objects.filter(goal__version=version).select_related("goal")
    if goals is not None:
        actions = actions.filter(goal__in=[each.pk for each in goals])
    by_thread = {each.thread: each for each in actions}
    within = Q(written_at__gte=_day(first_day).from_at) & _written_by(version, last_day)
    rows = ProgressNote.objects.filter(progress__year=version.year, progress__thread__in=by_thread)
    # A correction may come later than the days asked for.
    firsts = set(rows.filter(within, corrects=None).values_list("pk", flat=True))
    rows = rows.filter(written_at__gte=_day(first_day).from_at)
    found = entries(rows.select_related("progress", "written_by"))
    return [
        Noted(by_thread[each.first.progress.thread], each)
        for each in reversed(found)
        if each.first.pk in firsts
    ]


# -- for the dashboard ------------------------------------------------------------------------------
@dataclass(frozen=True)
class Tally:
    """The actions of one goal in a few numbers; what was dropped is left out of ``many``."""

    many: int
    done: int
    late: int
    stuck: int

    @property
    def said(self) -> str:
        """Say it in one line: «3 van 5 acties klaar, 1 te laat»."""
        noun = "actie" if self.many == 1 else "acties"
        parts = [f"{self.done} van {self.many} {noun} klaar"]
        parts += [f"{self.late} te laat"] if self.late else []
        parts += [f"{self.stuck} loopt vast" if self.stuck == 1 else f"{self.stuck} lopen vast"] * bool(
            self.stuck
        )
        return ", ".join(parts)


def tally(found: Iterable[Standing]) -> Tally:
    """Count actions by how they stand."""
    here = [each for each in found if each.state != State.DROPPED]
    states = Counter(each.state for each in here)
    return Tally(len(here), states[State.DONE], sum(bool(each.late) for each in here), states[State.STUCK])


def tallies(version: PlanVersion, day: date) -> Mapping[int, Tally]:
    """Give by the number of each goal how its own actions stand; none for a goal without."""
    by_goal: dict[int, list[Standing]] = {}
    for each in standings(version, day):
        by_goal.setdefault(each.goal.pk, []).append(each)
    return {goal: told for goal, found in by_goal.items() if (told := tally(found)).many}


def with_progress(goals: Sequence[GoalFigures], version: PlanVersion, day: date) -> list[GoalFigures]:
    """Add to goals how far their own actions have come, in words: six questions for all goals."""
    told = tallies(version, day)

    def filled(item: GoalFigures) -> GoalFigures:
        mine = told.get(item.goal.pk)
        below = tuple(filled(each) for each in item.below)
        return replace(item, below=below, progress=mine.said if mine else "")

    return [filled(item) for item in goals]
