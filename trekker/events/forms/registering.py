"""The forms of registration: on the public site, behind a personal link, and by phone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.urls import reverse_lazy
from django.utils import timezone

from trekker.events.actions.registering import Brought, Need, Who
from trekker.events.models import Event, Registration, SignUpQuestion
from trekker.events.queries import suggesting
from trekker.events.queries.places import Places, modes_of, questions_of
from trekker.kernel.tickets import TicketForm
from trekker.organisations.models import Organisation
from trekker.people.addresses import NotAnAddress, address

CONSENT = "Ja, de organisator mag dit bewaren tot zeven dagen na de activiteit."
OTHER = "anders"
OTHER_LABEL = "Een andere organisatie"
NO_LINKS = RegexValidator(r"://|www\.|[<>@]|https?:", "Vul enkel je naam in.", inverse_match=True)
A_NAME = {"spellcheck": "false"}
QUESTION = "question_{}"
NEEDS = ("diet", "access", "consent")


def _text(label: str, missing: str = "", *, longest: int, auto: str = "", **more: Any) -> forms.CharField:
    """Give a field of one line; without ``missing`` it may stay empty."""
    attributes = {"autocomplete": auto, **more.pop("attrs", {})} if auto else more.pop("attrs", {})
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": missing, "max_length": f"Maak dit korter: hoogstens {longest} tekens."},
        **more,
    )


class Addressed(forms.Form):
    """Asks a name and an address."""

    first_name = _text(
        "Voornaam", "Vul je voornaam in.", longest=100, auto="given-name", validators=[NO_LINKS], attrs=A_NAME
    )
    last_name = _text(
        "Achternaam",
        "Vul je achternaam in.",
        longest=100,
        auto="family-name",
        validators=[NO_LINKS],
        attrs=A_NAME,
    )
    email = forms.CharField(
        label="Mailadres",
        max_length=254,
        help_text="Hierheen sturen we je bevestiging en je persoonlijke link.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Vul je mailadres in."},
    )

    def clean_email(self) -> str:
        """Write the address the one way."""
        typed = self.cleaned_data["email"]
        try:
            return address(typed) if typed else ""
        except NotAnAddress:
            raise forms.ValidationError("Vul een mailadres in zoals naam@gemeente.be.") from None


class Sought(forms.CharField):
    """A text that is required, yet may be found from elsewhere: the form judges an empty one."""

    def validate(self, value: Any) -> None:
        """Leave it to the form."""


class OfOrganisation(forms.Form):
    """Asks the organisation in words, and which one is meant when that is not clear."""

    organisation = Sought(
        label="Organisatie",
        max_length=200,
        help_text="Bijvoorbeeld gemeente Stekene. Kom je voor jezelf? Schrijf dan: geen.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "organization",
                "data-organisations": reverse_lazy("agenda:organisations"),
            }
        ),
    )
    chosen: Organisation | None = None

    def clean(self) -> dict[str, Any]:
        """Find the organisation, or ask which one is meant."""
        cleaned = super().clean() or self.cleaned_data
        text, email = cleaned.get("organisation", "").strip(), cleaned.get("email", "")
        today = timezone.localdate(self.now) if hasattr(self, "now") else timezone.localdate()
        if text:
            meant = suggesting.meant_by(text, today)
            self.chosen = meant.one
            choices: Sequence[Organisation] = () if meant.one else meant.choices
        else:
            choices = suggesting.of_address(email, today) if email else ()
        if choices:
            self._ask_which(choices, text)
        elif not text:
            self._miss_organisation()
        return cleaned

    def _miss_organisation(self) -> None:
        self.add_error("organisation", "Vul de naam van je organisatie in.")

    def _ask_which(self, choices: Sequence[Organisation], text: str) -> None:
        """Take the choice that was sent, or ask for it."""
        known = {str(each.pk): each for each in choices}
        sent = self.data.get(self.add_prefix("which"), "")
        if sent in known:
            self.chosen = known[sent]
        elif sent == OTHER and text:
            self.chosen = None
        elif sent == OTHER:
            self._miss_organisation()
        else:
            labels = [(pk, _told_apart(each)) for pk, each in known.items()]
            self.fields["which"] = forms.ChoiceField(
                label="Welke bedoel je?",
                choices=[*labels, (OTHER, OTHER_LABEL)],
                widget=forms.RadioSelect,
            )
            order = list(self.fields)
            order.insert(order.index("organisation") + 1, order.pop())
            self.order_fields(order)
            self.add_error("which", "Kies je organisatie.")


def _told_apart(organisation: Organisation) -> str:
    kind = organisation.get_kind_display()
    named = organisation.name.casefold()
    return organisation.name if kind.casefold() in named else f"{organisation.name} ({kind})"


class AboutEvent(forms.Form):
    """Asks what goes for one event: how someone takes part, a case, questions and needs."""

    function = _text("Functie", longest=150, auto="organization-title")

    event: Event
    questions: Sequence[SignUpQuestion] = ()

    def ask_about(
        self, event: Event, places: Mapping[Registration.Mode, Places], kept: Registration | None = None
    ) -> None:
        """Add the fields of this event; ``kept`` are the answers to start from."""
        self.event = event
        if len(modes_of(event)) > 1:
            self.fields["mode"] = forms.ChoiceField(
                label="Hoe doe je mee?",
                choices=[(mode, _mode_label(event, each, kept)) for mode, each in places.items()],
                widget=forms.RadioSelect,
                error_messages={"required": "Kies hoe je meedoet."},
            )
        if event.asks_case:
            self.fields["case"] = forms.CharField(
                label="Welk vraagstuk breng je mee?",
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text="Een situatie waar je zelf mee zit. De groep leest ze zonder je naam. "
                "Noem dus geen mensen bij naam.",
            )
        self.questions = questions_of(event)
        for question in self.questions:
            self.fields[QUESTION.format(question.pk)] = _question_field(question)
        self._ask_needs(event)

    def _ask_needs(self, event: Event) -> None:
        if event.asks_diet and event.format != Event.Format.ONLINE:
            self.fields["diet"] = _text("Dieet of allergie", longest=300)
        self.fields["access"] = _text(
            "Wat heb je nodig om te kunnen meedoen?",
            longest=500,
            help_text="Bijvoorbeeld een tolk, ondertiteling of een plaats voor een rolstoel.",
        )
        self.fields["consent"] = forms.BooleanField(label=CONSENT, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask consent for what is kept about someone's needs."""
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("diet") or cleaned.get("access")) and not cleaned.get("consent"):
            self.add_error("consent", "Vink aan dat we dit mogen bewaren, of maak de velden leeg.")
        return cleaned

    @property
    def _asks_needs(self) -> bool:
        return "consent" in self.fields

    def asked_of_all(self) -> list[Any]:
        """Give the fields outside the block of needs."""
        return [field for field in self.visible_fields() if field.name not in NEEDS]

    def asked_of_needs(self) -> list[Any]:
        """Give the fields of the block of needs."""
        return [field for field in self.visible_fields() if field.name in NEEDS]

    def brought(self) -> Brought:
        """Give what someone brings along."""
        cleaned = self.cleaned_data
        answers = {
            str(question.pk): cleaned[QUESTION.format(question.pk)]
            for question in self.questions
            if cleaned.get(QUESTION.format(question.pk)) not in {None, ""}
        }
        consent = CONSENT if cleaned.get("consent") else ""
        need = Need(cleaned.get("diet", ""), cleaned.get("access", ""), consent) if self._asks_needs else None
        return Brought(cleaned.get("mode", ""), cleaned.get("case", ""), answers, need)

    @staticmethod
    def kept_of(registration: Registration) -> dict[str, Any]:
        """Give what a registration holds already, to start from."""
        need = getattr(registration, "need", None)
        answers = {QUESTION.format(pk): value for pk, value in registration.answers.items()}
        own = ("first_name", "last_name", "email", "phone", "function", "mode", "case")
        facts = {name: getattr(registration, name) for name in own}
        facts["organisation"] = str(registration.organisation or registration.organisation_text)
        needs = {"diet": need.diet, "access": need.access, "consent": True} if need else {}
        return {**facts, **answers, **needs}


