"""
The one way to write contents as bytes, so that the same contents always have the same hash.

JSON with sorted keys and no spaces, in UTF-8. Decimals are text without zeros that say nothing, days and
moments ISO text, moments in UTC. There are no fractions of binary numbers.
"""

from __future__ import annotations

import json
import types
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from trekker.reports.contents import Contents, Evidence

T = TypeVar("T")


def written(document: Mapping[str, Any]) -> bytes:
    """
    Write plain values as canonical bytes.

    :raises TypeError: if a value has no canonical form
    """
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def to_bytes(contents: Contents) -> bytes:
    """Write contents as canonical bytes."""
    return written(plain(contents))


def from_bytes(data: bytes) -> Contents:
    """
    Read contents back from their bytes.

    :raises ValueError: if they are not the bytes of contents
    """
    return read(Contents, json.loads(data))


def plain(value: Any) -> Any:
    """
    Turn a value into what JSON knows.

    :raises TypeError: if it is a fraction of a binary number, or has no canonical form
    """
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    for kinds, form in FORMS:
        if isinstance(value, kinds):
            return form(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _same(value: Any) -> Any:
    return value


def decimal_text(value: Decimal) -> str:
    """Write a decimal: 80.42, 1100, 0."""
    return f"{value.normalize() + 0:f}"


FORMS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    ((type(None), bool, int, str), _same),
    (Decimal, decimal_text),
    (datetime, lambda moment: moment.astimezone(UTC).isoformat()),
    (date, date.isoformat),
    (array, array.tolist),
    (Mapping, lambda known: {str(key): plain(each) for key, each in known.items()}),
    (Sequence, lambda row: [plain(each) for each in row]),
)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def read(kind: type[T], plain_value: Mapping[str, Any]) -> T:
    """Build a dataclass from plain values; what an older form does not have keeps its default."""
    hints = _hints(kind)  # type: ignore[arg-type]  # a class can be hashed
    known = {name: _read(hints[name], each) for name, each in plain_value.items() if name in hints}
    return kind(**known)


def _read(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if value is None or hint is object:
        return value
    if origin in (Union, types.UnionType):
        return _read(next(each for each in inner if each is not type(None)), value)
    if origin is not None:
        return _read_many(origin, inner, value)
    if is_dataclass(hint) and hint is not Evidence:
        return read(hint, value)  # type: ignore[arg-type]  # a class, not one of its values
    return READERS[hint](value) if hint in READERS else value


def _read_many(origin: Any, inner: tuple[Any, ...], value: Any) -> Any:
    if origin is Mapping:
        key_of = int if inner[0] is int else str
        return {key_of(key): _read(inner[1], each) for key, each in value.items()}
    if origin is tuple and Ellipsis not in inner:
        return tuple(_read(kind, each) for kind, each in zip(inner, value, strict=True))
    return tuple(_read(inner[0], each) for each in value)


def _evidence(value: Mapping[str, Any]) -> Evidence:
    """
    Read the rows of a figure back as columns: a hundred thousand of them are no objects.

    :raises ValueError: if one column has other rows than another
    """
    known: dict[str, Decimal] = {}

    def amounts(name: str) -> tuple[Decimal, ...]:
        return tuple(known.setdefault(each, Decimal(each)) for each in value.get(name, ()))

    found = Evidence(
        pks=array("q", value["pks"]),
        contributions=amounts("contributions"),
        wholes=amounts("wholes"),
        organisations=array("q", value["organisations"]),
    )
    for column in (found.contributions, found.wholes, found.organisations):
        if column and len(column) != len(found):
            raise ValueError("a column of rows is not whole")
    return found


READERS: Mapping[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Evidence: _evidence,
}
