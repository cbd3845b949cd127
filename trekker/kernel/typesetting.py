"""Typst at work for every document: a program and its facts become a file, in letters that have a shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import typst

ONE_AT_A_TIME = Lock()  # the compiler keeps its fonts, and serves one thread
INSTEAD = "□"  # of a letter that no font here can draw
COMMON = 0x250  # below it lie the letters of western languages, all of which the fonts have
MOST_TRIED = 200  # letters tried one by one; a text with more strange ones gets a square for the others
TRIAL = """
#let it = json(bytes(sys.inputs.at("facts")))
#set document(title: "t")
#set text(lang: "nl")
#it
"""


def font_folder() -> Path:
    """
    Give the folder of the font files beside those in Typst; their package is found without running it.

    :raises LookupError: if the package is not installed
    """
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise LookupError("font-source-sans-pro is not installed")
    return Path(found.origin).parent / "files"


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[str(font_folder())], ignore_system_fonts=True)


def typeset(program: str, facts: Any, **options: Any) -> bytes:
    """Run a program on facts, which come in as data: nothing said in a document can become a command."""
    with ONE_AT_A_TIME:
        made = _compiler().compile(input=program.encode(), sys_inputs={"facts": json.dumps(facts)}, **options)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single file")
    return made


def drawable(facts: Any) -> Any:
    """Put in each text of some facts a square for what has no shape: PDF/UA allows none of that."""
    table = str.maketrans(dict.fromkeys(undrawable(_texts(facts)), INSTEAD))
    return _translated(facts, table)


def _texts(facts: Any) -> Iterator[str]:
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, Mapping):
        yield from _texts(list(facts.values()))
    elif isinstance(facts, list | tuple):
        for each in facts:
            yield from _texts(each)


def _translated(facts: Any, table: Mapping[int, str]) -> Any:
    if isinstance(facts, str):
        return facts.translate(table)
    if isinstance(facts, Mapping):
        return {name: _translated(each, table) for name, each in facts.items()}
    if isinstance(facts, list | tuple):
        return [_translated(each, table) for each in facts]
    return facts


def undrawable(texts: Iterable[str]) -> frozenset[str]:
    """Give the letters in texts that no font here has."""
    strange = {each for text in texts for each in text if ord(each) >= COMMON or not each.isprintable()}
    fresh = sorted(strange - set(_KNOWN))
    if fresh and not _draws("".join(fresh)):
        for place, each in enumerate(fresh):
            _KNOWN[each] = place < MOST_TRIED and _draws(each)
    _KNOWN.update(dict.fromkeys(set(fresh) - set(_KNOWN), True))
    return frozenset(each for each in strange if not _KNOWN[each])


_KNOWN: dict[str, bool] = {}


def _draws(text: str) -> bool:
    try:
        typeset(TRIAL, text, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
