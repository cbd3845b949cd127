"""
Sections of a page about one record, declared by the rooms that know something of it.

The page of an organisation stands in a low room; who works there and what it took part in is known
higher up. A higher room declares a section for the model, and the page shows all that the reader
may see, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from trekker.kernel.access import Permission, may

Context = Callable[[Any, date], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Section:
    """
    One titled part of a page; ``context(record, today)`` gives what its template shows.

    It gives nothing for a record about which there is nothing to show.
    """

    title: str
    template: str
    permission: Permission
    order: int
    context: Context


@dataclass(frozen=True)
class Shown:
    """A section with what it shows of one record."""

    title: str
    template: str
    context: Mapping[str, Any]


SECTIONS: dict[type[Model], list[Section]] = {}


def section(
    model: type[Model], *, title: str, template: str, permission: Permission, order: int
) -> Callable[[Context], Context]:
    """Declare the decorated function as the context of a section on every page about this model."""

    def declare(context: Context) -> Context:
        declared = SECTIONS.setdefault(model, [])
        declared.append(Section(title, template, permission, order, context))
        declared.sort(key=lambda each: each.order)
        return context

    return declare


def sections_of(
    record: Model, *, reader: Any, today: date, withheld: AbstractSet[Permission] = frozenset()
) -> list[Shown]:
    """
    Give the sections of a record that this reader may see, filled.

    ``withheld`` are permissions that the reader may hold, yet not for this record.
    """
    return [
        Shown(each.title, each.template, context)
        for each in SECTIONS.get(type(record), [])
        if each.permission not in withheld
        and may(reader, each.permission)
        and (context := each.context(record, today)) is not None
    ]
