"""Choosing one record in a form of the back office, by searching in a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from trekker.kernel.access import Permission, access


class SearchForm(BaseFilterForm):
    """Asks for words; the model's ``matching`` finds what has them all."""

    q = forms.CharField(label="Zoek", required=False)

    def filter(self, objects: Any) -> Any:
        """Keep the records with these words."""
        words = self.cleaned_data.get("q")
        if words:
            self.is_searching = True
            self.search_query = words
            objects = objects.matching(words)
        return objects


class _Seen:
    """Mixin: lists and gives only what the reader may see."""

    filter_form_class = SearchForm

    def get_object_list(self) -> QuerySet:
        return self.model_class.objects.visible_to(self.request.user)  # type: ignore[attr-defined]

    def get_object(self, pk: Any) -> Any:
        return get_object_or_404(self.get_object_list(), pk=pk)

    @property
    def columns(self) -> list[Column]:
        explained = Column("chooser_line", label="", accessor="chooser_line")
        return [self.title_column, explained]  # type: ignore[attr-defined]


class _Choose(_Seen, ChooseView):
    """The window to choose in."""


class _Results(_Seen, ChooseResultsView):
    """The list in that window, after searching."""


class _Chosen(_Seen, ChosenView):
    """The one that was chosen."""


class RecordChooser(ChooserViewSet):
    """
    A chooser of records for who holds ``view_permission``.

    The model's QuerySet has ``visible_to`` and ``matching``; its records have a ``chooser_line``
    that tells those of the same name apart.
    """

    view_permission: Permission
    ordering: tuple[str, ...] = ("name",)
    choose_view_class = _Choose
    choose_results_view_class = _Results
    chosen_view_class = _Chosen
    choose_another_text = "Kies een andere"
    edit_item_text = "Open"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Guard the window and what it answers."""
        guard = access(self.view_permission)
        return [
            path("", guard(self.choose_view), name="choose"),
            path("results/", guard(self.choose_results_view), name="choose_results"),
            path("chosen/<int:pk>/", guard(self.chosen_view), name="chosen"),
        ]
