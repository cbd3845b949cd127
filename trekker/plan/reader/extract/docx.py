"""Lines of a Word document: headings, paragraphs, lists and tables, in the order of the page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from trekker.kernel import zips
from trekker.plan.reader.extract.errors import BrokenFile, EncryptedFile, FileTooLarge, UnknownFileType

MOST_MEMBERS = 2_000
MOST_UNPACKED = 40_000_000
MOST_TEXT_PART = 10_000_000
MOST_RATIO = 200
SMALL = 1_000_000
LABELLED = 2
BULLET = "• "
# One paragraph in five that goes on after a line of some length: the document holds lines.
AMID_SHARE = 5
AMID_FROM = 40


def lines(content: bytes) -> list[str]:
    """
    Give the paragraphs of a Word document as lines, with a blank line between them.

    A list item starts with a bullet; the cells of a table row stand on one line, after a colon
    where the first cell is a label.

    :raises UnreadableFile: if it is no Word document, broken, encrypted, or unpacks to too much
    """
    _guard(content)
    try:
        document = docx.Document(io.BytesIO(content))
        blocks = list(document.iter_inner_content())
        return list(_lines(blocks, by_line=_is_line_by_line(blocks)))
    except (KeyError, ValueError, AttributeError, zipfile.BadZipFile, etree.LxmlError, OSError) as error:
        raise BrokenFile from error


def _guard(content: bytes) -> None:
    """Look at the package from outside before anything in it is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
                raise FileTooLarge
            for each in members:
                _guard_member(package, each)
            if "word/document.xml" not in package.namelist():
                raise UnknownFileType
    except zips.REFUSALS as error:
        raise BrokenFile from error


def _guard_member(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 1:
        raise EncryptedFile
    is_text = member.filename.endswith((".xml", ".rels"))
    packed_hard = member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1)
    if packed_hard or (is_text and member.file_size > MOST_TEXT_PART):
        raise FileTooLarge
    if is_text:
        with package.open(member) as part:
            # A Word file has no document type; one that has may hide entities that grow.
            if b"<!DOCTYPE" in part.read(MOST_TEXT_PART).upper():
                raise BrokenFile


def _is_line_by_line(blocks: Sequence[Paragraph | Table]) -> bool:
    """Whether every line was pasted as a paragraph, so that many begin in the middle of a sentence."""
    texts = [text for each in blocks if isinstance(each, Paragraph) and (text := each.text.strip())]
    amid = sum(
        1
        for before, after in pairwise(texts)
        if after[0].islower() and len(before) > AMID_FROM and before[-1] not in ".:;!?"
    )
    return amid * AMID_SHARE > len(texts)


def _lines(blocks: Sequence[Paragraph | Table], *, by_line: bool) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _rows(block)
            yield ""
        elif text := block.text.strip():
            yield from (BULLET + text if _is_item(block) else text).split("\n")
            if not by_line:
                yield ""
        else:
            yield ""


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
        if len(cells) == LABELLED:
            yield f"{cells[0].rstrip(':')}: {' '.join(cells[1].split())}"
        elif cells:
            yield " ".join(" ".join(cell.split()) for cell in cells)


def _is_item(paragraph: Paragraph) -> bool:
    style = paragraph.style.name if paragraph.style is not None else ""
    if style.startswith("Heading"):
        return False
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public word for list numbering
    return style.startswith(("List Bullet", "List Number", "Lijst")) or (
        properties is not None and properties.find(qn("w:numPr")) is not None
    )
