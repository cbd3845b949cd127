"""Lines of plain text, in the encodings that office programs write."""

from __future__ import annotations

import codecs

from trekker.plan.reader.extract.errors import UnknownFileType

CONTROL = {chr(code) for code in range(32)} - {"\t", "\n", "\r", "\f", "\v"}
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def lines(content: bytes) -> list[str]:
    """
    Give the lines of a text in UTF-8, UTF-16 or Windows-1252.

    :raises UnknownFileType: if it is no text in any of these
    """
    text = _decoded(content)
    if CONTROL & set(text):
        raise UnknownFileType
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")


def _decoded(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if content[1::2].count(0) > len(content) // 4:
        return _strict(content, "utf-16-le")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(content, "cp1252")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownFileType from error
