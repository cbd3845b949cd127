"""On which day someone gets the mail with signals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from trekker.people.models import Account
from trekker.reports import actions
from trekker.reports.models import SignalChoice


class SignalForm(forms.Form):
    """A panel of someone's own profile: the day of the mail, or none."""

    day = forms.TypedChoiceField(
        label="Wanneer krijg je de mail met signalen?",
        choices=SignalChoice.Day.choices,
        coerce=int,
        help_text="Je krijgt hem één keer per week, en enkel als er iets te melden is.",
    )

    def __init__(self, *args: Any, instance: Account, **options: Any) -> None:
        """Start from what was chosen before; Wagtail gives the account as the instance."""
        self.account = instance
        choice = SignalChoice.objects.filter(account=instance).first()
        day = choice.day if choice else SignalChoice.Day.MONDAY
        super().__init__(*args, **{**options, "initial": {"day": day}})

    def save(self) -> None:
        """Keep the day."""
        day = self.cleaned_data["day"]
        actions.choose_day(account=self.account, day=day, by=self.account, now=timezone.now())
