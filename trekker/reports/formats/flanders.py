"""
The map of Flanders as SVG: 285 municipalities, each in one of a few looks.

A look is a colour and a pattern, so that colour is never the only sign; both stand in the drawing
itself, so that it looks the same on a page, on paper and in a PDF.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from django.utils.safestring import SafeString

_DATA = json.loads((Path(__file__).parents[1] / "data" / "municipalities.svgpaths.json").read_text("utf-8"))
NAMES: Mapping[str, str] = _DATA["names"]  # by NIS code
ATTRIBUTION: str = _DATA["attribution"]
_VIEW: str = _DATA["viewBox"]
_PATHS: Mapping[str, str] = _DATA["paths"]
_OUTLINES = "".join(f'<path d="{each["d"]}"/>' for each in _DATA["provinces"].values())
_BRUSSELS = f'<path d="{_DATA["brussels"]["d"]}"><title>Brussels Hoofdstedelijk Gewest</title></path>'

INK, EDGE, PAPER, GREY = "#16211c", "#7b8780", "#fff", "#c4c9c5"
DEEP, SOFT, WARM, PALE = "#10563c", "#d3e6db", "#7a4a00", "#fdf3dd"


@dataclass(frozen=True)
class Look:
    """How a municipality is drawn: the colour beneath, and the pattern on it, if any."""

    code: str
    fill: str
    pattern: str = ""
    size: int = 60  # units of the map

    @property
    def paint(self) -> str:
        """What to fill a shape with."""
        return f"url(#reach-{self.code})" if self.pattern else self.fill

    @property
    def definition(self) -> str:
        """The pattern, as the drawing defines it."""
        if not self.pattern:
            return ""
        tile = f'<rect width="{self.size}" height="{self.size}" fill="{self.fill}"/>'
        return (
            f'<pattern id="reach-{self.code}" width="{self.size}" height="{self.size}" '
            f'patternUnits="userSpaceOnUse">{tile}{self.pattern}</pattern>'
        )


FULL = Look("full", DEEP)
STRIPES = Look(
    "stripes", SOFT, f'<path d="M-15 15L15-15M0 60L60 0M45 75L75 45" stroke="{DEEP}" stroke-width="15"/>'
)
DOTS = Look("dots", PALE, f'<circle cx="30" cy="30" r="15" fill="{WARM}"/>')
EMPTY = Look("empty", PAPER)
LEFT_OUT = Look("left-out", "#eceeec", f'<path d="M0 30H60" stroke="{GREY}" stroke-width="6"/>')
BRUSSELS = Look("brussels", GREY)
LOOKS = (FULL, STRIPES, DOTS, EMPTY, LEFT_OUT)
_DEFINITIONS = f"<defs>{''.join(look.definition for look in LOOKS)}</defs>"


@dataclass(frozen=True)
class Shape:
    """One municipality of the map: its NIS code, its look, and what to say of it."""

    code: str
    look: Look
    words: str


def _drawn(shapes: Sequence[Shape], *, with_words: bool) -> str:
    by_look: dict[Look, list[str]] = defaultdict(list)
    for shape in shapes:
        words = f"<title>{escape(shape.words)}</title>" if with_words else ""
        by_look[shape.look].append(f'<path d="{_PATHS[shape.code]}">{words}</path>')
    groups = "".join(
        f'<g fill="{look.paint}">{"".join(by_look[look])}</g>' for look in LOOKS if look in by_look
    )
    return (
        f'{_DEFINITIONS}<g stroke="{EDGE}" stroke-width="4" stroke-linejoin="round">{groups}'
        f'<g fill="{BRUSSELS.paint}">{_BRUSSELS}</g></g>'
        f'<g fill="none" stroke="{INK}" stroke-width="9" stroke-linejoin="round">{_OUTLINES}</g>'
    )


def drawing(shapes: Sequence[Shape], *, title: str, description: str, name: str = "flanders") -> SafeString:
    """
    Give the map for a page: one picture to a screen reader, with words at each municipality for a mouse.

    ``name`` starts its ids. Legends of the page may use its patterns.
    """
    return SafeString(
        f'<svg class="reach-drawing" viewBox="{_VIEW}" role="img" focusable="false" '
        f'aria-labelledby="{name}-title {name}-description">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-description">{escape(description)}</desc>{_drawn(shapes, with_words=True)}</svg>'
    )


def standalone(shapes: Sequence[Shape], *, title: str, description: str) -> str:
    """Give the map as a file of its own, for a document; it has no legend and no words in it."""
    width, height = _VIEW.split()[2:]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_VIEW}" width="{width}" height="{height}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f"{_drawn(shapes, with_words=False)}</svg>"
    )


def _sample(look: Look) -> str:
    return (
        f'<rect x="6" y="6" width="228" height="148" fill="{look.paint}" stroke="{EDGE}" stroke-width="12"/>'
    )


def swatch(look: Look) -> SafeString:
    """Give a sample of a look, for the legend on a page that has the drawing."""
    return SafeString(
        '<svg class="reach-swatch" viewBox="0 0 240 160" aria-hidden="true" focusable="false">'
        f"{_sample(look)}</svg>"
    )


def standalone_swatch(look: Look) -> str:
    """Give a sample of a look as a file of its own, for the legend in a document."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 160" width="240" height="160">'
        f"<defs>{look.definition}</defs>"
        f"{_sample(look)}</svg>"
    )
