"""The forms for accounts and persons: signing in, and the back office's."""

from typing import Any

import django_filters
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets import AdminDateInput
from wagtail.users.forms import UserCreationForm, UserEditForm

from trekker.kernel.access import Permission
from trekker.kernel.choosing import RecordChooser
from trekker.organisations.forms import OrganisationChooser
from trekker.organisations.models import Organisation
from trekker.organisations.queries import KIND_CHOICES, kinds, provinces
from trekker.people.addresses import NotAnAddress, address
from trekker.people.models import Account, Person, Position


class _Account(forms.ModelForm):
    """Mixin: the address written the one way, no password needed, and rights by role alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the box that would give every right, beside the roles."""
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        self.fields["groups"].label = "Rollen"
        self.fields["groups"].help_text = "Wat iemand mag, volgt uit de rollen."
        self.order_fields(["email", "first_name", "last_name", "groups", "is_active"])
        for name in ("password1", "password2"):
            self.fields[name].required = False
            self.fields[name].help_text = "Niet nodig: aanmelden kan met een code in de mail."

    def clean_email(self) -> str:
        """Write the address the one way, and refuse one that imitates another."""
        try:
            return address(self.cleaned_data["email"])
        except NotAnAddress as refused:
            raise forms.ValidationError(str(refused)) from None

    def save(self, commit: bool = True) -> Account:  # noqa: FBT001, FBT002 - Django's signature
        """Give who has no password one that nobody can type."""
        account = super().save(commit=False)
        if not account.password:
            account.set_unusable_password()
        if commit:
            account.save()
            self.save_m2m()
        return account


class AddAccount(_Account, UserCreationForm):
    """Asks for an address, a name and roles; a password is not needed."""


class EditAccount(_Account, UserEditForm):
    """Changes name, address and roles of an account."""


def name(field: forms.Field, *, label: str, help_text: str = "", missing: str) -> None:
    """Give a field of allauth our words; a placeholder is no label and goes."""
    field.label = label
    field.help_text = help_text
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


NO_ADDRESS = "Vul je mailadres in."
WRONG_ADDRESS = "Vul een mailadres in zoals naam@gemeente.be."


