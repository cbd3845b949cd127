"""What stands in a cell, as one line of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from trekker.imports.reading.limits import CELL, COLUMNS, Unreadable

# What our own downloads put before text that a sheet would run, and Excel's trick to keep zeros.
GUARDED = re.compile(r"'(?=\s*[=+\-@\t\r\n])")
QUOTED = re.compile(r'="(.*)"', re.DOTALL)
TRICKS = ("'", "=")
UNWANTED = dict.fromkeys([0, 0x200B, 0xFEFF, *range(1, 9), *range(14, 32)])


def _tidy(text: str) -> str:
    if not text.isprintable():
        text = text.translate(UNWANTED)
    text = text.strip()[:CELL]
    if text[:1] not in TRICKS:
        return text
    if GUARDED.match(text):
        return text[1:].strip()
    quoted = QUOTED.fullmatch(text)
    return quoted[1] if quoted else text


def text_of(value: Any) -> str:
    """Write a cell as text: whole numbers without a point, days as 2026-03-31, no control characters."""
    if isinstance(value, str):
        return _tidy(value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def row_of(cells: Iterable[Any]) -> list[str]:
    """
    Write a row as texts, up to its last filled cell.

    :raises Unreadable: if it has too many columns
    """
    row = [_tidy(cell) if type(cell) is str else text_of(cell) for cell in cells]
    while row and not row[-1]:
        row.pop()
    if len(row) > COLUMNS:
        raise Unreadable.too_wide()
    return row
