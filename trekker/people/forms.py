"""The forms for accounts: signing in, and the back office's own."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm


class AddAccount(UserCreationForm):
    """Asks for an address, a name and roles; a password is not needed."""


class EditAccount(UserEditForm):
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
