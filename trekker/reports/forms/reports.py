"""Turns what was typed about a report into typed values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from trekker.kernel.periods import Period
from trekker.plan.models import PlanVersion
from trekker.reports.models import Report

HALF_YEAR = (6, 30)


class DateInput(forms.DateInput):
    """A date as the browser's own control; 2026-06-30 in the value."""

    input_type = "date"

    def __init__(self) -> None:
        """Write dates the way the control reads them."""
        super().__init__(format="%Y-%m-%d")


class NewReport(forms.Form):
    """Which report to start: of which plan and year, which kind, and up to which day."""

    version = forms.ChoiceField(label="Plan en jaar")
    kind = forms.ChoiceField(label="Soort rapport", choices=Report.Kind.choices, widget=forms.RadioSelect)
    last_day = forms.DateField(
        label="Cijfers tot en met",
        required=False,
        widget=DateInput,
        help_text="Laat je dit leeg? Dan is het 31 december, of 30 juni voor een halfjaarrapport.",
    )

    def __init__(self, *args: Any, versions: list[PlanVersion], **options: Any) -> None:
        """Offer the plans of which something was adopted."""
        super().__init__(*args, **options)
        self.versions = {str(each.pk): each for each in versions}
        self.fields["version"].choices = [(key, each.name) for key, each in self.versions.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(code, word.capitalize()) for code, word in Report.Kind.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Fill in the usual last day; keep it within the year."""
        typed: dict[str, Any] = super().clean() or {}
        chosen = self.versions.get(typed.get("version", ""))
        if chosen is None or self.errors:
            return typed
        year = Period.year(chosen.year)
        half = date(chosen.year, *HALF_YEAR)
        usual = half if typed["kind"] == Report.Kind.MID_YEAR else year.last_day
        typed["last_day"] = typed.get("last_day") or usual
        if not year.start <= typed["last_day"] <= year.last_day:
            self.add_error("last_day", f"Kies een dag in {chosen.year}.")
        return typed


class Writing(forms.Form):
    """The narrative of one goal, with the edition it was written from."""

    text = forms.CharField(
        label="Verhaal",
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Schrijf gewone zinnen. Een lege regel begint een nieuwe alinea.",
    )
    edition = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)


class Edition(forms.Form):
    """The edition of a report that a page showed."""

    edition = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)


class Move(Edition):
    """A step to another state."""

    to = forms.ChoiceField(choices=Report.State.choices)


class Restate(Edition):
    """Why a fixed report is put under way again."""

    reason = forms.CharField(
        label="Waarom herzie je dit rapport?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Deze reden staat bij de nieuwe vaststelling.",
    )


class Fix(Edition):
    """What was shown before fixing."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
