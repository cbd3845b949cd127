"""What one cell answers to one question: replies, words that fit no choice, or nothing that can be kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rapidfuzz import fuzz, process

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.formats.formsfile import plain
from trekker.feedback.formats.scalewords import STEPS
from trekker.feedback.models import Question
from trekker.kernel.sealing import fingerprint

PER_QUESTION = 1_000  # a choice is known by its question and its place; no question has so many
ALIKE = 85  # of 100, the likeness from which a choice is proposed
FIGURES = re.compile(r"-?\d{1,10}(?:[.,]\d+)?")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")  # a thousand, or one? we do not guess
FIVE = 5
YES_NO = {"yes": "ja", "y": "ja", "j": "ja", "true": "ja", "no": "neen", "nee": "neen", "n": "neen"}
Kind = QuestionKind
Reply = list[Any]


@dataclass(frozen=True)
class Doubt:
    """A word that is none of the choices; whoever reads the file in says which of them it means."""

    word: str
    group: str
    proposed: int | None = None


@dataclass
class Reading:
    """What was read from a cell; ``left_out`` says in Dutch what cannot be kept."""

    replies: list[Reply] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """One choice of one question, as something a word can be tied to."""

    pk: int
    label: str

    def __str__(self) -> str:
        """Name it."""
        return self.label


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


class Asked:
    """One question of the form, ready to read cells."""

    def __init__(self, question: Question, place: int) -> None:
        """Lay its choices ready; ``place`` is where it stands in the form, from 1."""
        self.pk, self.key, self.kind = question.pk, question.key, question.kind
        self.label = f"{place}. {question.label}"
        self.choices = question.choices
        self.ends = (question.low, question.high)
        self.exact = {_bare(choice): choice for choice in reversed(self.choices)}
        written = Counter(map(plain, self.choices))
        # "< 5" and "> 5" differ by their signs alone: such choices are known by those.
        self.loose = {plain(each): each for each in self.choices if plain(each) and written[plain(each)] == 1}
        if self.kind == Kind.SCALE:
            ends = ((question.low, self.choices[0]), (question.high, self.choices[-1]))
            self.loose |= {plain(word): step for word, step in ends if plain(word)}
        for word, same in YES_NO.items():
            if same in self.loose:
                self.loose.setdefault(word, self.loose[same])

    def target(self, choice: str) -> int:
        """Give what stands for a choice."""
        return self.pk * PER_QUESTION + self.choices.index(choice)

    def targets(self) -> list[int]:
        """Give what stands for each choice, in order."""
        return [self.target(choice) for choice in self.choices]

    def chosen(self, target: int | None) -> str:
        """Give the choice that something stands for; nothing if it is of another question."""
        if target is None or target // PER_QUESTION != self.pk:
            return ""
        place = target % PER_QUESTION
        return self.choices[place] if place < len(self.choices) else ""

    def named(self) -> list[Choice]:
        """Give the choices as they are offered."""
        words = {0: self.ends[0], len(self.choices) - 1: self.ends[1]}
        offered = []
        for place, choice in enumerate(self.choices):
            word = words.get(place, "") if self.kind == Kind.SCALE else ""
            offered.append(Choice(self.target(choice), f"{choice} ({word})" if word else choice))
        return offered

    def read(self, cell: str, decided: Mapping[str, int | None]) -> Reading:
        """Read a cell; ``decided`` says for a group of words which choice it means, or none."""
        if self.kind in {Kind.SHORT, Kind.LONG}:
            return Reading([[self.pk, "", None, cell]])
        if self.kind == Kind.NUMBER:
            return self._number(cell)
        reading = Reading()
        words = self._parts(cell) if self.kind in {Kind.MANY, Kind.RANKING} else [cell.strip(" ;")]
        taken: set[str] = set()
        for place, word in enumerate(words, start=1):
            known = self.exact.get(_bare(word)) or self.loose.get(plain(word))
            choice = known or self._decided(word, decided, reading)
            if choice and choice not in taken:
                taken.add(choice)
                reading.replies.append(self._reply(choice, place))
        return reading

    def _reply(self, choice: str, place: int) -> Reply:
        if self.kind == Kind.SCALE:
            return [self.pk, "", choice, ""]
        return [self.pk, choice, str(place) if self.kind == Kind.RANKING else None, ""]

    def _decided(self, word: str, decided: Mapping[str, int | None], reading: Reading) -> str:
        group = fingerprint(f"{self.pk}\x1f{_bare(word)}", purpose="feedback.word")
        if choice := self.chosen(decided.get(group)):
            return choice
        if all(each.group != group for each in reading.doubts):
            reading.doubts.append(Doubt(word, group, self._proposed(plain(word))))
        return ""

    def _proposed(self, word: str) -> int | None:
        """Propose a choice that is written alike, or the step that this word usually means."""
        if self.kind == Kind.SCALE:
            step = STEPS.get(word, 0) if len(self.choices) == FIVE else 0
            return self.target(str(step)) if step else None
        found = process.extractOne(word, list(self.loose), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return self.target(self.loose[found[0]]) if found else None

    def _parts(self, cell: str) -> list[str]:
        """Cut a cell at each semicolon; a choice that has one itself stays whole."""
        held = {}
        for number, choice in enumerate(choice for choice in self.choices if ";" in choice):
            held[f"\x00{number}\x00"] = choice
            cell = cell.replace(choice, f"\x00{number}\x00")
        return [held.get(part.strip(), part.strip()) for part in cell.split(";") if part.strip()]

    def _number(self, cell: str) -> Reading:
        text = cell.replace(" ", "").replace("\xa0", "")
        if not FIGURES.fullmatch(text) or THOUSANDS.fullmatch(text):
            return Reading(left_out=[f"“{cell[:40]}” is geen getal zoals 12 of 2,5 ({self.label[:60]})."])
        number = Decimal(text.replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return Reading([[self.pk, "", str(number), ""]])


def asked_of(questions: Sequence[Question]) -> dict[str, Asked]:
    """Lay the questions of a form ready, by their key."""
    return {question.key: Asked(question, place) for place, question in enumerate(questions, start=1)}
