"""Mail addresses: one way to write and compare them, and those that imitate another."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

from trekker.mail.addresses import domain, normal

__all__ = ["NotAnAddress", "address", "domain", "fingerprint", "normal"]


class NotAnAddress(ValueError):
    """The text is no mail address we can write to; says why, in Dutch."""


def address(text: str) -> str:
    """
    Read an address and write it the one way.

    Letters outside ASCII are refused: a look-alike letter would make it another's address.

    :raises NotAnAddress: if it is no address, or one with letters that can imitate others
    """
    found = normal(re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE))
    if not found:
        raise NotAnAddress("Het mailadres ontbreekt.")
    if not found.isascii():
        raise NotAnAddress("Het mailadres heeft letters die niet in een mailadres horen.")
    try:
        validate_email(found)
    except ValidationError:
        raise NotAnAddress("Dit is geen geldig mailadres.") from None
    return found


def fingerprint(email: str) -> str:
    """Give what stands for an address on the list of erasures; the address cannot be read from it."""
    return salted_hmac("trekker.people.erasure", normal(email), algorithm="sha256").hexdigest()
