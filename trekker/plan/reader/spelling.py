"""Words with a misread letter, recovered from the words that the plan itself and the measures use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from trekker.kernel.measures import Measure
from trekker.plan.reader.targets import COMPARATOR_WORDS, NUMBER_WORDS

WORD = re.compile(r"[^\W\d_]+")
GROUP = re.compile(r"\((?:\?:)?([^()]*)\)(\??)")
CHOICE = re.compile(r"(\[[^\]]*\]|\\?[\w-])\?|\[([^\]\\]*)\]")
OPEN_ENDED = re.compile(r"\\w[*+]|\.(?:\{[^}]*\}|[*+])\??|\{party\}|\(\?|\[\\w-\][*+]")
DEFINING = ("wanneer", "spreken", "bedoelen", "verstaan", "beschouwd", "daarmee")
# The stubs of rapidfuzz do not know that its own distances are scorers.
DISTANCE: Any = DamerauLevenshtein.distance
LONGEST_BEFORE = 16
OFTEN = 2
MOST_WORDS = 6_000
SHORTEST = 4
SHORTEST_NUMBER = 3
SURE_STEM = 6
# Where a number is awaited, a short unknown word may be one: «minstens vler».
AWAITED = re.compile(
    r"(?:\b(?:minstens|minimaal|minimum|tenminste|maximaal|hoogstens|vanaf|van|bij|voert|en)\s+)$",
    re.IGNORECASE,
)
NUMBERS = tuple(word for word in NUMBER_WORDS if len(word) >= SHORTEST_NUMBER and word != "eén")


class Speller:
    """
    Reads a word that stands nowhere else as the one it differs from by a single letter.

    Nothing is corrected in the plan itself: the corrected text serves to recognise measures and
    targets, and each correction that was needed is said in a warning.
    """

    def __init__(self, lines: Iterable[str], measures: Mapping[str, Measure]) -> None:
        """Learn the words of this plan and of the measures it may speak of."""
        self._counts = Counter(word.lower() for line in lines for word in WORD.findall(line))
        self._names = Counter(word for line in lines for word in WORD.findall(line) if word[0].isupper())
        words = {word for pattern in set(_patterns(measures)) for word in _words(pattern)}
        self._stems = sorted({*words, *COMPARATOR_WORDS, *DEFINING})
        self._read: dict[tuple[str, bool], str | None] = {}
        self._known = [
            word for word, count in self._counts.items() if count >= OFTEN and len(word) >= SHORTEST
        ] + self._stems

    def correct(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """Give the text as it was meant, and the words that were read otherwise than they stand."""
        read: list[tuple[str, str]] = []

        def meant(match: re.Match[str]) -> str:
            written = match[0]
            asked = written.lower(), _number_awaited(text, match.start())
            if asked not in self._read and len(self._read) < MOST_WORDS:
                self._read[asked] = self._meant(asked[0], number_awaited=asked[1])
            word = self._read.get(asked)
            if word is None:
                return written
            name = word.upper() if written.isupper() else word
            if written[0].isupper() and not written.isupper():
                names = [each for each, _ in self._names.most_common() if each.lower() == word]
                name = names[0] if names else word.capitalize()
            read.append((written, name))
            return name

        return WORD.sub(meant, text), read

    def _meant(self, word: str, *, number_awaited: bool) -> str | None:
        if word in NUMBER_WORDS or self._counts[word] >= OFTEN or len(word) < SHORTEST_NUMBER:
            return None
        if number_awaited and (found := _nearest(word, NUMBERS)):
            return found
        if len(word) < SHORTEST or word in self._stems:
            return None
        return _nearest(word, self._known) or self._by_stem(word)

    def _by_stem(self, word: str) -> str | None:
        for stem in self._stems:
            half = len(stem) // 2
            if not SURE_STEM <= len(stem) < len(word):
                continue
            if word[:half] != stem[:half] and word[half : len(stem)] != stem[half:]:
                continue
            if DamerauLevenshtein.distance(word[: len(stem)], stem, score_cutoff=1) == 1:
                return stem + word[len(stem) :]
        return None


def _number_awaited(text: str, at: int) -> bool:
    """Whether the word at this place could be a number: it opens the text or follows *minstens*."""
    return at == 0 or AWAITED.search(text[max(0, at - LONGEST_BEFORE) : at]) is not None


def _nearest(word: str, known: Iterable[str]) -> str | None:
    near = process.extract(word, known, scorer=DISTANCE, score_cutoff=1, limit=5)
    # Another ending is another form of the word, not a misread letter: ander, andere.
    return next((each for each, _, _ in near if not (each.startswith(word) or word.startswith(each))), None)


def _words(pattern: str) -> Iterable[str]:
    """Give the words that a declared pattern stands for, up to where it leaves them open."""
    if group := GROUP.search(pattern):
        for part in [*group[1].split("|"), *([""] if group[2] else [])]:
            yield from _words(pattern[: group.start()] + part + pattern[group.end() :])
    elif "|" in pattern:
        for part in pattern.split("|"):
            yield from _words(part)
    else:
        plain = OPEN_ENDED.sub(" ", pattern).replace(r"\b", " ").replace("\\", "")
        for form in _forms(plain):
            yield from (word for word in WORD.findall(form) if len(word) >= SHORTEST)


def _forms(plain: str) -> Iterable[str]:
    choice = CHOICE.search(plain)
    if choice is None:
        yield plain
        return
    for part in [choice[1], ""] if choice[1] else choice[2]:
        yield from _forms(plain[: choice.start()] + part + plain[choice.end() :])


def _patterns(measures: Mapping[str, Measure]) -> Iterable[str]:
    for measure in measures.values():
        yield from measure.words
        for each in measure.filters:
            yield from each.party_words
            for choice in each.all_choices():
                yield from choice.words
