"""Certificates of attendance of a training: who earned one, to look at, to download and to mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from trekker.events.actions.certificates import NotSettled, enough, send_certificates
from trekker.events.formats.certificate import draw
from trekker.events.forms.attendance import Threshold
from trekker.events.models import Event
from trekker.events.queries import certificates as queries
from trekker.events.views.office import changeable, heading, trail
from trekker.kernel.access import Permission, access
from trekker.kernel.pages import screen

USUAL = 80


def _training(request: HttpRequest, pk: int) -> Event:
    event = changeable(request, pk)
    if event.kind != Event.Kind.TRAINING:
        raise Http404
    return event


def _least(data: Mapping[str, Any]) -> int:
    form = Threshold(data)
    return int(form.cleaned_data["drempel"]) if form.is_valid() else USUAL


@access(Permission.EVENTS_LEAD)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who attended how much, and who gets a certificate at this threshold."""
    event = _training(request, pk)
    least = _least(request.GET)
    people = queries.earned(event)
    getting = [each for each in people if enough(each, least) and not each.mailed_at]
    shown = {
        "event": event,
        "form": Threshold(initial={"drempel": least}),
        "least": least,
        "rows": [(each, each.percent >= least) for each in people],
        "getting": len(getting),
        "without_address": sum(each.percent >= least and not each.address for each in people),
        "unsettled": queries.unsettled(event),
    }
    title = heading("Attesten", event)
    return screen(
        request, "events/participants/certificates.html", title=title, trail=trail(event), context=shown
    )


@access(Permission.EVENTS_LEAD)
@require_safe
def download(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """Give one certificate as PDF; with ``?bekijk`` the browser shows it."""
    event, now = _training(request, pk), timezone.now()
    found = next((each for each in queries.earned(event) if each.registration.pk == registration), None)
    if found is None:
        raise Http404
    certificate = queries.certificate_of(found, queries.organisers_of(event), timezone.localdate(now))
    response = HttpResponse(draw(certificate, now), content_type="application/pdf")
    name = f"attest-{slugify(certificate.name)}.pdf"
    as_file = "bekijk" not in request.GET
    response["Content-Disposition"] = content_disposition_header(as_file, name) or "inline"
    return response


@access(Permission.EVENTS_LEAD)
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail a certificate to everyone who attended enough and has none yet."""
    event = _training(request, pk)
    try:
        sent = send_certificates(event=event, least=_least(request.POST), by=request.user, now=timezone.now())
    except NotSettled:
        messages.error(request, "Verklaar eerst de aanwezigheid van elke sessie volledig.")
    else:
        nobody = "Er is niemand die nog een attest moet krijgen."
        messages.success(request, f"{sent} attesten vertrekken nu per mail." if sent else nobody)
    return redirect("participants:certificates", pk)
