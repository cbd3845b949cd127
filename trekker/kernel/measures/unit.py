"""The nouns of figures, for one and for more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Unit:
    """The noun of a figure, for one and for more."""

    one: str
    many: str

    def of(self, value: Decimal | int) -> str:
        """Give the noun that fits this value."""
        return self.one if value == 1 else self.many
