"""The words that differ between two texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
ALIKE = 0.35  # below this, two texts share too little to mark single words


@dataclass(frozen=True)
class Run:
    """Words that follow each other: the same in both texts, or only in this one."""

    text: str
    differs: bool


def marked(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """
    Give both texts as runs of words, each said to be the same or not; joined they are the texts again.

    Texts that share little differ as a whole.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _run(before, differs=True), _run(after, differs=True)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for how, start, stop, begin, end in matcher.get_opcodes():
        left.append(("".join(old[start:stop]), how != "equal"))
        right.append(("".join(new[begin:end]), how != "equal"))
    return _joined(left), _joined(right)


def _run(text: str, *, differs: bool) -> tuple[Run, ...]:
    return (Run(text, differs),) if text else ()


def _joined(runs: list[tuple[str, bool]]) -> tuple[Run, ...]:
    """Join what differs over a single space, so that a reader sees whole changes."""
    found: list[tuple[str, bool]] = []
    for place, (text, same) in enumerate(runs):
        between = 0 < place < len(runs) - 1 and text.isspace()
        differs = same or (between and runs[place - 1][1] and runs[place + 1][1])
        if not text:
            continue
        if found and found[-1][1] == differs:
            found[-1] = (found[-1][0] + text, differs)
        else:
            found.append((text, differs))
    return tuple(Run(*each) for each in found)
