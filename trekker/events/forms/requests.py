"""The forms and filters about requests for a session, and about ideas that become events."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from trekker.events.actions.changing import Sitting
from trekker.events.models import Event, SessionRequest
from trekker.kernel.tickets import TicketForm
from trekker.organisations.forms import OrganisationChooser
from trekker.organisations.models import Organisation
from trekker.people.addresses import NotAnAddress, address

State = SessionRequest.State
MOST_PEOPLE = 100_000


def _read_address(text: str) -> str:
    try:
        return address(text)
    except NotAnAddress as refused:
        raise forms.ValidationError(str(refused)) from None


class AskSession(TicketForm):
    """Asks who wants a session, about what, for whom and when; without an account."""

    purpose = "ask_session"
    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Wat vraag je?",
        choices=SessionRequest.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat je vraagt.", "invalid_choice": "Kies wat je vraagt."},
    )
    subject = forms.CharField(
        label="Onderwerp",
        max_length=200,
        help_text="Bijvoorbeeld: digihulp aan de balie.",
        error_messages={"required": "Zeg waarover de sessie gaat."},
    )
    wish = forms.CharField(
        label="Wat wil je bereiken?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf op wat je wilt bereiken. Eén zin is genoeg."},
    )
    audience = forms.CharField(
        label="Voor wie is het?",
        max_length=200,
        help_text="Bijvoorbeeld: baliemedewerkers van drie gemeenten.",
        error_messages={"required": "Zeg voor wie de sessie is."},
    )
    people = forms.IntegerField(
        label="Hoeveel mensen verwacht je?",
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "8"}),
        help_text="Een schatting is goed.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Vul een getal in, zoals 25."),
    )
    when = forms.CharField(
        label="Wanneer?",
        max_length=200,
        required=False,
        help_text="Een dag, een maand of een periode.",
    )
    organisation_text = forms.CharField(
        label="Je organisatie",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": "Vul de naam van je organisatie in."},
    )
    name = forms.CharField(
        label="Je naam",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Vul je naam in."},
    )
    email = forms.CharField(
        label="Je mailadres",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Naar dit adres sturen we ons antwoord.",
        error_messages={"required": "Vul je mailadres in."},
    )
    phone = forms.CharField(
        label="Je telefoonnummer",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )

    def clean_email(self) -> str:
        """Write the address the one way, and refuse one that imitates another."""
        return _read_address(self.cleaned_data["email"])


class RequestForm(WagtailAdminModelForm):
    """What staff may write about a request; weighing and deciding have forms of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask it of a colleague, who writes for someone else."""
        super().__init__(*args, **kwargs)
        self.fields["wish"].label = "Wat willen ze bereiken"
        self.fields["people"].label = "Hoeveel mensen verwachten ze"
        self.fields["organisation_text"].label = "Naam van de organisatie"
        self.fields["organisation"].label = "In ons register"
        self.fields["name"].label = "Naam van de vrager"

    def clean_email(self) -> str:
        """Write the address the one way."""
        return _read_address(self.cleaned_data["email"])


PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("subject"),
                FieldPanel("kind"),
                FieldPanel("wish"),
                FieldPanel("audience"),
                FieldRowPanel([FieldPanel("people"), FieldPanel("when")]),
            ],
            heading="De vraag",
        ),
        MultiFieldPanel(
            [
                FieldPanel("organisation_text"),
                FieldPanel("organisation", widget=OrganisationChooser),
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            ],
            heading="Wie het vraagt",
        ),
    ],
    base_form_class=RequestForm,
)


class RequestFilters(WagtailFilterSet):
    """How to narrow the list of requests."""

    state = django_filters.MultipleChoiceFilter(
        label="Stand", choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        label="Soort", choices=SessionRequest.KINDS, widget=forms.CheckboxSelectMultiple
    )
    importance = django_filters.MultipleChoiceFilter(
        label="Belang", choices=SessionRequest.IMPORTANCE, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = SessionRequest
        fields: list[str] = []


class WeighRequest(forms.Form):
    """Asks how much a request matters to local governments, and whom it reaches there."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label="Organisatie", required=False, widget=OrganisationChooser
    )
    importance = forms.TypedChoiceField(
        label="Hoe belangrijk is dit voor lokale besturen?",
        choices=[("", "nog niet gewogen"), *SessionRequest.IMPORTANCE],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    extra_reach = forms.IntegerField(
        label="Hoeveel extra mensen in lokale besturen bereik je?",
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text="Mensen die je anders niet bereikt. Een schatting is goed.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Vul een getal in, zoals 25."),
    )


class DecideRequest(forms.Form):
    """Asks yes or no with a reason, and the day if it is known."""

    outcome = forms.ChoiceField(
        label="Beslissing",
        choices=[(State.ACCEPTED.value, "ja, we doen het"), (State.DECLINED.value, "nee, we doen het niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )
    reason = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Deze tekst staat in de mail aan de vrager.",
        error_messages={"required": "Schrijf de reden op. De vrager krijgt die in de mail."},
    )
    tells = forms.BooleanField(label="Mail de beslissing aan de vrager", required=False, initial=True)
    day = forms.DateField(
        label="Dag van de sessie",
        required=False,
        widget=AdminDateInput,
        help_text="Enkel bij ja, en als de dag al vastligt.",
        error_messages={"invalid": "Vul een dag in zoals 16/04/2026."},
    )
    starts = forms.TimeField(
        label="Begint om",
        required=False,
        widget=AdminTimeInput,
        error_messages={"invalid": "Vul een uur in zoals 13:30."},
    )
    ends = forms.TimeField(
        label="Eindigt om",
        required=False,
        widget=AdminTimeInput,
        error_messages={"invalid": "Vul een uur in zoals 15:30."},
    )

    def clean(self) -> dict[str, Any]:
        """Ask the hours with a day, in the right order."""
        cleaned = super().clean() or {}
        asked = [cleaned.get(name) for name in ("day", "starts", "ends")]
        if any(asked) and not all(asked) and not self.errors:
            missing = next(name for name in ("day", "starts", "ends") if not cleaned.get(name))
            self.add_error(missing, "Vul de dag en beide uren in, of laat alle drie leeg.")
        elif all(asked) and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", "Vul een uur in dat na het begin ligt.")
        return cleaned

    @property
    def session(self) -> Sitting | None:
        """The session, if its day is known."""
        given = self.cleaned_data
        if not given.get("day"):
            return None
        starts, ends = (datetime.combine(given["day"], given[name]) for name in ("starts", "ends"))
        hours = Decimal(int((ends - starts).total_seconds())) / 3600
        return Sitting(
            starts_at=timezone.make_aware(starts), ends_at=timezone.make_aware(ends), hours=round(hours, 2)
        )


class MakeCourse(forms.Form):
    """Asks what course an idea becomes."""

    title = forms.CharField(
        label="Titel", max_length=200, error_messages={"required": "Geef de opleiding een titel."}
    )
    e_learning = forms.BooleanField(label="Het is een e-learning", required=False)


class MakeEvent(forms.Form):
    """Asks what event an idea becomes."""

    title = forms.CharField(
        label="Titel", max_length=200, error_messages={"required": "Geef de activiteit een titel."}
    )
    kind = forms.ChoiceField(
        label="Soort",
        choices=[("", "–"), *Event.Kind.choices],
        error_messages={"required": "Kies wat voor activiteit het is."},
    )
