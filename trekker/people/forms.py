"""The forms of the back office for accounts."""

from wagtail.users.forms import UserCreationForm, UserEditForm


class AddAccount(UserCreationForm):
    """Asks for an address, a name and roles; a password is not needed."""


class EditAccount(UserEditForm):
    """Changes name, address and roles of an account."""
