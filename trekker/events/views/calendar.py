"""The year calendar, calendars of others, and the private feed of an account."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trekker.events import tasks
from trekker.events.actions import calendars
from trekker.events.forms.calendar import CalendarForm, DayForm, YearFilter
from trekker.events.models import OtherCalendar
from trekker.events.queries import calendar as queries
from trekker.kernel.access import Permission, access, may
from trekker.kernel.numbers import whole_number
from trekker.kernel.pages import form_screen

YEAR, OTHERS = "calendar:year", "calendar:others"
NEAR = 5  # how many years before and after now one can look at
GRID = "raster"


@access(Permission.EVENTS_VIEW)
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Show all that is planned in a year, ours and that of others, as a list or by month."""
    today = timezone.localdate()
    shown_year = _year(request.GET.get("jaar", ""), today)
    form = YearFilter(request.GET)
    as_grid = request.GET.get("weergave") == GRID
    view = {"jaar": str(shown_year), "weergave": GRID if as_grid else "lijst"}
    form.initial = {**form.chosen, **view}
    here = reverse(YEAR)

    def address(**other: str) -> str:
        return f"{here}?{urlencode({**view, **form.chosen, **other})}"

    months = queries.year_of(year=shown_year, chosen=form.chosen, reader=request.user)
    context: dict[str, Any] = {
        "year": shown_year,
        "today": today,
        "months": months,
        "is_empty": not any(month.items or month.long for month in months),
        "as_grid": as_grid,
        "filters": form,
        "tabs": [("Lijst", address(weergave="lijst")), ("Per maand", address(weergave=GRID))],
        "current": address(),
        "before": address(jaar=str(shown_year - 1)),
        "after": address(jaar=str(shown_year + 1)),
        "list_address": address(weergave="lijst"),
        "without_day": queries.without_day(reader=request.user) if shown_year == today.year else [],
        "whose": list(queries.Whose),
        "weekdays": [(str(WEEKDAYS[place])[:2], WEEKDAYS[place]) for place in range(7)],
        "key": getattr(request.user, "feed_key", None),
        "base": settings.BASE_URL,
        **_day_check(request),
    }
    return render(request, "events/calendar/year.html", context)


def _year(asked: str, today: date) -> int:
    wanted = whole_number(asked)
    return today.year if wanted is None else min(max(wanted, today.year - NEAR), today.year + NEAR)


def _day_check(request: HttpRequest) -> dict[str, Any]:
    """Answer whether a day is free, when that was asked."""
    form = DayForm(request.GET if "dag" in request.GET else None, auto_id="vrij-%s")
    if not form.is_bound or not form.is_valid():
        return {"day_form": form}
    found = queries.clashes(
        days=[form.cleaned_data["dag"]],
        audiences=list(form.cleaned_data["voor"]),
        within_days=settings.TREKKER_CLASH_DAYS,
    )
    return {
        "day_form": form,
        "asked_day": form.cleaned_data["dag"],
        "clashes": found,
        "within": settings.TREKKER_CLASH_DAYS,
    }


@access(Permission.EVENTS_VIEW)
@require_safe
def others(request: HttpRequest) -> HttpResponse:
    """List the calendars of others, with when each was read and what went wrong."""
    rows = OtherCalendar.objects.select_related("organisation").prefetch_related("audiences")
    context = {
        "calendars": rows.annotate(moments=Count("events")).order_by("name"),
        "may_change": may(request.user, Permission.EVENTS_CHANGE),
    }
    return render(request, "events/calendar/others.html", context)


def _trail() -> list[tuple[str, str]]:
    return [(reverse(YEAR), "Jaarkalender"), (reverse(OTHERS), "Kalenders van anderen")]


@access(Permission.EVENTS_CHANGE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a calendar of someone else; an address is fetched at once, by a job."""
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data.pop("file")
        now = timezone.now()
        calendar = calendars.add_calendar(**form.cleaned_data, by=request.user, now=now)
        _read(request, calendar, found)
        return redirect(OTHERS)
    title = "Voeg een kalender toe"
    return form_screen(request, form, title=title, submit="Voeg toe", trail=_trail(), icon="calendar")


@access(Permission.EVENTS_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a calendar of someone else, or give it a newer file."""
    calendar = get_object_or_404(OtherCalendar, pk=pk)
    known = {name: getattr(calendar, name) for name in ("name", "url", "organisation")}
    known["audiences"] = calendar.audiences.all()
    form = CalendarForm(request.POST or None, request.FILES or None, calendar=calendar, initial=known)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data.pop("file")
        now = timezone.now()
        calendar = calendars.correct_calendar(
            calendar=calendar, **form.cleaned_data, by=request.user, now=now
        )
        _read(request, calendar, found)
        return redirect(OTHERS)
    title = f"Verbeter {calendar}"
    return form_screen(request, form, title=title, submit="Bewaar", trail=_trail(), icon="calendar")


def _read(request: HttpRequest, calendar: OtherCalendar, found: Any) -> None:
    """Take in the file that came along, or let a job fetch the address."""
    if found is not None:
        calendars.take_in(calendar=calendar, found=found, by=request.user, now=timezone.now())
        moments = "1 moment" if len(found) == 1 else f"{len(found)} momenten"
        messages.success(request, f"{calendar} is bewaard, met {moments}.")
    elif calendar.url:
        tasks.calendars.fetch.enqueue(calendar.pk)
        messages.success(request, f"{calendar} is bewaard. We halen de kalender nu op.")
    else:
        messages.success(request, f"{calendar} is bewaard.")


@access(Permission.EVENTS_CHANGE)
@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch a calendar again, by a job."""
    calendar = get_object_or_404(OtherCalendar.objects.exclude(url=""), pk=pk)
    tasks.calendars.fetch.enqueue(calendar.pk)
    messages.success(request, f"We halen {calendar} nu op. Ververs deze pagina na een minuut.")
    return redirect(OTHERS)


@access(Permission.EVENTS_CHANGE)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a calendar of someone else, after a question."""
    calendar = get_object_or_404(OtherCalendar, pk=pk)
    if request.method == "POST":
        calendars.remove_calendar(calendar=calendar, by=request.user, now=timezone.now())
        messages.success(request, f"{calendar.name} is weg.")
        return redirect(OTHERS)
    return render(request, "events/calendar/remove.html", {"calendar": calendar})


@access(Permission.EVENTS_VIEW)
@require_POST
def renew_key(request: HttpRequest) -> HttpResponse:
    """Give an account an address of its own for its calendar program; the one before ends."""
    calendars.renew_key(by=request.user, now=timezone.now())
    messages.success(request, "Je hebt een nieuw adres. Een vorig adres werkt niet meer.")
    return redirect(f"{reverse(YEAR)}#eigen-kalender")


@access(Permission.EVENTS_VIEW)
@require_POST
def end_key(request: HttpRequest) -> HttpResponse:
    """End that address."""
    calendars.end_key(by=request.user, now=timezone.now())
    messages.success(request, "Je adres werkt niet meer.")
    return redirect(f"{reverse(YEAR)}#eigen-kalender")
