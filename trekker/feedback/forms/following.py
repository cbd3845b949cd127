"""The form that asks what came of an intention."""

from __future__ import annotations

from typing import Any

from django import forms

from trekker.feedback.models import FollowUp
from trekker.kernel.tickets import TicketForm

NOTHING = ("", "niets")
LONGEST = 3000


def _text(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"Maak dit korter: hoogstens {LONGEST} tekens."},
    )


class FollowUpForm(TicketForm):
    """Asks what came of it, what helped and hindered, and whether others may learn from it."""

    purpose = "feedback.follow_up"
    minds_speed = False

    outcome = forms.ChoiceField(
        label="Is het gelukt?",
        choices=FollowUp.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat ervan kwam. Ook niets is een antwoord."},
    )
    helped = _text("Wat hielp je?")
    hindered = _text("Wat stond in de weg?")
    offers = forms.ChoiceField(
        label="Wil je er anderen mee helpen?",
        choices=[NOTHING, *FollowUp.Offer.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text="Een praktijk beschrijven we samen. Een verhaal kan kort zijn.",
    )
    contact = forms.CharField(
        label="Hoe bereiken we je?",
        required=False,
        max_length=250,
        help_text="Je naam en je mailadres of telefoon. Enkel als je iets aanbiedt.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask how to reach who offers something."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("offers") and not cleaned.get("contact"):
            self.add_error("contact", "Vul in hoe we je bereiken, of kies “niets”.")
        return cleaned

    def facts(self) -> dict[str, str]:
        """Give what was answered."""
        return dict(self.cleaned_data)
