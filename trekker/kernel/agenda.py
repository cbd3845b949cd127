"""
What other rooms have planned, for the year calendar: entries with a date, declared by their room.

The year calendar stands in the room of events; the plan, which stands above, knows planned moments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from trekker.kernel.access import Permission, may
from trekker.kernel.periods import Period


@dataclass(frozen=True)
class Dated:
    """Something planned, from its first day to its last."""

    first: date
    last: date
    title: str
    label: str
    url: str = ""


Give = Callable[[Period], Iterable[Dated]]
PROVIDERS: dict[str, tuple[Permission, Give]] = {}


def dated(code: str, *, permission: Permission) -> Callable[[Give], Give]:
    """
    Declare the decorated function as one that gives what is planned within a period.

    :raises ValueError: if the code is taken
    """

    def declare(give: Give) -> Give:
        if code in PROVIDERS:
            raise ValueError(f"Entries of {code} are declared twice")
        PROVIDERS[code] = (permission, give)
        return give

    return declare


def planned_within(period: Period, *, reader: Any) -> list[Dated]:
    """Give what every room has planned within a period, as far as this reader may see it."""
    return [
        each for permission, give in PROVIDERS.values() if may(reader, permission) for each in give(period)
    ]
