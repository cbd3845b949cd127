"""Reads text with separators: any delimiter, and the encodings that Excel, Teams and mailers write."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO

from trekker.imports.reading.cells import row_of
from trekker.imports.reading.limits import LINE, Unreadable

Open = Callable[[], IO[bytes]]
DELIMITERS = "\t;,|"
SAMPLE = 65_536
LINE_BREAKS = 200  # more in one cell means that a quotation mark was never closed
BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|svg)", re.IGNORECASE)
OPEN_QUOTE = (
    "Ergens begint een cel met een aanhalingsteken dat nergens eindigt. "
    "Bewaar de lijst opnieuw als CSV of XLSX en probeer nog eens."
)


def encoding_of(open_file: Open) -> str:
    """
    Tell how the text is encoded: by its mark, by zeros in every second byte, else UTF-8 or cp1252.

    :raises Unreadable: if it is no text
    """
    with open_file() as file:
        start = file.read(SAMPLE)
    if start.startswith(BINARY):
        raise Unreadable.no_table()
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = max(len(start) // 2, 1)
    if start[1::2].count(0) > half * 0.6:
        return "utf-16-le"
    if start[::2].count(0) > half * 0.6:
        return "utf-16-be"
    if b"\0" in start:
        raise Unreadable.no_table()
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open_file() as file:
        try:
            while chunk := file.read(SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def delimiter_of(sample: str) -> str:
    """
    Tell which separator cuts the most lines into the same number of cells.

    A tab on half of the lines settles it. A comma before a space belongs to the text, as in a day
    and its hour or in «Peeters, An», unless nothing else separates and the first line has it too.
    """
    lines = [line for line in sample.splitlines() if line.strip()]
    if lines and sum("\t" in line for line in lines) * 2 >= len(lines):
        return "\t"
    tight = sample.replace(", ", " ")
    best = max(DELIMITERS, key=lambda delimiter: _score(tight, delimiter))
    return "," if lines and not any(_score(tight, best)) and ", " in lines[0] else best


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0
    width, times = widths.most_common(1)[0]
    return times / len(rows) * min(width, 4), width


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(LINE):
        if len(line) == LINE:
            raise Unreadable.no_table()
        yield line


def rows_of(open_file: Open) -> Iterator[list[str]]:
    """
    Give the rows of a text, as texts.

    :raises Unreadable: if it is no table
    """
    encoding = encoding_of(open_file)
    with open_file() as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as file:
        sample = list(islice(_lines(file), 60))
    if sample and MARKUP.match(sample[0]):
        raise Unreadable.no_table()
    stated = re.match(r"\ufeff?\"?sep=(.)", sample[0]) if sample else None
    try:
        delimiter = stated[1] if stated else delimiter_of("".join(sample))
        with open_file() as raw, io.TextIOWrapper(raw, encoding, errors="replace", newline="") as file:
            lines = _lines(file)
            if stated:
                next(lines)
            for row in csv.reader(lines, delimiter=delimiter):
                if max(map(len, row), default=0) > LINE_BREAKS and any(
                    cell.count("\n") > LINE_BREAKS for cell in row
                ):
                    raise Unreadable(OPEN_QUOTE)
                yield row_of(row)
    except csv.Error:
        raise Unreadable(OPEN_QUOTE) from None
    except UnicodeError:  # utf-16 that stops halfway a character
        raise Unreadable.broken() from None
