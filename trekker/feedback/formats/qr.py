"""A link as a QR code, to draw in a page as SVG without any style of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # modules of white around it, as the standard asks


@dataclass(frozen=True)
class Code:
    """A QR code: the length of its side in modules, and the path of all that is black."""

    side: int
    path: str


def code_of(text: str) -> Code:
    """Draw a text as a QR code that still reads with a seventh of it covered."""
    made = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    made.add_data(text)
    rows = made.get_matrix()
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        for is_black, run in groupby(row):
            width = len(list(run))
            if is_black:
                strokes.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return Code(len(rows), "".join(strokes))
