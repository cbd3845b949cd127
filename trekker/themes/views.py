"""The back office's screens about themes and audiences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trekker.kernel.access import Permission
from trekker.kernel.listing import Field, Listing
from trekker.kernel.pages import AddRecord, EditRecord
from trekker.themes import actions


class TermList(Listing):
    """All words of one list; each opens its form."""

    download_permission = Permission.EVENTS_CHANGE
    default_ordering = "name"
    is_searchable = False
    fields: Sequence[Field] = (
        Field("naam", lambda each: each.name, "name"),
        Field("code", lambda each: each.code, "code", on_phone=False),
        Field("woorden in een plan", lambda each: each.words, on_phone=False),
    )

    def get_base_queryset(self) -> QuerySet:
        """Start from all: who may open the list may see every word."""
        return self.model.objects.all()

    def get_inspect_url(self, instance: Any) -> str:
        """Lead to the form: a word has no page of its own."""
        return reverse(self.edit_url_name, args=[instance.pk])


class ThemeList(TermList):
    """All themes, with the wider one each is part of."""

    fields = (*TermList.fields, Field("deel van", lambda each: each.part_of and each.part_of.name))

    def get_base_queryset(self) -> QuerySet:
        """Load the wider theme with each."""
        return super().get_base_queryset().select_related("part_of")


class _ToList:
    """Mixin: leads back to the list, and finds every word."""

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)  # type: ignore[attr-defined]


class AddTerm(_ToList, AddRecord):
    """Adds a word."""

    success_message = "%(object)s is toegevoegd."

    def save_instance(self) -> Any:
        """Add it by the action."""
        return actions.add_term(
            model=self.model, facts=self.form.cleaned_data, by=self.request.user, now=timezone.now()
        )


class EditTerm(_ToList, EditRecord):
    """Corrects a word."""

    success_message = "%(object)s is bewaard."

    def get_object(self, queryset: Any = None) -> Any:  # noqa: ARG002 - Wagtail's signature
        """Give the word; the permission of the list is enough."""
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def save_instance(self) -> Any:
        """Correct it by the action."""
        return actions.correct_term(
            term=self.object, facts=self.form.cleaned_data, by=self.request.user, now=timezone.now()
        )
