"""The form for whose work an account does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms


class WorksFor(forms.Form):
    """Asks for which parties of the plan someone works."""

    parties = forms.MultipleChoiceField(
        label="Werkt voor",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vink niets aan als dit account voor geen van deze organisaties werkt.",
    )

    def __init__(self, *args: Any, parties: Sequence[str], chosen: Sequence[str], **kwargs: Any) -> None:
        """Offer the parties that the plan names, with those of the account ticked."""
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [(each, each) for each in parties]  # type: ignore[attr-defined]
        self.initial["parties"] = list(chosen)
