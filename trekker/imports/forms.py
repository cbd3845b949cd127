"""What is asked on the way in: a file, what its columns hold, and what a row is tied to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from trekker.imports.models import Import
from trekker.imports.reading import FILE_SIZE, Unreadable
from trekker.imports.registry import importers

SAMPLES = 3
SAMPLE_LENGTH = 30


class TakesFile(forms.Form):
    """Asks for a file."""

    file = forms.FileField(
        label="Bestand",
        help_text="CSV, Excel (.xlsx of .xls), LibreOffice (.ods) of een zip van Mailchimp, tot 100 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.zip"}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een bestand met minstens één rij.",
        },
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large before anything is done with it."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > FILE_SIZE:
            raise forms.ValidationError(str(Unreadable.too_large()))
        return file


class Upload(TakesFile):
    """Asks for a file and what sort of list it is."""

    importer = forms.ChoiceField(label="Soort lijst", widget=forms.RadioSelect)
    field_order = ["importer", "file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every importer; one alone needs no question."""
        super().__init__(*args, **kwargs)
        alone = [importer for importer in importers.values() if importer.starts_alone]
        choices = [(importer.code, importer.label) for importer in alone]
        self.fields["importer"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["importer"].widget = forms.HiddenInput()
            self.fields["importer"].initial = choices[0][0]


class Columns(forms.Form):
    """Asks for each field which column holds it."""

    def __init__(self, *args: Any, draft: Import, samples: list[list[str]], **kwargs: Any) -> None:
        """Make a choice of columns for each field, each column with a few of its values."""
        super().__init__(*args, **kwargs)
        columns = [("", "niet in deze lijst")]
        every = importers[draft.importer].fields_for(draft.options)
        fields = [field for field in every if not field.fixed]
        self.fixed = {
            field.code: draft.mapping[field.code]
            for field in every
            if field.fixed and field.code in draft.mapping
        }
        for place, heading in enumerate(draft.headings):
            if place in self.fixed.values():
                continue
            seen = [row[place] for row in samples if place < len(row) and row[place]][:SAMPLES]
            shown = ", ".join(text[:SAMPLE_LENGTH] for text in seen)
            columns.append((str(place), f"{heading[:60]} ({shown})" if shown else heading[:60]))
        stood_in = {field.stands_in_for for field in fields if field.code in draft.mapping}
        for field in fields:
            label = field.label[:1].upper() + field.label[1:]
            self.fields[field.code] = forms.TypedChoiceField(
                label=label,
                choices=columns,
                coerce=int,
                empty_value=None,
                required=field.required and field.code not in stood_in,
                error_messages={
                    "required": f"Kies de kolom met “{field.label}”. Zonder die kolom lukt het niet."
                },
                initial=draft.mapping.get(field.code),
            )

    @property
    def mapping(self) -> dict[str, int]:
        """The columns that were named, by field."""
        return self.fixed | {code: place for code, place in self.cleaned_data.items() if place is not None}


class HeaderRow(forms.Form):
    """Asks on which row the headings stand."""

    header_row = forms.IntegerField(
        label="Rij met de titels", min_value=0, max_value=40, help_text="Vul 0 in als er geen titels zijn."
    )


class Choose(forms.Form):
    """Asks what a row is tied to, and whether that goes for all that are alike."""

    target = forms.TypedChoiceField(
        label="Kies",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies één van de mogelijkheden, of zoek een andere."},
    )
    alike = forms.ChoiceField(label="Geldt voor", widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        targets: list[tuple[int, str]],
        without: str,
        alike: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer these targets, none at all, and how far the choice reaches."""
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [*targets, (0, without)]  # type: ignore[attr-defined]
        self.fields["alike"].choices = alike  # type: ignore[attr-defined]
        self.fields["alike"].initial = alike[0][0]
        if len(alike) == 1:
            self.fields["alike"].widget = forms.HiddenInput()
