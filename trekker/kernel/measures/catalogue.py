"""One list of all measures: those declared beside their rows and those announced."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from inspect import cleandoc
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from trekker.kernel.measures.measure import Measure
from trekker.kernel.periods import Period

catalogue: dict[str, Measure] = {}


def _add(new: Measure) -> Measure:
    known = catalogue.get(new.code)
    if known and known.has_register:
        raise ValueError(f"Measure {new.code} is declared twice")
    catalogue[new.code] = new
    return new


def measure(code: str, **options: Any) -> Callable[[Callable[[Period], QuerySet]], Measure]:
    """
    Declare the decorated function as the base rows of a measure; its docstring is the definition.

    :raises ValueError: if the code is taken or the function has no docstring
    """

    def declare(base: Callable[[Period], QuerySet]) -> Measure:
        if not base.__doc__:
            raise ValueError(f"Measure {code} has no definition: give its function a docstring")
        return _add(Measure(code=code, definition=cleandoc(base.__doc__), base=base, **options))

    return declare


def announce(code: str, *, definition: str, **options: Any) -> Measure:
    """
    Name a measure whose register does not exist yet, so that plans can already speak of it.

    :raises ValueError: if the code is taken
    """
    return _add(Measure(code=code, definition=definition, **options))


def noun(unit: str, value: Decimal | int | None) -> str:
    """
    Give the noun of a figure for this value: *opleiding* for one, *opleidingen* for any other.

    A line keeps the noun for more. Words that no measure or filter declares are given as they are.
    """
    if value != 1:
        return unit
    declared = (each.unit for each in catalogue.values())
    asked = (each for known in catalogue.values() for one in known.filters for each in one.units.values())
    return next((each.one for each in chain(declared, asked) if each.many == unit), unit)
