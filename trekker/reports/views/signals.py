"""The signals of this week on a page, so that nobody depends on mail; and how the mail reads."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trekker.kernel.access import Permission, access
from trekker.kernel.pages import screen
from trekker.people.models import Account
from trekker.plan.queries.leads import parties_of
from trekker.reports import emails
from trekker.reports.models import SignalChoice
from trekker.reports.queries.signals import Signals, Week, signals_for

TITLE, ICON = "Signalen", "info-circle"


def _signals(request: HttpRequest, parties: list[str]) -> Signals | None:
    week = Week.of(timezone.localdate())
    return signals_for(request.user, week, parties=parties) if week else None


@access(Permission.OFFICE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what the reader should know this week."""
    parties = parties_of(request.user)
    context = {
        "signals": _signals(request, parties),
        "parties": parties,
        "choice": SignalChoice.objects.filter(account=request.user.pk).first(),
        "never": SignalChoice.Day.NEVER,
    }
    return screen(request, "reports/signals.html", title=TITLE, trail=[], icon=ICON, context=context)


@access(Permission.OFFICE)
@require_safe
def as_mail(request: HttpRequest) -> HttpResponse:
    """Show how the mail of this week reads to the reader."""
    signals = _signals(request, parties_of(request.user))
    written = emails.preview(cast("Account", request.user), signals) if signals else None
    return screen(
        request,
        "reports/signals_mail.html",
        title="De mail met signalen",
        trail=[(reverse("signals:show"), TITLE)],
        icon="mail",
        context={"written": written},
    )
