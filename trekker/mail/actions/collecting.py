"""Fetching returned mails from the mailbox where they come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags

from trekker.mail.actions.bouncing import take_bounce
from trekker.mail.reading import MOST_BYTES, read_returned

MOST = 200  # of one turn
SECONDS = 30.0
PORTS = {"imaps": 993, "imap": 143}


def collect_bounces(*, url: str, now: datetime, going: Callable[[], bool] = lambda: True) -> int:
    """
    Read the unread mails of a mailbox and mark them as read; says how many were ours that came back.

    ``url`` is such as ``imaps://user:password@host/INBOX``; the name and password may hold signs in
    percent form. A mail that is too large for a returned mail stays unread.
    """
    parts = urlsplit(url)
    count = 0
    kind = MailBoxUnencrypted if parts.scheme == "imap" else MailBox
    place: BaseMailBox = kind(
        parts.hostname or "", port=parts.port or PORTS.get(parts.scheme, 993), timeout=SECONDS
    )
    folder = unquote(parts.path.strip("/")) or "INBOX"
    with place.login(unquote(parts.username or ""), unquote(parts.password or ""), folder) as box:
        for uid in box.uids(AND(seen=False, size_lt=MOST_BYTES))[:MOST]:
            if not going():
                break
            for mail in box.fetch(AND(uid=uid), mark_seen=False):
                returned = read_returned(mail.obj.as_bytes())
                if returned and take_bounce(returned=returned, now=now):
                    count += 1
            box.flag(uid, MailMessageFlags.SEEN, True)  # noqa: FBT003 - of the library
    return count
