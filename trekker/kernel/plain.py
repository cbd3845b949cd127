"""The meter for plain Dutch: how long sentences are, and how easily a text reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

# A nucleus is one sound: a long vowel or a diphthong counts once, a letter with a trema on its own.
NUCLEUS = re.compile(
    r"aai|ooi|oei|eeu|ieu|ëe|ëi|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|ai|oi|[aeiouyàáâäèéêëìíîïòóôöùúûü]"
)
WORD = re.compile(r"[^\W_]+(?:['’\-.,@&/][^\W_]+)*")
# A full stop ends a sentence when white space follows, unless the word before it is a known shortening.
END = re.compile(r"(?<!\bbv)(?<!\bnr)(?<!\bart)(?<!\bca)(?<!\bo\.a)(?<!\bt\.e\.m)[.!?…]+[\"'»)]*(?=\s|$)")

# A date is a fact, as a number is: whether a page reads easily may not depend on the day it tells of.
IN_A_DATE = re.compile(
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag|januari|februari|maart|april|mei|juni|juli|augustus"
    r"|(?:septem|okto|novem|decem)ber"
)

MOST_WORDS = 20
MOST_ON_AVERAGE = 12.0
LEAST_EASE = 65.0
ENOUGH_WORDS = 30  # below this a text is too short for an average to say anything


@dataclass(frozen=True)
class Reading:
    """What the meter read: the sentences, and how many words and syllables they hold."""

    sentences: tuple[str, ...]
    words: int
    syllables: int

    @property
    def average(self) -> float:
        """Words per sentence; 0 for a text without words."""
        return self.words / len(self.sentences) if self.sentences else 0.0

    @property
    def ease(self) -> float:
        """Flesch-Douma, from 0 (hard) to 100 (easy); 100 for a text without words."""
        if not self.words:
            return 100.0
        return 206.84 - 0.93 * self.average - 77 * self.syllables / self.words

    def faults(self) -> list[str]:
        """List, in Dutch, what is not plain; a short text is only held to its sentences."""
        found = [
            f"zin van {count} woorden (hoogstens {MOST_WORDS}): {sentence}"
            for sentence in self.sentences
            if (count := len(words(sentence))) > MOST_WORDS
        ]
        if self.words >= ENOUGH_WORDS and self.average > MOST_ON_AVERAGE:
            found.append(f"gemiddeld {self.average:.1f} woorden per zin (hoogstens {MOST_ON_AVERAGE:.0f})")
        if self.words >= ENOUGH_WORDS and self.ease < LEAST_EASE:
            found.append(f"leesgemak {self.ease:.0f} (minstens {LEAST_EASE:.0f})")
        return found


def words(text: str) -> list[str]:
    """Split a text into words; ``e-mail``, ``1.100`` and ``zo'n`` are one word each."""
    return WORD.findall(text)


def syllables(word: str) -> int:
    """Count the syllables of a Dutch word; a number, a shortening, a day or a month counts as one."""
    word = word.lower()
    return 1 if IN_A_DATE.fullmatch(word) else len(NUCLEUS.findall(word)) or 1


def sentences(block: str) -> list[str]:
    """Split one block of text, such as a paragraph, into sentences that hold at least one word."""
    pieces = (" ".join(piece.split()) for piece in END.split(block))
    return [piece for piece in pieces if words(piece)]


def read(blocks: Iterable[str]) -> Reading:
    """Read blocks of text; a sentence never runs on from one block into the next."""
    found = tuple(chain.from_iterable(map(sentences, blocks)))
    every = [word for sentence in found for word in words(sentence)]
    return Reading(found, len(every), sum(map(syllables, every)))
