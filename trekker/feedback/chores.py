"""What happens by itself around evaluations: they remind, close, and ask again weeks later."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from trekker.feedback.actions import evaluations, following
from trekker.feedback.actions.forgetting import forget_names
from trekker.kernel.clock import chore

FROM_HOUR = 8  # nobody is woken by a mail


@chore("feedback.rounds", every=timedelta(minutes=10))
def rounds(now: datetime) -> None:
    """Remind who did not answer, and close what is over."""
    if timezone.localtime(now).hour >= FROM_HOUR:
        evaluations.remind_due(now=now)
    evaluations.close_due(now=now)


@chore("feedback.follow_up", every=timedelta(hours=1))
def follow_up(now: datetime) -> None:
    """Ask what came of intentions, once more after ten days, and throw addresses away."""
    if timezone.localtime(now).hour >= FROM_HOUR:
        following.ask_due(now=now)
        following.remind_due(now=now)
    following.expire(now=now)


@chore("feedback.forget_names", every=timedelta(days=1))
def forget(now: datetime) -> None:
    """Take the names out of what was asked two years ago."""
    forget_names(now=now)
