"""Lessons in the back office: the list, the page of one, adding, changing, saying what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.feedback.actions import lessons as actions
from trekker.feedback.forms.lesson import ConcludeForm, LessonFilters, LessonForm
from trekker.feedback.models import Answer, Evaluation, Lesson
from trekker.feedback.queries.lessons import answers_of
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.numbers import whole_number
from trekker.kernel.pages import Act, Fact, RecordPage, form_screen

INDEX, PAGE = "lesson:index", "lesson:inspect"
P = Permission


class LessonList(Listing):
    """All lessons, the newest first."""

    base_filters = LessonFilters
    download_permission = P.FEEDBACK_VIEW
    default_ordering = ("-decided_at", "-pk")
    is_searchable = True
    fields = (
        Field("wat we anders doen", str),
        Field("les", lambda each: each.text, on_screen=False),
        Field("voor", lambda each: ", ".join(each.kind_labels), on_phone=False),
        Field("stand", lambda each: each.get_state_display(), "state"),
        Field("wat ervan kwam", lambda each: each.outcome, on_screen=False),
        Field("komt uit", lambda each: each.evaluation and each.evaluation.title, on_phone=False),
        Field(
            "beslist op",
            lambda each: f"{timezone.localdate(each.decided_at):%d/%m/%Y}",
            "decided_at",
            on_phone=False,
        ),
    )

    def prepare(self, rows: QuerySet, _today: Any) -> QuerySet:
        """Load the evaluation."""
        return rows.select_related("evaluation")

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in the lesson."""
        for word in (self.search_query or "").split():
            queryset = queryset.filter(text__icontains=word)
        return queryset


class LessonPage(RecordPage):
    """One lesson, with where it comes from and what came of it."""

    template_name = "feedback/office/lesson.html"
    acts: Sequence[Act] = (
        Act("Zeg wat ervan kwam", "evaluations:conclude", P.FEEDBACK_CHANGE, "check"),
        Act("Verbeter", "evaluations:edit_lesson", P.FEEDBACK_CHANGE),
        Act("Geschiedenis", "lesson:history", P.FEEDBACK_CHANGE, "history"),
    )

    def facts(self) -> list[Fact]:
        """Give what it goes for, and where it comes from."""
        it: Lesson = self.object
        home = reverse("evaluation:inspect", args=[it.evaluation_id]) if it.evaluation_id else ""
        decided = f"{timezone.localdate(it.decided_at):%d/%m/%Y}"
        return [
            Fact("Voor", ", ".join(it.kind_labels)),
            Fact("Komt uit", it.evaluation and it.evaluation.title, home),
            Fact("Beslist", f"{decided} door {it.decided_by}" if it.decided_by else decided),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the answers that this reader may read."""
        return super().get_context_data(**kwargs) | {
            "answers": list(answers_of(self.object, self.request.user))
        }


def _trail(lesson: Lesson | None = None) -> list[tuple[str, str]]:
    page = [(reverse(PAGE, args=[lesson.pk]), str(lesson))] if lesson else []
    return [(reverse(INDEX), "Lessen"), *page]


def _found(request: HttpRequest, pk: int) -> Lesson:
    return get_object_or_404(Lesson.objects.visible_to(request.user), pk=pk)


def _asked_for(query: QueryDict, reader: Any) -> dict[str, Any]:
    """Read from the address which evaluation and answers a lesson starts from, as far as readable."""
    keys = [key for each in query.getlist("antwoord") if (key := whole_number(each)) is not None]
    answers = Answer.objects.visible_to(reader).filter(pk__in=keys).select_related("response__evaluation")
    found = list(answers)
    asked = whole_number(query.get("evaluatie", ""))
    evaluation = None
    if asked is not None:
        evaluation = Evaluation.objects.visible_to(reader).filter(pk=asked).first()
    elif found:
        evaluation = found[0].response.evaluation
    return {
        "evaluation": evaluation,
        "kinds": [evaluation.kind] if evaluation else [],
        "answers": [each.pk for each in found],
    }


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a lesson down, from an evaluation, from open answers, or on its own."""
    initial = _asked_for(request.GET, request.user)
    form = LessonForm(
        request.POST if request.method == "POST" else None, reader=request.user, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        lesson = actions.add_lesson(**form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "De les is bewaard.")
        return redirect(PAGE, lesson.pk)
    return form_screen(request, form, title="Noteer een les", submit="Bewaar", trail=_trail(), icon="plus")


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a lesson down differently."""
    lesson = _found(request, pk)
    known = {name: getattr(lesson, name) for name in ("text", "kinds", "evaluation")}
    initial = known | {"answers": list(lesson.answers.values_list("pk", flat=True))}
    form = LessonForm(
        request.POST if request.method == "POST" else None, reader=request.user, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        actions.change_lesson(lesson=lesson, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "De les is bewaard.")
        return redirect(PAGE, lesson.pk)
    return form_screen(request, form, title="Verbeter", submit="Bewaar", trail=_trail(lesson))


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a lesson."""
    lesson = _found(request, pk)
    known = {"state": lesson.state, "outcome": lesson.outcome}
    form = ConcludeForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.conclude_lesson(lesson=lesson, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.OutcomeMissing:
            form.add_error("outcome", "Schrijf op wat ervan kwam, of waarom het niet meer hoeft.")
        else:
            messages.success(request, "De stand is bewaard.")
            return redirect(PAGE, lesson.pk)
    return form_screen(
        request, form, title="Zeg wat ervan kwam", submit="Bewaar", trail=_trail(lesson), icon="check"
    )
