"""The facts of an event, in the groups in which the screen shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from trekker.events.forms.municipality import MunicipalityChooser
from trekker.events.forms.office.clock import WRONG_DAY, WRONG_HOUR, Day, Hour
from trekker.events.forms.office.start import NO_TITLE
from trekker.events.models import Course, Event, Series
from trekker.kernel.access import AccessPolicy, Permission
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme

Kind = Event.Kind
DEADLINE = ("deadline_day", "deadline_hour")
NOON = time(12, 0)


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

    def clean_description(self) -> str:
        """Keep lines as others write them: a browser ends each in its own way, and that is no change."""
        return str(self.cleaned_data["description"]).replace("\r\n", "\n")

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
