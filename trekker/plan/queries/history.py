"""How the plan of a year changed: the versions that held, earlier targets, promises that were dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from trekker.feedback.queries.effect import Effect
from trekker.kernel.measures import Labels
from trekker.plan.models import Goal, Indicator, IndicatorLine, PlanVersion
from trekker.plan.queries.diff import Change, Diff, Kind, Lineage, What, compare, links, promised
from trekker.plan.queries.figures import Earlier, Figure, GoalFigures, figure
from trekker.plan.queries.lineage import Links, Part, together
from trekker.plan.queries.sides import Side, sides

MANY = 12  # of the words of a promise, in a sentence about it


@dataclass(frozen=True)
class Revision:
    """
    One version that held in the year, and what it changed in the one before it, in Dutch sentences.

    ``until`` is its last day, none while it holds. ``before`` is none for the first.
    """

    version: PlanVersion
    since: date
    until: date | None
    before: PlanVersion | None = None
    changes: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Why the plan was changed."""
        return self.version.reason


@dataclass(frozen=True)
class Dropped:
    """
    What no longer holds, where it stood, and by which revision: a promise, or lines of one that stays.

    It ``is_whole`` where the promise itself went. ``figures`` are those of its last day, and ``effect`` what
    came of it until then; both only where someone asks for them.
    """

    goal: Goal
    indicator: Indicator
    lines: tuple[IndicatorLine, ...]
    by: Revision
    is_whole: bool = True
    figures: tuple[Figure, ...] = ()
    effect: Effect | None = None

    @property
    def since(self) -> date:
        """The first day on which it no longer held."""
        return self.by.since

    @property
    def last_day(self) -> date:
        """The last day on which it held."""
        return self.since - timedelta(days=1)


@dataclass(frozen=True)
class History:
    """
    What held in a year before a version, and what it changed.

    ``earlier`` gives by the number of each line the targets that held before, newest first; ``left`` by the
    number of each goal what was dropped from it.
    """

    revisions: tuple[Revision, ...]
    earlier: Mapping[int, tuple[Earlier, ...]]
    gone: tuple[Dropped, ...] = ()
    left: Mapping[int, Sequence[Dropped]] = field(default_factory=dict)

    @property
    def is_revised(self) -> bool:
        """Whether more than one version held."""
        return len(self.revisions) > 1


def latest(version: PlanVersion) -> PlanVersion | None:
    """Give the newest version that was adopted for the same plan and year, this one left out."""
    adopted = PlanVersion.objects.adopted().filter(plan=version.plan_id, year=version.year)  # type: ignore[attr-defined]
    return adopted.exclude(pk=version.pk).order_by("-in_force_from", "-number").first()


def first_day(before: PlanVersion, today: date) -> date:
    """Give the first day on which a next version can hold: today, or when the one before it starts to."""
    return max(today, _since(before))


def forerunner(version: PlanVersion) -> PlanVersion | None:
    """
    Give the version that one is best laid beside.

    Of a version that holds, the one that held before it; of a concept or a trial, the one it would replace;
    else the one it was made from, also of the year before.
    """
    if version.may_be_mended:
        return latest(version) or version.based_on
    held = in_turn(version)
    return held[-2] if len(held) > 1 else version.based_on


def forerunners(version: PlanVersion) -> list[PlanVersion]:
    """Give all versions that a version comes after, the newest first: each the forerunner of the next."""
    found: list[PlanVersion] = []
    here = forerunner(version)
    while here and here not in found and here != version:
        found.append(here)
        here = forerunner(here)
    return found


def in_turn(version: PlanVersion) -> list[PlanVersion]:
    """Give the versions of a year that held, in turn, up to this one; without those overtaken at once."""
    rows = version.plan.versions.filter(year=version.year, state=PlanVersion.State.ADOPTED)
    found: list[PlanVersion] = []
    for each in rows.order_by("in_force_from", "number"):
        if found and found[-1].in_force_from == each.in_force_from and found[-1].pk != version.pk:
            found.pop()
        found.append(each)
        if each.pk == version.pk:
            break
    return found


def history(version: PlanVersion) -> History:
    """
    Tell how the plan of the year came to be as a version has it.

    One question where nothing changed, else thirteen, and those for the names in filters.
    """
    held = in_turn(version)
    if len(held) <= 1:
        return History(tuple(Revision(each, _since(each), None) for each in held), {})
    loaded, lineage, labels = sides(held), links(), Labels()
    revisions = [Revision(held[0], _since(held[0]), _since(held[1]) - timedelta(days=1))]
    for before, after in pairwise(held):
        change = compare(loaded[before.pk], loaded[after.pk], lineage, labels)
        revisions.append(Revision(after, _since(after), None, before, tuple(sentences(change))))
    revisions = [
        replace(each, until=_since(after.version) - timedelta(days=1)) for each, after in pairwise(revisions)
    ] + revisions[-1:]
    last = [loaded[each.pk] for each in held]
    earlier = _earlier(last, revisions, lineage[IndicatorLine])
    gone = tuple(_gone(last, revisions, lineage))
    return History(tuple(revisions), earlier, gone, _left(last, gone, lineage[Goal]))


def _since(version: PlanVersion) -> date:
    assert version.in_force_from is not None  # noqa: S101 - a version that was adopted has it
    return version.in_force_from


