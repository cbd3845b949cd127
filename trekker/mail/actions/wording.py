"""The texts that staff choose for a kind of mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex

from django.conf import settings
from django.db import transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.mail.actions.senders import default_sender
from trekker.mail.addresses import normal
from trekker.mail.formats import Written, write
from trekker.mail.models import Message, Wording
from trekker.mail.registry import Kind, unknown_placeholders

CHANGED = audit.act("mail.wording_changed", "mailtekst gewijzigd")
RESTORED = audit.act("mail.wording_restored", "oorspronkelijke mailtekst teruggezet")
TRIED = audit.act("mail.tried", "proefmail gestuurd")
TRIAL = "mail.trial"


class UnknownPlaceholder(Exception):
    """The text holds something between square brackets that this kind of mail does not have."""


@transaction.atomic
def change_wording(*, kind: Kind, subject: str, text: str, by: AnyAccount, now: datetime) -> Wording:
    """
    Let a kind of mail read otherwise from now on; what waits in the outbox stays as it is.

    :raises UnknownPlaceholder: if the text names a placeholder that this kind does not have
    """
    if unknown := unknown_placeholders(kind, f"{subject}\n{text}"):
        raise UnknownPlaceholder(unknown[0])
    wording, _made = Wording.objects.update_or_create(
        kind=kind.code, defaults={"subject": subject, "text": text}
    )
    audit.record(CHANGED, wording, by=by, at=now)
    return wording


@transaction.atomic
def restore_wording(*, kind: Kind, by: AnyAccount, now: datetime) -> None:
    """Go back to the text in the code; changes nothing where that is the text already."""
    if wording := Wording.objects.filter(kind=kind.code).first():
        audit.record(RESTORED, wording, by=by, at=now)
        wording.delete()


def example_values(kind: Kind) -> Mapping[str, str]:
    """Give for each placeholder what the preview shows."""
    return {
        name: kind.examples.get(name)
        or (f"{settings.BASE_URL}/voorbeeld/" if kind.may_link(name) else meaning)
        for name, meaning in kind.placeholders.items()
    }


def preview(*, kind: Kind, subject: str, text: str) -> Written:
    """Show how a text would read, with example values."""
    return write(kind, subject, text, example_values(kind), default_sender().signature)


@transaction.atomic
def send_trial(*, kind: Kind, subject: str, text: str, to: str, by: AnyAccount, now: datetime) -> Message:
    """Send how a text would read to whoever is working on it."""
    sender = default_sender()
    written = write(kind, subject, text, example_values(kind), sender.signature)
    message = Message.objects.create(
        occasion=f"{TRIAL}:{token_hex(8)}",
        address=normal(to),
        kind=TRIAL,
        topic=f"{TRIAL}:{kind.code}"[:60],
        sender=sender,
        subject=f"Proef: {written.subject}"[:250],
        text=written.text,
        html=written.html,
        created_at=now,
        due_at=now,
    )
    audit.record(TRIED, message, by=by, at=now, kind=kind.code)
    return message
