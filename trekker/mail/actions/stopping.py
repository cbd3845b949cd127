"""Addresses that do not work: nothing is mailed to them until a person allows it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.mail.addresses import normal
from trekker.mail.models import StoppedAddress
from trekker.mail.registry import LIFTED, STOPPED

STOPPED_ACT = audit.act("mail.address_stopped", "adres gestopt")
LIFTED_ACT = audit.act("mail.address_lifted", "adres weer toegelaten")
REASON_LENGTH = 300


@transaction.atomic
def stop_address(*, address: str, reason: str, by: AnyAccount, now: datetime) -> StoppedAddress:
    """Stop mailing an address, and tell the rooms that want to know; once is enough."""
    stopped, made = StoppedAddress.objects.get_or_create(
        address=normal(address), defaults={"since": now, "reason": reason[:REASON_LENGTH]}
    )
    if made:
        audit.record(STOPPED_ACT, stopped, by=by, at=now)
        for listener in STOPPED:
            listener(address=stopped.address, by=by, now=now)
    return stopped


@transaction.atomic
def lift_stop(*, stopped: StoppedAddress, by: AnyAccount, now: datetime) -> None:
    """Let an address be mailed again, and tell the rooms that want to know."""
    audit.record(LIFTED_ACT, stopped, by=by, at=now)
    for listener in LIFTED:
        listener(address=stopped.address, by=by, now=now)
    stopped.delete()
