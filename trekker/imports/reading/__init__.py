"""
Reading files from outside, in a process of its own with bounded memory and time.

:func:`read` starts :mod:`trekker.imports.reading.apart`; whatever a hostile or broken file does to
that process, the caller gets rows or a Dutch sentence that says how to go on. Nothing here needs
Django, so that the process starts fast.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from trekker.imports.reading.limits import BLOCK, FILE_SIZE, SECONDS, Unreadable

__all__ = ["BLOCK", "FILE_SIZE", "Table", "Unreadable", "read"]

TOO_HEAVY = "Dit bestand is te zwaar of beschadigd. Bewaar de lijst opnieuw als CSV en probeer dan nog eens."


@dataclass(frozen=True)
class Table:
    """
    The rows of a file, in blocks of at most :data:`BLOCK`, and where they stood.

    A row is a list of texts, as long as its last filled cell; an empty row is an empty list.
    ``facts`` is what shaping the rows told of the whole file.
    """

    sheet: str
    other_sheets: list[str]
    rows: int
    spool: IO[bytes]
    facts: dict[str, Any] = field(default_factory=dict)

    def blocks(self) -> Iterator[list[list[str]]]:
        """Give the rows, a block at a time."""
        self.spool.seek(0)
        for line in self.spool:
            if line.startswith(b"["):
                yield json.loads(line)


class Shaped(Protocol):
    """What makes a plain table of the rows, as :class:`trekker.imports.registry.Shaping` declares it."""

    @property
    def function(self) -> str:
        """Its place, as ``module:name``."""

    @property
    def context(self) -> Mapping[str, Any]:
        """What it needs to know beside the rows."""


@contextmanager
def read(path: Path, shaping: Shaped | None = None) -> Iterator[Table]:
    """
    Read a CSV, XLSX, XLS, ODS or a zip of CSV files; its contents decide what it is, not its name.

    With ``shaping``, the same process makes a plain table of the rows.

    :raises Unreadable: if it cannot be read, with a Dutch sentence that says how to go on
    """
    if path.stat().st_size > FILE_SIZE:
        raise Unreadable.too_large()
    with TemporaryFile() as spool:
        command = [sys.executable, "-m", "trekker.imports.reading.apart", str(path)]
        if shaping:
            command += [shaping.function, json.dumps(dict(shaping.context))]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "MALLOC_ARENA_MAX": "1",
        }
        try:
            subprocess.run(  # noqa: S603 - our own module; the path is one we made
                command,
                stdout=spool,
                stderr=subprocess.DEVNULL,
                env=environment,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable(TOO_HEAVY) from None
        yield _table(spool)


def _table(spool: IO[bytes]) -> Table:
    found: dict = {}
    spool.seek(0)
    for line in spool:
        if line.startswith(b"{"):
            found |= json.loads(line)
    if "error" in found:
        raise Unreadable(found["error"])
    if "rows" not in found:  # it never came to its last line: killed by a limit, or by the file
        raise Unreadable(TOO_HEAVY)
    return Table(found["sheet"], found["others"], found["rows"], spool, found["facts"])
