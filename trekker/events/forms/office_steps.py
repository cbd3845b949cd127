"""The small forms about an event: cancel, copy, repeat."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from trekker.events.actions.repeating import every_months, every_weeks
from trekker.events.forms.office import NO_TITLE, Day


class CancelForm(forms.Form):
    """Asks why an event is cancelled, and whether the rest of its series goes too."""

    because = forms.CharField(
        label="Reden",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Deelnemers lezen dit in hun mail.",
        error_messages={"required": "Vul de reden in. Deelnemers lezen ze in hun mail."},
    )

    def __init__(self, *args: Any, rest: int = 0, **kwargs: Any) -> None:
        """Offer to cancel the rest where there is any."""
        super().__init__(*args, **kwargs)
        if rest:
            later = "de volgende activiteit" if rest == 1 else f"de {rest} volgende activiteiten"
            self.fields["rest"] = forms.BooleanField(
                label=f"Annuleer ook {later} van deze reeks", required=False
            )


class ConfirmForm(forms.Form):
    """Asks nothing more: sending it takes the step, though too few people come."""

    to = forms.CharField(widget=forms.HiddenInput)
    toch = forms.CharField(widget=forms.HiddenInput)


class CopyForm(forms.Form):
    """Asks the title and the first day of a copy."""

    title = forms.CharField(label="Titel", max_length=200, error_messages={"required": NO_TITLE})
    first_day = forms.DateField(
        label="Eerste dag",
        widget=Day,
        help_text="De uren blijven gelijk. Meer sessies schuiven samen op.",
        error_messages={"required": "Vul de dag in.", "invalid": "Vul een dag in zoals 2026-04-16."},
    )


class RepeatForm(forms.Form):
    """Asks on which days an event comes back."""

    UNITS = (
        ("maanden", "maanden, op dezelfde weekdag"),
        ("weken", "weken"),
        ("dagen", "op dagen die ik typ"),
    )
    MOST = 30

    name = forms.CharField(
        label="Naam van de reeks",
        max_length=120,
        help_text="Bijvoorbeeld: Intervisies 2026.",
        error_messages={"required": "Geef de reeks een naam."},
    )
    unit = forms.ChoiceField(label="Elke", choices=UNITS, widget=forms.RadioSelect, initial="maanden")
    step = forms.IntegerField(
        label="Hoeveel weken of maanden ertussen", min_value=1, max_value=24, initial=3, required=False
    )
    times = forms.IntegerField(label="Hoe vaak nog", min_value=1, max_value=MOST, initial=3, required=False)
    days = forms.CharField(
        label="Of typ de dagen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Eén dag per regel, zoals 18/06/2026.",
    )

    def __init__(self, *args: Any, first: date, in_series: bool = False, **kwargs: Any) -> None:
        """Remember the day to count from; a series that exists keeps its name."""
        super().__init__(*args, **kwargs)
        self.first = first
        if in_series:
            del self.fields["name"]

    def clean_days(self) -> list[date]:
        """Read one day a line."""
        day = forms.DateField()
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["days"].splitlines())):
            try:
                found.append(day.clean(line))
            except forms.ValidationError:
                raise forms.ValidationError(f"Dit is geen dag: {line}. Typ zoals 18/06/2026.") from None
        return found

    def clean(self) -> dict[str, Any]:
        """Work out the days."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["unit"] == "dagen":
            if not cleaned["days"]:
                self.add_error("days", "Typ minstens één dag.")
            elif len(cleaned["days"]) > self.MOST:
                self.add_error("days", f"Typ hoogstens {self.MOST} dagen.")
            return cleaned
        for name in ("step", "times"):
            if not cleaned.get(name):
                self.add_error(name, "Vul een getal in.")
        if not self.errors:
            every = every_weeks if cleaned["unit"] == "weken" else every_months
            cleaned["days"] = every(self.first, cleaned["step"], cleaned["times"])
        return cleaned
