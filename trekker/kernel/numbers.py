"""Whole numbers as an address or a form sends them."""

from __future__ import annotations

LONGEST_NUMBER = 18  # digits: no record of any database has a longer one


def whole_number(text: str) -> int | None:
    """Read a whole number from zero up, of a length that every database takes; nothing for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
