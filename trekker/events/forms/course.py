"""The forms of the back office for courses and their editions."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from trekker.events.actions.changing import Sitting
from trekker.events.models import Event
from trekker.organisations.forms import OrganisationChooser


class CourseForm(WagtailAdminModelForm):
    """What staff may write about a course."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in our words what is missing."""
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = "Geef de opleiding een titel."


COURSE_PANELS = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("summary"), FieldPanel("description")], heading="Wat"
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("provider", widget=OrganisationChooser), FieldPanel("our_role")]),
                FieldPanel("focus", widget=forms.RadioSelect),
                FieldPanel("e_learning"),
            ],
            heading="Van wie",
        ),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
            ],
            heading="Waarover en voor wie",
        ),
    ],
    base_form_class=CourseForm,
)


class EditionForm(forms.Form):
    """Asks how a new edition is given; its days are rows beneath."""

    title = forms.CharField(
        label="Titel", max_length=200, error_messages={"required": "Geef de editie een titel."}
    )
    format = forms.ChoiceField(
        label="Vorm",
        choices=Event.Format.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een vorm."},
    )
    max_registrations = forms.IntegerField(
        label="Plaatsen", required=False, min_value=1, help_text="Leeg is onbeperkt."
    )


def sittings(rows: Any) -> list[Sitting]:
    """Give the sessions that were filled in."""
    return [
        form.sitting() for form in rows if form not in rows.deleted_forms and form.cleaned_data.get("day")
    ]
