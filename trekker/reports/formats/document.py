"""
A report as a row of blocks: what is said, in which order, without how it looks.

Every writer draws these blocks and nothing else, so that a page, a PDF and a document say the same, in
the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any


class Look(StrEnum):
    """How a line of text is meant: running text, an opening, a remark, or something that counts."""

    PLAIN = "plain"
    LEAD = "lead"
    QUIET = "quiet"
    STRONG = "strong"


@dataclass(frozen=True)
class Said:
    """One line of text in its look; ``tone`` is the code of a state, for its colour."""

    text: str
    look: Look = Look.PLAIN
    tone: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a chapter, on a page of its own where ``opens`` says so."""

    level: int
    text: str
    anchor: str
    opens: bool = False


@dataclass(frozen=True)
class Points:
    """A list of points."""

    items_said: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Short facts, each with its name before it."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Story:
    """What someone wrote, in paragraphs, with who and when beneath it."""

    paragraphs: tuple[str, ...]
    signed: str = ""


@dataclass(frozen=True)
class Tally:
    """A few large numbers, each with a word and the code of a state."""

    counts: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, with what it shows for who cannot see it, and a caption."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Pictures:
    """Drawings that belong together; ``across`` of them fit beside each other."""

    drawings: tuple[Picture, ...]
    across: int = 1


@dataclass(frozen=True)
class Sample:
    """A look of a map as SVG, and what it means."""

    svg: str
    label: str


@dataclass(frozen=True)
class Key:
    """The legend of a map."""

    samples: tuple[Sample, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, how wide against the others, and whether it holds numbers."""

    label: str
    weight: float = 1.0
    numbers: bool = False


Cell = tuple[Said, ...]


@dataclass(frozen=True)
class Table:
    """
    Figures or facts in rows and columns.

    One without a caption is named by the heading or the figure right before it, ``named_by`` its anchor. A
    ``dense`` one is set smaller, a ``narrow`` one takes only part of the width.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    named_by: str = ""
    dense: bool = False
    narrow: bool = False


Block = Said | Heading | Points | Facts | Story | Tally | Pictures | Key | Table


@dataclass(frozen=True)
class Document:
    """A whole report: what stands on its cover, and its blocks."""

    title: str
    subtitle: str
    owner: str
    period: str
    state: str
    blocks: tuple[Block, ...]

    def headings(self) -> Iterator[Heading]:
        """Give the headings for the list of contents: chapters and what lies directly beneath."""
        return (block for block in self.blocks if isinstance(block, Heading) and block.level <= 2)  # noqa: PLR2004


def cell(text: str, look: Look = Look.PLAIN, tone: str = "") -> Cell:
    """Make a cell of one line."""
    return (Said(text, look, tone),)


def plain(value: Any) -> Any:
    """Give a document or a block as plain values, each block named by its kind under ``is``."""
    if is_dataclass(value):
        held = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__.lower(), **held}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
