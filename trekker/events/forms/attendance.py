"""What is asked to note who was there: a file, someone unexpected, minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from trekker.events.models import Session
from trekker.imports.reading import FILE_SIZE, Unreadable
from trekker.people.addresses import NotAnAddress, address

LONGEST = 24 * 60  # minutes
ADD_AGAIN = "Deze persoon is intussen uitgeschreven. Voeg nog eens toe wie er toch is."


def session_label(session: Session) -> str:
    """Name a session by its day and hours, so that those of one event can be told apart."""
    starts = timezone.localtime(session.starts_at)
    title = f": {session.title}" if session.title else ""
    return f"{starts:%d/%m/%Y, %H:%M} tot {timezone.localtime(session.ends_at):%H:%M}{title}"


class ReportFile(forms.Form):
    """Asks for a file and of which session it is."""

    session = forms.TypedChoiceField(
        label="Van welke sessie?",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Kies “volgens het verslag” als het verslag zelf de dag zegt.",
    )
    file = forms.FileField(
        label="Bestand",
        help_text="Een aanwezigheidsrapport van Teams of Zoom, of een lijst in CSV of Excel.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods"}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een bestand met minstens één rij.",
        },
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        """Offer the sessions; one alone needs no question."""
        super().__init__(*args, **kwargs)
        choices: list[tuple[Any, str]] = [(each.pk, session_label(each)) for each in sessions]
        if len(sessions) == 1:
            self.fields["session"].widget = forms.HiddenInput()
            self.fields["session"].initial = sessions[0].pk
        else:
            choices.insert(0, ("", "volgens het verslag"))
        self.fields["session"].choices = choices  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large before anything is done with it."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > FILE_SIZE:
            raise forms.ValidationError(str(Unreadable.too_large()))
        return file


class Unexpected(forms.Form):
    """Asks who came without registration."""

    first_name = forms.CharField(
        label="Voornaam", max_length=100, error_messages={"required": "Vul de voornaam in."}
    )
    last_name = forms.CharField(label="Achternaam", max_length=100, required=False)
    organisation_text = forms.CharField(label="Organisatie", max_length=200, required=False)
    email = forms.CharField(
        label="Mailadres",
        max_length=254,
        required=False,
        widget=forms.EmailInput,
        help_text="Zo herkennen we deze persoon bij een volgende activiteit.",
    )
    minutes = forms.IntegerField(
        label="Minuten",
        min_value=1,
        max_value=LONGEST,
        required=False,
        help_text="Leeg is de hele sessie.",
    )
    ticket = forms.CharField(max_length=40, widget=forms.HiddenInput, required=False)

    def clean_email(self) -> str:
        """Write the address the one way."""
        text: str = self.cleaned_data["email"]
        try:
            return address(text) if text else ""
        except NotAnAddress as problem:
            raise forms.ValidationError(str(problem)) from None


class AtTheDoor(Unexpected):
    """Asks who stands at the door and is not on the list; how long they stay is not known yet."""

    minutes = None  # type: ignore[assignment]


class Threshold(forms.Form):
    """Asks how much of a training someone must have attended."""

    drempel = forms.IntegerField(
        label="Hoeveel procent moet iemand gevolgd hebben?",
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"size": 4}),
    )
