"""What a plan itself says it means by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

QUOTES = "“”\"‘’'«»"
FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:wanneer|als|waar)\s+we\b[^.]*?\b(?:spreken|hebben|schrijven)\s+(?:over|van)\s+(?P<term>[^,.]+?),?\s+"
        r"(?:bedoelen|verstaan|begrijpen)\s+we\b(?P<meaning>[^.]+)",
        r"\bonder\s+(?P<term>[^,.]{3,60}?)\s+(?:verstaan|begrijpen)\s+we\b(?P<meaning>[^.]+)",
        r"\bmet\s+(?P<term>[^,.]{3,60}?)\s+bedoelen\s+we\b(?P<meaning>[^.]+)",
        r"\bals\s+(?P<term>[^,.]{3,60}?)\s+wordt\s+beschouwd\s+(?P<meaning>[^.]+)",
        r"(?P<term>[^,.]{3,60}?)\s+(?:is|zijn)\s+(?:voor ons|in dit plan)\s+(?P<meaning>[^.]+)",
    )
)
QUOTED = re.compile(rf"[{QUOTES}]([^{QUOTES}]+)[{QUOTES}]")


@dataclass(frozen=True)
class Definition:
    """A term of the plan and the words it stands for."""

    term: str
    meaning: str


def find(paragraphs: Iterable[str]) -> list[Definition]:
    """Find the sentences in which a plan says what it means by a term."""
    found = []
    for text in paragraphs:
        for form in FORMS:
            for match in form.finditer(text):
                quoted = QUOTED.search(match["term"])
                term = quoted[1] if quoted else match["term"]
                found.append(Definition(term.strip(f"{QUOTES} ").lower(), match["meaning"].strip()))
    return found
