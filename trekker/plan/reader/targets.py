"""Targets in the words of a plan: how many, at least or at most, and of what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trekker.plan.reader.proposal import Number

ONES = {
    "een": 1,
    "één": 1,
    "eén": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
}
TEENS = {
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
}
TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
    "honderd": 100,
    "tweehonderd": 200,
    "driehonderd": 300,
    "vijfhonderd": 500,
    "duizend": 1000,
}
NUMBER_WORDS: dict[str, int] = ONES | TEENS | TENS
COMPARATORS = {
    ">=": r"minstens|minimaal|minimum|minste|tenminste|ten\s+minste|op\s+zijn\s+minst|vanaf|≥|>=|=>",
    "<=": r"maximaal|hoogstens|maximum|ten\s+hoogste|≤|<=|=<|niet\s+meer\s+dan",
    ">": r"meer\s+dan|hoger\s+dan|boven\s+de|>",
    "<": r"minder\s+dan|lager\s+dan|onder\s+de|<",
}
# A line of a list that opens like this is a promise of its own, bullet or not.
OPENER = re.compile(rf"^\s*(?:{COMPARATORS['>=']})\b", re.IGNORECASE)
COMPARATOR_WORDS = (
    "minstens",
    "minimaal",
    "minimum",
    "tenminste",
    "maximaal",
    "hoogstens",
    "vanaf",
    "tussen",
)
DIGITS = r"\d{1,3}(?:[.  ]\d{3})+(?!\d)|\d+(?:,\d+)?"
# Letters that text recognition makes of digits, in a token that still has a digit: l0, 11OO.
LOOKALIKE = r"(?=[\dOoIl|]*\d)[\dOoIl|]*[OoIl|][\dOoIl|]*(?![\w.])"
WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
COMPARATOR = "|".join(f"(?P<c{at}>{words})" for at, words in enumerate(COMPARATORS.values()))
QUANTITY = re.compile(
    rf"(?:(?<![\w])(?:{COMPARATOR})\s*)?(?<![\w.,/])(?P<number>{LOOKALIKE}|{DIGITS}|(?:{WORDS})\b)(?!\.\d)"
    r"(?P<scale>\s?%|\s*procent\b|\s*/\s*\d+|\s+op\s+(?:de\s+)?(?:\d+|tien)\b)?",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"\btussen\s+(?:de\s+)?(?P<low>{DIGITS}|(?:{WORDS})\b)\s+(?:en|à|-|–)\s+(?:de\s+)?(?P<high>{DIGITS}|(?:{WORDS})\b)(?P<scale>\s?%)?",
    re.IGNORECASE,
)
MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
NOT_COUNTED = re.compile(
    rf"^\s*(?:{MONTHS}|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|jaren|uur|tot\s+\d+|(?:maal|keer)\s+per)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:gaat\s+(?:\w+\s+){0,2}door\s+(?:\w+\s+)?(?:vanaf|bij|als|met)|op\s+voorwaarde|op\s+conditie|indien|tenzij|alleen\s+als|enkel\s+als|enkel\s+bij|pas\s+door)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
EXAMPLE = re.compile(r",?\s*\b(?:zoals|bijvoorbeeld|bv\.|bijv\.|waaronder)\b", re.IGNORECASE)
YEAR = re.compile(r"20[2-4]\d$")


@dataclass(frozen=True)
class Target:
    """A number with its comparator, and where in the text it stands."""

    comparator: str
    number: Number
    start: int
    end: int
    scale: str = ""
    assumed: bool = False
    article: bool = False
    misread: bool = False


@dataclass(frozen=True)
class Reading:
    """The targets of one promise, and the rules in it that are no target."""

    targets: tuple[Target, ...]
    conditions: tuple[str, ...]


def number(text: str) -> Number:
    """Turn digits or a number word into a number: *1.100*, *7,5*, *vier*, *l0*."""
    if (word := text.lower()) in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    if re.search(r"[OoIl|]", text):
        text = text.translate(str.maketrans("OoIl|", "00111"))
    plain = re.sub(r"[.\s  ](?=\d{3})", "", text)
    return float(plain.replace(",", ".")) if "," in plain else int(plain)


def _scale(text: str | None) -> str:
    plain = re.sub(r"\s+", "", text or "").lower()
    if plain in ("%", "procent"):
        return "%"
    if match := re.search(r"(\d+|tien)$", plain):
        return f"op {number(match[1])}"
    return ""


def find(text: str) -> Reading:
    """
    Find the targets of a promise.

    A number without comparator is taken as at least, and said to be assumed; *een* counts as 1
    only where nothing else counts. A number after *en* shares the comparator before it.
    """
    conditions, promise = _without_conditions(text)
    ranges = [_range(match) for match in RANGE.finditer(promise)]
    taken = [(low.start, low.end) for low, _ in ranges]
    targets = [each for pair in ranges for each in pair]
    quantities = [
        each
        for match in QUANTITY.finditer(promise)
        if (each := _target(match, promise)) and not any(start <= each.start < end for start, end in taken)
    ]
    compared = [each for each in quantities if not each.assumed]
    plain = [each for each in quantities if each.assumed and not each.article]
    if compared:
        targets += compared + [_sharing(each, compared) for each in plain if _shares(each, compared, promise)]
    elif not targets:
        targets += (plain or quantities)[:1]
    return Reading(tuple(sorted(targets, key=lambda each: each.start)), tuple(conditions))


def _without_conditions(text: str) -> tuple[list[str], str]:
    """Blank the rules out, so that what is left keeps its place in the text."""
    conditions, at = [], 0
    for sentence in SENTENCE.split(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        if rule := CONDITION.search(sentence):
            first = QUANTITY.search(sentence)
            begin = start + (rule.start() if first and first.start() < rule.start() else 0)
            conditions.append(text[begin:at].strip(" ,;."))
            text = text[:begin] + " " * (at - begin) + text[at:]
    return conditions, text


def _range(match: re.Match[str]) -> tuple[Target, Target]:
    """Both bounds stand at the place of the whole range, so that the words after it count for both."""
    scale, where = _scale(match["scale"]), (match.start(), match.end())
    return Target(">=", number(match["low"]), *where, scale), Target(
        "<=", number(match["high"]), *where, scale
    )


def _target(match: re.Match[str], text: str) -> Target | None:
    written = match["number"]
    comparator = next((each for at, each in enumerate(COMPARATORS) if match[f"c{at}"]), None)
    scale = _scale(match["scale"])
    after = text[match.end() :]
    if not scale and comparator is None and (YEAR.match(written) or NOT_COUNTED.match(after)):
        return None
    if re.match(rf"\s*(?:{MONTHS})\b", after, re.IGNORECASE) or (YEAR.match(written) and not scale):
        return None
    if comparator is None and number(written) == 0:
        return None
    return Target(
        comparator or ">=",
        number(written),
        match.start("number"),
        match.end(),
        scale,
        assumed=comparator is None,
        article=written.lower() == "een",
        misread=bool(re.search(r"\d", written) and re.search(r"[OoIl|]", written)),
    )


def _shares(each: Target, compared: list[Target], text: str) -> bool:
    before = [other for other in compared if other.end <= each.start]
    return (
        bool(before)
        and re.search(r"(?:\ben|,)\s+$", text[before[-1].end : each.start]) is not None
        and not re.search(r"[.;]\s", text[before[-1].end : each.start])
    )


def _sharing(each: Target, compared: list[Target]) -> Target:
    comparator = [other for other in compared if other.end <= each.start][-1].comparator
    return Target(comparator, each.number, each.start, each.end, each.scale)
