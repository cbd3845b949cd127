"""In whose name mails leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.mail.models import Sender

KEPT = audit.act("mail.sender_kept", "afzender bewaard")


def default_sender() -> Sender:
    """Give the sender of mails that name none; without one, it comes from ``DEFAULT_FROM_EMAIL``."""
    if found := Sender.objects.filter(is_default=True).first():
        return found
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    try:
        with transaction.atomic():
            return Sender.objects.update_or_create(
                name=name or address,
                defaults={"is_default": True},
                create_defaults={"address": address, "is_default": True},
            )[0]
    except IntegrityError:  # another process made it at the same moment
        return Sender.objects.get(is_default=True)


@transaction.atomic
def keep_sender(*, sender: Sender, facts: Mapping[str, Any], by: AnyAccount, now: datetime) -> Sender:
    """Add or correct a sender; when it becomes the default, the former one no longer is."""
    for name, value in facts.items():
        setattr(sender, name, value)
    if sender.is_default:
        Sender.objects.filter(is_default=True).exclude(pk=sender.pk).update(is_default=False)
    sender.save()
    audit.record(KEPT, sender, by=by, at=now)
    return sender
