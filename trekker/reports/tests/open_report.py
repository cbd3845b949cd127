"""A small report of invented figures, and a publication of it, without any register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from trekker.reports.contents import Contents, GoalContents, Line, Promise, Reach
from trekker.reports.formats.openly import ON_THE_MAP, published
from trekker.reports.models import Publication

PEOPLE = "members.count"
NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><title>Kaart</title></svg>'


def line(value, measure=PEOPLE, *, key=1, target=None, **facts) -> Line:
    meets = target is not None and value is not None and value >= target
    known = {
        "sentence": "Leden",
        "definition": "Wie lid is.",
        "filters": {},
        "comparator": ">=",
        "goal_words": "" if target is None else f"minstens {target}",
        "unit": "leden",
        "state": ("reached", "gehaald") if meets else ("running", "loopt"),
    }
    amounts = {
        "value": None if value is None else Decimal(value),
        "target": None if target is None else Decimal(target),
    }
    return Line(key=key, measure=measure, **{**known, **amounts, **facts})


def report(*lines: Line, **facts) -> Contents:
    goal = facts.pop("goal", {})
    promises = (Promise(key=1, text="een belofte", is_narrative=False, counting_note="", lines=lines),)
    known = {
        "title": "Jaarrapport 2026",
        "owner": "VVSG",
        "plan": "Digitale inclusie",
        "version": 1,
        "first_day": date(2026, 1, 1),
        "last_day": date(2026, 6, 30),
        "made_at": NOW,
        "goals": (
            GoalContents(key=1, code="OD1", title="Netwerk", level="operational", promises=promises, **goal),
        ),
    }
    return Contents(**{**known, **facts})


def shown(year: int = 2026) -> Publication:
    """Put a year with one figure and a map on the website."""
    reach = Reach(
        drawing=MAP,
        caption="Kaart",
        source="Statbel",
        counts=tuple((label, 9, 285) for label in ON_THE_MAP),
        places=(("Aalst", "lid en nam deel"),),
    )
    contents = report(line(1123, target=1100), reach=reach)
    figures = published(contents, {}).plain()
    return Publication.objects.create(
        year=year, is_shown=True, figures=figures, drawing=MAP, counted_at=NOW, hosts=["https://www.vvsg.be"]
    )
