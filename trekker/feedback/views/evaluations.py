"""Evaluations in the back office: the list, the page of one, opening, correcting, inviting, closing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms as plain_forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods
from wagtail.admin.widgets.button import Button

from trekker.feedback.actions import evaluations as actions
from trekker.feedback.forms.evaluation import CorrectForm, EvaluationFilters, InviteForm, OpenForm
from trekker.feedback.models import Evaluation, Mode
from trekker.feedback.models.evaluation import LEAST
from trekker.feedback.queries import evaluations as queries
from trekker.kernel.access import Permission, access, may
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, Fact, RecordPage, form_screen

INDEX, PAGE = "evaluation:index", "evaluation:inspect"
P = Permission
CLOSED = "Deze evaluatie is gesloten. Niemand kan nog antwoorden."
FEW_ASKED = f"Je vraagt minder dan {LEAST} mensen. Onder {LEAST} antwoorden zie je nooit iets."
ANSWERED = "Er kwam intussen een antwoord binnen. De vragenlijst blijft daarom zoals ze is."


class EvaluationList(Listing):
    """All evaluations, the latest first."""

    base_filters = EvaluationFilters
    download_permission = P.FEEDBACK_VIEW
    default_ordering = ("-about_on", "-pk")
    is_searchable = True

    @cached_property
    def now(self) -> datetime:
        """The moment of this request."""
        return timezone.now()

    @cached_property
    def fields(self) -> Sequence[Field]:  # type: ignore[override]
        """Give the columns; how it stands is as of now."""
        return (
            Field("waarover", lambda each: each.title, "title"),
            Field("op", lambda each: f"{each.about_on:%d/%m/%Y}", "about_on"),
            Field("soort", lambda each: each.get_kind_display(), "kind", on_phone=False),
            Field("stand", lambda each: queries.state_in_words(each, self.now), "closes_at", on_phone=False),
            Field("antwoorden", queries.response_in_words, "given"),
            Field("vragenlijst", lambda each: str(each.questionnaire), on_phone=False),
            Field("wie antwoordt", lambda each: each.get_mode_display(), on_screen=False),
            Field("reeks of opleiding", lambda each: each.strand_name, on_screen=False),
            Field("thema's", lambda each: ", ".join(map(str, each.themes.all())), on_screen=False),
            Field("uitgenodigd", lambda each: each.invited, on_screen=False),
        )

    def prepare(self, rows: QuerySet, _today: Any) -> QuerySet:
        """Count who answered, and load what the columns show."""
        rows = queries.with_response(rows).select_related("questionnaire")
        return rows.prefetch_related("themes") if self.is_export else rows

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in what it is about."""
        for word in (self.search_query or "").split():
            queryset = queryset.filter(title__icontains=word) | queryset.filter(strand_name__icontains=word)
        return queryset


