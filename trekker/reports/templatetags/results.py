"""The way to a published figure, as a small line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from trekker.kernel.measures import noun
from trekker.ui import charts

register = template.Library()


@register.inclusion_tag("reports/public/_line.html")
def results_line(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the way to a figure; a table on the same page says each point as it may be said."""
    points = [(day.isoformat(), value) for day, value, _said in figure["trend"]]
    return {"name": figure["name"], "line": charts.line(points)}


@register.filter
def results_unit(figure: Mapping[str, Any]) -> str:
    """Give the noun that fits a figure: 1 opleiding; one that is rounded has the noun for more."""
    return noun(figure["unit"], None if figure["is_least"] else figure["value"])
