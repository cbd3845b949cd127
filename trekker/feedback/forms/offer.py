"""The form and filters of the back office for what came of intentions."""

from __future__ import annotations

import django_filters
from django import forms
from wagtail.admin.filters import WagtailFilterSet

from trekker.feedback.models import FollowUp
from trekker.ideas.models import Idea


class MakeIdea(forms.Form):
    """Asks what to call the idea."""

    title = forms.CharField(
        label="Titel van het idee",
        max_length=200,
        error_messages={"required": "Geef het idee een titel."},
    )
    form = forms.ChoiceField(
        label="Mogelijke vorm",
        choices=Idea.Form.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat het idee kan worden."},
    )


class OfferFilters(WagtailFilterSet):
    """How to narrow the list of offers."""

    is_settled = django_filters.ChoiceFilter(
        label="Stand",
        choices=[("False", "te doen"), ("True", "afgehandeld")],
        widget=forms.RadioSelect,
        empty_label="alle",
    )
    outcome = django_filters.MultipleChoiceFilter(
        label="Wat ervan kwam", choices=FollowUp.Outcome.choices, widget=forms.CheckboxSelectMultiple
    )
    offers = django_filters.MultipleChoiceFilter(
        label="Biedt aan", choices=FollowUp.Offer.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = FollowUp
        fields: list[str] = []
