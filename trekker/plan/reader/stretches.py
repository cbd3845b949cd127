"""Text gathered from several lines that still knows which line each character came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

# A hyphen before a break belongs to the word, unless what follows stands apart: in- en uitstroom.
BROKEN_WORD = re.compile(r"(?<=\w)- (?!(?:en|of|én)\b)(?=\w)")


@dataclass(frozen=True)
class Piece:
    """What one line adds to a stretch."""

    line: int
    text: str


class Stretch:
    """The pieces of one paragraph as one text, words broken at the end of a line made whole."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        """Join the pieces in order."""
        self.pieces = tuple(pieces)
        parts: list[str] = []
        for piece in self.pieces:
            text = BROKEN_WORD.sub("-", " ".join(piece.text.split()))
            if parts and not BROKEN_WORD.search(f"{parts[-1][-2:]} {text}"[:6]):
                parts[-1] += " "
            parts.append(text)
        self.text = "".join(parts)
        self._starts = list(accumulate((len(part) for part in parts), initial=0))[:-1]

    def lines(self, start: int, end: int) -> tuple[int, ...]:
        """Give the numbers of the lines that the characters from start to end came from."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return tuple(dict.fromkeys(piece.line for piece in self.pieces[first : last + 1]))
