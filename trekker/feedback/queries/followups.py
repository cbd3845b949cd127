"""Follow-ups: what someone wanted to do, and the seal that opens their page."""

from __future__ import annotations

from trekker.feedback.catalogue import INTENTION
from trekker.feedback.models import Answer, FollowUp
from trekker.kernel.sealing import from_token, to_token

LINK, RECEIPT = "feedback.follow_up.link", "feedback.receipt"


def intention_of(number: int) -> str:
    """Give what someone said they would do, in their own words."""
    rows = Answer.objects.filter(response=number, question__code=INTENTION)
    return rows.values_list("text", flat=True).first() or ""


def token_of(follow_up: FollowUp) -> str:
    """Give the last part of the link of a follow-up; it is kept nowhere."""
    return to_token(str(follow_up.pk), purpose=LINK)


def behind(token: str) -> FollowUp | None:
    """Find the follow-up that a link is for."""
    number = from_token(token, purpose=LINK)
    rows = FollowUp.objects.select_related("response__evaluation")
    return rows.filter(pk=int(number)).first() if number else None
