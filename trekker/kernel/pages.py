"""Screens of the back office around one record, in Wagtail's shell: its page, its forms, its acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.forms import BaseForm, Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.views.generic import CreateView, EditView, InspectView
from wagtail.admin.widgets.button import HeaderButton

from trekker.kernel.access import Permission, may
from trekker.kernel.sections import sections_of


class Fact(NamedTuple):
    """One fact on the page of a record."""

    label: str
    value: Any
    url: str = ""


@dataclass(frozen=True)
class Act:
    """One thing a reader may do with a record, as a button on its page."""

    label: str
    url_name: str
    permission: Permission
    icon: str = "edit"


class OfVisible:
    """Mixin: finds only what the reader may see."""

    def get_object(self, queryset: Any = None) -> Model:  # noqa: ARG002 - Wagtail's signature
        """Give the record, or 404."""
        rows = self.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        return get_object_or_404(rows, pk=self.kwargs["pk"])  # type: ignore[attr-defined]


class RecordPage(OfVisible, InspectView):
    """
    The page of one record: its facts, what may be done, and the sections of every room.

    ``acts`` are the buttons; a subclass gives the ``facts``.
    """

    template_name = "kernel/record.html"
    page_title = ""
    fields = ["pk"]
    acts: Sequence[Act] = ()

    def facts(self) -> list[Fact]:
        """Give the facts in the order of the page; those without value are left out."""
        return []

    def withheld(self) -> AbstractSet[Permission]:
        """Name the permissions that the reader may hold, yet not for this record."""
        return frozenset()

    def get_page_title(self) -> str:
        """Name the record."""
        return str(self.object)

    def get_page_subtitle(self) -> str:
        """Leave the title to the record alone."""
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        plural = capfirst(str(self.model._meta.verbose_name_plural))
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": "", "label": str(self.object)},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer what the reader may do, in the order declared."""
        return [
            HeaderButton(
                act.label,
                url=reverse(act.url_name, args=[self.object.pk]),
                icon_name=act.icon,
                priority=place,
            )
            for place, act in enumerate(self.acts)
            if may(self.request.user, act.permission) and act.permission not in self.withheld()
        ]

    header_more_buttons: Sequence[Any] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the facts and the sections."""
        context = super().get_context_data(**kwargs)
        context["facts"] = [fact for fact in self.facts() if fact.value not in {None, ""}]
        today = timezone.localdate()
        context["sections"] = sections_of(
            self.object, reader=self.request.user, today=today, withheld=self.withheld()
        )
        context["reader"] = self.request.user
        return context


class _ByAction:
    """Mixin for Wagtail's forms: an action saves, and its refusals become errors of the form."""

    refusals: Mapping[type[Exception], str] = {}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Save by the action, or say beside the field why not."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except tuple(self.refusals) as refused:
            form.add_error(self.refusals[type(refused)], self.sentence(refused))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def sentence(self, refused: Exception) -> str:
        """Say in Dutch why an action refuses."""
        return str(refused)

    def get_success_url(self) -> str:
        """Go to the page of the record."""
        namespace = self.index_url_name.partition(":")[0]  # type: ignore[attr-defined]
        return reverse(f"{namespace}:inspect", args=[self.object.pk])  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        """Offer no button: the page that follows has them."""
        return []


class AddRecord(_ByAction, CreateView):
    """Wagtail's form to add; a subclass saves by an action in ``save_instance``."""


class EditRecord(_ByAction, OfVisible, EditView):
    """Wagtail's form to correct; a subclass saves by an action in ``save_instance``."""


def screen(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    trail: Sequence[tuple[str, str]],
    icon: str = "",
    context: Mapping[str, Any] | None = None,
    media: Media | None = None,
) -> HttpResponse:
    """
    Draw a screen of ours in Wagtail's shell.

    ``trail`` leads back: pairs of address and name, from the list to the record.
    """
    home = {"url": reverse("wagtailadmin_home"), "label": "Start"}
    crumbs = [home, *({"url": url, "label": label} for url, label in trail), {"url": "", "label": title}]
    shell = {
        "header_title": title,
        "breadcrumbs_items": crumbs,
        "header_icon": icon,
        "media": media or Media(),
    }
    return render(request, template, {**shell, **(context or {})})


def form_screen(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    submit: str,
    trail: Sequence[tuple[str, str]],
    intro: str = "",
    icon: str = "",
    danger: bool = False,
) -> HttpResponse:
    """Draw one form in Wagtail's shell; the last of the trail is where *Terug* leads."""
    context = {"form": form, "submit": submit, "intro": intro, "back": trail[-1][0], "danger": danger}
    return screen(
        request,
        "kernel/form_screen.html",
        title=title,
        trail=trail,
        icon=icon,
        context=context,
        media=form.media,
    )
