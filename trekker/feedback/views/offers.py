"""What people did with their intention, and offer to others: the list, the page, what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as plain_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from trekker.feedback.actions import following
from trekker.feedback.forms.offer import MakeIdea, OfferFilters
from trekker.feedback.models import FollowUp
from trekker.feedback.queries.followups import intention_of
from trekker.feedback.queries.offers import with_intention
from trekker.ideas.models import Idea
from trekker.kernel.access import Permission, access
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import Act, Fact, RecordPage, form_screen

INDEX, PAGE = "offer:index", "offer:inspect"
P = Permission
SHORT, TITLE = 90, 120


def _short(text: str | None, most: int) -> str:
    words = " ".join((text or "").split())
    return words if len(words) <= most else f"{words[: most - 1].rsplit(' ', 1)[0]}…"


def title_of(offer: FollowUp) -> str:
    """Name an offer by what it is and what it came from."""
    return capfirst(f"{offer.get_offers_display()}, na {offer.response.evaluation}")


def _in_a_line(offer: FollowUp) -> str:
    """Tell an offer apart by what was intended, or else by what helped, or else by what it is."""
    intended = offer.intention  # type: ignore[attr-defined]
    return _short(intended, SHORT) or _short(offer.helped, SHORT) or title_of(offer)


class OfferList(Listing):
    """What came of intentions, where people offer it to others."""

    page_title = "Wat ervan kwam"
    base_filters = OfferFilters
    download_permission = P.PEOPLE_EXPORT
    default_ordering = ("is_settled", "-answered_on", "-pk")
    is_searchable = False
    fields = (
        Field("voornemen", _in_a_line),
        Field("aanbod", title_of, "offers"),
        Field("wat ervan kwam", lambda each: each.get_outcome_display(), "outcome", on_phone=False),
        Field("biedt aan", lambda each: each.get_offers_display(), on_screen=False),
        Field("na", lambda each: each.response.evaluation.title, on_screen=False),
        Field("hele voornemen", lambda each: each.intention, on_screen=False),
        Field("wat hielp", lambda each: each.helped, on_screen=False),
        Field("wat hinderde", lambda each: each.hindered, on_screen=False),
        Field("contact", lambda each: each.contact, on_screen=False),
        Field(
            "stand",
            lambda each: "afgehandeld" if each.is_settled else "te doen",
            "is_settled",
            on_phone=False,
        ),
        Field("beantwoord op", lambda each: each.answered_on, "answered_on", on_screen=False),
    )

    def prepare(self, rows: QuerySet, _today: Any) -> QuerySet:
        """Load the intention and what it came from."""
        return with_intention(rows)


class OfferPage(RecordPage):
    """What one person did, in their own words, and offers to others."""

    template_name = "feedback/office/page.html"

    def get_page_title(self) -> str:
        """Name it by what it is."""
        return title_of(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(INDEX), "label": "Wat ervan kwam"},
            {"url": "", "label": title_of(self.object)},
        ]

    @property
    def acts(self) -> Sequence[Act]:  # type: ignore[override]
        """Offer what was not done yet."""
        it: FollowUp = self.object
        make = Act("Maak er een idee van", "evaluations:make_idea", P.FEEDBACK_CHANGE, "openquote")
        settle = Act("Handel af", "evaluations:settle", P.FEEDBACK_CHANGE, "check")
        return (*(() if it.idea_id else (make,)), *(() if it.is_settled else (settle,)))

    def facts(self) -> list[Fact]:
        """Give what someone wanted to do, what came of it, and how to reach them."""
        it: FollowUp = self.object
        evaluation = it.response.evaluation
        idea = reverse("idea:inspect", args=[it.idea_id]) if it.idea_id else ""
        return [
            Fact("Voornemen", intention_of(it.pk)),
            Fact("Wat ervan kwam", it.get_outcome_display()),
            Fact("Wat hielp", it.helped),
            Fact("Wat hinderde", it.hindered),
            Fact("Biedt aan", it.get_offers_display()),
            Fact("Contact", it.contact),
            Fact("Na", evaluation.title, reverse("evaluation:inspect", args=[evaluation.pk])),
            Fact("Beantwoord op", f"{it.answered_on:%d/%m/%Y}"),
            Fact("Idee", it.idea and it.idea.title, idea),
            Fact("Stand", "afgehandeld" if it.is_settled else "te doen"),
        ]


def _found(request: HttpRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).select_related("response__evaluation", "idea")
    return get_object_or_404(rows, pk=pk)


def _trail(offer: FollowUp) -> list[tuple[str, str]]:
    return [(reverse(INDEX), "Wat ervan kwam"), (reverse(PAGE, args=[offer.pk]), title_of(offer))]


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def make_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an idea of what someone did."""
    offer = _found(request, pk)
    title = _short(intention_of(offer.pk), TITLE) or offer.response.evaluation.title
    form = MakeIdea(
        request.POST if request.method == "POST" else None, initial={"title": title, "form": Idea.Form.EVENT}
    )
    if request.method == "POST" and form.is_valid():
        idea = following.make_idea(follow_up=offer, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Het idee is genoteerd.")
        return redirect("idea:inspect", idea.pk)
    return form_screen(
        request,
        form,
        title="Maak er een idee van",
        submit="Noteer het idee",
        trail=_trail(offer),
        icon="openquote",
        intro="De woorden van de deelnemer gaan mee. Het contact niet: dat blijft hier.",
    )


@access(P.FEEDBACK_CHANGE)
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an offer was dealt with."""
    offer = _found(request, pk)
    if request.method == "POST":
        following.settle(follow_up=offer, by=request.user, now=timezone.now())
        messages.success(request, "Dit aanbod is afgehandeld.")
        return redirect(PAGE, offer.pk)
    return form_screen(
        request,
        plain_forms.Form(),
        title="Handel af",
        submit="Handel af",
        trail=_trail(offer),
        icon="check",
        intro="Nam je contact op, of doe je er niets mee? Dan is dit klaar. Het blijft in de lijst staan.",
    )
