"""What a plan itself says it means by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

QUOTES = "“”\"‘’'«»"
MEAN = r"(?:bedoelen|verstaan|begrijpen)\s+we\b"
SPOKEN_OF = r"(?:wanneer|als|waar)\s+we\b[^.]*?\b(?:spreken|hebben)\s+(?:over|van)\s+(?P<term>[^,.]+?),?"
FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{SPOKEN_OF}\s+{MEAN}(?P<meaning>[^.]+)",
        rf"\b(?:onder|met)\s+(?P<term>[^,.]{{3,60}}?)\s+{MEAN}(?P<meaning>[^.]+)",
        r"\bals\s+(?P<term>[^,.]{3,60}?)\s+wordt\s+beschouwd\s+(?P<meaning>[^.]+)",
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