def _mode_label(event: Event, places: Places, kept: Registration | None) -> str:
    mine = kept and kept.mode == places.mode
    if not places.is_full or mine:
        return places.mode.label.capitalize()
    return f"{places.mode.label.capitalize()} (volzet{', wel een wachtlijst' if event.waiting_list else ''})"


def _question_field(question: SignUpQuestion) -> forms.Field:
    general: dict[str, Any] = {
        "label": question.label,
        "required": question.required,
        "error_messages": {"required": f"Beantwoord deze vraag: {question.label}"},
    }
    if question.kind == SignUpQuestion.Kind.TEXT:
        return forms.CharField(max_length=1000, **general)
    lines = [line.strip() for line in question.options.splitlines() if line.strip()]
    options = ["ja", "nee"] if question.kind == SignUpQuestion.Kind.YES_NO else lines
    choices = [(option, option) for option in options]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **general)


def _who(form: Any, email: str = "") -> Who:
    cleaned = form.cleaned_data
    return Who(
        email=cleaned.get("email", email),
        first_name=cleaned["first_name"],
        last_name=cleaned["last_name"],
        function=cleaned.get("function", ""),
        phone=cleaned.get("phone", ""),
        organisation=form.chosen,
        organisation_text=re.sub(r"\s+", " ", cleaned.get("organisation", "")).strip(),
    )


