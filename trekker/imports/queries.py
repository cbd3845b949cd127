"""What the screens of an import show: counts, groups to decide on, and how far a job is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from trekker.imports.models import Import, Row
from trekker.imports.registry import importers

State, Outcome = Row.State, Row.Outcome
SILENT = timedelta(seconds=45)  # no sign of life for so long means that the job was killed
STORING_PACE = 1.6  # storing a row takes about so many times what comparing it took
CHANGES = (Outcome.NEW, Outcome.CHANGED, Outcome.ENDED)


@dataclass(frozen=True)
class Tally:
    """How many rows there are of each kind."""

    states: dict[str, int]
    outcomes: dict[str, int]
    undecided: int
    differing: int

    @property
    def changes(self) -> int:
        """How many rows change something."""
        return sum(self.outcomes.get(outcome, 0) for outcome in CHANGES)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(self.states.values())

    @property
    def figures(self) -> list[tuple[str, str, int]]:
        """Each outcome that occurs, as code, label and number."""
        return [
            (code, label, self.outcomes[code]) for code, label in Outcome.choices if self.outcomes.get(code)
        ]


def tally(draft: Import) -> Tally:
    """Count the rows of an import by state and by outcome."""
    states: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    undecided = differing = 0
    counted = Row.objects.filter(of=draft).values_list("state", "outcome", "decided", "differs")
    for state, outcome, decided, differs, rows in counted.annotate(rows=Count("pk")).order_by():
        states[state] = states.get(state, 0) + rows
        outcomes[outcome] = outcomes.get(outcome, 0) + rows
        undecided += rows if state in {State.DOUBTFUL, State.UNKNOWN} and not decided else 0
        differing += rows if differs else 0
    return Tally(states, outcomes, undecided, differing)


@dataclass(frozen=True)
class Option:
    """Something a group can be tied to."""

    value: int
    label: str


@dataclass
class Group:
    """Rows that are decided together, with one of them as example."""

    name: str
    rows: int
    example: Row
    options: list[Option] = field(default_factory=list)
    title: str = ""


def groups(draft: Import, state: str) -> QuerySet[Any, Any]:
    """Give the groups that still want a decision, the largest first."""
    waiting = Row.objects.filter(of=draft, state=state, decided=False).exclude(group="")
    return waiting.values("group").annotate(rows=Count("pk"), first=Min("pk")).order_by("-rows", "group")


def single(draft: Import, state: str) -> QuerySet[Row]:
    """Give the rows that still want a decision of their own."""
    return Row.objects.filter(of=draft, state=state, decided=False, group="").order_by("number")


def with_options(draft: Import, found: Sequence[dict[str, Any]]) -> list[Group]:
    """Give groups with an example and with what they could be tied to."""
    examples = Row.objects.in_bulk([each["first"] for each in found])
    labels = importers[draft.importer].targets({pk for row in examples.values() for pk in row.choices})
    shown = []
    for each in found:
        example = examples[each["first"]]
        options = [Option(pk, str(labels[pk])) for pk in example.choices if pk in labels]
        title = importers[draft.importer].group_name(example)
        shown.append(Group(each["group"], each["rows"], example, options, title))
    return shown


def with_targets(draft: Import, rows: Sequence[Row]) -> list[Row]:
    """Give rows, each with the name of what it is tied to as ``target_name``."""
    labels = importers[draft.importer].targets({row.target for row in rows if row.target})
    for row in rows:
        row.target_name = str(labels.get(row.target, "")) if row.target else ""  # type: ignore[attr-defined]
    return list(rows)


def report_rows(draft: Import) -> Iterator[list[Any]]:
    """Give every row of an import with what became of it, for a download."""
    rows = Row.objects.filter(of=draft).order_by("number", "pk")
    block: list[Row] = []
    for row in rows.iterator(chunk_size=500):
        block.append(row)
        if len(block) == 500:  # noqa: PLR2004 - what one query may name
            yield from _lines(draft, block)
            block = []
    yield from _lines(draft, block)


def _lines(draft: Import, rows: Sequence[Row]) -> Iterator[list[Any]]:
    for row in with_targets(draft, rows):
        outcome = row.get_outcome_display()
        yield [row.number, row.key, row.label, outcome, row.target_name, row.message]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Progress:
    """How far a job is, in parts of ``total``, and whether it still gives signs of life."""

    done: int
    total: int
    seconds_left: int | None
    is_silent: bool

    @property
    def percent(self) -> int:
        """The share that is done."""
        return min(99, round(100 * self.done / self.total)) if self.total else 0


def progress(draft: Import, now: datetime) -> Progress:
    """
    Tell how far the job of an import is.

    Storing is one transaction, which shows nothing until it ends: its share is an estimate from
    the pace at which the same rows were compared.
    """
    elapsed = (now - draft.began_at).total_seconds() if draft.began_at else 0
    quiet = now - draft.beat_at if draft.beat_at else timedelta(0)
    if draft.status == Import.Status.STORING:
        expected = max(draft.seconds * STORING_PACE, 2)
        left = max(round(expected - elapsed), 1)
        is_silent = elapsed > SILENT.total_seconds() + 4 * expected
        return Progress(min(round(elapsed), round(expected)), round(expected), left, is_silent)
    done, total = draft.rows_done, draft.rows_read
    to_go = round(elapsed / done * (total - done)) if done else None
    return Progress(done, total, to_go, quiet > SILENT)
