"""Typst at work for reports: accessible PDF that lasts, and drawings as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trekker.kernel.typesetting import INSTEAD, typeset, undrawable
from trekker.reports.formats import style

__all__ = ["INSTEAD", "pdf", "png", "undrawable"]

STANDARDS = ("ua-1", "a-2a")  # for every reader, and for the archive
DRAWING = """
#let it = json(bytes(sys.inputs.at("facts")))
#set page(width: it.width * 1pt, height: auto, margin: 0pt)
#set text(font: it.fonts)
#image(bytes(it.svg), format: "svg", width: 100%)
"""


def pdf(program: str, facts: Mapping[str, Any], made_at: datetime) -> bytes:
    """Set a document as PDF/UA-1 and PDF/A-2a; the same facts and moment give the same file."""
    stamp = made_at.replace(microsecond=0)
    said = {**facts, "fonts": style.FONTS}
    return typeset(program, said, format="pdf", pdf_standards=list(STANDARDS), timestamp=stamp)


def png(svg: str, *, width: float, ppi: float = 200) -> bytes:
    """Turn a drawing into a picture, ``width`` points wide: for a format that takes no SVG."""
    said = {"svg": svg, "width": width, "fonts": style.FONTS}
    return typeset(DRAWING, said, format="png", ppi=ppi)
