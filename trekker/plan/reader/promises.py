"""Which paragraphs without a bullet in a list of indicators are promises too."""

from __future__ import annotations

import re
from collections.abc import Callable

from trekker.plan.reader import targets
from trekker.plan.reader.blocks import TITLE_WORDS, Kind, Outline
from trekker.plan.reader.codes import Code
from trekker.plan.reader.proposal import Caution

# What opens like this asks for a text, not for a number.
NARRATIVE = re.compile(
    r"^\W*(?:een\s+)?(?:\w+\s+)?(?:beschrijving|verslag|overzicht|rapport|nota|analyse|evaluatie|omschrijving|samenvatting)\w*\b",
    re.IGNORECASE,
)
# A number this early in a paragraph is likely what it promises.
EARLY = 25


def decide(found: Outline, meant: Callable[[str], str]) -> None:
    """Make of every paragraph without bullet in a list of indicators a promise or plain text."""
    bulleted = {block.goal for block in found.blocks if block.kind is Kind.ITEM and block.bulleted}
    ended: set[Code | None] = set()
    for block in found.blocks:
        if block.kind is not Kind.LOOSE:
            continue
        text = meant(block.text)
        where = tuple(block.owned[:1]) or tuple(piece.line for piece in block.pieces[:1])
        if _promises(text, in_bulleted_list=block.goal in bulleted, ended=block.goal in ended):
            block.kind, block.certainty = Kind.ITEM, 0.9
            if block.goal in bulleted:
                say = "Deze indicator staat er zonder opsommingsteken. Is het er een?"
                found.warnings.append(Caution(code="no_bullet", text=say, source_lines=where))
        else:
            block.kind = Kind.TEXT
            ended.add(block.goal)
            if targets.find(text).targets or len(text.split()) <= TITLE_WORDS:
                say = "Dit staat bij de indicatoren, maar leest niet als indicator. Kijk dit na."
                found.warnings.append(Caution(code="loose_text", text=say, source_lines=where))


def _promises(text: str, *, in_bulleted_list: bool, ended: bool) -> bool:
    if text.endswith(":"):
        return False
    found = targets.find(text).targets
    if not found:
        return bool(NARRATIVE.match(text) or targets.OPENER.match(text))
    first = found[0]
    if not first.assumed:
        return True
    if ended:
        return False
    early = first.start <= (EARLY if in_bulleted_list else 2 * EARLY)
    return text[0].islower() or (early and not first.article)
