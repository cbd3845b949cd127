"""Mail addresses: the one way in which they are kept and compared."""

from __future__ import annotations

import unicodedata


def normal(text: str) -> str:
    """Write an address the one way in which addresses are kept and compared."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def domain(email: str) -> str:
    """Give the part of an address behind the @."""
    return email.rpartition("@")[2]
