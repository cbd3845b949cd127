"""How allauth treats our accounts: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from trekker.people.addresses import normal


class AccountAdapter(DefaultAccountAdapter):
    """Signs in who was given an account; compares addresses the one way; says plainly what is wrong."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Deze account is gestopt. Vraag hulp aan wie Trekker beheert.",
        "email_password_mismatch": (
            "Het mailadres of het wachtwoord klopt niet. Probeer opnieuw, of vraag een code."
        ),
        "incorrect_code": "Deze code klopt niet. Kijk in de laatste mail en probeer opnieuw.",
        "incorrect_password": "Dit wachtwoord klopt niet. Probeer opnieuw.",
        "rate_limited": "Dat ging te snel. Wacht een minuut en probeer opnieuw.",
        "too_many_login_attempts": "Dat was te vaak na elkaar. Wacht vijf minuten en probeer opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Refuse sign-up: an administrator gives accounts."""
        return False

    def clean_email(self, email: str) -> str:
        """Write the address the one way."""
        return normal(super().clean_email(email))