class EvaluationPage(RecordPage):
    """One evaluation: how it stands, how to answer it, and what was learnt from it."""

    template_name = "feedback/office/evaluation.html"

    def get_object(self, queryset: Any = None) -> Evaluation:
        """Give it with how many answered."""
        found = super().get_object(queryset)
        return queries.with_response(Evaluation.objects.filter(pk=found.pk)).get()

    @property
    def acts(self) -> Sequence[Act]:  # type: ignore[override]
        """Offer what can still be done; how to gather answers stands on the page itself."""
        results = Act("Resultaten", "results:evaluation", P.FEEDBACK_VIEW, "list-ol")
        if self.object.closed_at:
            return (results,)
        return (
            results,
            Act("Nodig mensen uit", "evaluations:invite", P.FEEDBACK_CHANGE, "mail"),
            Act("Verbeter", "evaluations:edit", P.FEEDBACK_CHANGE),
            Act("Sluit nu", "evaluations:close", P.FEEDBACK_CHANGE, "lock"),
        )

    @property
    def header_more_buttons(self) -> Sequence[Button]:  # type: ignore[override]
        """Offer what is seldom needed."""
        it: Evaluation = self.object
        if not may(self.request.user, P.FEEDBACK_CHANGE):
            return ()
        past = reverse("evaluation:history", args=[it.pk])
        history = Button("Geschiedenis", url=past, icon_name="history", priority=10)
        gone = reverse("evaluations:remove", args=[it.pk])
        remove = Button("Verwijder", url=gone, icon_name="bin", priority=20)
        return (history,) if it.given else (history, remove)  # type: ignore[attr-defined]

    def facts(self) -> list[Fact]:
        """Give what it is about, and how it is asked."""
        it: Evaluation = self.object
        form = reverse("questionnaire:inspect", args=[it.questionnaire_id])
        return [
            Fact("Soort", it.get_kind_display()),
            Fact("Op", f"{it.about_on:%d/%m/%Y}"),
            Fact("Reeks of opleiding", it.strand_name),
            Fact("Thema's", ", ".join(map(str, it.themes.all()))),
            Fact("Vragenlijst", str(it.questionnaire), form),
            Fact("Wie antwoordt", queries.PROMISES[Mode(it.mode)]),
            Fact("Uitgenodigd", _people(it.invited)),  # type: ignore[attr-defined]
            Fact("Herinnering", f"{timezone.localdate(it.remind_at):%d/%m/%Y}" if it.remind_at else ""),
            Fact("Opvolging", f"na {it.follow_up_weeks} weken" if it.follow_up_weeks else "geen"),
            Fact("Antwoordadres", it.reply_to),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how it stands, and the link for everyone."""
        it, now = self.object, timezone.now()
        return super().get_context_data(**kwargs) | {
            "state": queries.state_in_words(it, now),
            "response": queries.response_in_words(it),
            "too_few": it.given < LEAST,
        }


def _people(count: int) -> str:
    return "niemand" if not count else "1 mens" if count == 1 else f"{count} mensen"


def open_link(evaluation: Evaluation) -> str:
    """Give the whole address by which everyone in the room can answer; empty when there is none."""
    if not evaluation.has_open_link or evaluation.closed_at:
        return ""
    return settings.BASE_URL + reverse("feedback:open", args=[evaluation.key])


def trail(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Lead back from a screen about an evaluation."""
    return [(reverse(INDEX), "Evaluaties"), (reverse(PAGE, args=[evaluation.pk]), evaluation.title)]


def found(request: HttpRequest, pk: int) -> Evaluation:
    """Give an evaluation that the reader may see, or 404."""
    rows = Evaluation.objects.visible_to(request.user).select_related("questionnaire")
    return get_object_or_404(rows, pk=pk)


def back(request: HttpRequest, evaluation: Evaluation, said: str, *, is_wrong: bool = False) -> HttpResponse:
    """Go to the page of an evaluation with a message."""
    (messages.error if is_wrong else messages.success)(request, said)
    return redirect(PAGE, evaluation.pk)


def _invitees(addresses: Iterable[tuple[str, str]], day: date) -> list[actions.Invitee]:
    addresses = list(addresses)
    known = queries.known_by((email for email, _name in addresses), day)
    return [
        actions.Invitee(email, name or str(who.person or ""), who.person, who.organisation)
        for email, name in addresses
        for who in [known(email)]
    ]


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open an evaluation by hand."""
    now = timezone.now()
    form = OpenForm(request.POST or None, initial={"about_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        del facts["open_days"]
        evaluation = actions.open_evaluation(
            invitees=_invitees(facts.pop("addresses"), facts["about_on"]),
            closes_at=form.closes_at(now),
            **facts,
            by=request.user,
            now=now,
        )
        _warn_of_few(request, evaluation)
        mailed = evaluation.invitations.count()
        leaves = _invited(mailed, len(form.cleaned_data["addresses"]) - mailed)
        return back(request, evaluation, f"De evaluatie is open. {leaves}")
    return form_screen(
        request,
        form,
        title="Vraag feedback",
        submit="Open de evaluatie",
        trail=[(reverse(INDEX), "Evaluaties")],
        icon="plus",
        intro="De evaluatie opent meteen. Wie je uitnodigt, krijgt een mail.",
    )


def _warn_of_few(request: HttpRequest, evaluation: Evaluation) -> None:
    """Warn while it can still be changed that so few are asked that nobody will read anything."""
    asked = max(evaluation.audience_size or 0, evaluation.invitations.count())
    if 0 < asked < LEAST:
        messages.warning(request, FEW_ASKED)


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the facts of an evaluation that is not closed."""
    evaluation, now = found(request, pk), timezone.now()
    if evaluation.closed_at:
        return back(request, evaluation, CLOSED, is_wrong=True)
    is_answered = evaluation.sealed.exists() or evaluation.responses.exists()
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        evaluation=evaluation,
        is_answered=is_answered,
        today=timezone.localdate(now),
    )
    if request.method == "POST" and form.is_valid():
        themes = form.cleaned_data["themes"]
        try:
            actions.change_evaluation(
                evaluation=evaluation, facts=form.facts(), themes=themes, by=request.user, now=now
            )
        except actions.AlreadyClosed:
            return back(request, evaluation, CLOSED, is_wrong=True)
        except actions.HasAnswers:
            form.add_error(None, ANSWERED)
        else:
            return back(request, evaluation, "De evaluatie is bewaard.")
    intro = "Er zijn antwoorden. De vragenlijst en wie antwoordt, blijven daarom zoals ze zijn."
    return form_screen(
        request,
        form,
        title=f"Verbeter: {evaluation.title}",
        submit="Bewaar",
        trail=trail(evaluation),
        intro=intro if is_answered else "",
    )


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite more people by mail."""
    evaluation = found(request, pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        invitees = _invitees(form.cleaned_data["addresses"], evaluation.about_on)
        try:
            count = actions.invite(
                evaluation=evaluation, invitees=invitees, by=request.user, now=timezone.now()
            )
        except actions.AlreadyClosed:
            form.add_error(None, CLOSED)
        else:
            return back(request, evaluation, _invited(count, len(invitees) - count))
    return form_screen(
        request,
        form,
        title="Nodig mensen uit",
        submit="Nodig uit",
        trail=trail(evaluation),
        icon="mail",
        intro="Iedereen krijgt een mail met een eigen link. Wie al uitgenodigd was, krijgt geen tweede mail.",
    )


def _invited(count: int, passed_by: int) -> str:
    mailed = "Niemand krijgt een mail." if not count else f"{_people(count)} krijgt een mail."
    if count > 1:
        mailed = f"{count} mensen krijgen een mail."
    skipped = "1 adres" if passed_by == 1 else f"{passed_by} adressen"
    return f"{mailed} {skipped} sloegen we over: al uitgenodigd, of gewist." if passed_by else mailed


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what closing does, and close."""
    evaluation = found(request, pk)
    if request.method == "POST":
        actions.close_evaluation(evaluation=evaluation, by=request.user, now=timezone.now())
        return back(request, evaluation, "De evaluatie is gesloten.")
    given = evaluation.sealed.count() + evaluation.responses.count()
    follows = []
    if given < LEAST:
        are = "is 1 antwoord" if given == 1 else f"zijn {given} antwoorden"
        lost = "dan kan niemand dat ooit lezen" if given == 1 else "dan kan niemand ze ooit lezen"
        follows.append(f"Er {are}. Sluit je nu, {lost}." if given else "Er zijn nog geen antwoorden.")
    follows.append("Niemand kan nog antwoorden. Dit kun je niet terugdraaien.")
    if evaluation.is_sealed:
        opens = "Alle antwoorden gaan samen open, en we" if given >= LEAST else "We"
        follows.append(f"{opens} vergeten wie uitgenodigd was.")
    return form_screen(
        request,
        plain_forms.Form(),
        title=f"Sluit nu: {evaluation.title}",
        submit="Sluit de evaluatie",
        trail=trail(evaluation),
        icon="lock",
        intro=" ".join(follows),
        danger=True,
    )


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether an evaluation without answers may go, and delete it."""
    evaluation = found(request, pk)
    if request.method == "POST":
        try:
            actions.remove_evaluation(evaluation=evaluation, by=request.user, now=timezone.now())
        except actions.HasAnswers:
            return back(request, evaluation, "Er zijn antwoorden. De evaluatie blijft.", is_wrong=True)
        messages.success(request, "De evaluatie is verwijderd.")
        return redirect(INDEX)
    return form_screen(
        request,
        plain_forms.Form(),
        title=f"Verwijder: {evaluation.title}",
        submit="Verwijder de evaluatie",
        trail=trail(evaluation),
        icon="bin",
        intro="Haar links werken dan niet meer, en haar notities verdwijnen. Dit kun je niet terugdraaien.",
        danger=True,
    )
