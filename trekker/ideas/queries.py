"""Answers about ideas that need more than one table: for the list, the comparison and the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from trekker.ideas.models import Consultation, Idea
from trekker.kernel.audit import lines_of

View = Consultation.View
# How the comparison can be sorted: what weighs most comes first, the least work comes first, and
# what nobody weighed yet comes last.
ORDERS = {
    "nood": F("need").desc(nulls_last=True),
    "bereik": F("reach").desc(nulls_last=True),
    "werk": F("effort").asc(nulls_last=True),
    "titel": F("title").asc(),
}


def with_voices(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Give the ideas with ``asked`` and with how many were for, against, or both."""
    return ideas.annotate(
        asked=Count("consultations"),
        **{
            view.name.lower() + "_it": Count("consultations", filter=Q(consultations__view=view))
            for view in View
        },
    )


def side_by_side(ideas: QuerySet[Idea], order: str) -> QuerySet[Idea]:
    """Give the ideas to compare, in one of ``ORDERS``."""
    rows = with_voices(ideas).prefetch_related("themes", "audiences")
    return rows.order_by(ORDERS.get(order, ORDERS["nood"]), "title", "pk")


@dataclass(frozen=True)
class Moment:
    """One thing that happened to an idea: noted, asked about, or decided."""

    day: date
    what: str
    more: str = ""
    by: str = ""
    consultation: Consultation | None = None


DECISIONS = {
    "ideas.decided": "Beslist: ",
    "ideas.reopened": "Heropend",
    "ideas.done": "Uitgevoerd",
}


def story(idea: Idea) -> list[Moment]:
    """Give all that happened to an idea, the oldest first; a decision taken back is still told."""
    asked = Consultation.objects.filter(idea=idea).select_related("organisation").order_by("on", "pk")
    moments = [
        Moment(each.on, f"{each.who}: {each.get_view_display()}", each.said, consultation=each)
        for each in asked
    ]
    lines = lines_of([idea]).filter(action__in=DECISIONS).select_related("user").order_by("timestamp", "pk")
    moments += [_decision(line) for line in lines]
    first = Moment(timezone.localdate(idea.created_at), "Genoteerd", by=str(idea.created_by or ""))
    # Someone may have been asked before the idea was written down.
    return sorted([first, *moments], key=lambda each: each.day)


def _decision(line: Any) -> Moment:
    data = line.data or {}
    return Moment(
        timezone.localdate(line.timestamp),
        DECISIONS[line.action] + data.get("outcome", ""),
        data.get("reason", ""),
        by=str(line.user or ""),
    )


def listed(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Load with the ideas what the list and its download show."""
    asked = Prefetch("consultations", Consultation.objects.order_by("on", "pk"))
    return ideas.select_related("created_by").prefetch_related("themes", "audiences", asked)
