"""The rows of an event that staff add and drop: sessions, questions, organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms.formsets import BaseFormSetMixin

from trekker.events.actions.changing import Asked, Sitting
from trekker.events.forms.office.clock import TOO_EARLY, WRONG_DAY, WRONG_HOUR, Day, Hour, Hours, moments
from trekker.events.models import SignUpQuestion
from trekker.organisations.forms import OrganisationChooser
from trekker.organisations.models import Organisation
from trekker.themes.models import Theme


class SessionForm(forms.Form):
    """Asks one session."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = forms.DateField(
        label="Dag",
        widget=Day,
        error_messages={"required": "Vul de dag in.", "invalid": WRONG_DAY},
    )
    start = Hour(label="Van", error_messages={"required": "Vul het uur in.", "invalid": WRONG_HOUR})
    end = Hour(label="Tot", error_messages={"required": "Vul het uur in.", "invalid": WRONG_HOUR})
    hours = Hours(
        label="Uren die tellen",
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=2,
        help_text="Leeg: van begin tot einde.",
        error_messages={"invalid": "Vul een getal in zoals 2,5."},
    )
    title = forms.CharField(
        label="Titel", max_length=200, required=False, help_text="Enkel bij meer sessies."
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label="Eigen thema", required=False, empty_label="zoals de activiteit"
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a session that ends before it starts, or counts for more than it lasts."""
        cleaned = super().clean() or {}
        day, start, end = (cleaned.get(name) for name in ("day", "start", "end"))
        if day and start and end:
            starts_at, ends_at = moments(day, start, end)
            if ends_at <= starts_at:
                self.add_error("end", TOO_EARLY)
            elif (cleaned.get("hours") or 0) * 3600 > (ends_at - starts_at).total_seconds() + 36:
                self.add_error("hours", "Dat is meer dan de sessie duurt.")
            cleaned |= {"starts_at": starts_at, "ends_at": ends_at}
        return cleaned

    def sitting(self) -> Sitting:
        """Give the session as it should be."""
        names = ("pk", "starts_at", "ends_at", "hours", "title", "theme")
        return Sitting(**{name: self.cleaned_data[name] for name in names})


class QuestionForm(forms.Form):
    """Asks one question of the organiser."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(
        label="Vraag", max_length=200, error_messages={"required": "Vul de vraag in, of verwijder ze."}
    )
    kind = forms.ChoiceField(label="Soort antwoord", choices=SignUpQuestion.Kind.choices)
    options = forms.CharField(
        label="Keuzes",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Eén per regel, bij een keuze uit een lijst.",
    )
    required = forms.BooleanField(label="Verplicht", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask at least two options of a choice."""
        cleaned = super().clean() or {}
        lines = [line.strip() for line in cleaned.get("options", "").splitlines() if line.strip()]
        if cleaned.get("kind") == SignUpQuestion.Kind.CHOICE and len(lines) < 2:  # noqa: PLR2004
            self.add_error("options", "Vul minstens twee keuzes in, elk op een regel.")
        cleaned["options"] = "\n".join(dict.fromkeys(lines))
        return cleaned

    def asked(self) -> Asked:
        """Give the question as it should be."""
        return Asked(**{name: self.cleaned_data[name] for name in self.base_fields})


class InvolvedForm(forms.Form):
    """Asks one organisation that organises, or helps."""

    PARTS = (("organisers", "organiseert"), ("partners", "is partner"))

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label="Organisatie", required=False, widget=OrganisationChooser
    )
    part = forms.ChoiceField(label="Wat doet ze", choices=PARTS)


class _Rows(BaseFormSetMixin, forms.BaseFormSet):
    """Rows that staff add and drop."""


Sessions = forms.formset_factory(SessionForm, formset=_Rows, extra=0, can_delete=True, max_num=60)
NewSessions = forms.formset_factory(SessionForm, formset=_Rows, extra=1, can_delete=True, max_num=60)
Questions = forms.formset_factory(QuestionForm, formset=_Rows, extra=0, can_delete=True, max_num=20)
Involved = forms.formset_factory(InvolvedForm, formset=_Rows, extra=0, can_delete=True, max_num=40)
