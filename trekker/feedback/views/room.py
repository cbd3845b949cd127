"""Around the room: the QR code, the form on paper, typing answers in, and notes of what was heard."""

from __future__ import annotations

from django import forms as plain_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from trekker.feedback.actions import answering, notes
from trekker.feedback.formats import paper, qr
from trekker.feedback.forms.answering import AnswerForm
from trekker.feedback.forms.evaluation import NoteForm
from trekker.feedback.models import Response, RoomNote
from trekker.feedback.queries.paper import on_paper
from trekker.feedback.views.evaluations import back, found, open_link, trail
from trekker.kernel import tickets
from trekker.kernel.access import Permission, access
from trekker.kernel.pages import form_screen, screen

P = Permission
NEXT = "nog-een"  # the button that leads to the next paper
NOT_OPEN = "Antwoorden kan nu niet: de evaluatie is niet open. Zet bij Verbeter de laatste dag later."
NOT_YET = "Deze dag moet nog komen. Vul in wanneer je het hoorde."
MOVED_ON = "De vragen veranderden intussen. Typ dit blad opnieuw in."


@access(P.FEEDBACK_VIEW)
@require_safe
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet to hang up: the QR code, and the same link in words."""
    evaluation = found(request, pk)
    link = open_link(evaluation)
    if not link:
        raise Http404
    context = {"evaluation": evaluation, "link": link, "code": qr.code_of(link)}
    return render(request, "feedback/office/poster.html", context)


@access(P.FEEDBACK_VIEW)
@require_safe
def paper_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the questions on paper, as PDF."""
    evaluation = found(request, pk)
    made = paper.draw(on_paper(evaluation, open_link(evaluation)), timezone.now())
    response = HttpResponse(made, content_type="application/pdf")
    name = f"vragen-{slugify(evaluation.title)[:60]}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or ""
    return response


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Type in what someone wrote on paper, one after the other."""
    evaluation, now = found(request, pk), timezone.now()
    if request.method != "POST" and not evaluation.is_open_at(now):
        return back(request, evaluation, NOT_OPEN, is_wrong=True)
    data = request.POST if request.method == "POST" else None
    try:
        form = AnswerForm(data, evaluation=evaluation, now=now, by_staff=True)
    except tickets.NoTicket:
        return redirect("evaluations:type_in", pk)
    if data is not None and form.is_valid():
        if form.is_empty():
            form.add_error(None, "Vul minstens één antwoord in.")
        elif response := _typed(request, form):
            return response
    context = {"evaluation": evaluation, "form": form, "back": trail(evaluation)[-1][0], "next": NEXT}
    return screen(
        request,
        "feedback/office/type_in.html",
        title="Typ een papieren antwoord in",
        trail=trail(evaluation),
        icon="keyboard",
        context=context,
        media=form.media,
    )


def _typed(request: HttpRequest, form: AnswerForm) -> HttpResponse | None:
    """Keep it, and lead on; nothing when it cannot be kept now."""
    evaluation = form.evaluation
    try:
        answering.answer(
            evaluation=evaluation,
            given=form.given(),
            ticket=form.number,
            opened_at=form.sent.opened_at if form.sent else form.now,
            source=Response.Source.PAPER,
            promised=form.cleaned_data["form"],
            now=form.now,
        )
    except answering.Closed:
        form.add_error(None, NOT_OPEN)
        return None
    except answering.OtherQuestions:
        messages.error(request, MOVED_ON)
        return redirect("evaluations:type_in", evaluation.pk)
    done = back(request, evaluation, "Het antwoord is bewaard.")
    return redirect("evaluations:type_in", evaluation.pk) if NEXT in request.POST else done


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was heard in the room."""
    evaluation, now = found(request, pk), timezone.now()
    heard_on = min(evaluation.about_on, timezone.localdate(now))
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"heard_on": heard_on})
    if request.method == "POST" and form.is_valid():
        try:
            notes.add_note(evaluation=evaluation, **form.cleaned_data, by=request.user, now=now)
        except notes.NotYetHeard:
            form.add_error("heard_on", NOT_YET)
        else:
            return back(request, evaluation, "De notitie is bewaard.")
    return form_screen(
        request, form, title="Notitie uit de zaal", submit="Bewaar", trail=trail(evaluation), icon="comment"
    )


def _note(request: HttpRequest, pk: int) -> RoomNote:
    rows = RoomNote.objects.visible_to(request.user).select_related("evaluation")
    return get_object_or_404(rows, pk=pk)


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def correct_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a note."""
    note = _note(request, pk)
    known = {"text": note.text, "heard_on": note.heard_on}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            notes.correct_note(note=note, **form.cleaned_data, by=request.user, now=timezone.now())
        except notes.NotYetHeard:
            form.add_error("heard_on", NOT_YET)
        else:
            return back(request, note.evaluation, "De notitie is bewaard.")
    return form_screen(
        request, form, title="Verbeter de notitie", submit="Bewaar", trail=trail(note.evaluation)
    )


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def remove_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a note may go, and delete it."""
    note = _note(request, pk)
    if request.method == "POST":
        notes.remove_note(note=note, by=request.user, now=timezone.now())
        return back(request, note.evaluation, "De notitie is verwijderd.")
    return form_screen(
        request,
        plain_forms.Form(),
        title="Verwijder de notitie",
        submit="Verwijder",
        trail=trail(note.evaluation),
        intro=f"Je verwijdert: {note}. Dit kun je niet terugdraaien.",
        danger=True,
    )
