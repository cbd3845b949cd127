"""One open line to the mail server, and what it answers."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from datetime import datetime
from email import encoders
from email.mime.base import MIMEBase
from email.utils import format_datetime, formataddr
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.message import sanitize_address
from django.utils import timezone

from trekker.mail.addresses import domain
from trekker.mail.models import Attachment, Message

CLOSING = 421  # the server hangs up
LEADING_DOT = re.compile(rb"(?m)^\.")
METHOD = re.compile(r"method=([A-Za-z]+)")


class Refused(Exception):
    """The server says no; ``code`` is its answer in three digits, ``at`` what it was asked."""

    def __init__(self, at: str, code: int, words: bytes) -> None:
        """Remember the answer."""
        self.at = at
        self.code = code
        self.words = words.decode("utf-8", errors="replace")
        super().__init__(f"{code} {self.words}")


class NotReached(Exception):
    """No line to the server, or it broke before the mail was handed over: nothing was accepted."""


class Unanswered(Exception):
    """The mail was handed over whole, and the line broke before the answer came."""


class Relay:
    """
    The mail server of the settings, over one line that stays open for a batch.

    Used as ``with``; the line opens with the first mail or by :meth:`open`.
    """

    def __init__(self) -> None:
        """Prepare, without a line yet."""
        self._backend: Any = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()

    def open(self) -> bool:
        """
        Open the line if it is not; tells whether it is a new one.

        :raises NotReached: if the server cannot be reached, or does not let us in
        """
        try:
            return bool(self._backend.open())
        except OSError as fault:  # smtplib's own faults are among these
            self._drop()
            raise NotReached(_words(fault)) from fault

    def send(self, mail: EmailMultiAlternatives) -> None:
        """
        Hand over one mail, and return once the server accepted it.

        :raises Refused: if the server says no
        :raises NotReached: if the line breaks before the mail is handed over
        :raises Unanswered: if it breaks after, so that nobody knows
        """
        fresh = self.open()
        line = getattr(self._backend, "connection", None)
        if not isinstance(line, smtplib.SMTP):
            self._send_otherwise(mail)
            return
        sender = sanitize_address(settings.TREKKER_BOUNCE_ADDRESS or mail.from_email, "utf-8")
        recipient = sanitize_address(mail.to[0], "utf-8")
        body = LEADING_DOT.sub(b"..", mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        try:
            self._begin(line, sender, len(body))
        except (NotReached, Refused) as fault:
            # Servers hang up after a number of mails or some rest; a new line is all they want.
            if fresh or (isinstance(fault, Refused) and fault.code != CLOSING):
                raise
            self._drop()
            self.open()
            line = self._backend.connection
            self._begin(line, sender, len(body))
        self._hand_over(line, recipient, body)

    def _begin(self, line: smtplib.SMTP, sender: str, size: int) -> None:
        try:
            line.ehlo_or_helo_if_needed()
            options = [f"size={size}"] if line.has_extn("size") else []
            self._expect("MAIL", line.mail(sender, options), 2)
        except smtplib.SMTPException as fault:
            self._drop()
            raise NotReached(_words(fault)) from fault

    def _hand_over(self, line: smtplib.SMTP, recipient: str, body: bytes) -> None:
        try:
            self._expect("RCPT", line.rcpt(recipient), 2)
            line.putcmd("data")
            self._expect("DATA", line.getreply(), 3)
            line.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        except smtplib.SMTPException as fault:
            # Without the last line of the mail the server cannot have accepted it.
            self._drop()
            raise NotReached(_words(fault)) from fault
        try:
            answer = line.getreply()
        except smtplib.SMTPException as fault:
            self._drop()
            raise Unanswered(_words(fault)) from fault
        self._expect("DATA", answer, 2)

    def _expect(self, at: str, answer: tuple[int, bytes], first_digit: int) -> None:
        code, words = answer
        if code // 100 == first_digit:
            return
        if code == CLOSING or code <= 0:
            self._drop()
        else:
            with suppress(OSError):
                self._backend.connection.rset()
        if code <= 0:  # what smtplib gives for an answer that is none
            raise NotReached(words.decode("utf-8", errors="replace"))
        raise Refused(at, code, words)

    def _send_otherwise(self, mail: EmailMultiAlternatives) -> None:
        """Send by a backend that is no SMTP: files, or the service of a provider."""
        try:
            self._backend.send_messages([mail])
        except OSError as fault:
            raise NotReached(_words(fault)) from fault

    def _drop(self) -> None:
        with suppress(OSError):
            self._backend.close()


def _words(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        said = fault.smtp_error
        return (
            f"{fault.smtp_code} {said.decode('utf-8', errors='replace') if isinstance(said, bytes) else said}"
        )
    return str(fault) or type(fault).__name__


def as_mail(message: Message, now: datetime) -> EmailMultiAlternatives:
    """Make of a message of the outbox what travels; its Message-ID stays the same each time."""
    sender = message.sender
    name, address = (sender.name, sender.address) if sender else ("", settings.DEFAULT_FROM_EMAIL)
    reply_to = message.reply_to or (sender.reply_to if sender else "")
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        formataddr((name, address)) if name else address,
        [message.address],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": f"<{message.message_id}@{domain(address).rstrip('>')}>",
            "Date": format_datetime(timezone.localtime(now)),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",  # Exchange sends no absence notices to this
            "Content-Language": "nl",
        },
    )
    mail.attach_alternative(message.html, "text/html")
    for each in sorted(message.attachments.all(), key=lambda each: each.pk):
        mail.attach(_part(each))
    return mail


def _part(attachment: Attachment) -> MIMEBase:
    kind, _, rest = attachment.content_type.partition(";")
    main, _, sub = kind.strip().partition("/")
    part = MIMEBase(main, sub or "octet-stream")
    if kind.strip() == "text/calendar":
        method = METHOD.search(rest)
        part.set_param("method", method[1].upper() if method else "PUBLISH")
    if main == "text":
        part.set_param("charset", "utf-8")
    part.set_payload(bytes(attachment.content))
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part
