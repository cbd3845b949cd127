"""Looks into a zip before anything opens it: an XLSX, an ODS, or a zip of CSV files."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from trekker.imports.reading.limits import CELLS, COLUMNS, PARTS, RATIO, UNPACKED_SIZE, Unreadable
from trekker.kernel import zips

CHUNK = 1_000_000
SMALL = 10_000_000  # a part under this may be packed as tightly as it likes
ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# Cells with something in them: Excel writes empty ones, closed at once, for every formatted row.
COLUMN = re.compile(rb"\br=[\"']([A-Za-z]+)[0-9]+[\"'][^>/]*>")
ROW = re.compile(rb"\br=[\"'][A-Za-z]+([0-9]+)[\"'][^>/]*>")
REPEATED = re.compile(
    rb"number-(?:columns|rows)-repeated=\"([0-9]{5,})\"[^>]*>\s*<(?:\w+:)?(?:table-cell|p)\b[^>]*value"
)


def check(path: Path) -> zipfile.ZipFile:
    """
    Open a container after its list of parts was found in order.

    :raises Unreadable: if it is damaged, locked, or unpacks into more than is taken
    """
    try:
        container = zipfile.ZipFile(path)
    except zips.REFUSALS:
        raise Unreadable.broken() from None
    parts = container.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_SIZE:
        raise Unreadable.too_large()
    for part in parts:
        if part.flag_bits & 0x1:
            raise Unreadable(
                "Dit bestand heeft een wachtwoord. Bewaar het zonder wachtwoord en probeer nog eens."
            )
        if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            raise Unreadable.suspicious()
    return container


def check_parts(container: zipfile.ZipFile) -> None:
    """
    Unpack every XML part once, a piece at a time, and refuse what would swell when it is read.

    The size that a part states is a promise: the stream stops there and its checksum must fit.

    :raises Unreadable: if a part defines entities, is damaged, or spans too large a sheet
    """
    for part in container.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        is_sheet = "worksheets/" in part.filename.lower()
        extent = _Extent()
        try:
            with container.open(part) as stream:
                rest = b""
                while piece := stream.read(CHUNK):
                    text = rest + piece
                    if ENTITY.search(text):
                        raise Unreadable.suspicious()
                    if is_sheet:
                        extent.add(text, already=len(rest))
                    elif REPEATED.search(text):
                        raise Unreadable.suspicious()
                    rest = text[-64:]
        except zips.REFUSALS:
            raise Unreadable.broken() from None


class _Extent:
    """Grows with every cell of a sheet; the reader lays out the whole rectangle in memory."""

    def __init__(self) -> None:
        self.cells = self.rows = self.columns = 0

    def add(self, text: bytes, *, already: int) -> None:
        columns = set(COLUMN.findall(text))
        self.columns = max(self.columns, max(map(_column, columns), default=0))
        self.rows = max(self.rows, max(map(int, set(ROW.findall(text))), default=0))
        self.cells += text.count(b"<c ", already) + text.count(b"<c>", already)
        if self.columns > COLUMNS:
            raise Unreadable.too_wide()
        if self.rows * max(self.columns, 1) > CELLS or self.cells > CELLS:
            raise Unreadable.too_large()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def is_workbook(container: zipfile.ZipFile) -> bool:
    """Tell whether a container is an XLSX or ODS rather than a zip of files."""
    names = set(container.namelist())
    return "xl/workbook.xml" in names or "content.xml" in names or "xl/workbook.bin" in names


def texts_in(container: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """
    List the CSV files in a zip.

    :raises Unreadable: if there are none
    """
    found = [
        part
        for part in container.infolist()
        if part.filename.lower().endswith((".csv", ".txt", ".tsv"))
        and not part.filename.startswith("__MACOSX")
    ]
    if not found:
        raise Unreadable("In dit zipbestand zit geen CSV. Pak het uit en kies het bestand met de lijst.")
    return sorted(found, key=lambda part: part.filename)


def plain_name(part: zipfile.ZipInfo) -> str:
    """Give the name of a file in a zip, without its folders and strange characters."""
    return re.sub(r"[^\w.\- ]", "_", PurePosixPath(part.filename.replace("\\", "/")).name)[:100]
