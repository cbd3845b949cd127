"""The published figures as rows, for whoever uses them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

HEADINGS = (
    *("doelstelling", "titel", "belofte", "wat telt", "cijfer", "cijfer in woorden", "minstens"),
    *("vergelijking", "doel", "eenheid", "stand", "stand van"),
)


def rows(plain: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """Give each figure of a kept publication as a row of open data; see ``HEADINGS``."""
    until = date.fromisoformat(plain["until"])
    for goal in plain["goals"]:
        for promise in goal["promises"]:
            for each in promise["figures"]:
                yield (
                    *(goal["code"], goal["title"], promise["text"], each["about"]),
                    *(_exact(each["value"]), each["said"], each["is_least"], each["goal_words"]),
                    *(_exact(each["target"]), each["unit"], each["state"][1], until),
                )


def _exact(value: float | None) -> Decimal | int | None:
    return Decimal(str(value)) if isinstance(value, float) else value
