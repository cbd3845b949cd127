"""What staff do for someone on the phone: register, change, cancel; and decide on an intervision."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from trekker.events.actions import intervision, registering
from trekker.events.actions.states import WrongStep
from trekker.events.forms.registering import ByPhone, StopRegistration
from trekker.events.models import Registration
from trekker.events.queries.participants import leads
from trekker.events.queries.places import is_to_come, place_in_queue, places_of
from trekker.events.views.office import PAGE, REFUSED, changeable, heading, refusal, trail
from trekker.kernel.access import Permission, access
from trekker.kernel.pages import form_screen, screen

Status = Registration.Status
HOW = "Vink de laatste vraag aan om toch in te schrijven."
CLOSED = f"Inschrijven kan niet op dit moment. {HOW}"
FULL = f"Alle plaatsen zijn bezet, en er is geen wachtlijst. {HOW}"
OFF = "Deze activiteit is geannuleerd of heeft nog geen dag. Zet ze eerst in de planning."
GONE = "Deze persoon is intussen uitgeschreven."
DECIDED = "De beslissing viel al. Kijk hieronder hoe het staat."
UNCLEAR = "We kregen geen antwoord. Kies of het doorgaat, of annuleer."


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Register someone who calls; the rules of the website go, unless staff decide otherwise."""
    event, now = changeable(request, pk), timezone.now()
    form = ByPhone(request.POST or None, event=event, places=places_of(event))
    if request.method == "POST" and form.is_valid():
        overrule = form.cleaned_data["overrule"]
        try:
            outcome = registering.register(
                event=event,
                who=form.who(),
                brought=form.brought(),
                source=Registration.Source.PHONE,
                overrule=overrule,
                by=request.user,
                now=now,
            )
        except registering.RegistrationClosed:
            form.add_error("overrule", OFF if overrule else CLOSED)
        except registering.Full:
            form.add_error("overrule", FULL)
        else:
            messages.success(request, _told(outcome, now))
            return redirect(PAGE, event.pk)
    return form_screen(
        request,
        form,
        title=heading("Schrijf iemand in", event),
        submit="Schrijf in",
        trail=trail(event),
        intro="Voor wie belt of mailt. Lees de vragen voor.",
        icon="user",
    )


def _told(outcome: registering.Outcome, now: datetime) -> str:
    registration = outcome.registration
    if not outcome.is_new:
        return f"{registration} stond al genoteerd: {registration.get_status_display()}."
    if not is_to_come(registration.event, now):
        mailed = "Er gaat geen mail, want de activiteit is al begonnen."
    else:
        mailed = "De mail is onderweg." if registration.email else "Er gaat geen mail, want er is geen adres."
    if registration.status == Status.WAITING:
        return f"{registration} staat op de wachtlijst, op plaats {place_in_queue(registration)}. {mailed}"
    return f"{registration} is ingeschreven. {mailed}"


def _of(request: HttpRequest, pk: int) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related("event", "organisation", "need")
    return get_object_or_404(rows.exclude(status=Status.CANCELLED), pk=pk)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a registration for someone; what they need is for who leads the event."""
    registration = _of(request, pk)
    event = registration.event
    form = ByPhone(
        request.POST or None,
        event=event,
        places=places_of(event),
        kept=registration,
        sees_needs=leads(event, request.user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            registering.correct_registration(
                registration=registration,
                who=form.who(),
                brought=form.brought(),
                overrule=form.cleaned_data["overrule"],
                by=request.user,
                now=timezone.now(),
            )
        except registering.NoPlaceThere:
            form.add_error("overrule", FULL)
        except registering.AddressOfAnother:
            form.add_error("email", "Iemand anders heeft met dit adres al een plaats.")
        except registering.NoLongerRegistered:
            form.add_error(None, GONE)
        else:
            messages.success(request, f"De inschrijving van {form.who().first_name} is bewaard.")
            return redirect(PAGE, event.pk)
    stands = f"{registration.get_source_display().capitalize()}, {registration.get_status_display()}."
    context = {"form": form, "submit": "Bewaar", "intro": stands, "back": reverse(PAGE, args=[event.pk])}
    return screen(
        request,
        "events/registering/by_phone.html",
        title=f"Wijzig {registration}",
        trail=trail(event),
        icon="user",
        context={**context, "registration": registration},
        media=form.media,
    )


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the registration of someone; who waits first gets the place."""
    registration = _of(request, pk)
    event = registration.event
    form = StopRegistration()
    if request.method == "POST":
        registering.cancel_registration(
            registration=registration, overrule=True, by=request.user, now=timezone.now()
        )
        messages.success(request, f"{registration} is uitgeschreven.")
        return redirect(PAGE, event.pk)
    waits = event.registrations.waiting().exists()
    return form_screen(
        request,
        form,
        title=f"Schrijf {registration} uit",
        submit="Schrijf uit",
        trail=trail(event),
        intro="Wie eerst op de wachtlijst staat, krijgt de plaats." if waits else "De plaats komt vrij.",
        icon="cross",
        danger=True,
    )


@access(Permission.EVENTS_LEAD)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an event go ahead, or call it off for lack of people; everyone gets the mail that fits."""
    event = changeable(request, pk)
    answer = request.POST.get("door")
    if answer not in {"ja", "nee"}:
        messages.error(request, UNCLEAR)
        return redirect(PAGE, event.pk)
    goes_ahead = answer == "ja"
    try:
        intervision.decide(event=event, goes_ahead=goes_ahead, by=request.user, now=timezone.now())
    except WrongStep:
        messages.error(request, DECIDED)
    except REFUSED as refused:
        messages.error(request, refusal(refused))
    else:
        done = "Het gaat door." if goes_ahead else "De activiteit is geannuleerd."
        messages.success(request, f"{done} Iedereen krijgt een mail.")
    return redirect(PAGE, event.pk)


@access(Permission.EVENTS_LEAD)
@require_POST
def choose_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the case of one participant, or leave it again."""
    registration = _of(request, pk)
    chosen = request.POST.get("kies") == "ja"
    try:
        intervision.choose_case(registration=registration, chosen=chosen, by=request.user, now=timezone.now())
    except intervision.NoCase:
        messages.error(request, GONE)
    return redirect(f"{reverse(PAGE, args=[registration.event_id])}#vraagstukken")
