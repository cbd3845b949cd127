"""Lines of a PDF that has a layer of text, in reading order, with blank lines where the page has room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from trekker.plan.reader.extract.errors import BrokenFile, EncryptedFile, FileTooLarge, ScannedFile

MOST_PAGES = 300
MOST_PAGE_CHARACTERS = 40_000
# PDFium's own mark for a hyphen at the end of a line.
HYPHEN = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-"})
# Paragraphs stand further apart than the lines in them.
APART = 1.45


@dataclass(frozen=True)
class Part:
    """A run of text on a page and its place, from the bottom left, in points."""

    left: float
    bottom: float
    top: float
    text: str


def lines(content: bytes) -> list[str]:
    """
    Give the lines of the text layer.

    :raises UnreadableFile: if the PDF is encrypted, broken, too long, or only pictures
    """
    document = _opened(content)
    try:
        if len(document) > MOST_PAGES:
            raise FileTooLarge
        found = [line for number in range(len(document)) for line in [*_page(document[number]), ""]]
    except pypdfium2.PdfiumError as error:
        raise BrokenFile from error
    finally:
        document.close()
    if not any(line.strip() for line in found):
        raise ScannedFile
    return found


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise EncryptedFile from error
        raise BrokenFile from error


def _page(page: pypdfium2.PdfPage) -> Iterator[str]:
    text = page.get_textpage()
    if text.count_chars() > MOST_PAGE_CHARACTERS:
        raise FileTooLarge
    parts = []
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        parts.append(
            Part(left, bottom, top, text.get_text_bounded(left, bottom, right, top).translate(HYPHEN).strip())
        )
    rows = list(_rows([part for part in parts if part.text]))
    steps = [above[0].bottom - below[0].bottom for above, below in pairwise(rows)]
    usual = median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0
    for at, row in enumerate(rows):
        if at and (steps[at - 1] > APART * usual or steps[at - 1] < 0):
            yield ""
        yield " ".join(part.text for part in sorted(row, key=lambda part: part.left))


def _rows(parts: list[Part]) -> Iterator[list[Part]]:
    """Put together what stands on one line; the order is that of the page's own text."""
    row: list[Part] = []
    for part in parts:
        if row and not (part.bottom < row[-1].top and part.top > row[-1].bottom and part.left >= row[0].left):
            yield row
            row = []
        row.append(part)
    if row:
        yield row
