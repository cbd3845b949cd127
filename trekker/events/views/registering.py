"""Registering on the public site: form, receipt, and what to do when it is full or closed."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_safe

from trekker.events.actions import registering
from trekker.events.forms.registering import Register
from trekker.events.models import Event, Registration
from trekker.events.queries import suggesting
from trekker.events.queries.agenda import moment_of, standing_of
from trekker.events.queries.places import Places, places_of, takes_registrations
from trekker.kernel.access import Permission, access
from trekker.kernel.tickets import by_ticket

RECEIPT = signing.Signer(salt="trekker.events.receipt")
SHORT = 60  # seconds a browser may keep suggestions
NEXT = 3
FULL = "events/registering/full.html"
_ON_RECEIPT = (
    *("title", "slug", "state", "format", "starts_at", "ends_at", "place", "address", "municipality__name"),
    *("contact_name", "contact_email", "contact_phone"),
)


@access(Permission.PUBLIC)
@by_ticket(Register.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Register someone: one form, no account."""
    event, now = _announced(slug), timezone.now()
    if not takes_registrations(event, now):
        return _closed(request, event)
    # Who can always get a place on the waiting list need not know how many others do.
    places: Any = SimpleLazyObject(lambda: places_of(event))
    if not event.waiting_list and all(each.is_full for each in places.values()):
        return _full(request, event)
    form = Register(request.POST or None, event=event, places=places, now=now)
    if request.method == "POST" and form.is_valid() and (response := _registered(request, event, form)):
        return response
    return render(request, "events/registering/form.html", _shown(event, places, form))


def _registered(request: HttpRequest, event: Event, form: Register) -> HttpResponse | None:
    """Register, and lead to the receipt; nothing when the form must be sent again."""
    try:
        outcome = registering.admit(
            event=event, who=form.who(), brought=form.brought(), ticket=form.number, by=None, now=form.now
        )
    except registering.RegistrationClosed:
        return _closed(request, event)
    except registering.Full:
        return _full(request, event)
    except registering.TicketUsed:
        form.renew()
        return None
    receipt = RECEIPT.sign(f"{event.pk}.{outcome.shown[0]}")
    return redirect("agenda:receipt", event.slug, receipt)


def _shown(event: Event, places: dict[Registration.Mode, Places], form: Register) -> dict[str, Any]:
    waits = all(each.is_full for each in places.values())
    return {"event": event, "form": form, "waits": waits, "moment": moment_of(event)}


def _announced(slug: str) -> Event:
    return get_object_or_404(Event.objects.announced(), slug=slug)


def _closed(request: HttpRequest, event: Event) -> HttpResponse:
    """Say why one cannot register, and what one can do."""
    now = timezone.now()
    standing = standing_of(event, is_full=False, now=now)
    context = {"event": event, "standing": standing, "others": _others(event), "moment": moment_of(event)}
    return render(request, "events/registering/closed.html", context)


def _full(request: HttpRequest, event: Event) -> HttpResponse:
    """
    Say that it is full, and what one can do.

    When places run out everyone comes at once, and visitors all get the same page: it is made once.
    """

    def context() -> dict[str, Any]:
        return {"event": event, "others": _others(event), "moment": moment_of(event)}

    if request.user.is_authenticated:
        return render(request, FULL, context())
    return HttpResponse(
        caches["rush"].get_or_set(f"{FULL}:{event.pk}", lambda: render_to_string(FULL, context()))
    )


def _others(event: Event) -> list[tuple[Event, str]]:
    """Give the next events of the series, or else of the same kind, that one can register for."""
    rows = Event.objects.listed().taking_registrations(timezone.now()).exclude(pk=event.pk)
    rows = rows.filter(series=event.series_id) if event.series_id else rows.filter(kind=event.kind)
    shown = rows.order_by("starts_at", "pk").only("title", "slug", "starts_at", "ends_at")[:NEXT]
    return [(each, moment_of(each)) for each in shown]


@access(Permission.PUBLIC)
@require_safe
def receipt(request: HttpRequest, slug: str, signed: str) -> HttpResponse:
    """Show what became of a registration, without a word about whose it is."""
    event = get_object_or_404(
        Event.objects.announced().select_related("municipality").only(*_ON_RECEIPT), slug=slug
    )
    try:
        pk, _, shown = RECEIPT.unsign(signed).partition(".")
    except signing.BadSignature:
        raise Http404 from None
    if pk != str(event.pk):
        raise Http404
    waits = shown == Registration.Status.WAITING[0]
    context = {"event": event, "waits": waits, "moment": moment_of(event)}
    return render(request, "events/registering/receipt.html", context)


@access(Permission.PUBLIC)
@require_safe
def organisations(request: HttpRequest) -> JsonResponse:
    """Suggest organisations for what someone types, or for the domain of a mail address."""
    today = timezone.localdate()
    if domain := request.GET.get("domein", ""):
        found = list(suggesting.of_address(f"@{domain[:100]}".casefold(), today))
    else:
        found = suggesting.suggestions(request.GET.get("zoek", "")[:100], today)
    response = JsonResponse({"organisaties": [each.name for each in found]})
    response["Cache-Control"] = f"public, max-age={SHORT}"
    return response
