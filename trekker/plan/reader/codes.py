"""The codes of goals: SD1, OD1.1, BD 2, AP 2.1, 7.1.1; also where they are misread or spaced."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from trekker.plan.reader.proposal import Level

# How deep each kind of code stands; strategic and operational goals of VVSG, and BBC's own words.
RANKS = {"SD": 0, "BD": 0, "OD": 1, "AP": 1, "AC": 2}
LONG_FORMS = {
    "strategische doelstelling": "SD",
    "operationele doelstelling": "OD",
    "beleidsdoelstelling": "BD",
    "actieplan": "AP",
    "actie": "AC",
}
LEVELS = tuple(Level)
NUMBERS = r"\d{1,2}(?:\s?[.,]\s?\d{1,2}){0,3}"
WRITTEN = re.compile(
    rf"^[^\w]{{0,3}}(?P<prefix>SD|OD|BD|AP|AC)[\s:._-]{{0,2}}(?P<numbers>{NUMBERS})(?=[\s.:)–-])[\s.:)–-]*(?P<title>\S.*)?$"
)
LONG = re.compile(
    rf"^\W{{0,3}}(?P<prefix>{'|'.join(LONG_FORMS)})\s+(?P<numbers>{NUMBERS})(?!\d)[\s.:)–-]*(?P<title>\S.*)?$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\s*(?P<numbers>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>[^\W\d_].*)$")
# A code in the middle of a line, after a sentence: what was once a line of its own.
AMID = re.compile(
    r"(?<=[.!?:;)\]”\"])\s+(?=0?[SOBA0]\s?[DPC0O]\s?[\dIl]{1,2}(?:\s?[.,]\s?[\dIl]{1,2}){0,2}:?\s+[A-Z])"
)
LOOKALIKES = str.maketrans(
    {
        "0": "O",
        "Q": "O",
        "D": "O",
        "5": "S",
        "$": "S",
        "I": "1",
        "l": "1",
        "|": "1",
        "i": "1",
        "8": "B",
        ",": ".",
    }
)
LONGEST = 12


@dataclass(frozen=True, order=True)
class Code:
    """A goal's code: a prefix, absent in plain numbering, and its numbers."""

    numbers: tuple[int, ...]
    prefix: str = ""

    def __str__(self) -> str:
        return self.prefix + ".".join(map(str, self.numbers))


@dataclass(frozen=True)
class Found:
    """A code at the start of a line, what stood there, and the title after it."""

    code: Code
    written: str
    title: str
    exact: bool


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def written(line: str) -> Found | None:
    """Recognise a code of letters and numbers that is written out in full."""
    if match := WRITTEN.match(line):
        prefix = match["prefix"]
    elif match := LONG.match(line):
        prefix = LONG_FORMS[match["prefix"].lower()]
    else:
        return None
    numbers = _numbers(match["numbers"])
    title = match["title"] or ""
    stood = line[: len(line) - len(title)].strip(" .:)–-\t")
    return Found(Code(numbers, prefix), stood, title, exact=True)


def numbered(line: str) -> Found | None:
    """Recognise a heading in plain numbering: *7.1.1 Titel*, never a sentence."""
    match = NUMBERED.match(line)
    if not match or not match["title"][0].isupper() or match["title"].rstrip().endswith((".", ";", ",")):
        return None
    return Found(Code(_numbers(match["numbers"])), match["numbers"], match["title"], exact=True)


def following(last: Code | None, prefixes: tuple[str, ...]) -> list[Code]:
    """
    Give the codes that may come next: the first below the last one, the next beside it or above it.

    ``prefixes`` are those of the plan, from high to low.
    """
    if last is None:
        return [Code((1,), prefixes[0]), Code((1, 1), prefixes[1])]
    depth = len(last.numbers)
    beside = [(*last.numbers[: at - 1], last.numbers[at - 1] + 1) for at in range(depth, 0, -1)]
    below = [(*last.numbers, 1)] if depth < len(prefixes) else []
    # Where the goal above was lost, its first goal comes next.
    past = [(*numbers, 1) for numbers in beside if len(numbers) < len(prefixes) and len(numbers) < depth]
    return [Code(numbers, _prefix(len(numbers), prefixes)) for numbers in [*below, *beside, *past]]


def _prefix(depth: int, prefixes: tuple[str, ...]) -> str:
    return prefixes[min(depth, len(prefixes)) - 1]


def _folded(text: str) -> str:
    return re.sub(r"[^\w.,|$]", "", text).translate(LOOKALIKES).upper()


def misread(line: str, expected: list[Code]) -> Found | None:
    """
    Recognise one of the expected codes although letters, digits or spaces in it are wrong.

    Either its numbers read right and its letters nearly, or the other way round.
    """
    line = line.lstrip()
    for end in range(2, min(LONGEST, len(line))):
        if not line[end].isspace() and line[end] not in ":)":
            continue
        title = line[end:].lstrip(" .:)–-\t")
        stood = line[:end].strip()
        if not title or not (title[0].isupper() or title[0] in '“"‘('):
            continue
        for code in expected:
            if _stands_for(stood, code):
                return Found(code, stood, title, exact=False)
    return None


def _stands_for(stood: str, code: Code) -> bool:
    if not code.prefix:
        return False
    plain = re.sub(r"\s", "", stood)
    written_numbers = ".".join(map(str, code.numbers))
    prefix, numbers, folded = _folded(code.prefix), _folded(written_numbers), _folded(plain)
    if plain.startswith(code.prefix):
        return plain != code.prefix and Levenshtein.distance(folded[len(prefix) :], numbers) <= 1
    for tail in (numbers, numbers.replace(".", "")):
        letters = folded.removesuffix(tail)
        if letters and letters != folded and not any(each in ".123456789" for each in letters):
            # Two numbers that read right tell enough of a code whose letters are both wrong.
            wrong = 2 if tail == numbers and len(code.numbers) > 1 else 1
            return Levenshtein.distance(letters, prefix) <= wrong
    return False


def level(code: Code, shallowest: int) -> Level:
    """Give how deep a code stands; plain numbering counts from the plan's shallowest heading."""
    rank = RANKS[code.prefix] if code.prefix else len(code.numbers) - shallowest
    return LEVELS[min(max(rank, 0), 2)]
