"""Turns what was typed about a plan into typed values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.template.defaultfilters import floatformat
from django.utils import timezone

from trekker.kernel.measures import Filter, Filters, Measure, catalogue
from trekker.plan import lines
from trekker.plan.models import Action, Goal, Indicator, IndicatorLine, Lead, Moment, PlanVersion
from trekker.plan.queries.history import first_day


class DateInput(forms.DateInput):
    """A date as the browser's own control; 2026-06-30 in the value."""

    input_type = "date"

    def __init__(self) -> None:
        """Write dates the way the control reads them."""
        super().__init__(format="%Y-%m-%d")


class DashboardFilter(forms.Form):
    """The day, the year, the goal and the lead that the dashboard shows."""

    jaar = forms.TypedChoiceField(label="Jaar", coerce=int, required=False)
    op = forms.DateField(label="Op datum", widget=DateInput, required=False)
    doel = forms.ChoiceField(label="Doelstelling", required=False)
    trekker = forms.ChoiceField(label="Trekker", required=False)

    def __init__(
        self, *args: Any, years: list[int], goals: list[Goal], parties: list[str], **kwargs: Any
    ) -> None:
        """Offer what exists in the version shown."""
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["doel"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            *((goal.code, f"{goal.code} {goal.title}"[:80]) for goal in goals),
        ]
        self.fields["trekker"].choices = [("", "alle"), *((each, each) for each in parties)]  # type: ignore[attr-defined]


MOST_BYTES = 20_000_000


class Upload(forms.Form):
    """A plan document, the year it is for and what it is called."""

    file = forms.FileField(label="Document", help_text="Een .txt, .docx of .pdf met tekst. Hoogstens 20 MB.")
    title = forms.CharField(
        label="Titel van het plan", max_length=200, help_text="Bijvoorbeeld: Jaaractieplan digitale inclusie."
    )
    year = forms.IntegerField(label="Jaar", min_value=2000, max_value=2100)
    owner = forms.CharField(
        label="Wie belooft het", max_length=120, required=False, help_text="Bijvoorbeeld: VVSG."
    )

    def clean_file(self) -> Any:
        """
        Refuse a file before it is read whole.

        :raises ValidationError: if it is larger than a plan can be
        """
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Dit bestand is groter dan 20 MB. Kies een kleiner bestand.")
        return file


class NewVersion(forms.Form):
    """An empty plan, to type by hand."""

    title = forms.CharField(label="Titel van het plan", max_length=200)
    year = forms.IntegerField(label="Jaar", min_value=2000, max_value=2100)
    owner = forms.CharField(label="Wie belooft het", max_length=120, required=False)


