"""What templates of reports in the back office need beyond Django's own."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from trekker.reports.queries.since import LineSince

register = template.Library()


@register.filter
def of_line(since: Mapping[int, LineSince] | None, key: int) -> LineSince | None:
    """Give what changed since of the line with this number."""
    return since.get(key) if since else None
