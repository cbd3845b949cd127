"""Forms of the year calendar and of the calendars of others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from trekker.events.actions.calendars import read_file
from trekker.events.formats.icalreading import MOST_BYTES, NotACalendar
from trekker.events.models import Event, OtherCalendar
from trekker.events.queries.calendar import Whose
from trekker.organisations.forms import OrganisationChooser
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience
from trekker.ui.forms import SeveralField

ALL = [("", "alles")]
WEBCAL = re.compile(r"^webcals?://", re.IGNORECASE)


class YearFilter(forms.Form):
    """Narrows the year calendar."""

    use_required_attribute = False

    wie = forms.ChoiceField(label="Van wie", choices=[*ALL, *((each.name, each.value) for each in Whose)])
    soort = forms.ChoiceField(label="Soort", choices=[*ALL, *Event.Kind.choices])
    doelgroep = forms.ChoiceField(label="Doelgroep")
    jaar = forms.IntegerField(widget=forms.HiddenInput)
    weergave = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, asked: Mapping[str, str]) -> None:
        """Offer the audiences there are, and keep those answers that can be chosen."""
        super().__init__(auto_id="kies-%s")
        self.fields["doelgroep"].choices = [*ALL, *Audience.objects.values_list("code", "name")]  # type: ignore[attr-defined]
        self.chosen = {
            name: asked[name]
            for name, field in self.fields.items()
            if isinstance(field, forms.ChoiceField) and asked.get(name) and field.valid_value(asked[name])
        }


class DayForm(forms.Form):
    """Asks whether a day is free."""

    dag = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}))
    voor = SeveralField(
        Audience.objects.all(),
        label="Voor wie",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies je niets, dan is het voor iedereen.",
    )


class CalendarAddress(forms.URLField):
    """An address of a calendar; programs write webcal where they mean https."""

    def to_python(self, value: Any) -> Any:
        """Write the address as one of a website."""
        return super().to_python(WEBCAL.sub("https://", str(value).strip()) if value else value)


class CalendarForm(forms.Form):
    """A calendar of someone else: an address to follow, or a file."""

    name = forms.CharField(label="Naam", max_length=120, help_text="Bijvoorbeeld: Mediawijs.")
    url = CalendarAddress(
        label="Adres",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Een iCalendar-adres. We halen het elke dag op.",
    )
    file = forms.FileField(label="Of een bestand (.ics)", required=False, help_text="Hoogstens 5 MB.")
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Van welke organisatie",
        required=False,
        widget=OrganisationChooser,
    )
    audiences = SeveralField(
        Audience.objects.all(),
        label="Voor wie",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies je niets, dan is het voor iedereen.",
    )

    def __init__(self, *args: Any, calendar: OtherCalendar | None = None, **kwargs: Any) -> None:
        """Remember which calendar is corrected; a new one has none."""
        super().__init__(*args, **kwargs)
        self.calendar = calendar

    def clean_name(self) -> str:
        """Refuse a name that another calendar has."""
        name = self.cleaned_data["name"]
        same = OtherCalendar.objects.filter(name__iexact=name).first()
        if same and same != self.calendar:
            raise forms.ValidationError("Deze naam is al in gebruik. Kies een andere.")
        return name

    def clean_url(self) -> str:
        """Take only https."""
        url = self.cleaned_data["url"]
        if url and not url.startswith("https://"):
            raise forms.ValidationError("Het adres moet met https:// beginnen.")
        return url

    def clean_file(self) -> Any:
        """Read the file, so that a wrong one is refused beside its field."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Dit bestand is groter dan 5 MB. Kies een kleiner.")
        try:
            return read_file(file.read(), timezone.now())
        except NotACalendar as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        """Ask for an address or a file, and not for both."""
        data = super().clean() or {}
        has_file = data.get("file") is not None
        if not self.errors and bool(data.get("url")) == has_file and (has_file or self.calendar is None):
            self.add_error("url", "Vul een adres in of kies een bestand. Niet allebei.")
        return data
