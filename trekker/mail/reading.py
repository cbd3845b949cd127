"""What mail servers say: answers to a mail that is handed over, and mails that come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import parseaddr

from flufl.bounce import all_failures

from trekker.mail.addresses import normal

MOST_BYTES = 5_000_000
WORDS_LENGTH = 500
STATUS = re.compile(r"\b([245])[. ](\d{1,3})[. ](\d{1,3})\b")
# Codes of RFC 3463 that say the address itself does not exist; Microsoft says 5.4.1 for it.
UNKNOWN_CODES = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.1"}
UNKNOWN_WORDS = re.compile(
    r"user unknown|unknown (user|recipient|mailbox)|no such (user|recipient|mailbox|address)"
    r"|does(n.t| not) exist|invalid recipient|recipient not found|address not found"
    r"|mailbox (not found|unavailable|disabled)",
    re.IGNORECASE,
)
OUR_ID = re.compile(rb"(?im)^(?:Message-ID|X-Original-Message-ID):[ \t\r\n]*<?([0-9a-f]{32})@")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
REASONS = (  # the first that starts like the code counts
    ("5.2.2", "De mailbox is vol."),
    ("4.2.2", "De mailbox is vol."),
    ("5.2.3", "De mail is te groot voor de ontvanger."),
    ("5.3.4", "De mail is te groot voor de ontvanger."),
    ("5.7", "De mailserver van de ontvanger weigert onze mail."),
    ("5.4", "De mailserver van de ontvanger is niet te vinden."),
)
UNKNOWN = "Het adres bestaat niet."
REFUSED = "De mailserver neemt de mail niet aan."
LATER = "De mailserver vraagt om het later nog eens te doen."


def one_line(words: str) -> str:
    """Give the words of a server as one line that fits, without signs that cannot be seen."""
    return _UNSEEN.sub(" ", words).strip()[:WORDS_LENGTH]


def status_in(words: str) -> str:
    """Give the detailed code in the words of a server, such as 5.1.1; nothing if it has none."""
    found = STATUS.search(words)
    return ".".join(found.groups()) if found else ""


def names_unknown(status: str, words: str) -> bool:
    """Tell whether a server says for good that the address does not exist."""
    if status in UNKNOWN_CODES:
        return True
    vague = status in {"", "5.0.0", "5.5.0", "5.1.0"}
    return vague and bool(UNKNOWN_WORDS.search(words))


def explained(status: str, words: str, *, otherwise: str = REFUSED) -> str:
    """Say in plain Dutch what a server says, followed by its own words."""
    if names_unknown(status, words):
        reason = UNKNOWN
    else:
        reason = next((text for start, text in REASONS if status.startswith(start)), otherwise)
    return f"{reason} Antwoord van de server: {one_line(words)}" if words.strip() else reason


@dataclass(frozen=True)
class Returned:
    """
    What a mail that came back says.

    ``message_id`` is the part of ours before the @, if the returned mail has it; nobody outside can
    guess one. ``address`` is whom it did not reach, if that is said.
    """

    address: str
    hard: bool
    reason: str
    message_id: str


def read_returned(raw: bytes) -> Returned | None:
    """Read a mail that may have come back; gives nothing for any other mail, such as an absence notice."""
    if len(raw) > MOST_BYTES:
        return None
    found = OUR_ID.findall(raw)
    message_id = found[-1].decode() if found else ""
    try:
        mail = message_from_bytes(raw, policy=policy.compat32)
        return _from_report(mail, message_id) or _from_words(mail, message_id)
    except (MessageError, LookupError, ValueError, AttributeError, TypeError):
        return None  # made by anyone, so it may be broken in any way


def _from_report(mail: Message, message_id: str) -> Returned | None:
    """Read the part that RFC 3464 prescribes."""
    for status in _reports(mail):
        action = str(status.get("Action", "")).strip().lower()
        if action not in {"failed", "delayed"}:
            continue
        recipient = str(status.get("Original-Recipient") or status.get("Final-Recipient") or "")
        words = str(status.get("Diagnostic-Code", "")).partition(";")[2] or str(status.get("Status", ""))
        code = status_in(str(status.get("Status", ""))) or status_in(words)
        if code in {"", "5.0.0"}:
            code = status_in(words) or code
        hard = action == "failed" and code.startswith("5") and names_unknown(code, words)
        otherwise = LATER if action == "delayed" else REFUSED
        address = normal(parseaddr(recipient.rpartition(";")[2].strip())[1])
        return Returned(address, hard, explained(code, words, otherwise=otherwise), message_id)
    return None


def _reports(mail: Message) -> Iterator[Message]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status" and part.is_multipart():
            yield from (each for each in part.get_payload() if isinstance(each, Message))  # type: ignore[union-attr]


def _from_words(mail: Message, message_id: str) -> Returned | None:
    """Read the many shapes that follow no standard."""
    temporary, permanent = all_failures(mail)
    both = sorted(permanent) or sorted(temporary)
    if not both:
        return None
    address = both[0].decode("ascii", errors="replace")
    hard = bool(permanent)
    return Returned(normal(address), hard, UNKNOWN if hard else LATER, message_id)
