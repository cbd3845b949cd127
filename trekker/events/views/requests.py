"""Asking for a session on the public site, and the back office's screens about that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.events.actions import requests as actions
from trekker.events.forms import requests as forms
from trekker.events.models import SessionRequest
from trekker.events.queries.requests import organisation_of
from trekker.kernel.access import Permission, access, may
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, form_screen
from trekker.kernel.tickets import by_ticket

INDEX = "session_request:index"
PAGE = "session_request:inspect"
P = Permission
DECIDED_BEFORE = "Over deze vraag is al beslist. Heropen ze eerst."


# -- the public site --------------------------------------------------------------------------------
@access(P.PUBLIC)
@by_ticket(forms.AskSession.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take in a request for a session."""
    now = timezone.now()
    form = forms.AskSession(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        organisation = organisation_of(facts["organisation_text"], facts["email"], timezone.localdate(now))
        try:
            actions.ask_session(facts=facts, organisation=organisation, ticket=form.number, now=now)
        except actions.TicketUsed:
            form.renew()
        else:
            return redirect("agenda:asked", form.number)
    return render(request, "events/requests/ask.html", {"form": form})


@access(P.PUBLIC)
@require_safe
def asked(request: HttpRequest, ticket: str) -> HttpResponse:
    """Show who asked that we have the request; who holds the address may look."""
    found = get_object_or_404(SessionRequest, ticket=ticket)
    response = render(request, "events/requests/asked.html", {"asked": found})
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


# -- the back office --------------------------------------------------------------------------------
class RequestList(Listing):
    """All requests, to search, filter, sort and download."""

    base_filters = forms.RequestFilters
    download_permission = P.PEOPLE_EXPORT
    default_ordering = ("-received_at", "-pk")
    is_searchable = True
    fields = (
        Field("onderwerp", lambda each: each.subject, "subject"),
        Field("soort", lambda each: each.get_kind_display(), "kind", on_phone=False),
        Field("organisatie", lambda each: each.who, "organisation_text"),
        Field("naam", lambda each: each.name, on_screen=False),
        Field("mailadres", lambda each: each.email if each.can_be_mailed else "", on_screen=False),
        Field("telefoon", lambda each: each.phone, on_screen=False),
        Field("wat ze willen bereiken", lambda each: each.wish, on_screen=False),
        Field("voor wie", lambda each: each.audience, on_screen=False),
        Field("mensen verwacht", lambda each: each.people, on_screen=False),
        Field("wanneer", lambda each: each.when, on_screen=False),
        Field("belang", lambda each: each.get_importance_display() or "", "importance", on_phone=False),
        Field("extra mensen", lambda each: each.extra_reach, "extra_reach", on_phone=False),
        Field("stand", lambda each: each.get_state_display(), "state"),
        Field("reden", lambda each: each.reason, on_screen=False),
        Field(
            "gevraagd op", lambda each: timezone.localdate(each.received_at), "received_at", on_phone=False
        ),
        Field("beslist op", lambda each: each.decided_at, on_screen=False),
    )

    def prepare(self, rows: QuerySet, today: Any) -> QuerySet:  # noqa: ARG002 - the list's signature
        """Load the organisation."""
        return rows.select_related("organisation")

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in what they ask, or the organisation."""
        return queryset.matching(self.search_query) if self.is_searching else queryset


class RequestPage(RecordPage):
    """One request, with how it weighs and what was decided."""

    template_name = "events/requests/request.html"

    @property
    def acts(self) -> Sequence[Act]:  # type: ignore[override]
        """Offer what fits the state it is in."""
        change = Act("Verbeter", "session_request:edit", P.IDEAS_CHANGE)
        history = Act("Geschiedenis", "session_request:history", P.IDEAS_CHANGE, "history")
        if not self.object.is_open:
            return (Act("Heropen", "requests:reopen", P.IDEAS_CHANGE, "rotate"), change, history)
        return (
            Act("Beslis", "requests:decide", P.IDEAS_CHANGE, "check"),
            Act("Weeg af", "requests:weigh", P.IDEAS_CHANGE, "sliders"),
            change,
            history,
        )

    def facts(self) -> list[Fact]:
        """Give what is asked, and by whom to who may see people."""
        it: SessionRequest = self.object
        home = reverse("organisation:inspect", args=[it.organisation_id]) if it.organisation else ""
        typed = "" if it.organisation_text == it.who else it.organisation_text
        return [
            Fact("Soort", it.get_kind_display()),
            Fact("Organisatie", it.who, home),
            Fact("Organisatie zoals ingevuld", typed),
            *self._people(),
            Fact("Voor wie", it.audience),
            Fact("Mensen verwacht", it.people),
            Fact("Wanneer", it.when),
            Fact("Gevraagd op", f"{timezone.localdate(it.received_at):%d/%m/%Y}"),
        ]

    def _people(self) -> list[Fact]:
        it: SessionRequest = self.object
        if not it.can_be_mailed or not may(self.request.user, P.PEOPLE_VIEW):
            return []
        return [
            Fact("Gevraagd door", it.name),
            Fact("Mailadres", it.email, f"mailto:{it.email}"),
            Fact("Telefoon", it.phone),
        ]


class AddRequest(AddRecord):
    """Writes down a request that came by phone or mail."""

    success_message = "%(object)s is genoteerd."

    def save_instance(self) -> SessionRequest:
        """Note it by the action."""
        facts = self.form.cleaned_data
        return actions.note_request(facts=facts, by=self.request.user, now=timezone.now())


class EditRequest(EditRecord):
    """Corrects a request."""

    success_message = "%(object)s is bewaard."

    def save_instance(self) -> SessionRequest:
        """Correct it by the action."""
        facts = self.form.cleaned_data
        return actions.change_request(
            request=self.object, facts=facts, by=self.request.user, now=timezone.now()
        )


def _found(request: HttpRequest, pk: int) -> SessionRequest:
    rows = SessionRequest.objects.visible_to(request.user).select_related("event", "organisation")
    return get_object_or_404(rows, pk=pk)


def _trail(found: SessionRequest) -> list[tuple[str, str]]:
    return [(reverse(INDEX), "Vragen om een sessie"), (reverse(PAGE, args=[found.pk]), found.subject)]


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def weigh(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a request weighs."""
    found = _found(request, pk)
    known = {name: getattr(found, name) for name in forms.WeighRequest.base_fields}
    form = forms.WeighRequest(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.weigh_request(request=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.AlreadyDecided:
            form.add_error(None, DECIDED_BEFORE)
        else:
            messages.success(request, "De afweging is bewaard.")
            return redirect(PAGE, found.pk)
    return form_screen(request, form, title="Weeg af", submit="Bewaar", trail=_trail(found), icon="sliders")


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to a request."""
    found = _found(request, pk)
    form = forms.DecideRequest(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _decide(request, found, form)
        except actions.AlreadyDecided:
            form.add_error(None, DECIDED_BEFORE)
        else:
            messages.success(request, said)
            return redirect(PAGE, found.pk)
    return form_screen(
        request, form, title="Beslis", submit="Bewaar de beslissing", trail=_trail(found), icon="check"
    )


def _decide(request: HttpRequest, found: SessionRequest, form: forms.DecideRequest) -> str:
    given = form.cleaned_data
    how = {"reason": given["reason"], "tells": given["tells"], "by": request.user, "now": timezone.now()}
    if given["outcome"] == SessionRequest.State.ACCEPTED:
        actions.accept_request(request=found, session=form.session, **how)
        return "De vraag is aanvaard. De activiteit is gemaakt."
    actions.decline_request(request=found, **how)
    return "De beslissing is bewaard."


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    found = _found(request, pk)
    if request.method != "POST":
        return form_screen(
            request,
            plain_forms.Form(),
            title="Heropen",
            submit="Heropen",
            trail=_trail(found),
            intro="De vraag staat dan weer open. Ging de mail met de beslissing nog niet weg? "
            "Dan houden we die tegen.",
        )
    try:
        in_time = actions.reopen_request(request=found, by=request.user, now=timezone.now())
    except actions.NothingDecided:
        messages.error(request, "Deze vraag staat al open.")
    except actions.EventStands as stands:
        messages.error(request, f"Annuleer eerst de activiteit «{stands.args[0]}». Heropen daarna de vraag.")
    else:
        messages.success(
            request,
            "De vraag staat weer open. De mail ging niet weg." if in_time else "De vraag staat weer open.",
        )
    return redirect(PAGE, found.pk)
