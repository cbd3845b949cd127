"""The blocks an outline is made of: titles, paragraphs, items, headings, and what is aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from trekker.plan.reader.codes import Code
from trekker.plan.reader.proposal import Caution
from trekker.plan.reader.stretches import Piece, Stretch

TITLE_WORDS = 30
FEWEST_WORDS = 3
FIRST_PIECES = 8


class Kind(Enum):
    """What a block is."""

    TITLE = auto()
    TEXT = auto()
    BULLET = auto()
    ITEM = auto()
    LOOSE = auto()
    LABEL = auto()
    HEADING = auto()
    CONTENTS = auto()
    NOISE = auto()


class Zone(Enum):
    """The part of the plan that is being read."""

    FRONT = auto()
    TITLE = auto()
    BODY = auto()
    LIST = auto()
    BACK = auto()


@dataclass
class Block:
    """A paragraph, item, title or heading, with the goal it stands under and the lines it owns."""

    kind: Kind
    goal: Code | None
    zone: Zone
    pieces: list[Piece] = field(default_factory=list)
    owned: list[int] = field(default_factory=list)
    word: str = ""
    bulleted: bool = False
    counted: bool = False
    after_gap: bool = True
    certainty: float = 1.0

    @property
    def stretch(self) -> Stretch:
        """The text of the block."""
        return Stretch(self.pieces)

    @property
    def text(self) -> str:
        """The text of the block on one line."""
        return self.stretch.text

    @property
    def ending(self) -> str:
        """The last line of the block, which says whether it goes on; cheap, however long the block."""
        return self.pieces[-1].text.rstrip() if self.pieces else ""

    @property
    def beginning(self) -> str:
        """The text of the first lines, where a promise says what it promises."""
        return Stretch(self.pieces[:FIRST_PIECES]).text

    def looks_like_title(self) -> bool:
        """Whether this paragraph could be a goal's title whose code was lost."""
        text = self.text if len(self.pieces) <= FIRST_PIECES else ""
        return (
            self.kind in (Kind.TEXT, Kind.LOOSE)
            and self.after_gap
            and bool(text)
            and not text[0].islower()
            and FEWEST_WORDS <= len(text.split()) <= TITLE_WORDS
            and not text.endswith((".", ";", ":", ",", "?", "!"))
        )


@dataclass
class Outline:
    """The blocks of a plan in order, and what was doubtful about them."""

    blocks: list[Block]
    warnings: list[Caution]
    numbered: bool

    def titles(self) -> list[Block]:
        """Give the blocks that are titles of goals."""
        return [block for block in self.blocks if block.kind is Kind.TITLE]
