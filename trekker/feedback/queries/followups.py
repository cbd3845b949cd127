"""Follow-ups: what someone wanted to do, and the seal that opens their page."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from trekker.feedback.catalogue import INTENTION
from trekker.feedback.models import Answer, FollowUp
from trekker.kernel.sealing import BrokenSeal, seal, unseal

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


def to_token(text: str, *, purpose: str) -> str:
    """Write a short text as a sealed part of an address."""
    return urlsafe_b64encode(urlsafe_b64decode(seal(text, purpose=purpose, block=32))).decode().rstrip("=")


def from_token(token: str, *, purpose: str) -> str:
    """Read what :func:`to_token` wrote; nothing when it is none of ours."""
    try:
        content = urlsafe_b64encode(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return unseal(content, purpose=purpose)
    except (BrokenSeal, Error, ValueError):
        return ""
