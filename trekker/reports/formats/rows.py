"""Rows of linked names, written at once: in a template, three hundred of them would cost most of a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

Row = tuple[str, str, str, str, str, str, str]


def list_rows(rows: Iterable[tuple[str, str]]) -> SafeString:
    """Write (address, name) as the items of a list."""
    return SafeString(
        "".join(f'<li><a href="{escape(address)}">{escape(name)}</a></li>' for address, name in rows)
    )


def table_rows(rows: Iterable[Row]) -> SafeString:
    """Write (address, name, province, inhabitants, and three answers) as the rows of a table."""
    return SafeString("\n".join(map(_table_row, rows)))


def _table_row(row: Row) -> str:
    address, name, province, inhabitants, *answers = map(escape, row)
    return (
        f'<tr><th scope="row"><a href="{address}">{name}</a></th><td>{province}</td>'
        f'<td class="tk-number">{inhabitants}</td><td>{"</td><td>".join(answers)}</td></tr>'
    )