class Register(TicketForm, OfOrganisation, Addressed, AboutEvent):
    """Registers someone from the public site."""

    purpose = "events.register"
    template_name = "events/registering/_form.html"
    field_order = ["first_name", "last_name", "email", "organisation", "function"]

    def __init__(
        self, data: Any = None, *, event: Event, places: Mapping[Registration.Mode, Places], **kwargs: Any
    ) -> None:
        """Ask what this event asks."""
        super().__init__(data, **kwargs)
        self.ask_about(event, places)

    def who(self) -> Who:
        """Give who registers."""
        return _who(self)


class Change(TicketForm, AboutEvent):
    """Changes a registration behind its personal link."""

    purpose = "events.personal"
    minds_speed = False
    template_name = "events/registering/_form.html"
    field_order = ["first_name", "last_name", "function"]
    first_name = Addressed.base_fields["first_name"]
    last_name = Addressed.base_fields["last_name"]

    def __init__(
        self,
        data: Any = None,
        *,
        registration: Registration,
        places: Mapping[Registration.Mode, Places],
        **kwargs: Any,
    ) -> None:
        """Start from what the registration holds."""
        super().__init__(data, initial=self.kept_of(registration), **kwargs)
        self.ask_about(registration.event, places, registration)


class HandOver(TicketForm, Addressed):
    """Asks which colleague takes a place over."""

    purpose = "events.personal"
    minds_speed = False
    chosen: Organisation | None = None

    def __init__(self, data: Any = None, *, registration: Registration, **kwargs: Any) -> None:
        """Word the questions for a colleague, of the same organisation."""
        super().__init__(data, **kwargs)
        self.chosen = registration.organisation
        self.written = registration.organisation_text
        for name, whose, missing in (
            ("first_name", "Voornaam van je collega", "Vul de voornaam van je collega in."),
            ("last_name", "Achternaam van je collega", "Vul de achternaam van je collega in."),
            ("email", "Mailadres van je collega", "Vul het mailadres van je collega in."),
        ):
            self.fields[name].label = whose
            self.fields[name].error_messages["required"] = missing
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["email"].help_text = "Je collega krijgt een mail met een eigen link."

    def who(self) -> Who:
        """Give who takes the place over."""
        return _who(self)


class ByPhone(OfOrganisation, Addressed, AboutEvent):
    """Registers someone who calls."""

    field_order = ["first_name", "last_name", "email", "phone", "organisation", "function"]
    phone = _text("Telefoon", longest=40)
    overrule = forms.BooleanField(
        label="Schrijf in, ook als het volzet is of de inschrijvingen gesloten zijn",
        required=False,
        help_text="Zonder vinkje gelden de regels van de website.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        event: Event,
        places: Mapping[Registration.Mode, Places],
        kept: Registration | None = None,
        sees_needs: bool = True,
        **kwargs: Any,
    ) -> None:
        """Word the questions for who listens; an address is not always given."""
        super().__init__(data, initial=self.kept_of(kept) if kept else None, **kwargs)
        self.ask_about(event, places, kept)
        if not sees_needs:
            for name in NEEDS:
                self.fields.pop(name, None)
                self.initial.pop(name, None)
        self.fields["overrule"] = self.fields.pop("overrule")
        self.fields["email"].required = self.fields["organisation"].required = False
        self.fields["email"].help_text = "Zonder adres krijgt de beller geen bevestiging."
        self.fields["first_name"].error_messages["required"] = "Vul een voornaam in."
        self.fields["last_name"].error_messages["required"] = "Vul een achternaam in."
        if self._asks_needs:
            self.fields["consent"].label = f"De beller zegt: {CONSENT[0].lower()}{CONSENT[1:]}"
        for name in ("first_name", "last_name", "email", "organisation", "function"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def _miss_organisation(self) -> None:
        """Let a caller have no organisation."""

    def who(self) -> Who:
        """Give who calls."""
        return _who(self)


class StopRegistration(forms.Form):
    """Asks nothing: sending it is the answer."""
