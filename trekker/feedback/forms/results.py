"""Filters and labels of open answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from trekker.feedback.queries.results_texts import TagUse

LONGEST = 100  # characters of a tag


class TextFilter(forms.Form):
    """Chooses among open answers: by words, tag and question; what is not understood narrows nothing."""

    only_filters = True  # so that no label says that it may stay empty

    zoek = forms.CharField(label="Zoek in de antwoorden", max_length=100, required=False)
    label = forms.ChoiceField(label="Label", required=False)
    vraag = forms.ChoiceField(label="Vraag", required=False)

    def __init__(self, data: Any, *, tags: Sequence[TagUse], questions: Sequence[tuple[str, str]]) -> None:
        """Offer the tags that are used here and the questions that people answered."""
        super().__init__(data, auto_id="filter-%s")
        used = [(each.name, f"{each.name} ({each.count})") for each in tags]
        self.fields["label"].choices = [("", "Alle labels"), *used]  # type: ignore[attr-defined]
        self.fields["vraag"].choices = [("", "Alle vragen"), *questions]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by the name of its field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class TagForm(forms.Form):
    """Takes the name of a label."""

    naam = forms.CharField(
        label="Label",
        max_length=LONGEST,
        error_messages={
            "required": "Schrijf een label.",
            "max_length": "Een label heeft hoogstens 100 tekens.",
        },
    )
