"""Sentences to start a narrative from: figures, what was held, what people said, what was learnt, noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from trekker.events.models import Attendance, Course, Event, Registration
from trekker.feedback.models import Lesson
from trekker.kernel.access import Permission, may
from trekker.kernel.measures import InvalidFilters, noun
from trekker.kernel.periods import Period
from trekker.plan.models import Goal, IndicatorLine
from trekker.plan.queries.effect import evaluations_of_goal
from trekker.plan.queries.progress import Noted, notes_of_goal
from trekker.reports.contents import GoalContents, Line, Part
from trekker.reports.formats import words
from trekker.ui.charts import number

FIRST = 5  # of a kind at once; the page keeps the next ones closed
MOST = 60  # of a kind on the page; who writes about more says so in words of their own
# From a counted row to the activity it is about.
EVENTS = {Event: "pk", Registration: "event", Attendance: "session__event"}
ONE = {
    "kan ermee aan de slag": "Van de {of} mensen die antwoordden, kan er {share} mee aan de slag.",
    "deed er later iets mee": "Van de {of} mensen die later antwoordden, deed er {share} iets mee.",
    "antwoordde": "Van de {of} mensen aan wie we het vroegen, antwoordde er {share}.",
}
MORE = {
    "kan ermee aan de slag": "Van de {of} mensen die antwoordden, kunnen er {share} mee aan de slag.",
    "deed er later iets mee": "Van de {of} mensen die later antwoordden, deden er {share} iets mee.",
    "antwoordde": "Van de {of} mensen aan wie we het vroegen, antwoordden er {share}.",
}


@dataclass(frozen=True)
class Proposal:
    """A sentence to add; ``code`` tells it apart on the page."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Proposals:
    """Sentences of one kind under their heading: the first, the next, and how many are left out."""

    heading: str
    first: tuple[Proposal, ...]
    more: tuple[Proposal, ...] = ()
    left: int = 0

    @property
    def sentences(self) -> tuple[Proposal, ...]:
        """Every sentence that the page offers."""
        return (*self.first, *self.more)


def _kind(heading: str, found: Iterable[Proposal], *, first: int = FIRST) -> Proposals:
    every = tuple(found)
    return Proposals(heading, every[:first], every[first:MOST], max(len(every) - MOST, 0))


def proposals(goal: Goal, found: GoalContents, period: Period, reader: Any) -> list[Proposals]:
    """Give what a reader could write of a goal: what they may see of it, in the days of the report."""
    notes = notes_of_goal(goal, period.start, period.last_day)[::-1]
    kinds = [
        _kind("Cijfers", _figures(found)),
        _kind("Activiteiten", _events(goal, period, reader)),
        _kind("Wat het opleverde", _effect(found, reader)),
        _kind("Lessen", _lessons(goal, period, reader)),
        _kind("Notities voor het rapport", _notes(each for each in notes if each.entry.for_report)),
        # What nobody offered to the report stays closed until someone asks for it.
        _kind("Andere notities", _notes(each for each in notes if not each.entry.for_report), first=0),
    ]
    return [kind for kind in kinds if kind.sentences]


def _figures(found: GoalContents) -> Iterator[Proposal]:
    for promise in found.promises:
        for line in promise.lines:
            if line.value is not None:
                yield Proposal(f"cijfer-{line.key}", _figure(line))


def _figure(line: Line) -> str:
    counted = f"We telden {number(line.value)} {noun(line.unit, line.value)}."
    return f"{counted} Het doel was {line.goal_words}." if line.goal_words else counted


def _events(goal: Goal, period: Period, reader: Any) -> Iterator[Proposal]:
    found = Event.objects.visible_to(reader).filter(pk__in=_behind(goal, period))
    for event in found.select_related("municipality").order_by("starts_at", "pk"):
        when = date_format(timezone.localtime(event.starts_at), "j F") if event.starts_at else ""
        where = f" in {event.municipality.name}" if event.municipality else ""
        yield Proposal(f"activiteit-{event.pk}", f"Op {when} was er «{event.title}»{where}.")


def _behind(goal: Goal, period: Period) -> set[int]:
    """Give the activities behind the lines of a goal; a course stands for its editions that were held."""
    known: set[int] = set()
    for line in IndicatorLine.objects.filter(indicator__goal=goal):
        rows = _rows(line, period)
        if rows is None:
            continue
        if rows.model is Course:
            editions = Event.objects.held().starting_within(period).filter(course__in=rows.values("pk"))
            known.update(editions.values_list("pk", flat=True))
        elif path := EVENTS.get(rows.model):
            known.update(rows.order_by().values_list(path, flat=True).distinct())
    return known


def _rows(line: IndicatorLine, period: Period) -> QuerySet | None:
    measure = line.declared
    if measure is None or not measure.has_register:
        return None
    try:
        return measure.rows(period, line.filters)
    except InvalidFilters:
        return None


def _effect(found: GoalContents, reader: Any) -> Iterator[Proposal]:
    if may(reader, Permission.FEEDBACK_VIEW):
        for part in found.effect:
            yield Proposal(f"uitkomst-{part.label.split()[0]}", _part(part))


def _part(part: Part) -> str:
    sentence = ONE if part.count == 1 else MORE
    share = f"{number(part.count)} ({words.share(part.count, part.of)})"
    return sentence[part.label].format(of=number(part.of), share=share)


def _lessons(goal: Goal, period: Period, reader: Any) -> Iterator[Proposal]:
    evaluations = evaluations_of_goal(str(goal.pk), period).values("pk")
    lessons = Lesson.objects.visible_to(reader).filter(evaluation__in=evaluations)
    for lesson in lessons.exclude(state=Lesson.State.DROPPED).order_by("decided_at", "pk"):
        outcome = f" {_ended(lesson.outcome)}" if lesson.outcome.strip() else ""
        yield Proposal(f"les-{lesson.pk}", f"We leerden: {_ended(lesson.text)}{outcome}")


def _notes(found: Iterable[Noted]) -> Iterator[Proposal]:
    for noted in found:
        yield Proposal(f"notitie-{noted.entry.note.pk}", _ended(noted.entry.text))


def _ended(text: str) -> str:
    """Give a text as a sentence with its end."""
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
