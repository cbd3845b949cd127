"""Questionnaires, evaluations, lessons and offers in the back office: menu, lists, parts of pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.feedback.forms.questionnaire import PANELS
from trekker.feedback.models import Evaluation, FollowUp, Lesson, Mode, Questionnaire
from trekker.feedback.queries import questionnaires as forms
from trekker.feedback.queries.offers import waiting_for
from trekker.feedback.views import evaluations, lessons, offers, questionnaires
from trekker.kernel.access import ModelAccess, Permission, may
from trekker.kernel.sections import section

P = Permission
OWN_SCREENS = {"add", "edit", "delete"}


class _Records(ModelAccess, ModelViewSet):
    """What the records of feedback have in common."""

    view_permission = P.FEEDBACK_VIEW
    change_permission: P | None = P.FEEDBACK_CHANGE
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50


class _OwnScreens(_Records):
    """Records that have screens of our own to add and change."""

    form_fields = ()
    own_urls: Mapping[str, str | None] = {}

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Lead to our own screens."""
        return super().get_common_view_kwargs(**self.own_urls, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Leave out what our own screens do."""
        return [each for each in super().get_urlpatterns() if each.name not in OWN_SCREENS]


class QuestionnaireViewSet(_Records):
    """The forms, in every version."""

    model = Questionnaire
    name = "questionnaire"
    url_prefix = "feedback/vragenlijsten"
    icon = "form"
    index_view_class = questionnaires.QuestionnaireList
    inspect_view_class = questionnaires.QuestionnairePage
    add_view_class = questionnaires.AddQuestionnaire
    edit_view_class = questionnaires.EditQuestionnaire
    edit_handler = PANELS


class EvaluationViewSet(_OwnScreens):
    """All that was and is asked about."""

    model = Evaluation
    name = "evaluation"
    url_prefix = "feedback/evaluaties"
    icon = "clipboard-list"
    index_view_class = evaluations.EvaluationList
    inspect_view_class = evaluations.EvaluationPage
    own_urls = {
        "add_url_name": "evaluations:new",
        "edit_url_name": "evaluations:edit",
        "delete_url_name": None,
    }


class LessonViewSet(_OwnScreens):
    """What is done differently."""

    model = Lesson
    name = "lesson"
    url_prefix = "feedback/lessen"
    icon = "key"
    index_view_class = lessons.LessonList
    inspect_view_class = lessons.LessonPage
    own_urls = {
        "add_url_name": "evaluations:new_lesson",
        "edit_url_name": "evaluations:edit_lesson",
        "delete_url_name": None,
    }


class OfferViewSet(_OwnScreens):
    """What came of intentions, where people offer it to others."""

    model = FollowUp
    view_permission = P.FEEDBACK_READ
    change_permission = None
    name = "offer"
    url_prefix = "feedback/opvolging"
    icon = "redirect"
    index_view_class = offers.OfferList
    inspect_view_class = offers.OfferPage
    own_urls = {"add_url_name": None, "edit_url_name": None, "delete_url_name": None}


@hooks.register("register_admin_viewset")
def register_feedback() -> list[Any]:
    """Put them in the back office."""
    return [QuestionnaireViewSet(), EvaluationViewSet(), LessonViewSet(), OfferViewSet()]


class FeedbackMenuItem(MenuItem):
    """A menu item for who may see the outcomes of feedback."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, P.FEEDBACK_VIEW)


class OffersMenuItem(MenuItem):
    """Leads to what came of intentions, and says how many offers wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, P.FEEDBACK_READ)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Count at each page, for this reader."""
        waiting = waiting_for(request.user)
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """Give feedback a menu; other modules put their items in with ``register_feedback_menu_item``."""
    items = Menu(register_hook_name="register_feedback_menu_item")
    return SubmenuMenuItem("Feedback", items, icon_name="clipboard-list", name="feedback", order=27)


@hooks.register("register_feedback_menu_item")
def evaluations_item() -> MenuItem:
    """Lead to the evaluations."""
    return FeedbackMenuItem(
        "Evaluaties",
        reverse("evaluation:index"),
        icon_name="clipboard-list",
        name="feedback-evaluations",
        order=10,
    )


@hooks.register("register_feedback_menu_item")
def lessons_item() -> MenuItem:
    """Lead to the lessons."""
    return FeedbackMenuItem(
        "Lessen", reverse("lesson:index"), icon_name="key", name="feedback-lessons", order=30
    )


@hooks.register("register_feedback_menu_item")
def offers_item() -> MenuItem:
    """Lead to what came of intentions."""
    return OffersMenuItem(
        "Wat ervan kwam", reverse("offer:index"), icon_name="redirect", name="feedback-offers", order=40
    )


@hooks.register("register_feedback_menu_item")
def questionnaires_item() -> MenuItem:
    """Lead to the questionnaires."""
    return FeedbackMenuItem(
        "Vragenlijsten",
        reverse("questionnaire:index"),
        icon_name="form",
        name="feedback-questionnaires",
        order=50,
    )


@section(
    Questionnaire,
    title="Vragen",
    template="feedback/office/_questions.html",
    permission=P.FEEDBACK_VIEW,
    order=10,
)
def questions(questionnaire: Questionnaire, _today: date) -> Mapping[str, Any]:
    """Give the questions in order."""
    return {"questions": forms.in_order(questionnaire)}


@section(
    Questionnaire,
    title="Versies",
    template="feedback/office/_versions.html",
    permission=P.FEEDBACK_VIEW,
    order=20,
)
def versions(questionnaire: Questionnaire, _today: date) -> Mapping[str, Any] | None:
    """Give the earlier and later versions, if there are any."""
    found = forms.versions(questionnaire)
    return {"questionnaire": questionnaire, "versions": found} if len(found) > 1 else None


@section(
    Questionnaire,
    title="Waar gebruikt",
    template="feedback/office/_uses.html",
    permission=P.FEEDBACK_VIEW,
    order=30,
)
def uses(questionnaire: Questionnaire, _today: date) -> Mapping[str, Any]:
    """Give the evaluations that ask it."""
    return {
        "evaluations": forms.latest_uses(questionnaire),
        "many": questionnaire.evaluations.count(),
    }


@section(
    Evaluation,
    title="Antwoorden verzamelen",
    template="feedback/office/_gather.html",
    permission=P.FEEDBACK_VIEW,
    order=10,
)
def gathering(evaluation: Evaluation, _today: date) -> Mapping[str, Any]:
    """Give the ways in which answers come."""
    return {"evaluation": evaluation, "link": evaluations.open_link(evaluation)}


@section(
    Evaluation, title="Lessen", template="feedback/office/_lessons.html", permission=P.FEEDBACK_VIEW, order=20
)
def lessons_from(evaluation: Evaluation, _today: date) -> Mapping[str, Any]:
    """Give what was decided because of it."""
    rows = evaluation.lessons.order_by("-decided_at", "-pk")
    return {"evaluation": evaluation, "lessons": list(rows)}


@section(
    Evaluation,
    title="Notities uit de zaal",
    template="feedback/office/_notes.html",
    permission=P.FEEDBACK_READ,
    order=30,
)
def notes_of(evaluation: Evaluation, _today: date) -> Mapping[str, Any]:
    """Give what was heard in the room."""
    rows = evaluation.notes.select_related("noted_by").order_by("heard_on", "pk")
    return {"evaluation": evaluation, "notes": list(rows)}


@section(
    Evaluation,
    title="Uitgenodigd",
    template="feedback/office/_invited.html",
    permission=P.FEEDBACK_READ,
    order=40,
)
def invited(evaluation: Evaluation, _today: date) -> Mapping[str, Any] | None:
    """Give who was invited and who answered, only where people answer on name."""
    if evaluation.mode != Mode.NAMED:
        return None
    rows = evaluation.invitations.order_by("name", "email", "pk")
    found = list(rows)
    return {"invitations": found} if found else None
