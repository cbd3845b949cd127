"""Every sentence on a screen or in a mail is plain Dutch: short, and easy to read together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import html5lib
import pytest
from django.template.base import DebugLexer, TokenType

from tests.page import BLOCKS, blocks
from trekker.kernel import plain
from trekker.kernel.measures import catalogue

SOURCE = Path(__file__).parents[1] / "trekker"
# The demo's plan speaks as plans do; that is what the reader must be able to read.
NOT_SCREEN = {"tests", "migrations", "demo"}
QUOTED = re.compile(r"""^(?:translate|trans)\s+(["'])(?P<text>.*?)\1""")
SENTENCE = re.compile(r"[.?!]$")


def files(pattern: str) -> list[Path]:
    found = (path for path in SOURCE.rglob(pattern) if not NOT_SCREEN & set(path.parts))
    return sorted(found)


def in_template(path: Path) -> Iterator[str]:
    """List the blocks of text of a template; what is filled in later counts as one word."""
    pieces = []
    for token in DebugLexer(path.read_text(encoding="utf-8")).tokenize():
        quoted = QUOTED.match(token.contents) if token.token_type is TokenType.BLOCK else None
        if token.token_type is TokenType.TEXT:
            pieces.append(token.contents)
        elif token.token_type is TokenType.VAR:
            pieces.append("iets")
        elif quoted and " as " not in token.contents:
            pieces.append(quoted["text"])
        elif quoted:
            yield quoted["text"]
    text = "".join(pieces)
    if path.suffix == ".txt":
        yield from re.split(r"\n\s*\n", text)
    else:
        yield from blocks(html5lib.parse(text, namespaceHTMLElements=False), BLOCKS)


def in_code(path: Path) -> Iterator[str]:
    """List the texts in code that end as a sentence does, apart from docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "iets" for part in node.values)
            text = "".join(parts)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside | docstrings
        ):
            text = node.value
        else:
            continue
        if " " in text and SENTENCE.search(text.strip()):
            yield text


def too_long(texts: Iterator[str]) -> list[str]:
    return [
        sentence for sentence in plain.read(texts).sentences if len(plain.words(sentence)) > plain.MOST_WORDS
    ]


@pytest.mark.parametrize(
    "path", [*files("*.html"), *files("*.txt")], ids=lambda path: str(path.relative_to(SOURCE))
)
def test_no_sentence_in_a_template_is_too_long(path):
    assert too_long(in_template(path)) == []


@pytest.mark.parametrize("path", files("*.py"), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_sentence_in_the_code_is_too_long(path):
    assert too_long(in_code(path)) == []


def test_no_definition_of_a_measure_holds_a_sentence_that_is_too_long():
    assert too_long(measure.definition for measure in catalogue.values()) == []


def test_all_templates_together_read_easily():
    reading = plain.read(chain.from_iterable(in_template(path) for path in files("*.html")))

    assert reading.average <= plain.MOST_ON_AVERAGE
    assert reading.ease >= plain.LEAST_EASE


def test_the_reading_sees_what_a_template_says(tmp_path):
    template = tmp_path / "x.html"
    template.write_text('<p>{% translate "Dag allemaal." %} {{ name }} is er.</p>{% translate "Zoek" as a %}')

    assert sorted(in_template(template)) == ["Dag allemaal. iets is er.", "Zoek"]


def test_the_reading_sees_sentences_in_code_but_no_docstrings(tmp_path):
    code = tmp_path / "x.py"
    code.write_text('"""Not this one."""\nA = "Dit wel."\nB = f"En {A} ook."\nC = "dit niet"\n')

    assert sorted(in_code(code)) == ["Dit wel.", "En iets ook."]
