"""Answering on the public site: by a personal link, by the link for everyone, and weeks later."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from trekker.feedback.actions import answering, following
from trekker.feedback.forms.answering import AnswerForm
from trekker.feedback.forms.following import FollowUpForm
from trekker.feedback.models import Evaluation, FollowUp, Invitation, Response
from trekker.feedback.queries import invitations
from trekker.feedback.queries.followups import RECEIPT, behind, intention_of
from trekker.kernel import tickets
from trekker.kernel.access import Permission, access
from trekker.kernel.sealing import from_token, to_token

TAKE_BACK = "feedback.take_back"
SAVE = "bewaar"  # the button that saves without sending
SAVED, SENT = "bewaard", "verstuurd"  # in the address, as a visitor has no session to remember it
View = Callable[..., HttpResponseBase]


def _private(view: View) -> View:
    """Let the page be kept nowhere and found by no search engine."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: Any = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "feedback/public/unknown.html", status=404)


@access(Permission.PUBLIC)
@tickets.by_ticket(AnswerForm.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def personal(request: HttpRequest, token: str) -> HttpResponse:
    """Answer by a personal link; it serves once, and keeps what someone saved."""
    invitation = invitations.behind(token)
    if not invitation:
        return _unknown(request)
    if invitation.answered and request.method != "POST":  # the same form sent twice finds its receipt
        return _already(request, invitation.evaluation)
    return _asked(request, invitation.evaluation, invitation)


@access(Permission.PUBLIC)
@tickets.by_ticket(AnswerForm.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def open_to_all(request: HttpRequest, key: str) -> HttpResponse:
    """Answer by the link or QR code for everyone."""
    evaluation = Evaluation.objects.filter(key=key).select_related("questionnaire").first()
    if not evaluation or (not evaluation.has_open_link and request.method != "POST"):
        return _unknown(request)
    if not evaluation.has_open_link:
        form = AnswerForm(request.POST, evaluation=evaluation, now=timezone.now())
        return _closed(request, evaluation, form)
    return _asked(request, evaluation)


def _asked(
    request: HttpRequest, evaluation: Evaluation, invitation: Invitation | None = None
) -> HttpResponse:
    """Show the form, save it, or send it."""
    now = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, evaluation=evaluation, now=now, invitation=invitation)
    if data is None and not evaluation.is_open_at(now):
        return _closed(request, evaluation, form)
    if data is not None and invitation and SAVE in data:
        return _saved(request, invitation, form)
    if data is not None and form.is_valid():
        if form.is_empty():
            form.asks_again = "Je antwoordde nog niets. Beantwoord minstens één vraag."
        else:
            return _sent(request, evaluation, invitation, form)
    context = {
        "evaluation": evaluation,
        "invitation": invitation,
        "form": form,
        "is_saved": SAVED in request.GET,
    }
    return render(request, "feedback/public/answer.html", context)


def _sent(
    request: HttpRequest, evaluation: Evaluation, invitation: Invitation | None, form: AnswerForm
) -> HttpResponse:
    """Send, and lead to the thanks, or say why not."""
    ticket: tickets.Ticket = request.ticket  # type: ignore[attr-defined]
    try:
        number = answering.answer(
            evaluation=evaluation,
            given=form.given(),
            ticket=ticket.number,
            opened_at=ticket.opened_at,
            invitation=invitation,
            source=Response.Source.LINK if invitation else Response.Source.OPEN,
            promised=form.cleaned_data["form"],
            now=form.now,
        )
    except answering.Closed:
        return _closed(request, evaluation, form)
    except answering.AlreadyAnswered:
        return _already(request, evaluation)
    except answering.OtherQuestions:
        fresh = Evaluation.objects.select_related("questionnaire").get(pk=evaluation.pk)
        return _asked(request, fresh, invitation)
    return redirect("feedback:receipt", to_token(f"{evaluation.pk}.{number}", purpose=RECEIPT))


def _saved(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> HttpResponse:
    try:
        answering.save_draft(invitation=invitation, answers=form.draft(), now=form.now)
    except answering.Closed:
        return _closed(request, invitation.evaluation, form)
    except answering.AlreadyAnswered:
        return _already(request, invitation.evaluation)
    return redirect(f"{reverse('feedback:personal', args=[invitations.token_of(invitation)])}?{SAVED}")


def _already(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    is_open = evaluation.has_open_link and evaluation.is_open_at(timezone.now())
    context = {"evaluation": evaluation, "is_open": is_open}
    return render(request, "feedback/public/already.html", context)


def _closed(request: HttpRequest, evaluation: Evaluation, form: AnswerForm) -> HttpResponse:
    """Say that it is not open, with what was filled in, so that nothing typed is lost."""
    context = {
        "evaluation": evaluation,
        "is_to_come": evaluation.opens_at > form.now,
        "typed": form.typed(),
    }
    return render(request, "feedback/public/closed.html", context)


def _from_receipt(token: str) -> tuple[Evaluation, int] | None:
    evaluation, _, number = from_token(token, purpose=RECEIPT).partition(".")
    found = Evaluation.objects.filter(pk=int(evaluation)).first() if evaluation else None
    return (found, int(number)) if found else None


@access(Permission.PUBLIC)
@require_safe
@_private
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Thank someone: when we ask again, and the address where they can take their answer back."""
    found = _from_receipt(token)
    if not found:
        return _unknown(request)
    evaluation, asks_on = found[0], found[0].asks_again_on
    context = {"evaluation": evaluation, "token": token}
    context["asks_on"] = asks_on if asks_on and asks_on >= timezone.localdate() else None
    return render(request, "feedback/public/receipt.html", context)


@access(Permission.PUBLIC)
@tickets.by_ticket(TAKE_BACK)
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to delete an answer, and do so."""
    found, now = _from_receipt(token), timezone.now()
    if not found:
        return _unknown(request)
    context: dict[str, Any] = {"evaluation": found[0], "token": token}
    if request.method == "POST" and not request.ticket.is_stale(now):  # type: ignore[attr-defined]
        answering.take_back(evaluation=found[0].pk, number=found[1])
        return render(request, "feedback/public/taken_back.html", context)
    context["ticket"] = tickets.issue(TAKE_BACK, now)
    return render(request, "feedback/public/take_back.html", context)


@access(Permission.PUBLIC)
@tickets.by_ticket(FollowUpForm.purpose)
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """Show someone their own intention, and ask what came of it."""
    found, now = behind(token), timezone.now()
    if not found:
        return _unknown(request)
    response = found.response
    context: dict[str, Any] = {
        "evaluation": response.evaluation,
        "intention": intention_of(response.pk),
        "token": to_token(f"{response.evaluation_id}.{response.pk}", purpose=RECEIPT),
        "is_sent": SENT in request.GET,
    }
    if not following.is_asked(found, now):
        context["is_answered"] = bool(found.outcome)
        return render(request, "feedback/public/follow_up_over.html", context)
    data = request.POST if request.method == "POST" else None
    form = FollowUpForm(data, now=now, initial=_before(found))
    if data is not None and form.is_valid():
        with suppress(following.NoLongerAsked):  # its round ended a moment ago: the page says so
            following.answer_follow_up(follow_up=found, **form.facts(), now=now)
        return redirect(f"{reverse('feedback:follow_up', args=[token])}?{SENT}")
    return render(request, "feedback/public/follow_up.html", {**context, "form": form})


def _before(follow_up: FollowUp) -> dict[str, str]:
    names = ("outcome", "helped", "hindered", "offers", "contact")
    return {name: getattr(follow_up, name) for name in names}
