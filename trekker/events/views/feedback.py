"""Asking feedback about an event by hand, and choosing whether it is asked by itself."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from trekker.events.actions import feedback
from trekker.events.models import Event
from trekker.events.queries.feedback import audience, mails_to, standing_of
from trekker.events.views.office import PAGE, changeable, heading, trail
from trekker.feedback.models import Evaluation, Questionnaire
from trekker.feedback.models.evaluation import LEAST
from trekker.kernel.access import Permission, access
from trekker.kernel.pages import form_screen

NOT_HELD = "De activiteit is nog niet gehouden. Zeg eerst dat ze doorging."
NO_FORM = "Er is geen vragenlijst voor deze soort. Maak er eerst een."
ASKED_BEFORE = "Er is al feedback gevraagd over deze activiteit."
NOBODY = "Er is niemand om te mailen. Gebruik de QR-code of de link."


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom asking now mails, and ask, without waiting for the list of who was there."""
    event, now = changeable(request, pk), timezone.now()
    standing = standing_of(event, now)
    refused = ""
    if event.evaluation_id:
        refused = ASKED_BEFORE
    elif not standing or not standing.may_ask:
        refused = NOT_HELD
    elif not standing.form:
        refused = NO_FORM
    elif request.method != "POST":
        return _confirm(request, event, standing.form)
    else:
        try:
            evaluation = feedback.ask_feedback(event=event, by=request.user, now=now)
        except feedback.NotHeld:  # someone was a moment sooner
            refused = NOT_HELD
        except feedback.NoForm:
            refused = NO_FORM
        else:
            _tell(request, evaluation)
    if refused:
        messages.error(request, refused)
    return redirect(PAGE, event.pk)


def _confirm(request: HttpRequest, event: Event, form: Questionnaire) -> HttpResponse:
    people = audience(event)
    mails = mails_to(people)
    told = "1 mens krijgt" if mails == 1 else f"{mails} mensen krijgen"
    said = [f"{told} nu een mail met «{form.title}»." if mails else NOBODY]
    if len(people) < LEAST:
        said.append(f"Je vraagt minder dan {LEAST} mensen. Onder {LEAST} antwoorden zie je nooit iets.")
    return form_screen(
        request,
        forms.Form(),
        title=heading("Vraag nu feedback", event),
        submit="Vraag nu feedback" if mails else "Open de evaluatie",
        trail=trail(event),
        icon="mail",
        intro=" ".join(said),
    )


def _tell(request: HttpRequest, evaluation: Evaluation) -> None:
    """Say how many mails leave, or how to ask without."""
    mails = evaluation.invitations.count()
    page = messages.button(reverse("evaluation:inspect", args=[evaluation.pk]), "Bekijk de evaluatie")
    if not mails:
        messages.warning(request, NOBODY, buttons=[page])
        return
    told = "1 mens krijgt een mail" if mails == 1 else f"{mails} mensen krijgen een mail"
    messages.success(request, f"We vragen nu feedback: {told}.", buttons=[page])


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
