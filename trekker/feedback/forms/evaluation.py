"""The forms and filters of the back office for evaluations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from trekker.feedback.catalogue import kind_choices
from trekker.feedback.forms.addresses import AddressesField
from trekker.feedback.models import Evaluation, Mode, Questionnaire
from trekker.feedback.queries.evaluations import STATES, in_state, years
from trekker.themes.models import Theme
from trekker.ui.forms import SeveralField

REMINDER_AT, END_OF_DAY = time(9), time(23, 59)
A_DAY = "Vul een dag in zoals 16/04/2026."
A_NUMBER = dict.fromkeys(("invalid", "min_value", "max_value"), "Vul een getal in, zoals 25.")
MOST_DAYS, MOST_PEOPLE = 120, 1_000_000


class WhichForm(forms.ModelChoiceField):
    """Asks which questionnaire; those in use, each with its version."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer those in use."""
        super().__init__(Questionnaire.objects.current().order_by("title"), **kwargs)


def _day(label: str, **more: Any) -> forms.DateField:
    required = more.pop("missing", "")
    return forms.DateField(
        label=label,
        required=bool(required),
        widget=AdminDateInput,
        error_messages={"required": required, "invalid": A_DAY},
        **more,
    )


class Facts(forms.Form):
    """What an evaluation is about; to open one and to correct it."""

    title = forms.CharField(
        label="Waarover", max_length=200, error_messages={"required": "Zeg waarover je feedback vraagt."}
    )
    about_on = _day("Op", missing="Vul in op welke dag het was.")
    themes = SeveralField(
        Theme.objects.all(), label="Thema's", required=False, widget=forms.CheckboxSelectMultiple
    )
    audience_size = forms.IntegerField(
        label="Aantal mensen",
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text="Hoeveel mensen kunnen antwoorden? Leeg: zoveel als je uitnodigt.",
        error_messages=A_NUMBER,
    )
    has_open_link = forms.BooleanField(
        label="Maak een link en een QR-code voor iedereen",
        required=False,
        initial=True,
        help_text="Wie de link kent, kan antwoorden. Een persoonlijke link telt maar één keer.",
    )
    reply_to = forms.EmailField(
        label="Antwoordadres",
        required=False,
        help_text="Wie op de mail antwoordt, komt hier terecht.",
        error_messages={"invalid": "Vul een mailadres in zoals naam@gemeente.be."},
    )


class OpenForm(Facts):
    """Asks what is needed to open an evaluation by hand."""

    kind = forms.ChoiceField(label="Soort", error_messages={"required": "Kies wat voor iets het is."})
    questionnaire = WhichForm(label="Vragenlijst", required=False, empty_label="de standaard voor deze soort")
    mode = forms.ChoiceField(
        label="Wie antwoordt",
        required=False,
        choices=[("", "zoals de vragenlijst het zegt"), *Mode.choices],
        widget=forms.RadioSelect,
    )
    open_days = forms.IntegerField(
        label="Dagen open",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text="Leeg: zoals de vragenlijst het zegt.",
        error_messages=A_NUMBER,
    )
    addresses = AddressesField(label="Wie je uitnodigt", required=False)
    field_order = ("title", "kind", "about_on", "questionnaire", "mode", "open_days", "addresses")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every kind there is."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "–"), *kind_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the standard form of the kind, where none is chosen."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") and "questionnaire" in cleaned and not cleaned["questionnaire"]:
            cleaned["questionnaire"] = Questionnaire.objects.all().standard_for(cleaned["kind"])
            if not cleaned["questionnaire"]:
                self.add_error("questionnaire", "Deze soort heeft geen standaard. Kies een vragenlijst.")
        if not cleaned.get("has_open_link") and "addresses" in cleaned and not cleaned["addresses"]:
            self.add_error("addresses", "Nodig iemand uit, of maak een link voor iedereen.")
        return cleaned

    def closes_at(self, now: datetime) -> datetime | None:
        """Give the end, where it is not that of the questionnaire."""
        days = self.cleaned_data["open_days"]
        return now + timedelta(days=days) if days else None


