"""Open answers: to read, search and tag, and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from trekker.feedback.actions import tagging
from trekker.feedback.forms.results import TagForm, TextFilter
from trekker.feedback.models import Answer, Mode
from trekker.feedback.queries import results, results_texts
from trekker.feedback.views.results import Asked, asked_of, choose, name_of, send, withheld
from trekker.kernel import exports
from trekker.kernel.access import Permission, access, may

PER_PAGE = 25
HEADINGS = ("evaluatie", "op", "vraag", "antwoord", "labels")
NONE_KEPT: Mapping[str, str] = {}


@access(Permission.FEEDBACK_READ)
@require_safe
def of_evaluation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the open answers to one evaluation, or send them as a file."""
    found = results.readable(request.user).filter(pk=pk).first()
    if not found:
        return withheld(request, pk)
    here = reverse("results:texts", args=[pk])
    trail = [
        (f"Resultaten {found.about_on.year}", Asked(found.about_on.year).address()),
        (found.title, reverse("results:evaluation", args=[pk])),
    ]
    named = found.mode == Mode.NAMED
    return _page(request, [found], title=found.title, trail=trail, here=here, shows_names=named)


@access(Permission.FEEDBACK_READ)
@require_safe
def of_year(request: HttpRequest) -> HttpResponseBase:
    """Show the open answers of a year, all or of those evaluations that hang together; or send them."""
    asked = asked_of(request)
    if asked.code and not asked.name:
        return choose(request, asked)
    found = list(results.within(request.user, asked.period, code=asked.code, key=asked.key))
    title = name_of(asked)
    kept = {"jaar": str(asked.year), "keuze": asked.code, "sleutel": asked.key}
    here = reverse("results:year_texts")
    return _page(request, found, title=title, trail=[(title, asked.address())], here=here, kept=kept)


def _page(
    request: HttpRequest,
    found: Sequence[Any],
    *,
    title: str,
    trail: Sequence[tuple[str, str]],
    here: str,
    kept: Mapping[str, str] = NONE_KEPT,
    shows_names: bool = False,
) -> HttpResponseBase:
    """
    Show or send the open answers to evaluations; ``kept`` is what an address says besides filters.

    Names stand beside them only where people knew that they answer on name.
    """
    numbers = [each.pk for each in found]
    used = results_texts.tags(request.user, numbers)
    questions = results_texts.questions(numbers)
    form = TextFilter(request.GET, tags=used, questions=questions)
    chosen = form.chosen
    rows = results_texts.texts(
        request.user,
        numbers,
        words=chosen.get("zoek", ""),
        tag=chosen.get("label", ""),
        question=chosen.get("vraag", ""),
    )
    if (kind := request.GET.get("export")) in exports.RESPONSES:
        headings = (*HEADINGS, "naam") if shows_names else HEADINGS
        cells = [_cells(each, with_name=shows_names) for each in rows]
        return send(request, kind, headings, cells, what="open antwoorden", title=title)
    query = urlencode({**{name: value for name, value in kept.items() if value}, **chosen})
    context = {
        "title": title,
        "trail": trail,
        "here": here,
        "kept": [pair for pair in kept.items() if pair[1]],
        "filters": form,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "query": query,
        "shows_names": shows_names,
        "shows_evaluation": len(found) != 1 or bool(kept),
        "may_change": may(request.user, Permission.FEEDBACK_CHANGE),
        "known_tags": [each.name for each in used],
        "lesson_url": reverse("evaluations:new_lesson"),
    }
    return render(request, "feedback/results/texts.html", context)


def _cells(answer: Answer, *, with_name: bool) -> list[Any]:
    about = answer.response.evaluation
    labels = ", ".join(sorted(item.tag.name for item in answer.tag_items.all()))
    cells = [about.title, about.about_on, answer.question.label, answer.text, labels]
    return [*cells, answer.response.name] if with_name else cells


@access(Permission.FEEDBACK_CHANGE)
@require_POST
def tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a label on an open answer."""
    answer = get_object_or_404(Answer.objects.visible_to(request.user), pk=pk)
    form = TagForm(request.POST)
    if form.is_valid():
        found = tagging.tag(
            answer=answer, name=form.cleaned_data["naam"], by=request.user, now=timezone.now()
        )
        messages.success(request, f"Het antwoord heeft nu het label {found.name}.")
    else:
        messages.error(request, str(form.errors["naam"][0]))
    return redirect(_back(request, answer))


@access(Permission.FEEDBACK_CHANGE)
@require_POST
def untag(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a label off an open answer."""
    answer = get_object_or_404(Answer.objects.visible_to(request.user), pk=pk)
    form = TagForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["naam"]
        tagging.untag(answer=answer, name=name, by=request.user, now=timezone.now())
        messages.success(request, f"Het label {name} is weg.")
    else:
        messages.error(request, str(form.errors["naam"][0]))
    return redirect(_back(request, answer))


def _back(request: HttpRequest, answer: Answer) -> str:
    """Give the page someone came from, at the same answer."""
    wanted = request.POST.get("terug", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        wanted = reverse("results:texts", args=[answer.response.evaluation_id])
    return f"{wanted}#antwoord-{answer.pk}"
