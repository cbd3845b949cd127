"""How the leads of an event narrow the list of its participants."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from wagtail.admin.filters import WagtailFilterSet

from trekker.events.models import Registration


def _ticks(label: str, choices: Any) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple
    )


class ParticipantFilters(WagtailFilterSet):
    """How to narrow the participants of one event."""

    status = _ticks("Stand", Registration.Status.choices)
    mode = _ticks("Doet mee", Registration.Mode.choices)
    source = _ticks("Herkomst", Registration.Source.choices)

    class Meta:
        model = Registration
        fields: list[str] = []
