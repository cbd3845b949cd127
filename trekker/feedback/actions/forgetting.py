"""Forgetting who answered on name, and how to reach who offered something, after two years."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trekker.feedback.models import FollowUp, Invitation, Response

YEARS_KEPT = 2


@transaction.atomic
def forget_names(*, now: datetime) -> int:
    """
    Take the names out of what was asked two years ago, and the contacts out of offers; says how many.

    What people answered, and for which organisation, stays, so that figures do not change.
    """
    before = _two_years_before(timezone.localdate(now))
    old = {"evaluation__about_on__lt": before}
    named = Response.objects.filter(~Q(name="") | Q(person__isnull=False), **old)
    count = named.update(name="", person=None)
    invited = Invitation.objects.filter(~Q(email="") | ~Q(name="") | Q(person__isnull=False), **old)
    count += invited.update(name="", email="", person=None, draft=None)
    offers = FollowUp.objects.exclude(contact="").filter(response__evaluation__about_on__lt=before)
    return count + offers.update(contact="")


def _two_years_before(day: date) -> date:
    leap_day = day.month == 2 and day.day == 29  # noqa: PLR2004 - the calendar's own numbers
    return day.replace(year=day.year - YEARS_KEPT, day=28 if leap_day else day.day)