def _earlier(
    held: Sequence[Side], revisions: Sequence[Revision], lineage: Links
) -> dict[int, tuple[Earlier, ...]]:
    """Follow each line back, and note each time that its target became another."""
    found: dict[int, list[Earlier]] = {line.pk: [] for line in held[-1].lines()}
    now = {line.pk: line for line in held[-1].lines()}
    for side, revision in zip(reversed(held[:-1]), reversed(revisions[1:]), strict=True):
        pairs = [group.pair for group in together(side.lines(), held[-1].lines(), lineage)]
        for old, last in filter(None, pairs):
            after = now[last.pk]
            if (old.comparator, old.target) != (after.comparator, after.target):
                found[last.pk].append(
                    Earlier(
                        target=old.target,
                        was=promised(old, unit=False) or "geen",
                        became=promised(after, unit=False) or "geen",
                        since=revision.since,
                        reason=revision.reason,
                        before=side.version.pk,
                        after=revision.version.pk,
                    )
                )
            now[last.pk] = old
    return {pk: tuple(each) for pk, each in found.items() if each}


def _gone(held: Sequence[Side], revisions: Sequence[Revision], lineage: Lineage) -> Iterator[Dropped]:
    """Give the promises and lines of an earlier version that went with the next and did not come back."""
    for side, after, revision in zip(held, held[1:], revisions[1:], strict=False):
        later = (after, held[-1])
        promises = _going_on(side.indicators(), [each.indicators() for each in later], lineage[Indicator])
        lines = _going_on(side.lines(), [each.lines() for each in later], lineage[IndicatorLine])
        for indicator in side.indicators():
            goal, every = side.by_number[indicator.goal_id], tuple(indicator.lines.all())
            if indicator.pk not in promises:
                yield Dropped(goal, indicator, every, revision)
            elif off := tuple(line for line in every if line.declared and line.pk not in lines):
                yield Dropped(goal, indicator, off, revision, is_whole=False)


def _going_on(before: Iterable[Part], later: Iterable[Iterable[Part]], lineage: Links) -> set[int]:
    """Give the numbers of the parts that go on in a later version."""
    old = tuple(before)
    groups = (group for after in later for group in together(old, after, lineage) if group.after)
    return {part.pk for group in groups for part in group.before}


def _left(held: Sequence[Side], gone: Sequence[Dropped], lineage: Links) -> dict[int, list[Dropped]]:
    """Give what was dropped to the goals that go on from the goal it stood under."""
    heirs: dict[int, tuple[Goal, ...]] = {}
    for side in held[:-1] if gone else ():
        for group in together(side.goals, held[-1].goals, lineage):
            heirs |= {goal.pk: group.after for goal in group.before}
    found: dict[int, list[Dropped]] = {}
    for each in gone:
        for heir in heirs[each.goal.pk]:
            found.setdefault(heir.pk, []).append(each)
    return found


def dropped(told: History, *, today: date) -> list[Dropped]:
    """Measure what was dropped on the last day it held: some questions for each line."""
    return [
        replace(
            each,
            figures=tuple(figure(line, each.goal.version, each.last_day, today=today) for line in each.lines),
        )
        for each in told.gone
    ]


def with_history(goals: Sequence[GoalFigures], told: History) -> list[GoalFigures]:
    """Add to the figures of goals the targets that held before."""
    if not told.earlier:
        return list(goals)
    return [
        replace(
            item,
            below=tuple(with_history(item.below, told)),
            promises=tuple(
                replace(
                    promise,
                    figures=tuple(
                        replace(each, was=told.earlier.get(each.line.pk, ())) for each in promise.figures
                    ),
                )
                for promise in item.promises
            ),
        )
        for item in goals
    ]


def sentences(change: Diff) -> Iterator[str]:
    """Say in Dutch what a version changes, one sentence a change, goal by goal."""
    for section in change.sections:
        for each in section.changes:
            yield from _said(section.goal.code, each)


def _said(code: str, change: Change) -> Iterator[str]:
    named = " en ".join(f"«{_short(title)}»" for title in change.titles)
    if change.what is What.GOAL:
        words = {Kind.ADDED: "Nieuwe doelstelling", Kind.DROPPED: "Geschrapte doelstelling"}
        yield f"{words.get(change.kind, 'Gewijzigde doelstelling')} {code}: {named}."
        return
    if change.kind is Kind.ADDED:
        yield f"{code}, {_new(change.what)}: {named}."
    elif change.kind is Kind.DROPPED:
        yield f"{code}, {change.what} geschrapt: {named}."
    else:
        for field in change.targets:
            if field.before and field.after:
                yield f"{code}, doel was {field.before}, wordt {field.after}: {named}."
            else:
                how = "nieuw doel" if field.after else "doel geschrapt"
                yield f"{code}, {how} {field.after or field.before}: {named}."
        if change.others or not change.targets:
            yield f"{code}, {change.what} {'herschikt' if change.is_regrouped else 'gewijzigd'}: {named}."


def _new(what: What) -> str:
    return f"nieuw {what}" if what is What.MOMENT else f"nieuwe {what}"


def _short(text: str) -> str:
    words = text.rstrip(".;").split()
    return " ".join(words[:MANY]) + (" …" if len(words) > MANY else "")
