"""The form that makes an event."""

from __future__ import annotations

from typing import Any

from django import forms

from trekker.events.actions.changing import Sitting
from trekker.events.forms.office.clock import TOO_EARLY, WRONG_DAY, WRONG_HOUR, Day, Hour, moments
from trekker.events.models import Event

NO_TITLE = "Geef de activiteit een titel."


class StartEvent(forms.Form):
    """Asks the least with which an event exists; the rest can wait."""

    kind = forms.ChoiceField(
        label="Soort", choices=Event.Kind.choices, error_messages={"required": "Kies een soort."}
    )
    title = forms.CharField(label="Titel", max_length=200, error_messages={"required": NO_TITLE})
    day = forms.DateField(
        label="Dag",
        required=False,
        widget=Day,
        help_text="Nog geen dag? Laat dit leeg. Dan staat het bij de ideeën.",
        error_messages={"invalid": WRONG_DAY},
    )
    start = Hour(
        label="Van", required=False, help_text="Zoals 13:30.", error_messages={"invalid": WRONG_HOUR}
    )
    end = Hour(label="Tot", required=False, help_text="Zoals 16:00.", error_messages={"invalid": WRONG_HOUR})
    format = forms.ChoiceField(
        label="Vorm", choices=Event.Format.choices, widget=forms.RadioSelect, initial=Event.Format.ONLINE
    )

    def clean(self) -> dict[str, Any]:
        """Ask the hours of a day, and the day of an hour."""
        cleaned = super().clean() or {}
        day, start, end = (cleaned.get(name) for name in ("day", "start", "end"))
        if self.errors:
            return cleaned
        for name, value in (("start", start), ("end", end)):
            if day and value is None:
                self.add_error(name, "Vul ook het uur in.")
        if not day and (start or end):
            self.add_error("day", "Vul ook de dag in, of laat de uren leeg.")
        if start and end and end <= start:
            self.add_error("end", TOO_EARLY)
        return cleaned

    def sessions(self) -> list[Sitting]:
        """Give the one session, or none for an idea."""
        given = self.cleaned_data
        if not given["day"]:
            return []
        starts_at, ends_at = moments(given["day"], given["start"], given["end"])
        return [Sitting(starts_at=starts_at, ends_at=ends_at)]
