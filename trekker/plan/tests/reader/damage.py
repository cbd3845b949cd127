"""Damage to a plan's text, as scanning, copying and converting do it; the same seed, the same damage."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable

Damage = Callable[[str, random.Random], str]
BULLET = re.compile(r"^[ \t]*[e¢o•*–▪-] (?=\S)", re.MULTILINE)
CODE = re.compile(r"^(\s*)0?(SD|OD) ?(\d)(?:\.(\d))?(?= )", re.MULTILINE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
RATE = 0.002
PAGE = 38


def crlf(text: str, _chance: random.Random) -> str:
    """Give the text with the line ends of Windows."""
    return text.replace("\n", "\r\n")


def other_bullets(text: str, chance: random.Random) -> str:
    """Give every list item another mark."""
    return BULLET.sub(lambda _: chance.choice(["• ", "- ", "* ", "– ", "▪ ", "o ", "e ", "¢ ", "  • "]), text)


def dense(text: str, chance: random.Random) -> str:
    """Lose the blank lines before list items, so that nothing but the mark separates them."""
    return re.sub(r"\n\s*(?=[e¢o•*–▪-] \S)", "\n", other_bullets(text, chance))


def no_bullets(text: str, _chance: random.Random) -> str:
    """Lose every bullet."""
    return BULLET.sub("", text)


def misread_codes(text: str, chance: random.Random) -> str:
    """Space or misread the codes of goals."""

    def worse(match: re.Match[str]) -> str:
        space, letters, first, second = match.groups()
        tail = f".{second}" if second else ""
        forms = [
            f"{letters} {first}{tail}",
            f"0{letters}{first}{tail}",
            f"{letters.replace('O', '0').replace('D', '0', 1) if letters == 'SD' else '0D'}{first}{tail}",
            f"{letters}{'I' if first == '1' else first}{tail}",
            f"{letters[0]} {letters[1]} {first}{tail}",
            f"{letters}{first} . {second}" if second else f"{letters} {first}",
            f"{letters}{first}{tail}:",
        ]
        return space + chance.choice(forms)

    return CODE.sub(worse, text)


def rewrapped(width: int) -> Damage:
    """Give the damage that breaks every paragraph at another width."""

    def rewrap(text: str, _chance: random.Random) -> str:
        paragraphs = re.split(r"\n\s*\n", text)
        return "\n\n".join(textwrap.fill(" ".join(each.split()), width) for each in paragraphs)

    return rewrap


def broken_lines(width: int) -> Damage:
    """Give the damage that breaks every line that is too long, and leaves the others."""

    def rewrap(text: str, _chance: random.Random) -> str:
        return "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))

    return rewrap


def running_heads(text: str, _chance: random.Random) -> str:
    """Put a head and a page number between the lines, wherever the page happens to end."""
    lines: list[str] = []
    for at, line in enumerate(text.split("\n")):
        if at and at % PAGE == 0:
            page = at // PAGE
            lines += [str(page), f"Jaaractieplan digitale inclusie 2026 | {page}"]
        lines.append(line)
    return "\n".join(lines)


def letter_errors(text: str, chance: random.Random) -> str:
    """Misread two letters in a thousand."""

    def other(letter: str) -> str:
        if not letter.isalpha() or chance.random() >= RATE:
            return letter
        new = chance.choice(LETTERS.replace(letter.lower(), ""))
        return new.upper() if letter.isupper() else new

    return "".join(other(letter) for letter in text)


DAMAGES: dict[str, Damage] = {
    "crlf": crlf,
    "other bullets": other_bullets,
    "no bullets": no_bullets,
    "dense lists": lambda text, chance: rewrapped(60)(dense(text, chance), chance),
    "dense lists without bullets": lambda text, chance: no_bullets(dense(text, chance), chance),
    "misread codes": misread_codes,
    "60 columns": rewrapped(60),
    "110 columns": rewrapped(110),
    "lines broken at 60": broken_lines(60),
    "running heads": running_heads,
    "letter errors": letter_errors,
    "everything": lambda text, chance: letter_errors(
        running_heads(rewrapped(60)(misread_codes(other_bullets(text, chance), chance), chance), chance),
        chance,
    ),
}
