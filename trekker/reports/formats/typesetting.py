"""Typst at work for documents: accessible PDF, drawings as pictures, and which letters the fonts have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import Any

import typst

from trekker.reports.formats import style

ONE_AT_A_TIME = Lock()  # the compiler keeps its fonts, and serves one thread
STANDARDS = ("ua-1", "a-2a")  # for every reader, and for the archive
INSTEAD = "□"  # of a letter that no font here can draw
COMMON = 0x250  # below it lie the letters of western languages, all of which the fonts have
MOST_TRIED = 200  # letters tried one by one; a text with more strange ones gets a square for the others
TRIAL = """
#let it = json(bytes(sys.inputs.at("facts")))
#set document(title: "t")
#set text(lang: "nl", font: it.fonts)
#it.text
"""
DRAWING = """
#let it = json(bytes(sys.inputs.at("facts")))
#set page(width: it.width * 1pt, height: auto, margin: 0pt)
#set text(font: it.fonts)
#image(bytes(it.svg), format: "svg", width: 100%)
"""


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[str(style.font_folder())], ignore_system_fonts=True)


def _compile(program: str, facts: Mapping[str, Any], **options: Any) -> bytes:
    """Run a program on facts, which come in as data: nothing said in a report can become a command."""
    inputs = {"facts": json.dumps({**facts, "fonts": style.FONTS})}
    with ONE_AT_A_TIME:
        made = _compiler().compile(input=program.encode(), sys_inputs=inputs, **options)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single file")
    return made


def pdf(program: str, facts: Mapping[str, Any], made_at: datetime) -> bytes:
    """Set a document as PDF/UA-1 and PDF/A-2a; the same facts and moment give the same file."""
    stamp = made_at.replace(microsecond=0)
    return _compile(program, facts, format="pdf", pdf_standards=list(STANDARDS), timestamp=stamp)


def png(svg: str, *, width: float, ppi: float = 200) -> bytes:
    """Turn a drawing into a picture, ``width`` points wide: for a format that takes no SVG."""
    return _compile(DRAWING, {"svg": svg, "width": width}, format="png", ppi=ppi)


def undrawable(texts: Iterable[str]) -> frozenset[str]:
    """Give the letters in texts that no font here has: PDF/UA allows none of them."""
    strange = {each for text in texts for each in text if ord(each) >= COMMON}
    fresh = sorted(strange - set(_KNOWN))
    if fresh and not _draws("".join(fresh)):
        for place, each in enumerate(fresh):
            _KNOWN[each] = place < MOST_TRIED and _draws(each)
    _KNOWN.update(dict.fromkeys(set(fresh) - set(_KNOWN), True))
    return frozenset(each for each in strange if not _KNOWN[each])


_KNOWN: dict[str, bool] = {}


def _draws(text: str) -> bool:
    try:
        _compile(TRIAL, {"text": text}, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
