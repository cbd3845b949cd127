"""
The lines of text in a plan document: plain text, Word or PDF, known by its content and its name.

Every refusal is an error of its own with a Dutch sentence that says how to go on; none takes long
or much memory, whatever the file holds.
"""

from __future__ import annotations

from pathlib import PurePath

from trekker.plan.reader.extract import docx, pdf, plain
from trekker.plan.reader.extract.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    ScannedFile,
    UnknownFileType,
    UnreadableFile,
)

__all__ = [
    "BrokenFile",
    "EmptyFile",
    "EncryptedFile",
    "FileTooLarge",
    "ScannedFile",
    "UnknownFileType",
    "UnreadableFile",
    "extract",
]

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 2_000_000
# An old Word file and an encrypted new one look alike from outside.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def extract(content: bytes, name: str) -> list[str]:
    """
    Give the lines of text of a document, without their line ends.

    :raises UnreadableFile: if the file is empty, too large, of an unknown type, encrypted, broken,
        or holds pictures of pages only
    """
    if not content.strip():
        raise EmptyFile
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    lines = _read(content, PurePath(name).suffix.lower())
    if sum(map(len, lines)) > MOST_CHARACTERS:
        raise FileTooLarge
    if not any(line.strip() for line in lines):
        raise EmptyFile
    return lines


def _read(content: bytes, suffix: str) -> list[str]:
    if content.lstrip()[:5] == b"%PDF-":
        return pdf.lines(content)
    if content[:4] == b"PK\x03\x04":
        return docx.lines(content)
    if content[:8] == COMPOUND:
        if ENCRYPTED_PACKAGE in content:
            raise EncryptedFile
        raise UnknownFileType
    if suffix in (".docx", ".pdf"):
        raise BrokenFile
    if suffix not in (".txt", ".text", ".md", ""):
        raise UnknownFileType
    return plain.lines(content)
