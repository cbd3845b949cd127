"""Lines that are no part of the plan's text: page numbers, links, running heads, the contents."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from trekker.plan.reader import codes, marks

OFTEN = 3
SHORTEST_HEAD = 6
LONGEST_HEAD = 100
MOST_HEADS = 50
# Pages may lack a number here and there; wraps of a title in the contents take a line or two.
STEP = 2
# After these words a number on a line of its own is the rest of a sentence, not a page.
AWAITS_NUMBER = re.compile(
    r"(?:minstens|minimaal|minste|minimum|vanaf|maximaal|hoogstens|van|en|of|tot|tussen|dan|≥|>)\s*$",
    re.IGNORECASE,
)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).lower()


def _may_be_head(line: str) -> bool:
    text = line.strip()
    return (
        SHORTEST_HEAD <= len(text) <= LONGEST_HEAD
        and not text[0].islower()
        and not text.endswith((".", ";", ":", ","))
        and not marks.BULLET.match(line)
        and marks.heading(line, marks.INDICATOR_WORDS) is None
        and marks.label(line) is None
        and " " in text
    )


def _running_heads(lines: list[str]) -> set[int]:
    shapes = Counter(_shape(line) for line in lines if line.strip() and _may_be_head(line))
    heads = {shape for shape, count in shapes.most_common(MOST_HEADS) if count >= OFTEN}
    if not heads:
        return set()
    lengths = {len(head) + off for head in heads for off in (-2, -1, 0, 1, 2)}
    return {
        at
        for at, line in enumerate(lines)
        if line.strip()
        and len(shape := _shape(line)) in lengths
        and any(Levenshtein.distance(shape, head, score_cutoff=2) <= min(2, len(head) // 8) for head in heads)
    }


def _counting_up(lines: list[str]) -> set[int]:
    """Give the places of bare numbers that count the pages from start to end."""
    bare = [(at, int(line)) for at, line in enumerate(lines) if re.fullmatch(r"\s*\d{1,3}\s*", line)]
    rising = all(0 < after - before <= STEP for (_, before), (_, after) in pairwise(bare))
    return {at for at, _ in bare} if len(bare) >= OFTEN and rising else set()


def find(lines: list[str]) -> set[int]:
    """Give the places of the lines that are links, page numbers or running heads."""
    found = _running_heads(lines) | _counting_up(lines)
    before = ""
    for at, line in enumerate(lines):
        if marks.LINK.match(line) or (marks.PAGE_NUMBER.match(line) and not AWAITS_NUMBER.search(before)):
            found.add(at)
        elif line.strip() and at not in found:
            before = line
    return found


def contents(lines: list[str]) -> set[int]:
    """
    Give the places of the lines of a table of contents.

    Those are lines that end in leaders and a page, or codes close together that all come back later.
    """
    found: set[int] = set()
    run: list[tuple[int, codes.Found]] = []
    filled = [(at, line) for at, line in enumerate(lines) if line.strip()]
    placed = [(at, codes.written(line) or codes.numbered(marks.LEADERS.sub("", line))) for at, line in filled]
    last: dict[codes.Code, int] = {each.code: at for at, each in placed if each}
    skipped = 0
    for at, each in [*placed, (len(lines), None)]:
        if each and last[each.code] > at:
            run.append((at, each))
            skipped = 0
        elif (
            not each
            and at < len(lines)
            and skipped < STEP
            and not marks.heading(lines[at], marks.INDICATOR_WORDS)
        ):
            skipped += 1
        else:
            if len(run) >= OFTEN:
                found.update(range(run[0][0], run[-1][0] + 1))
            run, skipped = [], 0
    for at, line in filled:
        opens = (head := marks.heading(line, marks.CONTENTS)) is not None and not head.after
        if opens or (marks.LEADERS.search(line) and re.search(r"[^\W\d_]{3}", line)):
            found.add(at)
    return {at for at in found if lines[at].strip()}
