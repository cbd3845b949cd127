"""A report as PDF: accessible (PDF/UA-1), lasting (PDF/A-2a), set in the house style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from trekker.reports.formats import style, typesetting, words
from trekker.reports.formats.document import Document, plain

PROGRAM = (Path(__file__).parent / "report.typ").read_text("utf-8")
DRAWN = "svg"  # the one value that is a drawing and not text


def write(document: Document, made_at: datetime) -> bytes:
    """Set a document; the same document and moment give the same file."""
    bare = plain(document)
    missing = typesetting.undrawable(_texts(bare))
    table = str.maketrans(dict.fromkeys(missing, typesetting.INSTEAD))
    facts = {"it": _set(bare, table), "style": _style(), "mark": MARK}
    return typesetting.pdf(PROGRAM, facts, made_at)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name != DRAWN:
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _set(value: Any, table: Mapping[int, str]) -> Any:
    """Put in each text only letters that can be drawn, and places where a very long word may break."""
    if isinstance(value, str):
        return words.breakable(value.translate(table))
    if isinstance(value, Mapping):
        return {name: each if name == DRAWN else _set(each, table) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_set(each, table) for each in value]
    return value


def _style() -> dict[str, Any]:
    return {
        "accent": style.ACCENT,
        "deep": style.ACCENT_DEEP,
        "soft": style.ACCENT_SOFT,
        "ink": style.INK,
        "quiet": style.INK_SOFT,
        "line": style.LINE,
        "edge": style.EDGE,
        "paper": style.PAPER,
        "surface": style.SURFACE,
        "tones": style.TONES,
        "body": style.BODY,
        "small": style.SMALL,
        "tiny": style.TINY,
        "headings": style.HEADINGS,
        "lang": style.LANGUAGE,
        "region": style.REGION,
    }


# The trekker of the logo, walking over the cover.
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="3 3 24 25" width="240" height="250">'
    f'<g fill="none" stroke="{style.ACCENT_SOFT}" stroke-opacity=".13" stroke-width="2.4" '
    'stroke-linecap="round" stroke-linejoin="round"><path d="M20.5 12.5 15 20.5l-5.5 6M15 20.5l6 6"/>'
    '<path d="M19 15.5 4.5 18.5"/></g>'
    f'<circle cx="22.6" cy="8" r="3.2" fill="{style.ACCENT_SOFT}" fill-opacity=".13"/></svg>'
)
