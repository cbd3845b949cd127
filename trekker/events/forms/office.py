"""The forms by which staff make and refine an event."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.formsets import BaseFormSetMixin

from trekker.events.actions.changing import Asked, Sitting
from trekker.events.forms.municipality import MunicipalityChooser
from trekker.events.models import Course, Event, Series, SignUpQuestion
from trekker.kernel.access import AccessPolicy, Permission
from trekker.organisations.forms import OrganisationChooser
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme

Kind = Event.Kind
NO_TITLE = "Geef de activiteit een titel."
CLOCK = re.compile(r"(\d{1,2})\s*(?:[:.uUhH]?\s*(\d{2})?)\s*(?:uur)?")
WRONG_HOUR = "Vul een uur in zoals 13:30."
WRONG_DAY = "Vul een dag in zoals 2026-04-16."
TOO_EARLY = "Het einde moet na het begin liggen."


class Day(forms.DateInput):
    """A day, as the browser lets one choose it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        """Write the day as browsers want it."""
        super().__init__(format="%Y-%m-%d", **kwargs)


class Hour(forms.TimeField):
    """An hour by the clock, typed as 13:30, 13u30, 13.30, 1330 or 13."""

    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> time | None:
        """Read the ways in which people write an hour."""
        if isinstance(value, str) and (found := CLOCK.fullmatch(value.strip())):
            value = f"{found[1]}:{found[2] or '00'}"
        return super().to_python(value)


