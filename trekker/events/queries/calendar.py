"""What the year calendar shows, what clashes, and whose a private feed is."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

from trekker.events.models import FeedKey
from trekker.kernel.access import Permission, may


def account_with_key(key: str) -> AbstractBaseUser | None:
    """Give the account whose private feed this is, while it may still see activities."""
    found = FeedKey.objects.select_related("account").filter(key=key).first()
    return found.account if found and may(found.account, Permission.EVENTS_VIEW) else None
