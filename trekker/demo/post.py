"""The mails of the invented year."""

from __future__ import annotations

from trekker.mail.models import Message


def let_leave() -> None:
    """Let the mails of then have left then: the clock of today sends nothing of the invented year."""
    for each in Message.objects.filter(status=Message.Status.QUEUED):
        each.status, each.sent_at, each.attempts = Message.Status.SENT, each.due_at, 1
        each.save(update_fields=["status", "sent_at", "attempts"])
