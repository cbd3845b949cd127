"""Takes a file in and settles what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from trekker.imports.actions.keeping import forget_old
from trekker.imports.models import Block, Import, Layout
from trekker.imports.reading import read
from trekker.imports.registry import importers, recognise, signature
from trekker.kernel.models import AnyAccount


class ColumnMissing(Exception):
    """No column was named for something the list cannot do without; the text names it in Dutch."""


def display_name(file_name: str) -> str:
    """Give the name of a file as it may be shown: no folders, no strange characters."""
    bare = file_name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.,()&+ \-]", "_", bare).strip()[-200:] or "bestand"


def _recognise(draft: Import, rows: Sequence[Sequence[str]], header_row: int | None = None) -> None:
    importer = importers[draft.importer]
    found = recognise(importer, rows, draft.file_name, header_row, draft.options)
    layout = Layout.objects.filter(importer=importer.code, signature=signature(found.headings)).first()
    known = {field.code for field in importer.fields_for(draft.options)}
    draft.format = found.format.code if found.format else ""
    draft.header_row, draft.headings = found.header_row, found.headings
    draft.mapping = layout.mapping if layout and layout.mapping.keys() <= known else found.mapping
    draft.options = {**draft.options, **(found.format.options if found.format else {})}
    draft.save()


@transaction.atomic
def _keep(draft: Import, blocks: Iterable[list[list[str]]]) -> Import:
    number = 1
    for rows in blocks:
        if number == 1:
            _recognise(draft, rows)
        Block.objects.create(of=draft, first=number, rows=rows)
        number += len(rows)
    return draft


def take_in(
    *,
    importer: str,
    path: Path,
    file_name: str,
    options: Mapping[str, Any] | None = None,
    by: AnyAccount,
    now: datetime,
) -> Import:
    """
    Read a file, recognise what it is, and keep its rows until they are decided on.

    ``options`` are what was said of the whole list before it was read. Rows of earlier files that
    are past their term are forgotten on the way.

    :raises Unreadable: if it cannot be read; nothing is kept then
    """
    forget_old(now=now)
    said = dict(options or {})
    with read(path, importers[importer].shaping(said)) as table:
        draft = Import(
            importer=importer,
            file_name=display_name(file_name),
            sheet=table.sheet[:100],
            rows_read=table.rows,
            options={**said, **table.facts},
            created_by=by,
            created_at=now,
        )
        return _keep(draft, table.blocks())


@transaction.atomic
def move_headings(*, draft: Import, header_row: int) -> Import:
    """Take another row as the one with the headings, 0 for none, and recognise the columns anew."""
    first = draft.blocks.order_by("first")[0]
    _recognise(draft, first.rows, header_row)
    return draft


@transaction.atomic
def settle(*, draft: Import, mapping: Mapping[str, int], options: Mapping[str, Any], now: datetime) -> Import:
    """
    Settle which column holds what, remember it for files with these headings, and ask for a comparison.

    :raises ColumnMissing: if a required field has no column
    """
    fields = importers[draft.importer].fields_for(options)
    for field in fields:
        stand_ins = {other.code for other in fields if other.stands_in_for == field.code}
        if field.required and not ({field.code, *stand_ins} & mapping.keys()):
            raise ColumnMissing(f"Kies de kolom met “{field.label}”. Zonder die kolom lukt het niet.")
    draft.mapping, draft.options = dict(mapping), dict(options)
    if draft.header_row:
        Layout.objects.update_or_create(
            importer=draft.importer, signature=signature(draft.headings), defaults={"mapping": draft.mapping}
        )
    draft.status, draft.failure = Import.Status.MATCHING, ""
    draft.attempt += 1
    draft.rows_done, draft.began_at, draft.beat_at = 0, now, now
    draft.save()
    return draft
