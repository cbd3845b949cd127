"""Who works for which party of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from trekker.kernel import audit
from trekker.people.models import Account
from trekker.plan.models import Representative

REPRESENTS = audit.act("plan.represents", "Werkt voor een organisatie van het plan: gewijzigd")


@transaction.atomic
def set_parties(*, account: Account, parties: Iterable[str], by: Any, now: datetime) -> None:
    """Let an account work for exactly these parties of the plan."""
    wanted = {party.strip() for party in parties} - {""}
    # Two who change the same account at once come one after the other.
    account = Account.objects.select_for_update().get(pk=account.pk)
    before = set(account.represents.values_list("party", flat=True))
    if before == wanted:
        return
    account.represents.exclude(party__in=wanted).delete()
    Representative.objects.bulk_create(
        Representative(account=account, party=party) for party in sorted(wanted - before)
    )
    audit.record(REPRESENTS, account, by=by, at=now, before=sorted(before), after=sorted(wanted))
