"""The mails that ask: an invitation, one reminder, and weeks later what came of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from trekker.feedback.emails.kinds import FOLLOW_UP, FOLLOW_UP_AGAIN, INVITE, REMIND
from trekker.feedback.models import Evaluation, FollowUp, Invitation
from trekker.feedback.queries import invitations
from trekker.feedback.queries.followups import token_of
from trekker.kernel.sealing import fingerprint
from trekker.mail.actions import queue, withdraw
from trekker.mail.registry import Kind


def invite(evaluation: Evaluation, invitation: Invitation, *, now: datetime) -> None:
    """Ask someone for their opinion, by their own link, from the opening on."""
    _ask(INVITE, evaluation, invitation, now=now)


def remind(evaluation: Evaluation, invitation: Invitation, *, now: datetime) -> None:
    """Remind someone, once."""
    _ask(REMIND, evaluation, invitation, now=now)


def _ask(kind: Kind, evaluation: Evaluation, invitation: Invitation, *, now: datetime) -> None:
    queue(
        kind=kind,
        occasion=f"{kind.code}:{invitation.pk}",
        address=invitation.email,
        values={
            "activiteit": evaluation.title,
            "tot": date_format(timezone.localtime(evaluation.closes_at), "j F"),
            "link": settings.BASE_URL + reverse("feedback:personal", args=[invitations.token_of(invitation)]),
        },
        now=now,
        due_at=max(now, evaluation.opens_at),
        until_at=evaluation.closes_at,
        topic=evaluation.topic,
        reply_to=evaluation.reply_to,
    )


def follow_up(follow_up: FollowUp, *, address: str, again: bool, now: datetime) -> None:
    """Ask someone what came of it; the occasion is a fingerprint, so that no mail names an answer."""
    kind = FOLLOW_UP_AGAIN if again else FOLLOW_UP
    evaluation = follow_up.response.evaluation
    queue(
        kind=kind,
        occasion=f"{kind.code}:{fingerprint(str(follow_up.pk), purpose=kind.code)}",
        address=address,
        values={
            "activiteit": evaluation.title,
            "link": settings.BASE_URL + reverse("feedback:follow_up", args=[token_of(follow_up)]),
        },
        now=now,
        reply_to=evaluation.reply_to,
    )


def forget_what_waits(evaluation: Evaluation, *, now: datetime) -> None:
    """Take back what has not left yet: the evaluation is over."""
    withdraw(topic=evaluation.topic, kinds=[INVITE, REMIND], now=now)
