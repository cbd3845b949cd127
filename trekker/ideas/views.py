"""The back office's screens about ideas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms as plain_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.widgets.button import HeaderButton

from trekker.ideas import actions, forms, queries
from trekker.ideas.models import Consultation, Idea
from trekker.kernel.access import Permission, access, may
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, form_screen, screen

INDEX = "idea:index"
PAGE = "idea:inspect"
P = Permission
NOT_YET = "Deze dag moet nog komen. Vul in wanneer je ze bevroeg."
DECIDED_BEFORE = "Over dit idee is al beslist. Heropen het eerst."


def _names(rows: Any) -> str:
    return ", ".join(str(each) for each in rows.all())


def _voices(idea: Idea) -> str:
    return "; ".join(
        f"{each.who} ({each.on:%d/%m/%Y}, {each.get_view_display()}): {each.said}"
        for each in idea.consultations.all()
    )


class IdeaList(Listing):
    """All ideas, to search, filter, sort and download."""

    base_filters = forms.IdeaFilters
    download_permission = P.IDEAS_VIEW
    default_ordering = ("-created_at", "-pk")
    is_searchable = True
    fields = (
        Field("idee", lambda each: each.title, "title"),
        Field("nood of kans", lambda each: each.description, on_screen=False),
        Field("vorm", lambda each: each.get_form_display(), "form", on_phone=False),
        Field("stand", lambda each: each.get_state_display(), "state"),
        Field("nood", lambda each: each.get_need_display() or "", "need", on_phone=False),
        Field("bereik", lambda each: each.get_reach_display() or "", "reach", on_phone=False),
        Field("werk", lambda each: each.get_effort_display() or "", "effort", on_phone=False),
        Field("thema's", lambda each: _names(each.themes), on_phone=False),
        Field("doelgroepen", lambda each: _names(each.audiences), on_screen=False),
        Field("herkomst", lambda each: each.get_origin_display(), on_screen=False),
        Field("herkomst in woorden", lambda each: each.origin_text, on_screen=False),
        Field("bevragingen", _voices, on_screen=False),
        Field("afweging", lambda each: each.weighing, on_screen=False),
        Field("reden van de beslissing", lambda each: each.reason, on_screen=False),
        Field("beslist op", lambda each: each.decided_at, on_screen=False),
        Field("genoteerd op", lambda each: timezone.localdate(each.created_at), "created_at", on_phone=False),
    )

    def prepare(self, rows: QuerySet, today: Any) -> QuerySet:  # noqa: ARG002 - the list's signature
        """Load themes, audiences and consultations."""
        return queries.listed(rows)

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in what was written about an idea."""
        return queryset.matching(self.search_query) if self.is_searching else queryset

    @cached_property
    def header_buttons(self) -> list[Any]:
        """Lead to the comparison too."""
        side_by_side = HeaderButton("Weeg ideeën af", url=reverse("ideas:compare"), icon_name="table")
        return [*super().header_buttons, side_by_side]


class IdeaPage(RecordPage):
    """One idea, from noted to done."""

    template_name = "ideas/idea.html"

    @property
    def acts(self) -> Sequence[Act]:  # type: ignore[override]
        """Offer what fits the state it is in."""
        change = Act("Verbeter", "idea:edit", P.IDEAS_CHANGE)
        history = Act("Geschiedenis", "idea:history", P.IDEAS_CHANGE, "history")
        if self.object.is_open:
            return (
                Act("Beslis", "ideas:decide", P.IDEAS_CHANGE, "check"),
                Act("Weeg af", "ideas:weigh", P.IDEAS_CHANGE, "sliders"),
                change,
                history,
            )
        reopened = Act("Heropen", "ideas:reopen", P.IDEAS_CHANGE, "rotate")
        done = Act("Zet op uitgevoerd", "ideas:done", P.IDEAS_CHANGE, "check")
        goes = self.object.state == Idea.State.GOES_AHEAD
        return (*((done,) if goes else ()), reopened, change, history)

    def facts(self) -> list[Fact]:
        """Give where it came from, what it could become, and for whom."""
        it = self.object
        origin = ": ".join(filter(None, [it.get_origin_display(), it.origin_text]))
        noted = f"{timezone.localdate(it.created_at):%d/%m/%Y}"
        return [
            Fact("Mogelijke vorm", it.get_form_display()),
            Fact("Herkomst", origin),
            Fact("Thema's", _names(it.themes)),
            Fact("Doelgroepen", _names(it.audiences)),
            Fact("Genoteerd", f"{noted} door {it.created_by}" if it.created_by else noted),
        ]


class _Facts:
    """Mixin: what the form of an idea gives to the action."""

    def _given(self) -> dict[str, Any]:
        facts = dict(self.form.cleaned_data)  # type: ignore[attr-defined]
        return {"themes": facts.pop("themes"), "audiences": facts.pop("audiences"), "facts": facts}


class AddIdea(_Facts, AddRecord):
    """Notes an idea."""

    success_message = "%(object)s is genoteerd."

    def save_instance(self) -> Idea:
        """Note it by the action."""
        return actions.note_idea(**self._given(), by=self.request.user, now=timezone.now())


class EditIdea(_Facts, EditRecord):
    """Corrects an idea."""

    success_message = "%(object)s is bewaard."

    def save_instance(self) -> Idea:
        """Correct it by the action."""
        return actions.change_idea(
            idea=self.object, **self._given(), by=self.request.user, now=timezone.now()
        )


