"""Recognises a list by its headings: where they stand, which program wrote it, what each column holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from trekker.imports.registry.importer import Field, Format, Importer

LOOK_AT = 40  # rows at the top among which the headings are sought
SURE = 3  # the heading is the word; having the word in it is worth 1
SHORTEST = 2  # letters; a shorter word stands in too many headings
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Recognised:
    """
    What was recognised of a list.

    ``header_row`` counts from 1; 0 means that it has no headings and starts at once.
    """

    format: Format | None
    header_row: int
    headings: list[str]
    mapping: dict[str, int]


@lru_cache(maxsize=5_000)
def normal(text: str) -> str:
    """Write a heading without capitals, accents and signs, so that headings can be compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        " " if not char.isalnum() else char for char in plain if not unicodedata.combining(char)
    )
    return " ".join(letters.split())


def signature(headings: Sequence[str]) -> str:
    """Give the fingerprint of a row of headings."""
    return sha256("\x1f".join(map(normal, headings)).encode()).hexdigest()


def _likeness(heading: str, field: Field) -> int:
    """Give how sure it is that a column with this heading holds the field: 0 is not at all."""
    found = normal(heading)
    words = [normal(word) for word in (*field.words, field.label)]
    if found in words:
        return SURE
    return max(
        (1 for word in words if len(word) > SHORTEST and re.search(rf"\b{re.escape(word)}\b", found)),
        default=0,
    )


def propose(headings: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Propose a column for each field whose words stand in a heading; a column holds one field."""
    pairs = sorted(
        (-_likeness(heading, field), order, column, field.code)
        for order, field in enumerate(fields)
        for column, heading in enumerate(headings)
        if _likeness(heading, field)
    )
    mapping: dict[str, int] = {}
    for _, _, column, code in pairs:
        if code not in mapping and column not in mapping.values():
            mapping[code] = column
    return mapping


def _format(importer: Importer, headings: Sequence[str], file_name: str | None = None) -> Format | None:
    known = {normal(heading) for heading in headings}
    for candidate in importer.formats:
        fits = file_name is None or normal(file_name).startswith(candidate.file_name)
        if fits and {normal(heading) for heading in candidate.headings} <= known:
            return candidate
    return None


def _columns(columns: Mapping[str, str], headings: Sequence[str]) -> dict[str, int]:
    place = {normal(heading): column for column, heading in reversed(list(enumerate(headings)))}
    return {field: place[normal(name)] for field, name in columns.items() if normal(name) in place}


def _header_row(importer: Importer, rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> int:
    """
    Find the row that says most of what columns hold; 0 when the first row is about someone.

    The headings that only one program writes settle it.
    """
    best, best_score = 0, 0
    for number, row in enumerate(rows[:LOOK_AT], start=1):
        if _format(importer, row):
            return number
        if any(ADDRESS.search(cell) for cell in row):
            break  # from here on it speaks of people
        score = sum(_likeness(cell, field) for cell in row if cell for field in fields)
        if score > best_score:
            best, best_score = number, score
    if not best and rows and not any(ADDRESS.search(cell) for cell in rows[0]):
        best = max(range(1, min(len(rows), LOOK_AT) + 1), key=lambda number: (len(rows[number - 1]), -number))
    return best


def recognise(
    importer: Importer,
    rows: Sequence[Sequence[str]],
    file_name: str,
    header_row: int | None = None,
    options: Mapping[str, Any] | None = None,
) -> Recognised:
    """
    Recognise a list by its first rows; lines above the headings are passed over.

    ``header_row`` is where the headings stand, when someone said so; ``options`` what was said of the
    whole list.
    """
    fields = importer.fields_for(options or {})
    best = _header_row(importer, rows, fields) if header_row is None else min(header_row, len(rows))
    width = max((len(row) for row in rows), default=0)
    named = list(rows[best - 1]) if best else []
    headings = [
        (named[column] if column < len(named) else "") or f"Kolom {column + 1}" for column in range(width)
    ]
    found = _format(importer, headings, file_name)
    mapping = dict(importer.columns_by(headings, options or {})) or propose(headings, fields)
    if found:
        fixed = _columns(found.columns, headings)
        others = {code: column for code, column in mapping.items() if code not in found.columns}
        mapping = fixed | {code: column for code, column in others.items() if column not in fixed.values()}
    elif not best:
        mapping = _by_content(rows, fields)
    return Recognised(found, best, headings, mapping)


def _by_content(rows: Sequence[Sequence[str]], fields: Sequence[Field]) -> dict[str, int]:
    required = next((field.code for field in fields if field.required), None)
    for row in rows:
        for column, cell in enumerate(row):
            if required and ADDRESS.search(cell):
                return {required: column}
    return {}
