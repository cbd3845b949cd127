"""What can be done with mails."""

from trekker.mail.actions.queueing import File, queue, withdraw

__all__ = ["File", "queue", "withdraw"]
