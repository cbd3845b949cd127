"""Mail addresses as people paste them: one on each line, with or without a name."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.html import format_html_join

from trekker.people.addresses import NotAnAddress, address

MOST, SHOWN = 5000, 5
LONGEST_NAME = 200
NAMED = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")


class AddressesField(forms.CharField):
    """Asks addresses; gives (address, name) for each, every address once."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer room for a list."""
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}))
        kwargs.setdefault("help_text", "Eén per regel. Een naam mag erbij: An Peeters <an@gemeente.be>.")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """
        Read every line, and name those that are no address.

        :raises ValidationError: if a line is no address
        """
        text = super().clean(value)
        pieces = [
            (number, piece.strip())
            for number, line in enumerate(text.splitlines(), start=1)
            for piece in line.split(";")
            if piece.strip()
        ]
        if len(pieces) > MOST:
            raise forms.ValidationError(f"Nodig hoogstens {MOST} mensen tegelijk uit.")
        found: dict[str, str] = {}
        wrong = []
        for number, piece in pieces:
            try:
                email, name = _read(piece)
            except NotAnAddress:
                wrong.append(f"Regel {number} is geen mailadres: {piece[:60]}")
            else:
                found[email] = found.get(email) or name
        if wrong:
            rest = len(wrong) - SHOWN
            more = [f"Nog {rest} andere regels zijn geen mailadres."] if rest > 0 else []
            lines = [(line,) for line in [*wrong[:SHOWN], *more]]
            raise forms.ValidationError(format_html_join("", "{}<br>", lines))
        return list(found.items())


def _read(piece: str) -> tuple[str, str]:
    named = NAMED.match(piece.strip(" ,"))
    if named:
        return address(named["email"]), named["name"].strip(" ,\"'")[:LONGEST_NAME]
    return address(piece.strip(" ,")), ""
