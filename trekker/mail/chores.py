"""What the outbox does by itself: send, settle doubt, read what came back, forget."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from trekker.kernel import clock
from trekker.kernel.clock import chore
from trekker.mail import actions
from trekker.mail.queries import DELIVER

REST = timedelta(minutes=1)  # while the mail server is away


@chore(DELIVER, every=timedelta(seconds=1))
def deliver(_now: datetime) -> datetime | None:
    """Send what is due; rest a minute when the mail server cannot be reached."""
    done = actions.deliver(clock=timezone.now, going=clock.going)
    return timezone.now() + REST if done.away else None


@chore("mail.settle_doubt", every=timedelta(minutes=1))
def settle_doubt(now: datetime) -> None:
    """Look at the mails of a process that fell."""
    actions.settle_doubt(now=now)


@chore("mail.read_bounces", every=timedelta(minutes=5))
def read_bounces(now: datetime) -> None:
    """Read the mailbox where returned mails come in, if there is one."""
    if settings.TREKKER_BOUNCE_IMAP:
        actions.collect_bounces(url=settings.TREKKER_BOUNCE_IMAP, now=now, going=clock.going)


@chore("mail.forget_old", every=timedelta(days=1))
def forget_old(now: datetime) -> None:
    """Delete the mails of a year ago."""
    actions.forget_old(now=now)
