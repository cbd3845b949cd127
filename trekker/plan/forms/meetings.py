"""The forms of the regular talk about the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from trekker.people.models import Account
from trekker.plan.forms.versions import DateInput
from trekker.plan.models import Agreement, Meeting, Plan
from trekker.ui.forms import SeveralField

FIRST_YEAR, LAST_YEAR = 2000, 2100  # as of a plan


def _accounts() -> Any:
    return Account.objects.filter(is_active=True).order_by("first_name", "last_name", "pk")


class MeetingForm(forms.Form):
    """Asks when the talk is and who is present."""

    held_on = forms.DateField(label="Datum", widget=DateInput, error_messages={"required": "Kies een datum."})
    present = SeveralField(
        Account.objects.none(),
        label="Aanwezig",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Dit kun je tijdens het overleg nog aanpassen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the active accounts."""
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = _accounts()  # type: ignore[attr-defined]

    def clean_held_on(self) -> date:
        """
        Refuse a day of another age: a slip of the keys, and days around it cannot be reckoned with.

        :raises ValidationError: if no plan is for that year
        """
        day: date = self.cleaned_data["held_on"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Kies een dag tussen {FIRST_YEAR} en {LAST_YEAR}.")
        return day


class NewMeetingForm(MeetingForm):
    """Asks which plan the talk is about as well, where there is more than one."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="Plan", empty_label=None)
    field_order = ["plan", "held_on", "present"]

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        """Offer the plans that were ever adopted; one alone is not asked."""
        super().__init__(*args, **kwargs)
        field = self.fields["plan"]
        field.queryset = plans  # type: ignore[attr-defined]
        if len(plans) == 1:
            field.widget = forms.HiddenInput()
            self.initial["plan"] = plans[0]


class ChangeMeetingForm(MeetingForm):
    """Asks another day, or who was present after all."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        """Show what stands."""
        super().__init__(*args, **kwargs)
        known = {"held_on": meeting.held_on, "edition": meeting.edition}
        self.initial = {**known, "present": list(meeting.present.all()), **self.initial}


class MinuteForm(forms.Form):
    """Asks what was said about one goal."""

    text = forms.CharField(
        label="Verslag", required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AgreementForm(forms.Form):
    """Asks what was decided; with someone or a day it is a task."""

    text = forms.CharField(
        label="Afspraak of beslissing",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Schrijf wat jullie afspraken."},
    )
    owner = forms.ModelChoiceField(
        Account.objects.none(),
        label="Wie doet het",
        required=False,
        empty_label="niemand: enkel een beslissing",
    )
    due_on = forms.DateField(label="Tegen wanneer", widget=DateInput, required=False)

    def __init__(self, *args: Any, agreement: Agreement | None = None, **kwargs: Any) -> None:
        """Offer the active accounts, and show what stands."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = _accounts()  # type: ignore[attr-defined]
        if agreement:
            self.fields["edition"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
            names = ("text", "owner", "due_on", "edition")
            self.initial = {**{name: getattr(agreement, name) for name in names}, **self.initial}


class OutcomeForm(forms.Form):
    """Asks what came of an agreement."""

    outcome = forms.CharField(
        label="Wat kwam ervan?", max_length=500, required=False, help_text="Bijvoorbeeld: niet meer nodig."
    )


class ReasonForm(forms.Form):
    """Asks why closed minutes are opened again."""

    because = forms.CharField(
        label="Waarom heropen je het verslag?",
        max_length=300,
        error_messages={"required": "Schrijf waarom je het verslag heropent."},
    )
