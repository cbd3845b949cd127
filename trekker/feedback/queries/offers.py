"""What people did with their intention and offer to others."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from trekker.feedback.catalogue import INTENTION
from trekker.feedback.models import Answer, FollowUp


def with_intention(rows: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    """Load with each offer what someone intended, in their own words, and after what."""
    said = Answer.objects.filter(response=OuterRef("pk"), question__code=INTENTION).order_by("pk")
    rows = rows.annotate(intention=Subquery(said.values("text")[:1]))
    return rows.select_related("response__evaluation", "idea")


def waiting_for(reader: Any) -> int:
    """Say how many offers nobody dealt with yet."""
    return FollowUp.objects.visible_to(reader).filter(is_settled=False).count()
