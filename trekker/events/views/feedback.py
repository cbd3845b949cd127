"""Asking feedback about an event by hand, and choosing whether it is asked by itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from trekker.events.actions import feedback
from trekker.events.views.office import PAGE, changeable
from trekker.kernel.access import Permission, access


@access(Permission.EVENTS_LEAD)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask now, without waiting for the list of who was there."""
    event = changeable(request, pk)
    try:
        evaluation = feedback.ask_feedback(event=event, by=request.user, now=timezone.now())
    except feedback.NotHeld:
        messages.error(request, "De activiteit is nog niet gehouden. Zeg eerst dat ze doorging.")
    except feedback.NoForm:
        messages.error(request, "Er is geen vragenlijst voor deze soort. Maak er eerst een.")
    else:
        people = evaluation.invitations.count()
        told = "1 mens krijgt een mail" if people == 1 else f"{people} mensen krijgen een mail"
        messages.success(request, f"We vragen nu feedback: {told}.")
    return redirect(PAGE, event.pk)


@access(Permission.EVENTS_LEAD)
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose whether feedback is asked by itself."""
    event = changeable(request, pk)
    asks = request.POST.get("vraag") == "ja"
    feedback.choose_asking(event=event, asks=asks, by=request.user, now=timezone.now())
    told = "We vragen na afloop feedback." if asks else "We vragen geen feedback over deze activiteit."
    messages.success(request, told)
    return redirect(PAGE, event.pk)