class SourceLines(forms.CharField):
    """Line numbers of the version's text, written as ranges; gives a list of numbers."""

    def __init__(self, *, version: PlanVersion) -> None:
        """Know how long the text is."""
        self.version = version
        super().__init__(
            label="Bronregels", required=False, help_text="Regels van de tekst, zoals 12-15, 18."
        )

    def prepare_value(self, value: Any) -> Any:
        """Show numbers as ranges."""
        return lines.write(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        """
        Read the ranges.

        :raises ValidationError: if they are no line numbers of the text
        """
        try:
            return lines.read(super().to_python(value) or "", last=len(self.version.source))
        except lines.NotLines as error:
            raise forms.ValidationError(str(error)) from error


class Names(forms.CharField):
    """Names separated by commas; gives a list."""

    def prepare_value(self, value: Any) -> Any:
        """Show the list with commas."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Read the names, each once, in order."""
        return list(
            dict.fromkeys(
                name.strip() for name in (super().to_python(value) or "").split(",") if name.strip()
            )
        )


def _parties(node: Goal | Action) -> dict[str, list[str]]:
    roles = [(lead.role, lead.party) for lead in node.leads.all()]
    return {
        "leads": [party for role, party in roles if role == Lead.Role.LEAD],
        "partners": [party for role, party in roles if role == Lead.Role.SUPPORT],
    }


class GoalForm(forms.Form):
    """A goal: code, title, place in the tree, who pulls it."""

    code = forms.CharField(label="Code", max_length=30)
    title = forms.CharField(label="Titel", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    level = forms.ChoiceField(label="Niveau", choices=Goal.Level.choices)
    parent = forms.ModelChoiceField(
        label="Hoort bij", queryset=Goal.objects.none(), required=False, empty_label="staat op zichzelf"
    )
    leads = Names(label="Trekkers", required=False, help_text="Namen, met komma's ertussen.")
    partners = Names(label="Ondersteund door", required=False)
    text = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, version: PlanVersion, goal: Goal | None = None, **kwargs: Any) -> None:
        """Offer the other goals of the version as parents and show what stands."""
        super().__init__(*args, **kwargs)
        others = (version.goals.exclude(pk=goal.pk) if goal else version.goals).order_by("position")
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        self.fields["source_lines"] = SourceLines(version=version)
        if goal:
            self.initial = {
                **{name: getattr(goal, name) for name in ("code", "title", "level", "parent", "text")},
                "source_lines": goal.source_lines,
                **_parties(goal),
                **self.initial,
            }


class ActionForm(forms.Form):
    """An action: its words and the goal it serves."""

    goal = forms.ModelChoiceField(label="Doelstelling", queryset=Goal.objects.none())
    text = forms.CharField(label="Tekst", widget=forms.Textarea(attrs={"rows": 5}))
    leads = Names(label="Trekkers", required=False, help_text="Namen, met komma's ertussen.")
    partners = Names(label="Ondersteund door", required=False)

    def __init__(self, *args: Any, version: PlanVersion, action: Action, **kwargs: Any) -> None:
        """Offer the goals of the version and show what stands."""
        super().__init__(*args, **kwargs)
        self.initial = {
            **{name: getattr(action, name) for name in ("goal", "text", "source_lines")},
            **_parties(action),
            **self.initial,
        }
        self.fields["goal"].queryset = version.goals.order_by("position")  # type: ignore[attr-defined]
        self.fields["source_lines"] = SourceLines(version=version)


class MomentForm(forms.Form):
    """A planned moment: its words, and a first and last day or a rhythm."""

    goal = forms.ModelChoiceField(label="Doelstelling", queryset=Goal.objects.none())
    text = forms.CharField(label="Tekst", max_length=300)
    start = forms.DateField(label="Eerste dag", widget=DateInput, required=False)
    end = forms.DateField(label="Laatste dag", widget=DateInput, required=False)
    times = forms.IntegerField(label="Aantal keer per jaar", min_value=1, max_value=366, required=False)

    def __init__(self, *args: Any, version: PlanVersion, moment: Moment, **kwargs: Any) -> None:
        """Offer the goals of the version and show what stands."""
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = version.goals.order_by("position")  # type: ignore[attr-defined]
        names = ("goal", "text", "start", "end", "times")
        self.initial = {**{name: getattr(moment, name) for name in names}, **self.initial}

    def clean(self) -> dict[str, Any]:
        """
        Hold the days against each other.

        :raises ValidationError: if the last day comes before the first
        """
        typed = super().clean() or {}
        if typed.get("start") and typed.get("end") and typed["end"] < typed["start"]:
            self.add_error("end", "De laatste dag komt voor de eerste.")
        return typed


class IndicatorForm(forms.Form):
    """An indicator: its words, its goal, and the choices its text leaves open."""

    goal = forms.ModelChoiceField(label="Doelstelling", queryset=Goal.objects.none())
    text = forms.CharField(label="Tekst van de indicator", widget=forms.Textarea(attrs={"rows": 3}))
    is_narrative = forms.BooleanField(
        label="Vraagt een beschrijving, geen cijfer",
        required=False,
        help_text="De meetlijnen verdwijnen dan.",
    )
    condition = forms.CharField(
        label="Voorwaarde die geen streefwaarde is",
        max_length=300,
        required=False,
        help_text="Bijvoorbeeld: gaat pas door vanaf 3 inschrijvingen.",
    )
    counting_note = forms.CharField(
        label="Telregel",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat de tekst openlaat en hier gekozen is. Staat bij het cijfer.",
    )

    def __init__(
        self, *args: Any, version: PlanVersion, indicator: Indicator | None = None, **kwargs: Any
    ) -> None:
        """Offer the goals of the version and show what stands."""
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = version.goals.order_by("position")  # type: ignore[attr-defined]
        self.fields["source_lines"] = SourceLines(version=version)
        if indicator:
            names = ("goal", "text", "is_narrative", "condition", "counting_note", "source_lines")
            self.initial = {**{name: getattr(indicator, name) for name in names}, **self.initial}


class Note(forms.Form):
    """What the text of a promise leaves open, and was settled."""

    counting_note = forms.CharField(
        label="Telregel",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wat de tekst openlaat en hier gekozen is. Staat bij het cijfer.",
    )


class Adopt(forms.Form):
    """From which day a version holds, and why it changed."""

    in_force_from = forms.DateField(label="Geldt vanaf", widget=DateInput)
    reason = forms.CharField(label="Reden van de wijziging", widget=forms.Textarea(attrs={"rows": 3}))
    instead_of = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, version: PlanVersion, instead_of: PlanVersion | None = None, **kwargs: Any
    ) -> None:
        """Ask a reason from the second version on; the first holds from 1 January."""
        super().__init__(*args, **kwargs)
        self.year = version.year
        self.initial["instead_of"] = instead_of.pk if instead_of else 0
        first = version.number == 1
        self.fields["reason"].required = not first
        today = timezone.localdate()
        start = first_day(instead_of, today) if instead_of else today
        self.initial.setdefault("in_force_from", date(version.year, 1, 1) if first else start)
        if first:
            self.fields["reason"].label = "Opmerking bij deze versie"

    def clean_in_force_from(self) -> date:
        """
        Refuse a day after the year of the plan.

        :raises ValidationError: if the version would never hold
        """
        day: date = self.cleaned_data["in_force_from"]
        if day > date(self.year, 12, 31):
            raise forms.ValidationError(f"Kies een dag voor het einde van {self.year}.")
        return day


