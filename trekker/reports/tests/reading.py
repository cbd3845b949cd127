"""Reading reports back as a reader does: the words of a PDF, a page and a document, the cells of a sheet."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import html5lib
import pypdfium2
from docx.table import Table
from python_calamine import load_workbook

from trekker.reports.contents import Contents
from trekker.reports.formats import writing

SPACES = re.compile(r"\s+")
INVISIBLE = re.compile("[\u00ad\u200b\ufffe\ufeff\u0002]")


def written(contents: Contents, code: str) -> bytes:
    """Write contents in a format."""
    target = BytesIO()
    writing.write(contents, code, target)
    return target.getvalue()


def plain(text: str) -> str:
    """Give text with single spaces, and without signs that only say where a word may break."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


def pdf_pages(data: bytes) -> list[str]:
    """Give the text of each page, in the order of the file; words broken at a line end are whole."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            pages.append(
                plain(re.sub(r"[\ufffe\u0002-]\r?\n", "", text.get_text_range().replace("\u00ad", "")))
            )
            text.close()
            page.close()
        return pages
    finally:
        document.close()


def html_words(data: bytes) -> list[str]:
    """Give the words of the content of a page, in order."""
    tree = html5lib.parse(data, namespaceHTMLElements=False)
    return plain(" ".join(tree.find("body").itertext())).split(" ")


def word_text(data: bytes) -> str:
    """Give the text of a Word document, paragraphs and tables in order."""
    document = docx.Document(BytesIO(data))
    parts = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            parts += [cell.text for row in block.rows for cell in row.cells]
        else:
            parts.append(block.text)
    return plain(" ".join(parts))


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    """Give the cells of each sheet by name."""
    book = load_workbook(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