class AskCode(RequestLoginCodeForm):
    """Asks the address to which the code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        name(field, label="Mailadres", help_text="Naar dit adres sturen we een code.", missing=NO_ADDRESS)
        field.error_messages["invalid"] = WRONG_ADDRESS


class EnterCode(ConfirmLoginCodeForm):
    """Asks the code that was mailed; it may be pasted, with or without dashes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the question in our words."""
        super().__init__(*args, **kwargs)
        name(
            self.fields["code"],
            label="Code",
            help_text="Je mag de code plakken.",
            missing="Vul de code uit de mail in.",
        )


class SignInByPassword(LoginForm):
    """Asks address and password, for who was given a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the questions in our words."""
        super().__init__(*args, **kwargs)
        name(self.fields["login"], label="Mailadres", missing=NO_ADDRESS)
        self.fields["login"].error_messages["invalid"] = WRONG_ADDRESS
        name(
            self.fields["password"],
            label="Wachtwoord",
            help_text="Vergeten? Vraag dan een code.",
            missing="Vul je wachtwoord in.",
        )


class PersonChooserViewSet(RecordChooser):
    """Chooses a person."""

    model = Person
    view_permission = Permission.PEOPLE_VIEW
    icon = "user"
    ordering = ("first_name", "last_name", "pk")
    choose_one_text = "Kies een persoon"


chooser = PersonChooserViewSet("person_chooser", url_prefix="netwerk/personen/kies")
PersonChooser = chooser.widget_class


class PersonForm(WagtailAdminModelForm):
    """What people may write about a person."""

    aliases = forms.CharField(
        label="Andere mailadressen",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Eén per regel. Zo herkennen we iemand die een ander adres gebruikt.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the other addresses of the person."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            emails = self.instance.aliases.order_by("email").values_list("email", flat=True)
            self.fields["aliases"].initial = "\n".join(emails)

    def clean_aliases(self) -> list[str]:
        """Read one address a line."""
        emails = self.cleaned_data["aliases"].split()
        try:
            return [address(email) for email in emails]
        except NotAnAddress as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean_email(self) -> str | None:
        """Write the address the one way."""
        email = self.cleaned_data["email"]
        try:
            return address(email) if email else None
        except NotAnAddress as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean(self) -> dict[str, Any]:
        """Ask at least one thing by which to know the person."""
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("first_name", "last_name", "email")) and not self.errors:
            raise forms.ValidationError("Vul een naam of een mailadres in.")
        return cleaned

    def validate_unique(self) -> None:
        """Leave this to the action: it also looks at other addresses, and says whose it is."""


PERSON_PANELS = ObjectList(
    [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]), FieldPanel("phone")],
            heading="Wie",
        ),
        MultiFieldPanel(
            [FieldPanel("email"), FieldPanel("aliases"), FieldPanel("bounced_on")], heading="Mailadressen"
        ),
        FieldPanel("note"),
    ],
    base_form_class=PersonForm,
)


class PersonFilters(WagtailFilterSet):
    """How to narrow the list of persons."""

    organisation_kind = django_filters.MultipleChoiceFilter(
        label="Soort organisatie",
        choices=[(choice.value, choice.label) for choice in KIND_CHOICES],
        method="narrow_to_kind",
        widget=forms.CheckboxSelectMultiple,
    )
    province = django_filters.MultipleChoiceFilter(
        label="Provincie", choices=provinces, method="narrow_to_province", widget=forms.CheckboxSelectMultiple
    )
    placed = django_filters.ChoiceFilter(
        label="Organisatie",
        choices=[("ja", "met organisatie"), ("nee", "zonder organisatie")],
        method="narrow_to_placed",
        widget=forms.RadioSelect,
        empty_label="alle",
    )
    bounced = django_filters.ChoiceFilter(
        label="Mail",
        choices=[("ja", "onbestelbaar"), ("nee", "bestelbaar")],
        method="narrow_to_bounced",
        widget=forms.RadioSelect,
        empty_label="alle",
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def narrow_to_kind(self, rows: QuerySet, _name: str, groups: list[str]) -> QuerySet:
        """Keep who works today at an organisation that counts as one of these."""
        today = timezone.localdate()
        return rows.filter(
            _works(
                organisation__standings__from_on__lte=today,
                organisation__standings__until_on__gt=today,
                organisation__standings__counted__kind__in=kinds(groups),
            )
        )

    def narrow_to_province(self, rows: QuerySet, _name: str, chosen: list[str]) -> QuerySet:
        """Keep who works today in one of these provinces."""
        return rows.filter(_works(organisation__province__in=chosen))

    def narrow_to_placed(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep who has an organisation today, or who has none."""
        return rows.filter(_works()) if value == "ja" else rows.filter(~_works())

    def narrow_to_bounced(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep whose mail comes back, or whose does not."""
        return rows.filter(bounced_on__isnull=value == "nee")


def _works(**where: Any) -> Exists:
    places = Position.objects.active_on(timezone.localdate())
    return Exists(places.filter(person=OuterRef("pk"), **where))


class PositionForm(forms.Form):
    """Asks where someone works, and since when."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Organisatie",
        widget=OrganisationChooser,
        error_messages={"required": "Kies een organisatie."},
    )
    function = forms.CharField(label="Functie", max_length=150, required=False)
    policy_domain = forms.CharField(label="Beleidsdomein", max_length=100, required=False)
    is_manager = forms.BooleanField(label="Geeft leiding", required=False)
    from_on = forms.DateField(
        label="Van", required=False, widget=AdminDateInput, help_text="Leeg: niet bekend sinds wanneer."
    )
    until_on = forms.DateField(
        label="Tot", required=False, widget=AdminDateInput, help_text="De eerste dag zonder deze functie."
    )


class EndPositionForm(forms.Form):
    """Asks the first day without a position."""

    until_on = forms.DateField(
        label="Tot",
        widget=AdminDateInput,
        help_text="De eerste dag zonder deze functie.",
        error_messages={"required": "Vul een dag in."},
    )


class ChooseDoublePerson(forms.Form):
    """Asks for the other record of the same person."""

    other = forms.ModelChoiceField(
        Person.objects.filter(erased_at=None),
        label="Wie is dezelfde persoon?",
        widget=PersonChooser,
        error_messages={"required": "Kies een persoon."},
    )
