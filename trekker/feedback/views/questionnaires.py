"""Questionnaires in the back office: the list, the page of one, and what can be done with it."""

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

from trekker.feedback.actions import questionnaires as actions
from trekker.feedback.forms.answering import AnswerForm
from trekker.feedback.forms.questionnaire import QuestionnaireFilters
from trekker.feedback.models import Evaluation, Mode, Questionnaire
from trekker.feedback.queries import questionnaires as queries
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, AddRecord, EditRecord, Fact, RecordPage, form_screen

INDEX, PAGE = "questionnaire:index", "questionnaire:inspect"
P = Permission
OUTDATED = "Deze versie is niet meer in gebruik. Verbeter de nieuwste."


class QuestionnaireList(Listing):
    """The forms in use, and on request those of before."""

    base_filters = QuestionnaireFilters
    download_permission = P.FEEDBACK_VIEW
    default_ordering = ("title", "-version")
    is_searchable = True
    fields = (
        Field("titel", str, "title"),
        Field("standaard voor", lambda each: ", ".join(each.kind_labels), on_phone=False),
        Field("vragen", lambda each: each.asked, "asked"),
        Field("wie antwoordt", lambda each: each.get_mode_display(), "mode", on_phone=False),
        Field("keer gebruikt", lambda each: each.used, "used"),
        Field("in gebruik", lambda each: "ja" if each.is_current else "nee", on_phone=False),
        Field("gemaakt op", lambda each: timezone.localdate(each.created_at), on_screen=False),
    )

    def prepare(self, rows: QuerySet, _today: Any) -> QuerySet:
        """Count the questions and the uses of each."""
        return queries.with_use(rows)

    def search_queryset(self, queryset: Any) -> QuerySet:
        """Find every word in the title."""
        for word in (self.search_query or "").split():
            queryset = queryset.filter(title__icontains=word)
        return queryset


class QuestionnairePage(RecordPage):
    """One version of a form: its questions, and where it is asked."""

    template_name = "feedback/office/page.html"

    @property
    def acts(self) -> Sequence[Act]:  # type: ignore[override]
        """Offer changing only of the version that holds."""
        look = Act("Bekijk het formulier", "evaluations:preview", P.FEEDBACK_VIEW, "view")
        if not self.object.is_current:
            return (look,)
        return (
            Act("Verbeter", "questionnaire:edit", P.FEEDBACK_CHANGE),
            look,
            Act("Neem uit gebruik", "evaluations:retire", P.FEEDBACK_CHANGE, "cross"),
        )

    def facts(self) -> list[Fact]:
        """Give how the questions are asked."""
        it: Questionnaire = self.object
        return [
            Fact("Stand", "in gebruik" if it.is_current else "niet meer in gebruik"),
            Fact("Standaard voor", ", ".join(it.kind_labels) or "niets"),
            Fact("Wie antwoordt", it.get_mode_display()),
            Fact("Open", f"{it.open_days} dagen"),
            Fact("Herinnering", f"na {it.remind_after_days} dagen" if it.remind_after_days else "geen"),
            Fact("Opvolging", f"na {it.follow_up_weeks} weken" if it.follow_up_weeks else "geen"),
            Fact("Uitleg bovenaan", it.intro),
        ]


class AddQuestionnaire(AddRecord):
    """Makes a form."""

    success_message = "%(object)s is gemaakt."

    def save_instance(self) -> Questionnaire:
        """Make it by the action."""
        made = self.form.save(commit=False)
        return actions.add_questionnaire(questionnaire=made, by=self.request.user, now=timezone.now())


class EditQuestionnaire(EditRecord):
    """Changes a form; one that was used gets a next version."""

    refusals = {actions.NotCurrent: "title"}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead from a version that nobody can change to its page, which leads to the newest."""
        found: Any = self.get_object()
        if found.is_current:
            return super().get(request, *args, **kwargs)
        messages.error(request, OUTDATED)
        return redirect(PAGE, found.pk)

    def sentence(self, refused: Exception) -> str:  # noqa: ARG002 - there is one refusal
        """Say where to go."""
        return OUTDATED

    def save_instance(self) -> Questionnaire:
        """Store it by the action, from what was typed and not yet written."""
        self.before = self.object.pk
        changed = self.form.save(commit=False)
        return actions.change_questionnaire(questionnaire=changed, by=self.request.user, now=timezone.now())

    def get_success_message(self) -> str:
        """Say whether it became a next version, and why."""
        if self.object.pk == self.before:
            return "De vragenlijst is bewaard."
        return f"Dit is nu versie {self.object.version}. Wie al antwoordde, kreeg de vorige. Die blijft zo."


def _found(request: HttpRequest, pk: int) -> Questionnaire:
    return get_object_or_404(Questionnaire.objects.visible_to(request.user), pk=pk)


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a form goes out of use, and take it out."""
    found = _found(request, pk)
    if request.method == "POST":
        actions.retire_questionnaire(questionnaire=found, by=request.user, now=timezone.now())
        messages.success(request, "De vragenlijst is uit gebruik.")
        return redirect(PAGE, found.pk)
    kinds = ", ".join(found.kind_labels)
    without = f" Er is dan geen standaard meer voor: {kinds}." if kinds else ""
    return form_screen(
        request,
        plain_forms.Form(),
        title="Neem uit gebruik",
        submit="Neem uit gebruik",
        trail=[(reverse(INDEX), "Vragenlijsten"), (reverse(PAGE, args=[pk]), str(found))],
        intro=f"Niemand kan deze vragenlijst nog kiezen. Wat loopt en de antwoorden blijven.{without}",
        danger=True,
    )


@access(P.FEEDBACK_VIEW)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a form as people see it, with nothing to send it by."""
    found = _found(request, pk)
    weeks = None if found.mode == Mode.ANONYMOUS else found.follow_up_weeks
    evaluation = Evaluation(
        title="Naam van de activiteit", questionnaire=found, mode=found.mode, follow_up_weeks=weeks
    )
    form = AnswerForm(evaluation=evaluation, now=timezone.now())
    context = {"questionnaire": found, "evaluation": evaluation, "form": form}
    return render(request, "feedback/office/preview.html", context)
