"""How allauth treats our accounts: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from trekker.people.addresses import normal


class AccountAdapter(DefaultAccountAdapter):
    """Signs in who was given an account; compares addresses the one way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse sign-up: an administrator gives accounts."""
        return False

    def clean_email(self, email: str) -> str:
        """Write the address the one way."""
        return normal(super().clean_email(email))
