"""Forgetting: what people needed, and after two years who they were."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from trekker.events.models import AccessNeed, Event, Registration
from trekker.events.models.registration import new_key

NEEDS_KEPT = timedelta(days=7)
MONTHS_KEPT = 24
BATCH = 500


@transaction.atomic
def wipe_needs(*, now: datetime) -> int:
    """
    Wipe what people needed at events that ended a week ago, or were called off; says how many.

    For an event without a day, a week counts from when they registered.
    """
    before = now - NEEDS_KEPT
    over = Q(registration__event__ends_at__lte=before)
    over |= Q(registration__event__ends_at=None, registration__registered_at__lte=before)
    off = Q(registration__event__state=Event.State.CANCELLED)
    gone = Q(registration__status=Registration.Status.CANCELLED)
    count, _ = AccessNeed.objects.filter(over | off | gone).delete()
    return count


def forget_names(*, now: datetime) -> int:
    """
    Take who they were out of the registrations of events of two years ago; says how many.

    The organisation and the attendance stay, so that figures do not change. Nobody can open the
    personal link any more. For an event without a day, the years count from when they registered.
    """
    personal = {**Registration.privacy.personal, "person": None, "ticket": None}
    before = _two_years_before(now)
    over = Q(event__ends_at__lt=before) | Q(event__ends_at=None, registered_at__lt=before)
    old = Registration.objects.filter(over)
    texts = ("email", "first_name", "last_name", "organisation_text")
    named = old.filter(Q(person__isnull=False) | ~Q(**dict.fromkeys(texts, "")))
    count = 0
    while rows := list(named.order_by("pk")[:BATCH]):
        with transaction.atomic():
            for row in rows:
                for name, value in personal.items():
                    setattr(row, name, value)
                row.key = new_key()
            Registration.objects.bulk_update(rows, [*personal, "key"])
        count += len(rows)
    return count


def _two_years_before(now: datetime) -> datetime:
    years = MONTHS_KEPT // 12
    leap_day = now.month == 2 and now.day == 29  # noqa: PLR2004 - the calendar's own numbers
    return now.replace(year=now.year - years, day=28 if leap_day else now.day)
