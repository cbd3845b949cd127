"""The forms about how far actions have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from trekker.people.models import Account
from trekker.plan.actions.progress import possible_steps
from trekker.plan.forms.versions import DateInput
from trekker.plan.models import Goal, Progress

STATES = [("", "alle"), ("open", "nog niet klaar"), *Progress.State.choices]


class ProgressFilter(forms.Form):
    """What the list of actions shows; every field may stay empty."""

    only_filters = True
    jaar = forms.ChoiceField(label="Jaar", required=False)
    zoek = forms.CharField(label="Zoekterm", max_length=100, required=False)
    doel = forms.ChoiceField(label="Doelstelling", required=False)
    trekker = forms.ChoiceField(label="Trekker", required=False)
    stand = forms.ChoiceField(label="Stand", choices=STATES, required=False)

    def __init__(
        self, *args: Any, years: Sequence[int], goals: Sequence[Goal], parties: Sequence[str], **kwargs: Any
    ) -> None:
        """Offer the years that have a plan, if more than one, and the goals and parties of what is shown."""
        super().__init__(*args, **kwargs)
        if len(years) > 1:
            self.fields["jaar"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        else:
            del self.fields["jaar"]
        self.fields["doel"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            *((goal.code, f"{goal.code} {goal.title}"[:80]) for goal in goals),
        ]
        self.fields["trekker"].choices = [("", "alle"), *((each, each) for each in parties)]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """Asks what there is to note about an action, and whether it comes further."""

    to = forms.ChoiceField(label="Stand", required=False)
    text = forms.CharField(
        label="Notitie",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat deed je, of wat houdt het tegen?",
    )
    for_report = forms.BooleanField(label="Bied deze notitie aan voor het rapport", required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, state: str, edition: int, **kwargs: Any) -> None:
        """Offer the steps that lead on from this state."""
        super().__init__(*args, **kwargs)
        stays = f"Blijft: {Progress.State(state).label}"
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", stays),
            *((step.target, step.label) for step in possible_steps(state)),
        ]
        self.initial["edition"] = edition


class PlanningForm(forms.Form):
    """Asks when an action begins and ends, and who follows it up."""

    starts_on = forms.DateField(label="Gepland begin", widget=DateInput, required=False)
    ends_on = forms.DateField(label="Gepland einde", widget=DateInput, required=False)
    in_charge = forms.ModelChoiceField(
        Account.objects.none(), label="Wie volgt het op", required=False, empty_label="nog niemand"
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, progress: Progress, **kwargs: Any) -> None:
        """Offer the active accounts, and show what stands."""
        super().__init__(*args, **kwargs)
        accounts = Account.objects.filter(is_active=True)
        self.fields["in_charge"].queryset = accounts.order_by("first_name", "last_name", "pk")  # type: ignore[attr-defined]
        names = ("starts_on", "ends_on", "in_charge", "edition")
        self.initial = {**{name: getattr(progress, name) for name in names}, **self.initial}


class CorrectionForm(forms.Form):
    """Asks the right words for a note."""

    text = forms.CharField(label="Notitie", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    for_report = forms.BooleanField(label="Bied deze notitie aan voor het rapport", required=False)
