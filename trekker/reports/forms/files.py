"""Turns what was typed about a file of a report into typed values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from trekker.plan.models import PlanVersion
from trekker.reports.formats.writing import FORMATS
from trekker.reports.forms.reports import DateInput
from trekker.reports.models import Report


class NewFile(forms.Form):
    """Which report, with the figures of which day, in which format."""

    version = forms.ChoiceField(label="Jaar")
    kind = forms.ChoiceField(label="Soort rapport", widget=forms.RadioSelect)
    format = forms.ChoiceField(label="Formaat", widget=forms.RadioSelect)
    as_of = forms.DateField(
        label="Cijfers van een andere dag",
        required=False,
        widget=DateInput,
        help_text="Laat je dit leeg? Dan zijn het de cijfers van vandaag, of die van de vaststelling.",
    )

    def __init__(self, *args: Any, versions: Sequence[PlanVersion], today: date, **options: Any) -> None:
        """Offer the years for which a plan was adopted; where a year has more, each with its name."""
        super().__init__(*args, **options)
        self.today = today
        self.versions = {str(each.pk): each for each in versions}
        fields: dict[str, Any] = self.fields
        plans = Counter(each.year for each in versions)
        fields["version"].choices = [
            (key, f"{each.year}, {each.plan}" if plans[each.year] > 1 else str(each.year))
            for key, each in self.versions.items()
        ]
        fields["kind"].choices = [(code, word.capitalize()) for code, word in Report.Kind.choices]
        fields["format"].choices = [
            (each.code, f"{each.label[:1].upper()}{each.label[1:]}: {each.purpose}")
            for each in FORMATS.values()
        ]

    def clean(self) -> dict[str, Any]:
        """Keep the day within the year, and not after today."""
        typed: dict[str, Any] = super().clean() or {}
        day, chosen = typed.get("as_of"), self.versions.get(typed.get("version", ""))
        if day and chosen and (day.year != chosen.year or day > self.today):
            self.add_error("as_of", f"Kies een dag in {chosen.year}, niet na vandaag.")
        return typed
