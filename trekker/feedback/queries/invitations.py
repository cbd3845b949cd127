"""Personal links: a seal of the number of an invitation, that stands nowhere in the database."""

from __future__ import annotations

from trekker.feedback.models import Invitation
from trekker.kernel.sealing import from_token, to_token

LINK = "feedback.invitation.link"


def token_of(invitation: Invitation) -> str:
    """Give the last part of a personal link; each time another, and all lead to the same."""
    return to_token(str(invitation.pk), purpose=LINK)


def behind(token: str) -> Invitation | None:
    """Find the invitation that a link is for."""
    number = from_token(token, purpose=LINK)
    rows = Invitation.objects.select_related("evaluation__questionnaire")
    return rows.filter(pk=int(number)).first() if number else None
