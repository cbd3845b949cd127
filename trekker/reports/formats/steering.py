"""Where a year under way stands, for who steers it: what is on course, what needs work, what we ask."""

from __future__ import annotations

from collections.abc import Iterator

from trekker.kernel.measures import noun
from trekker.reports.contents import Contents, GoalContents, Line, Promise
from trekker.reports.formats import words
from trekker.reports.formats.document import Block, Heading, Points, Said
from trekker.ui.charts import number

ON_COURSE, BOTH_WAYS, NEEDS_WORK = "on_course", "both_ways", "needs_work"
STUCK = "loopt vast"
LAST_MONTH, LAST_DAY = 12, 31
Told = tuple[GoalContents, Promise, Line]


def steering(contents: Contents) -> Iterator[Block]:
    """Give the three lists; nothing in a report of a whole year, which looks back."""
    if (contents.last_day.month, contents.last_day.day) == (LAST_MONTH, LAST_DAY):
        return
    lines = list(contents.every_line())
    well = tuple(_said(each) for each in lines if _stands(each[2]) == ON_COURSE)
    open_still = tuple(_said(each) for each in lines if _stands(each[2]) == BOTH_WAYS)
    behind = [each for each in lines if _stands(each[2]) == NEEDS_WORK]
    asked = (*_stuck(contents), *(_choice(each) for each in behind))
    if not (well or open_still or behind or asked):
        return
    yield Heading(1, "Waar we staan", "stand", opens=True)
    for heading, anchor, points in (
        ("Op koers", "op-koers", well),
        ("Kan beide kanten op", "kan-beide", open_still),
        ("Vraagt werk", "vraagt-werk", tuple(map(_said, behind))),
        ("Wat we vragen", "wat-we-vragen", asked),
    ):
        if points:
            yield Heading(2, heading, anchor)
            yield Points(points)
    if not asked:
        yield Said("We vragen nu geen beslissing.")


def _stands(line: Line) -> str:
    """Tell where a figure stands: by its state, and while it runs by what is foretold."""
    return {"reached": ON_COURSE, "missed": NEEDS_WORK}.get(line.state[0], line.course)


def _named(told: Told) -> str:
    goal, promise, _line = told
    return words.clean(f"{goal.code} {promise.text}").rstrip(".")


def _said(told: Told) -> str:
    line = told[2]
    target = "" if line.target is None else f" van {number(line.target)}"
    unit = noun(words.clean(line.unit), line.value if line.target is None else line.target)
    figure = f"{number(line.value)}{target} {unit}".strip()
    return f"{_named(told)}: {figure}. {words.clean(line.foretold)}".strip()


def _choice(told: Told) -> str:
    return f"{_named(told)}: doen we meer, of passen we het doel aan?"


def _stuck(contents: Contents) -> Iterator[str]:
    for goal in contents.every_goal():
        for text, state, _note in goal.actions:
            if state == STUCK:
                yield f"{words.clean(f'{goal.code} {text}').rstrip('.')}: dit loopt vast. Hoe gaan we verder?"