class Number(forms.DecimalField):
    """A number as people write it: 1.100, 1100 or 2,5."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """Show it the Dutch way, without needless zeros."""
        return floatformat(value, -2) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read points between groups of three as such, and a comma as the decimal sign."""
        text = str(value or "").replace(" ", "")
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d+", text):
            text = text.replace(".", "").replace(",", ".")
        return super().to_python(text)


KEEP, LEAVE_OUT = "in", "not_in"


class LineForm(forms.Form):
    """How a promise is measured: a measure, what it is narrowed to, and the target."""

    measure = forms.ChoiceField(label="Maat")
    comparator = forms.ChoiceField(label="Vergelijking", choices=IndicatorLine.Comparator.choices)
    target = Number(label="Streefwaarde", required=False, max_digits=14, decimal_places=2)
    unit = forms.CharField(label="Eenheid", max_length=60, required=False)

    def __init__(
        self, *args: Any, line: IndicatorLine | None = None, promised: bool = False, **kwargs: Any
    ) -> None:
        """Offer every measure, and the filters of the one chosen; what is promised stays as it is."""
        super().__init__(*args, **kwargs)
        if promised:
            for name in ("comparator", "target"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Vastgesteld. Wijzig dit in een nieuwe versie."
        self.fields["measure"].choices = [("", "kies een maat"), *self._measures()]  # type: ignore[attr-defined]
        if line:
            self.initial = {
                **{name: getattr(line, name) for name in ("measure", "comparator", "target", "unit")},
                **self._typed(line.filters),
                **self.initial,
            }
        chosen = self.data.get("measure") if self.is_bound else self.initial.get("measure")
        self.chosen: Measure | None = catalogue.get(chosen or "")
        for each in self.chosen.filters if self.chosen else ():
            self._add(each)

    @staticmethod
    def _measures() -> list[tuple[str, str]]:
        known = sorted(catalogue.values(), key=lambda each: (not each.has_register, each.label))
        later = " (nog geen register)"
        return [(each.code, each.label + ("" if each.has_register else later)) for each in known]

    @staticmethod
    def _typed(filters: Filters) -> dict[str, Any]:
        typed: dict[str, Any] = {}
        for code, values in filters.items():
            leave_out = isinstance(values, Mapping)
            listed = values["not_in"] if isinstance(values, Mapping) else values
            typed[f"f_{code}"] = [str(value) for value in listed]
            typed[f"m_{code}"] = LEAVE_OUT if leave_out else KEEP
        return typed

    def _add(self, each: Filter) -> None:
        name = each.label[:1].upper() + each.label[1:]
        if each.takes_names:
            field: forms.Field = Names(label=name, required=False, help_text="Namen, met komma's ertussen.")
        else:
            choices = [(str(choice.value), choice.label) for choice in each.all_choices()]
            field = forms.MultipleChoiceField(
                label=name, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        self.fields[f"f_{each.code}"] = field
        self.fields[f"m_{each.code}"] = forms.ChoiceField(
            label=f"{name}: hoe",
            choices=[(KEEP, "alleen deze"), (LEAVE_OUT, "alles behalve deze")],
            required=False,
            initial=KEEP,
        )

    def filters(self) -> dict[str, Any]:
        """Give what was chosen as a line stores it; what is left empty narrows nothing."""
        stored: dict[str, Any] = {}
        for each in self.chosen.filters if self.chosen else ():
            typed = set(self.cleaned_data.get(f"f_{each.code}") or [])
            if each.takes_names:
                values: list[Any] = self.cleaned_data.get(f"f_{each.code}") or []
            else:
                values = [choice.value for choice in each.all_choices() if str(choice.value) in typed]
            if values:
                leave_out = self.cleaned_data.get(f"m_{each.code}") == LEAVE_OUT
                stored[each.code] = {"not_in": values} if leave_out else values
        return stored
