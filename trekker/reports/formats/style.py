"""
The house style of documents, in one place: the colours of the screens, the fonts, the sizes.

The colours are those of ``ui/tokens.css``, as a document writes them; a test holds both to one another.
"""

from __future__ import annotations

ACCENT = "#10563c"
ACCENT_DEEP = "#093424"
ACCENT_SOFT = "#eaf6f1"
INK = "#16211c"
INK_SOFT = "#435049"
LINE = "#d7ddd6"
EDGE = "#68756d"
PAPER = "#faf8f3"
SURFACE = "#ffffff"
WRONG = "#9b1c13"
WRONG_SOFT = "#fdf0ee"
HEED = "#714400"
HEED_SOFT = "#fdf3dd"

TONES = {
    "reached": ACCENT,
    "running": INK,
    "missed": WRONG,
    "unknown": INK_SOFT,
    "no_register": INK_SOFT,
    "unset": HEED,
}
"""The colour of the word for each state; the word itself always stands there."""

# Source Sans Pro comes with a package; the others are in Typst itself, for what it cannot draw.
FONTS = ("Source Sans Pro", "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
OFFICE_FONT = "Calibri"  # of Word: a document that people go on editing uses a font that they have
BODY, SMALL, TINY = 10.5, 9.0, 8.0  # points
HEADINGS = (22.0, 15.0, 11.5)  # points, by level
LANGUAGE, REGION = "nl", "BE"