class Hours(forms.DecimalField):
    """A number of hours, typed with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        """Read a comma as a point."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored number with a comma and without needless zeros."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def moments(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Give the moments of two hours by the clock on a day."""
    return timezone.make_aware(datetime.combine(day, start)), timezone.make_aware(datetime.combine(day, end))


class StartEvent(forms.Form):
    """Asks the least with which an event exists; the rest can wait."""

    kind = forms.ChoiceField(
        label="Soort", choices=Kind.choices, error_messages={"required": "Kies een soort."}
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


@dataclass(frozen=True)
class Group:
    """Fields of the form that belong together, in rows of the screen."""

    name: str
    heading: str
    rows: Sequence[Sequence[str]]
    icon: str = "edit"


GROUPS = (
    Group(
        "wat",
        "Wat",
        [
            ["title"],
            ["kind", "our_role"],
            ["course", "purpose"],
            ["summary"],
            ["description"],
            ["on_request"],
        ],
        "clipboard-list",
    ),
    Group("wanneer", "Wanneer", [["series"]], "calendar-alt"),
    Group(
        "waar",
        "Waar",
        [
            ["format"],
            ["place", "address"],
            ["municipality", "region"],
            ["online_link"],
            ["access_note"],
        ],
        "site",
    ),
    Group("voor-wie", "Voor wie en waarover", [["audiences", "themes"]], "group"),
    Group(
        "inschrijven",
        "Inschrijven",
        [
            ["min_registrations", "max_registrations", "max_online"],
            ["deadline_day", "deadline_hour", "price"],
            ["waiting_list", "asks_case", "asks_diet"],
            ["consent_text"],
            ["external_url"],
        ],
        "form",
    ),
    Group("wie", "Wie organiseert", [["leads"]], "user"),
    Group(
        "contact",
        "Contact en zichtbaarheid",
        [["contact_name"], ["contact_email", "contact_phone"], ["visibility"]],
        "mail",
    ),
    Group("na-afloop", "Na afloop", [["asks_feedback"]], "comment"),
)
DEADLINE = ("deadline_day", "deadline_hour")
NOON = time(12, 0)
# What only some kinds need; the other fields are for all.
ONLY_FOR: Mapping[str, Sequence[str]] = {
    "purpose": [Kind.FOCUS_GROUP],
    "course": [Kind.TRAINING],
    "asks_case": [Kind.INTERVISION],
    "on_request": [Kind.INFO_SESSION, Kind.PRESENTATION, Kind.WORKSHOP],
    "min_registrations": [
        *(Kind.INTERVISION, Kind.FOCUS_GROUP, Kind.TRAINING, Kind.WORKSHOP, Kind.STUDY_VISIT),
    ],
}


def address(label: str, help_text: str, length: int) -> forms.URLField:
    """Ask the address of a page elsewhere; without a scheme it is https."""
    return forms.URLField(
        label=label,
        required=False,
        max_length=length,
        assume_scheme="https",
        help_text=help_text,
        error_messages={"invalid": "Vul een adres in zoals https://voorbeeld.be."},
    )


class EventForm(WagtailAdminModelForm):
    """What staff may write about an event; only what its kind needs."""

    online_link = address(
        "Link om online mee te doen", "Enkel wie ingeschreven is, krijgt deze link.", length=500
    )
    external_url = address(
        "Inschrijven op een andere website", "Vul dit enkel in als je hier niet inschrijft.", length=300
    )

    deadline_day = forms.DateField(
        label="Inschrijven tot",
        required=False,
        widget=Day,
        help_text="Leeg: tot het begint.",
        error_messages={"invalid": WRONG_DAY},
    )
    deadline_hour = Hour(
        label="Uur", required=False, help_text="Leeg: 12:00.", error_messages={"invalid": WRONG_HOUR}
    )

    class Meta:
        model = Event
        fields = [name for group in GROUPS for row in group.rows for name in row if name not in DEADLINE]
        widgets = {
            "format": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "audiences": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "leads": forms.CheckboxSelectMultiple,
            "municipality": MunicipalityChooser,
            "description": forms.Textarea(attrs={"rows": 6}),
            "summary": forms.TextInput,
            "access_note": forms.Textarea(attrs={"rows": 2}),
            "consent_text": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "summary": "Eén of twee zinnen. Ze staan in de agenda.",
            "description": "Wat doe je, voor wie is het, wat neem je mee naar huis?",
            "region": "Volgt de gemeente. Kies enkel als er geen gemeente is.",
            "asks_feedback": "Wie er was, krijgt vanzelf een korte vragenlijst.",
            "visibility": "Een link kun je zelf versturen. De jaarkalender zien enkel collega's.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Drop what the kind does not need, and put the rest in our words."""
        super().__init__(*args, **kwargs)
        if self.instance.deadline_at:
            deadline = timezone.localtime(self.instance.deadline_at)
            self.initial |= {"deadline_day": deadline.date(), "deadline_hour": deadline.time()}
        kind = self.data.get(self.add_prefix("kind")) or self.instance.kind
        for name, kinds in ONLY_FOR.items():
            if kind not in kinds:
                del self.fields[name]
        self.fields["title"].error_messages["required"] = NO_TITLE
        self.fields["municipality"].queryset = Organisation.objects.all()
        self.fields["leads"].queryset = leaders(self.instance)
        self.fields["leads"].required = True
        self.fields["leads"].error_messages["required"] = "Kies minstens één trekker."
        self.fields["series"].queryset = Series.objects.order_by("name")
        self.fields["audiences"].queryset = Audience.objects.all()
        self.fields["themes"].queryset = Theme.objects.all()
        if "course" in self.fields:
            self.fields["course"].queryset = Course.objects.order_by("title")
        if "purpose" in self.fields:
            self.fields["purpose"].required = True
            self.fields["purpose"].error_messages["required"] = "Kies het doel van de focusgroep."
        if not self.fields["series"].queryset:
            del self.fields["series"]

    def clean_municipality(self) -> Organisation | None:
        """Take a municipality, no other organisation."""
        found = self.cleaned_data["municipality"]
        if found and found.kind != Organisation.Kind.MUNICIPALITY:
            raise forms.ValidationError("Kies een gemeente. Een andere organisatie hoort bij de zaal.")
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself."""
        cleaned = super().clean()
        least, most = cleaned.get("min_registrations"), cleaned.get("max_registrations")
        if least and most and least > most:
            self.add_error("min_registrations", "Het minimum is hoger dan het aantal plaatsen.")
        if cleaned.get("max_online") and cleaned.get("format") != Event.Format.HYBRID:
            self.add_error("max_online", "Dit geldt enkel als het ter plaatse en online is.")
        return cleaned

    def deadline_at(self) -> datetime | None:
        """Give the moment until which one can register, if there is one."""
        day = self.cleaned_data.get("deadline_day")
        hour = self.cleaned_data.get("deadline_hour") or NOON
        return timezone.make_aware(datetime.combine(day, hour)) if day else None

    def groups(self) -> list[dict[str, Any]]:
        """Give the fields for the screen: groups of rows of fields."""
        found = []
        for group in GROUPS:
            rows = [[self[name] for name in row if name in self.fields] for row in group.rows]
            found.append({"group": group, "rows": [row for row in rows if row]})
        return found


def leaders(event: Event) -> QuerySet:
    """Give the accounts that may lead an event, and those that lead this one."""
    policy = AccessPolicy(Event, view=Permission.EVENTS_VIEW, change=Permission.EVENTS_LEAD)
    may_lead = policy.users_with_any_permission(["change"]).values("pk")
    accounts = get_user_model().objects.filter(Q(pk__in=may_lead) | Q(leading=event.pk or None)).distinct()
    return accounts.order_by("first_name", "last_name", "email")


class RefineEvent:
    """The whole form of an event: its facts, sessions, questions and organisations."""

    def __init__(self, event: Event, data: QueryDict | None = None) -> None:
        """Fill in what is known, or what was sent."""
        self.event = event
        self.form = EventForm(data, instance=event, for_user=None)
        self.sessions = Sessions(data, prefix="sessies", initial=self._sessions())
        self.questions = Questions(data, prefix="vragen", initial=self._questions())
        self.involved = Involved(data, prefix="organisaties", initial=self._involved())

    def _sessions(self) -> list[dict[str, Any]]:
        found = []
        for each in self.event.sessions.all():
            starts, ends = timezone.localtime(each.starts_at), timezone.localtime(each.ends_at)
            known = {name: getattr(each, name) for name in ("pk", "hours", "title", "theme")}
            found.append(known | {"day": starts.date(), "start": starts.time(), "end": ends.time()})
        return found

    def _questions(self) -> list[dict[str, Any]]:
        names = ("pk", "label", "kind", "options", "required")
        return [{name: getattr(each, name) for name in names} for each in self.event.questions.all()]

    def _involved(self) -> list[dict[str, Any]]:
        return [
            {"organisation": each.pk, "part": part}
            for part, _label in InvolvedForm.PARTS
            for each in getattr(self.event, part).order_by("name")
        ]

    @property
    def parts(self) -> list[Any]:
        """The forms that make it up."""
        return [self.form, self.sessions, self.questions, self.involved]

    @property
    def media(self) -> forms.Media:
        """The scripts of all parts."""
        found = forms.Media()
        for each in (self.form, self.involved.empty_form):
            found += each.media
        return found

    def is_valid(self) -> bool:
        """Check every part, and what they say together."""
        fine = all([each.is_valid() for each in self.parts])  # noqa: C419 - every part shows its errors
        if not fine:
            return False
        deadline = self.form.deadline_at()
        starts = [each.starts_at for each in self.sittings()]
        if deadline and starts and deadline > min(starts):
            self.form.add_error("deadline_day", "Inschrijven moet sluiten voor het begint.")
        return not self.form.errors

    @property
    def errors(self) -> list[str]:
        """Say how many fields need another look, for the head of the page."""
        wrong = sum(len(each.errors) for each in (self.form, *self._rows()))
        return (
            ["Kijk het veld met een fout na."] if wrong == 1 else [f"Kijk de {wrong} velden met een fout na."]
        )

    def _rows(self) -> list[Any]:
        return [form for rows in (self.sessions, self.questions, self.involved) for form in rows]

    def sittings(self) -> list[Sitting]:
        """Give the sessions as they should be; a row nobody touched stays as it was."""
        return [form.sitting() for form in self.sessions if _is_filled(form, self.sessions)]

    def asked(self) -> list[Asked]:
        """Give the questions as they should be."""
        return [form.asked() for form in self.questions if _is_filled(form, self.questions)]

    def facts(self) -> dict[str, Any]:
        """Give everything else, by the names that the action knows."""
        organisations: dict[str, list[Organisation]] = {part: [] for part, _label in InvolvedForm.PARTS}
        for form in self.involved:
            if form not in self.involved.deleted_forms and (chosen := form.cleaned_data.get("organisation")):
                organisations[form.cleaned_data["part"]].append(chosen)
        facts = {name: self.form.cleaned_data[name] for name in self.form.fields if name not in DEADLINE}
        return facts | organisations | {"deadline_at": self.form.deadline_at()}


def _is_filled(form: Any, rows: Any) -> bool:
    return form not in rows.deleted_forms and bool(
        form.cleaned_data.get("label") or form.cleaned_data.get("day")
    )
