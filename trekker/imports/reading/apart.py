"""
The process that opens a file: ``python -m trekker.imports.reading.apart FILE [SHAPE CONTEXT]``.

Writes one JSON line per block of rows and a last line with what it found, or a line with an error.
Its memory and time are bounded by the operating system, so that no file can hurt the caller.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from trekker.imports.reading import containers, text
from trekker.imports.reading.cells import row_of
from trekker.imports.reading.limits import BLOCK, MEMORY, ROWS, SECONDS, UNPACKED_SIZE, Unreadable

Rows = Iterator[list[str]]
OLE = b"\xd0\xcf\x11\xe0"
FILE_COLUMN = "Bestand"


def rows_in(path: Path) -> tuple[str, list[str], Rows]:
    """
    Give the name of the sheet, those of other sheets, and the rows.

    :raises Unreadable: if the file cannot be read
    """
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise Unreadable.empty()
    if start == OLE:
        return _sheet_rows(path)
    if start[:2] != b"PK":
        return "", [], text.rows_of(lambda: path.open("rb"))
    container = containers.check(path)
    if containers.is_workbook(container):
        containers.check_parts(container)
        container.close()
        return _sheet_rows(path)
    if "word/document.xml" in container.namelist():
        raise Unreadable.no_table()
    return "", [], _zipped_rows(container)


def _sheet_rows(path: Path) -> tuple[str, list[str], Rows]:
    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > 1 or name == names[-1]:
                break
    except PasswordError:
        raise Unreadable(
            "Dit bestand heeft een wachtwoord. Bewaar het zonder wachtwoord en probeer nog eens."
        ) from None
    except (CalamineError, OSError, ValueError):
        raise Unreadable.broken() from None
    above: Rows = ([] for _ in range(sheet.start[0] if sheet.start else 0))
    return name, [other for other in names if other != name], chain(above, map(row_of, sheet.iter_rows()))


def _zipped_rows(container: zipfile.ZipFile) -> Rows:
    """Put the files of a zip under each other: columns by heading, and one with the file's name."""
    parts = containers.texts_in(container)
    first = [next(iter(text.rows_of(partial(container.open, part))), []) for part in parts]
    headings = list(dict.fromkeys(heading for row in first for heading in row if heading))
    place = {heading: column for column, heading in enumerate(headings)}
    yield [*headings, FILE_COLUMN]
    for part, own in zip(parts, first, strict=True):
        name = containers.plain_name(part)
        for row in islice(text.rows_of(partial(container.open, part)), 1, None):
            placed = [""] * len(headings)
            for heading, cell in zip(own, row, strict=False):
                if heading:
                    placed[place[heading]] = cell
            yield [*placed, name] if row else []


def _say(found: Any) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")


def write(path: Path, shape: str = "", context: str = "{}") -> None:
    """
    Write the rows of the file in blocks, then what was found; ``shape`` makes a plain table of them.

    :raises Unreadable: if the file cannot be read
    """
    sheet, others, rows = rows_in(path)
    facts: dict[str, Any] = {}
    if shape:
        module, _, name = shape.partition(":")
        shaped, facts = getattr(import_module(module), name)(
            list(islice(rows, ROWS + 1)), json.loads(context)
        )
        rows = iter(shaped)
    total = filled = 0
    while block := list(islice(rows, BLOCK)):
        total += len(block)
        filled += sum(map(bool, block))
        if total > ROWS:
            raise Unreadable.too_large()
        _say(block)
    if not filled:
        raise Unreadable.empty()
    _say({"sheet": sheet, "others": others, "rows": total, "facts": facts})


def main() -> None:
    """Bound this process, then read the file named on the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (UNPACKED_SIZE, UNPACKED_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        write(Path(sys.argv[1]), *sys.argv[2:4])
    except Unreadable as problem:
        _say({"error": str(problem)})
    except MemoryError:
        _say({"error": str(Unreadable.too_large())})


if __name__ == "__main__":
    main()
