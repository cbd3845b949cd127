"""What someone sees and does behind the personal link of a registration."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from trekker.events import emails
from trekker.events.actions import registering
from trekker.events.formats import ical
from trekker.events.forms.registering import Change, HandOver
from trekker.events.models import Event, Registration
from trekker.events.queries.agenda import moment_of
from trekker.events.queries.personal import cases_for, kept_for
from trekker.events.queries.places import is_online, is_to_come, place_in_queue, places_of
from trekker.kernel import tickets
from trekker.kernel.access import Permission, access

Status = Registration.Status
View = Callable[..., HttpResponseBase]
SAVED = "bewaard"  # in the address, as a visitor has no session to remember it
NO_PLACE = "Die manier is volzet. Je houdt de plaats die je had."


def _by_key(view: View) -> View:
    """Find the registration of a personal link; the page is kept nowhere and found by no search engine."""

    @wraps(view)
    def opened(request: HttpRequest, key: str) -> HttpResponseBase:
        rows = Registration.objects.select_related("event__municipality", "organisation", "need")
        registration = rows.filter(key=key).first()
        response: Any
        if registration:
            response = view(request, registration)
        else:
            response = render(request, "events/registering/unknown.html", status=404)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


def _shown(registration: Registration, **more: Any) -> dict[str, Any]:
    event, now = registration.event, timezone.now()
    return {
        "registration": registration,
        "event": event,
        "moment": moment_of(event),
        "is_online": is_online(registration),
        "is_to_come": is_to_come(event, now),
        **more,
    }


@access(Permission.PUBLIC)
@require_safe
@_by_key
def show(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show a registration and what can be done with it."""
    waits = registration.status == Status.WAITING
    context = _shown(
        registration,
        queue=place_in_queue(registration) if waits else None,
        cases=cases_for(registration, timezone.now()),
        kept=kept_for(registration),
        answers=_answers(registration),
        is_saved=SAVED in request.GET,
        is_handed_over=registration.status == Status.CANCELLED and emails.was_handed_over(registration),
    )
    return render(request, "events/registering/personal.html", context)


def _answers(registration: Registration) -> list[tuple[str, str]]:
    if not registration.answers:
        return []
    labels = {str(pk): label for pk, label in registration.event.questions.values_list("pk", "label")}
    return [(labels[pk], value) for pk, value in registration.answers.items() if pk in labels]


def _may_change(registration: Registration) -> bool:
    live = registration.status != Status.CANCELLED
    return live and is_to_come(registration.event, timezone.now())


@access(Permission.PUBLIC)
@tickets.by_ticket(Change.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
@_by_key
def change(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Change a registration."""
    here, now = redirect("agenda:personal", registration.key), timezone.now()
    if not _may_change(registration):
        return here
    places = places_of(registration.event)
    form = Change(request.POST or None, registration=registration, places=places, now=now)
    if request.method == "POST" and form.is_valid():
        own = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "function")}
        try:
            registering.change_registration(
                registration=registration,
                **own,
                phone=registration.phone,
                brought=form.brought(),
                by=None,
                now=now,
            )
        except registering.NoPlaceThere:
            form.add_error("mode", NO_PLACE)
        except (registering.NoLongerRegistered, registering.TooLate):
            return here
        else:
            return redirect(f"{here.url}?{SAVED}")
    return render(request, "events/registering/change.html", _shown(registration, form=form))


@access(Permission.PUBLIC)
@tickets.by_ticket(Change.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
@_by_key
def cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask whether to give a place back, and do so."""
    now = timezone.now()
    if request.method == "POST" and not request.ticket.is_stale(now):  # type: ignore[attr-defined]
        with suppress(registering.TooLate):
            registering.cancel_registration(registration=registration, by=None, now=now)
        return redirect("agenda:personal", registration.key)
    if not _may_change(registration):
        return redirect("agenda:personal", registration.key)
    context = _shown(registration, ticket=tickets.issue(Change.purpose, now))
    return render(request, "events/registering/cancel.html", context)


@access(Permission.PUBLIC)
@tickets.by_ticket(HandOver.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
@_by_key
def hand_over(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give a place to a colleague."""
    here, now = redirect("agenda:personal", registration.key), timezone.now()
    if not _may_change(registration):
        return here
    form = HandOver(request.POST or None, registration=registration, now=now)
    if request.method == "POST" and form.is_valid():
        with suppress(registering.NoLongerRegistered, registering.TooLate):
            registering.hand_over(registration=registration, who=form.who(), by=None, now=now)
        return here
    return render(request, "events/registering/hand_over.html", _shown(registration, form=form))


@access(Permission.PUBLIC)
@require_safe
@_by_key
def as_ical(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Give the invitation for someone's own calendar, to who has a place."""
    event: Event = registration.event
    if not event.starts_at or registration.status != Status.REGISTERED:
        return redirect("agenda:personal", registration.key)
    content = ical.invitation(
        event,
        url=settings.BASE_URL + event.get_absolute_url(),
        key_url=settings.BASE_URL + request.path.removesuffix("activiteit.ics"),
        cancelled=event.state == Event.State.CANCELLED,
        now=timezone.now(),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="activiteit.ics"'
    return response
