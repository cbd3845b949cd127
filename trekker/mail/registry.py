"""The kinds of mail: each room declares its own, with a text that staff may change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\[([a-z_]+)\]")
KINDS: dict[str, Kind] = {}


@dataclass(frozen=True, kw_only=True)
class Kind:
    """
    One kind of mail.

    ``text`` is marked text; ``placeholders`` is the whole list of what may stand between square
    brackets in subject and text, each with what it means. ``sends_again`` says what happens to one
    that is in doubt after a crash. ``confirms`` marks what anyone can cause by filling in a form:
    an address gets at most one such mail an hour and three a day, the others leave later.
    """

    code: str
    label: str
    subject: str
    text: str
    placeholders: Mapping[str, str]
    sends_again: bool = True
    confirms: bool = False


def declare(kind: Kind) -> Kind:
    """
    Add a kind of mail to the list.

    :raises ValueError: if the code is taken, or the text holds a placeholder that is not in the list
    """
    if kind.code in KINDS:
        raise ValueError(f"Mail {kind.code} is declared twice")
    if wrong := unknown_placeholders(kind, kind.subject + kind.text):
        raise ValueError(f"Mail {kind.code} has no placeholder {wrong[0]}")
    KINDS[kind.code] = kind
    return kind


def unknown_placeholders(kind: Kind, text: str) -> list[str]:
    """Give the placeholders of a text that this kind of mail does not have."""
    return [name for name in PLACEHOLDER.findall(text) if name not in kind.placeholders]
