"""The forms and filters of the back office for ideas."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminDateInput

from trekker.ideas.models import Consultation, Idea
from trekker.organisations.forms import OrganisationChooser
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme

OUTCOMES = [(outcome.value, outcome.label) for outcome in Idea.OUTCOMES]


class IdeaForm(WagtailAdminModelForm):
    """What people may write about an idea; weighing and deciding have forms of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in our words what is missing."""
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = "Geef het idee een titel."


PANELS = ObjectList(
    [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("description"), FieldPanel("form")], heading="Wat"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("origin"), FieldPanel("origin_text")])], heading="Van waar"
        ),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Waarover en voor wie",
        ),
    ],
    base_form_class=IdeaForm,
)


class IdeaFilters(WagtailFilterSet):
    """How to narrow the list of ideas."""

    state = django_filters.MultipleChoiceFilter(
        label="Stand", choices=Idea.State.choices, widget=forms.CheckboxSelectMultiple
    )
    form = django_filters.MultipleChoiceFilter(
        label="Vorm", choices=Idea.Form.choices, widget=forms.CheckboxSelectMultiple
    )
    themes = django_filters.ModelMultipleChoiceFilter(
        label="Thema", queryset=Theme.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    audiences = django_filters.ModelMultipleChoiceFilter(
        label="Doelgroep", queryset=Audience.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    origin = django_filters.MultipleChoiceFilter(
        label="Herkomst", choices=Idea.Origin.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Idea
        fields: list[str] = []


class ConsultationForm(forms.Form):
    """Asks who was consulted, when, and what they said."""

    who = forms.CharField(
        label="Wie",
        max_length=200,
        help_text="Bijvoorbeeld: team digitale transformatie.",
        error_messages={"required": "Zeg wie je bevroeg."},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label="Organisatie", required=False, widget=OrganisationChooser
    )
    on = forms.DateField(
        label="Op",
        widget=AdminDateInput,
        error_messages={"required": "Vul een dag in.", "invalid": "Vul een dag in zoals 16/04/2026."},
    )
    view = forms.ChoiceField(
        label="Mening",
        choices=Consultation.View.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een mening."},
    )
    said = forms.CharField(
        label="Wat ze zeiden",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf kort op wat ze zeiden."},
    )


def _weight(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "nog niet gewogen"), *Idea.WEIGHTS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class WeighForm(forms.Form):
    """Asks how much an idea is needed, whom it reaches, and how much work it asks."""

    need = _weight("Hoe groot is de nood?")
    reach = _weight("Hoeveel lokale besturen bereikt het?")
    effort = _weight("Hoeveel werk vraagt het?")
    weighing = forms.CharField(
        label="Afweging in woorden",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Wat pleit ervoor, wat ertegen, en wat is er nog nodig?",
    )


class DecideForm(forms.Form):
    """Asks what becomes of an idea, and why."""

    outcome = forms.ChoiceField(
        label="Beslissing",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een beslissing."},
    )
    reason = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf de reden op. Zo weet iedereen later waarom."},
    )
