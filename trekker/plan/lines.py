"""Numbers of lines as people write them: ``12-15, 18``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby


class NotLines(ValueError):
    """The text is no list of line numbers; says what it should look like, in Dutch."""


def write(numbers: Sequence[int]) -> str:
    """Write numbers as ranges, in order: ``[12, 13, 14, 18]`` gives ``12-14, 18``."""
    ordered = sorted(set(numbers))
    runs = [[n for _, n in run] for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def read(text: str, *, last: int) -> list[int]:
    """
    Read ranges back into numbers, in order, each once, from 1 up to ``last``.

    :raises NotLines: if a part is no number or range, or lies outside the text
    """
    numbers: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = re.fullmatch(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?", part)
        if not found:
            raise NotLines("Schrijf regelnummers zo: 12-15, 18.")
        start, end = int(found[1]), int(found[2] or found[1])
        if not 1 <= start <= end <= last:
            raise NotLines(f"De tekst heeft regels 1 tot {last}.")
        numbers.update(range(start, end + 1))
    return sorted(numbers)
