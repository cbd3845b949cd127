"""Sending the signals of a week, once to each, and choosing the day."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trekker.kernel import audit
from trekker.kernel.access import Permission, may
from trekker.kernel.models import AnyAccount
from trekker.people.models import Account
from trekker.plan.queries.scores import monday_of
from trekker.reports import emails
from trekker.reports.models import SignalChoice
from trekker.reports.queries.signals import Signals, Week, signals_for

CHOSEN = audit.act("reports.signals_chosen", "dag van de mail met signalen gekozen")
log = logging.getLogger(__name__)
FROM_HOUR = 7  # nobody is woken by a mail


@transaction.atomic
def choose_day(*, account: Account, day: int, by: AnyAccount, now: datetime) -> SignalChoice:
    """Get the signals on this day of the week, or never; a mail of this week that left stays the only one."""
    choice, _is_new = SignalChoice.objects.select_for_update().get_or_create(account=account)
    if choice.day != day:
        choice.day = day
        choice.save(update_fields=["day"])
        audit.record(CHOSEN, choice, by=by, at=now, day=choice.get_day_display())
    return choice


def send_signals(*, now: datetime) -> int:
    """
    Send the signals of this week to each lead whose day has come, once; give how many mails were made.

    Who has nothing to know gets no mail. What fell out is made up for later in the week.
    """
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR:
        return 0
    today = local.date()
    due = _due(today.weekday(), monday_of(today))
    week = Week.of(today) if due else None
    if week is None:
        return 0
    sent = 0
    for account, parties in due:
        try:
            sent += _send(account, parties, week, now=now)
        except Exception:  # one mail that cannot be made may not hold up the others; it is tried again
            log.exception("The signals of account %s cannot be sent", account.pk)
    return sent


def _due(weekday: int, monday: date) -> list[tuple[Account, list[str]]]:
    """Give the active accounts that work for a party, and whose day came while this week is still to do."""
    accounts = Account.objects.filter(is_active=True, represents__isnull=False).distinct()
    found = []
    for account in accounts.select_related("signal_choice").prefetch_related("represents").order_by("pk"):
        choice = getattr(account, "signal_choice", None)
        day = choice.day if choice else SignalChoice.Day.MONDAY
        if (
            day <= weekday
            and (choice is None or choice.looked_in != monday)
            and may(account, Permission.OFFICE)
        ):
            found.append((account, sorted(each.party for each in account.represents.all())))
    return found


def _send(account: Account, parties: list[str], week: Week, *, now: datetime) -> bool:
    """Send someone's signals, unless that was done meanwhile; tells whether there was a mail to make."""
    signals: Signals = signals_for(account, week, parties=parties)
    monday = monday_of(week.today)
    with transaction.atomic():
        # The mail and the mark that it was made go in together: a crash leaves both out.
        choice, _is_new = SignalChoice.objects.select_for_update().get_or_create(account=account)
        if choice.looked_in == monday:
            return False
        choice.looked_in = monday
        choice.save(update_fields=["looked_in"])
        if signals:
            emails.send(account, signals, week=monday, now=now)
    return bool(signals)