class CorrectForm(Facts):
    """Asks other facts about an evaluation; form and mode only while nobody answered."""

    last_day = _day("Laatste dag om te antwoorden", missing="Vul de laatste dag in.")
    remind_on = _day("Herinnering op", help_text="Leeg: geen herinnering meer.")
    questionnaire = WhichForm(label="Vragenlijst", empty_label=None)
    mode = forms.ChoiceField(label="Wie antwoordt", choices=Mode.choices, widget=forms.RadioSelect)
    field_order = ("title", "about_on", "questionnaire", "mode", "last_day", "remind_on")

    def __init__(self, data: Any = None, *, evaluation: Evaluation, is_answered: bool, today: date) -> None:
        """Start from what is known."""
        self.evaluation, self.today = evaluation, today
        super().__init__(data, initial=_known(evaluation))
        if is_answered:
            del self.fields["questionnaire"], self.fields["mode"]
        else:
            chosen = Questionnaire.objects.filter(pk=evaluation.questionnaire_id)
            rows = Questionnaire.objects.current() | chosen
            self.fields["questionnaire"].queryset = rows.order_by("title")  # type: ignore[attr-defined]

    def clean_last_day(self) -> date:
        """Refuse a day that is past: closing is an act of its own."""
        last: date = self.cleaned_data["last_day"]
        if last < self.today:
            raise forms.ValidationError("Deze dag is voorbij. Sluit de evaluatie met Sluit nu.")
        if last < timezone.localdate(self.evaluation.opens_at):
            raise forms.ValidationError("Kies een dag na de start.")
        return last

    def clean(self) -> dict[str, Any]:
        """Let the reminder come before the end."""
        cleaned = super().clean() or self.cleaned_data
        reminder, last = cleaned.get("remind_on"), cleaned.get("last_day")
        if reminder and last and reminder > last:
            self.add_error("remind_on", "Herinner mensen voor de evaluatie sluit.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Give what the action writes; a day that did not change keeps its hour."""
        facts = dict(self.cleaned_data)
        facts.pop("themes")
        last, reminder = facts.pop("last_day"), facts.pop("remind_on")
        if "last_day" in self.changed_data:
            facts["closes_at"] = timezone.make_aware(datetime.combine(last, END_OF_DAY))
        if "remind_on" in self.changed_data:
            facts["remind_at"] = (
                timezone.make_aware(datetime.combine(reminder, REMINDER_AT)) if reminder else None
            )
        if {"questionnaire", "mode"} & set(self.changed_data):
            facts["follow_up_weeks"] = facts["questionnaire"].follow_up_weeks
        return facts


def _known(evaluation: Evaluation) -> dict[str, Any]:
    names = ("title", "about_on", "audience_size", "has_open_link", "reply_to", "questionnaire", "mode")
    remind_at = evaluation.remind_at
    return {name: getattr(evaluation, name) for name in names} | {
        "themes": evaluation.themes.all(),
        "last_day": timezone.localdate(evaluation.closes_at),
        "remind_on": timezone.localdate(remind_at) if remind_at else None,
    }


class InviteForm(forms.Form):
    """Asks whom to invite."""

    addresses = AddressesField(
        label="Mailadressen", error_messages={"required": "Vul minstens één mailadres in."}
    )


class NoteForm(forms.Form):
    """Asks what was heard, and when."""

    text = forms.CharField(
        label="Wat je hoorde",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Schrijf geen namen op.",
        error_messages={"required": "Schrijf op wat je hoorde."},
    )
    heard_on = _day("Gehoord op", missing="Vul een dag in.")


class EvaluationFilters(WagtailFilterSet):
    """How to narrow the list of evaluations."""

    state = django_filters.ChoiceFilter(
        label="Stand", choices=STATES, method="narrow_to_state", widget=forms.RadioSelect, empty_label="alle"
    )
    year = django_filters.ChoiceFilter(
        label="Jaar",
        choices=years,
        field_name="about_on__year",
        widget=forms.RadioSelect,
        empty_label="alle jaren",
    )
    kind = django_filters.MultipleChoiceFilter(
        label="Soort", choices=kind_choices, widget=forms.CheckboxSelectMultiple
    )
    themes = django_filters.ModelMultipleChoiceFilter(
        label="Thema",
        queryset=Theme.objects.all(),
        method="narrow_to_theme",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Evaluation
        fields: list[str] = []

    def narrow_to_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep what is to open, open, or closed."""
        return in_state(rows, value, timezone.now())

    def narrow_to_theme(self, rows: QuerySet, _name: str, chosen: Any) -> QuerySet:
        """Keep what is about one of these themes, or about a part of one."""
        if not chosen:
            return rows
        within = Theme.objects.within([each.code for each in chosen])
        about = Evaluation.objects.filter(themes__in=within)
        return rows.filter(pk__in=about.values("pk"))
