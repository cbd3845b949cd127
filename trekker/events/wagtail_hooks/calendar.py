"""The year calendar in the menu, and what an event clashes with on its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from trekker.events.models import Event
from trekker.events.queries.calendar import clashes
from trekker.kernel.access import Permission, may
from trekker.kernel.sections import section

OVER = {Event.State.HELD, Event.State.CANCELLED}


class CalendarMenuItem(MenuItem):
    """The year calendar, for who may see activities."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who may see activities."""
        return may(request.user, Permission.EVENTS_VIEW)


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    """Give the year calendar its place."""
    return CalendarMenuItem(
        "Jaarkalender", reverse("calendar:year"), icon_name="calendar", name="year-calendar", order=24
    )


@section(
    Event,
    title="Botst dit met iets?",
    template="events/calendar/_clashes.html",
    permission=Permission.EVENTS_VIEW,
    order=5,
)
def clashing(event: Event, today: date) -> Mapping[str, Any] | None:
    """Give what is near the days of an event for the same audience; nothing once it is over or free."""
    sessions = event.sessions.all()
    days = {timezone.localdate(each.starts_at) for each in sessions}
    if event.state in OVER or not days or max(days) < today:
        return None
    within = settings.TREKKER_CLASH_DAYS
    found = clashes(days=days, audiences=list(event.audiences.all()), within_days=within, but=event)
    return {"clashes": found, "within": within} if found else None