@access(P.IDEAS_VIEW)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Put the ideas that ask a decision side by side."""
    order = request.GET.get("op", "nood")
    order = order if order in queries.ORDERS else "nood"
    later = request.GET.get("later") == "ja"
    states = [*Idea.OPEN, *([Idea.State.LATER] if later else [])]
    ideas = Idea.objects.visible_to(request.user).filter(state__in=states)
    context = {
        "ideas": queries.side_by_side(ideas, order),
        "order": order,
        "orders": queries.ORDERS,
        "later": later,
        "may_change": may(request.user, P.IDEAS_CHANGE),
    }
    trail = [(reverse(INDEX), "Ideeën")]
    return screen(request, "ideas/compare.html", title="Afwegen", trail=trail, icon="table", context=context)


def _trail(idea: Idea) -> list[tuple[str, str]]:
    return [(reverse(INDEX), "Ideeën"), (reverse(PAGE, args=[idea.pk]), idea.title)]


def _idea(request: HttpRequest, pk: int) -> Idea:
    return get_object_or_404(Idea.objects.visible_to(request.user), pk=pk)


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def weigh(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an idea weighs."""
    idea = _idea(request, pk)
    known = {name: getattr(idea, name) for name in forms.WeighForm.base_fields}
    form = forms.WeighForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.weigh_idea(idea=idea, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.AlreadyDecided:
            form.add_error(None, DECIDED_BEFORE)
        else:
            messages.success(request, "De afweging is bewaard.")
            return redirect(PAGE, idea.pk)
    return form_screen(request, form, title="Weeg af", submit="Bewaar", trail=_trail(idea), icon="sliders")


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide what becomes of an idea."""
    idea = _idea(request, pk)
    form = forms.DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(idea=idea, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.AlreadyDecided:
            form.add_error(None, DECIDED_BEFORE)
        else:
            messages.success(request, "De beslissing is bewaard.")
            return redirect(PAGE, idea.pk)
    return form_screen(
        request, form, title="Beslis", submit="Bewaar de beslissing", trail=_trail(idea), icon="check"
    )


def _confirmed(
    request: HttpRequest,
    idea: Idea,
    act: Callable[..., Any],
    *,
    refusal: type[Exception],
    title: str,
    intro: str,
    said: str,
) -> HttpResponse:
    """Ask whether to go on, and then do it; what can no longer be done leads back with a message."""
    form = plain_forms.Form(request.POST or None)
    if request.method != "POST":
        return form_screen(request, form, title=title, submit=title, trail=_trail(idea), intro=intro)
    try:
        act(idea=idea, by=request.user, now=timezone.now())
    except refusal:
        messages.error(request, "Dit kan niet meer. Iemand veranderde het idee intussen.")
    else:
        messages.success(request, said)
    return redirect(PAGE, idea.pk)


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    return _confirmed(
        request,
        _idea(request, pk),
        actions.reopen,
        refusal=actions.NothingDecided,
        title="Heropen",
        intro="Het idee staat dan weer open. De vorige beslissing blijft zichtbaar in het verloop.",
        said="Het idee staat weer open.",
    )


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an idea was carried out."""
    return _confirmed(
        request,
        _idea(request, pk),
        actions.mark_done,
        refusal=actions.DoesNotGoAhead,
        title="Zet op uitgevoerd",
        intro="Je zegt hiermee dat dit idee is uitgevoerd.",
        said="Het idee staat op uitgevoerd.",
    )


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what one party said about an idea."""
    idea = _idea(request, pk)
    form = forms.ConsultationForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_consultation(idea=idea, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.NotYetAsked:
            form.add_error("on", NOT_YET)
        else:
            messages.success(request, "De bevraging is bewaard.")
            return redirect(PAGE, idea.pk)
    return form_screen(request, form, title="Voeg een bevraging toe", submit="Bewaar", trail=_trail(idea))


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    rows = Consultation.objects.visible_to(request.user).select_related("idea")
    return get_object_or_404(rows, pk=pk)


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def correct_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what one party said."""
    consultation = _consultation(request, pk)
    known = {name: getattr(consultation, name) for name in forms.ConsultationForm.base_fields}
    form = forms.ConsultationForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_consultation(
                consultation=consultation, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except actions.NotYetAsked:
            form.add_error("on", NOT_YET)
        else:
            messages.success(request, "De bevraging is bewaard.")
            return redirect(PAGE, consultation.idea_id)
    trail = _trail(consultation.idea)
    return form_screen(request, form, title="Verbeter de bevraging", submit="Bewaar", trail=trail)


@access(P.IDEAS_CHANGE)
@require_http_methods(["GET", "POST"])
def remove_consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a consultation may go, and delete it."""
    consultation = _consultation(request, pk)
    if request.method == "POST":
        actions.remove_consultation(consultation=consultation, by=request.user, now=timezone.now())
        messages.success(request, "De bevraging is verwijderd.")
        return redirect(PAGE, consultation.idea_id)
    return form_screen(
        request,
        plain_forms.Form(),
        title="Verwijder de bevraging",
        submit="Verwijder",
        trail=_trail(consultation.idea),
        intro=f"Je verwijdert wat {consultation.who} zei. Dit kun je niet terugdraaien.",
        danger=True,
    )
