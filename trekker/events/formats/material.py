"""Looks into a file that staff add to an event, and refuses what is not what its name says."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from PIL import Image

from trekker.kernel import zips

LARGEST = 25 * 1024 * 1024
PARTS, UNPACKED, RATIO = 5_000, 500 * 1024 * 1024, 200
PIXELS = 50_000_000
START_OF_PAGE = (b"<html", b"<script", b"<!doctype", b"<svg", b"<body")
ZIP_END, ZIP_END_SIZE = b"PK\x05\x06", 22
# The part that makes an Office file what its name says.
MAIN_PART = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
ALLOWED = ("pdf", *MAIN_PART, *OPEN_DOCUMENT, "png", "jpg", "jpeg")
LISTED = "PDF, PowerPoint, Word, Excel, ODT, ODP, PNG of JPG"


class WrongFile(Exception):
    """A file is refused; the exception says in Dutch why, and what helps."""


def checked(name: str, file: IO[bytes]) -> tuple[str, IO[bytes]]:
    """
    Give the extension of a file and what to keep of it: pictures are drawn anew, the rest stays as it is.

    :raises WrongFile: if its name, its size or what is in it is not what we take
    """
    if any(mark in name for mark in ("/", "\\", "..", "\0")):
        raise WrongFile("De naam van dit bestand klopt niet. Geef het een gewone naam en probeer opnieuw.")
    extension = PurePosixPath(name.lower()).suffix.removeprefix(".")
    if extension not in ALLOWED:
        raise WrongFile(f"Dit soort bestand nemen we niet. Kies {LISTED}.")
    if _size(file) > LARGEST:
        raise WrongFile("Dit bestand is groter dan 25 MB. Maak het kleiner, of geef een link.")
    look = _pdf if extension == "pdf" else _picture if extension in {"png", "jpg", "jpeg"} else _container
    return extension, look(extension, file)


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _not_as_named(extension: str) -> WrongFile:
    return WrongFile(
        f"Dit bestand heet .{extension}, maar het is iets anders, of het is stuk. Bewaar het opnieuw."
    )


def _pdf(extension: str, file: IO[bytes]) -> IO[bytes]:
    start = file.read(1024)
    file.seek(0)
    if not start.startswith(b"%PDF-") or _reads_as_page(start) or zipfile.is_zipfile(file):
        raise _not_as_named(extension)
    size = _size(file)
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise _not_as_named(extension)
    file.seek(0)
    return file


def _reads_as_page(start: bytes) -> bool:
    return any(mark in start.lower() for mark in START_OF_PAGE)


def _picture(extension: str, file: IO[bytes]) -> IO[bytes]:
    """Draw the picture anew, so that nothing but its points stays."""
    wanted = "PNG" if extension == "png" else "JPEG"
    kept = BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[wanted]) as picture:
                if picture.width * picture.height > PIXELS:
                    raise WrongFile("Deze afbeelding heeft te veel punten. Maak ze kleiner.")
                picture.load()
                drawn = picture.copy()
                drawn.info.clear()
                drawn.save(kept, format=wanted)
    # Pillow answers a damaged picture with many sorts of exception, of its own and of Python.
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Warning, Image.DecompressionBombError):
        raise _not_as_named(extension) from None
    kept.seek(0)
    return kept


def _container(extension: str, file: IO[bytes]) -> IO[bytes]:
    size = _size(file)
    try:
        with zipfile.ZipFile(file) as container:
            _check_parts(extension, container)
            _check_edges(extension, container, file, size)
            look: Callable[[str, zipfile.ZipFile], bool] = (
                _is_open_document if extension in OPEN_DOCUMENT else _is_office
            )
            if not look(extension, container):
                raise _not_as_named(extension)
    except zips.REFUSALS:
        raise _not_as_named(extension) from None
    file.seek(0)
    return file


def _check_parts(extension: str, container: zipfile.ZipFile) -> None:
    parts = container.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > PARTS or unpacked > UNPACKED or unpacked > RATIO * max(packed, 1024):
        raise WrongFile("Dit bestand wordt te groot bij het openen. Maak het kleiner, of geef een link.")
    names = [part.filename for part in parts]
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise _not_as_named(extension)
    if any(
        PurePosixPath(name).name.lower() == "vbaproject.bin" or "basic/" in name.lower() for name in names
    ):
        raise WrongFile("Dit bestand bevat macro's. Bewaar het zonder macro's en probeer opnieuw.")


def _check_edges(extension: str, container: zipfile.ZipFile, file: IO[bytes], size: int) -> None:
    """Refuse anything before the first part and after the last: a file that is two kinds at once."""
    file.seek(0)
    start = file.read(4)
    file.seek(max(0, size - ZIP_END_SIZE))
    end = file.read()
    if start != b"PK\x03\x04" or not end.startswith(ZIP_END) or container.comment:
        raise _not_as_named(extension)
    if min(part.header_offset for part in container.infolist()) != 0:
        raise _not_as_named(extension)


def _is_office(extension: str, container: zipfile.ZipFile) -> bool:
    names = set(container.namelist())
    return "[Content_Types].xml" in names and MAIN_PART[extension] in names


def _is_open_document(extension: str, container: zipfile.ZipFile) -> bool:
    first = container.infolist()[0]
    if first.filename != "mimetype" or first.file_size > 200:  # noqa: PLR2004 - longer than any name of a kind
        return False
    return container.read(first).decode("ascii", errors="replace").strip() == OPEN_DOCUMENT[extension]
