"""The forms for recordings and material of an event."""

from __future__ import annotations

from typing import Any

from django import forms

from trekker.events.formats.material import LISTED
from trekker.events.forms.office import address
from trekker.events.models.material import SeenBy


class RecordingForm(forms.Form):
    """Asks where a recording is, and whether everyone can follow it."""

    title = forms.CharField(
        label="Titel", max_length=200, error_messages={"required": "Geef de opname een titel."}
    )
    url = address("Adres van de opname", "", length=500)
    has_captions = forms.BooleanField(label="Heeft ondertiteling", required=False)
    transcript = forms.CharField(
        label="Uitgeschreven tekst",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Wat gezegd wordt, en wat je moet zien om te volgen.",
    )
    reason_without = forms.CharField(
        label="Waarom zonder",
        max_length=300,
        required=False,
        help_text="Nodig zonder ondertiteling of tekst. Dit komt in de verklaring over toegankelijkheid.",
    )
    seen_by = forms.ChoiceField(
        label="Voor wie", choices=SeenBy.choices, widget=forms.RadioSelect, initial=SeenBy.ALL
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask the address always."""
        super().__init__(*args, **kwargs)
        self.fields["url"].required = True
        self.fields["url"].error_messages["required"] = "Vul het adres van de opname in."


class MaterialForm(forms.Form):
    """Asks a file or a link."""

    title = forms.CharField(
        label="Titel", max_length=200, error_messages={"required": "Geef het materiaal een titel."}
    )
    file = forms.FileField(
        label="Bestand",
        required=False,
        max_length=200,
        help_text=f"{LISTED}. Hoogstens 25 MB.",
        error_messages={
            "empty": "Dit bestand is leeg. Kies een ander.",
            "invalid": "Het bestand kwam niet aan. Kies het opnieuw.",
            "max_length": "De naam van dit bestand is te lang. Geef het een kortere naam.",
        },
    )
    url = address("Of een link", "", length=500)
    seen_by = forms.ChoiceField(
        label="Voor wie", choices=SeenBy.choices, widget=forms.RadioSelect, initial=SeenBy.ALL
    )
