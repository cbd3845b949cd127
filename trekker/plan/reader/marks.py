"""What can be told from one line alone: bullets, headings, labels, links, page numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

# Real marks, and the letters that text recognition makes of them: no Dutch word is a lone e or o.
BULLET = re.compile(r"^\s*(?:[•◦▪▫●○■□►➢➤✓✔·*¢©®°»>–—-]|[eoEO0](?=\s))\s+(?=\S)")
NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[a-zA-Z][.)])\s+(?=\S)")
# In a list, a letter on its own is a bullet that was misread some other way; u and the ’n are words.
LONE_LETTER = re.compile(r"^\s*[^\W\d_u]\s+(?=[\w“\"‘(])", re.IGNORECASE)
DASH = re.compile(r"^\s*[-–—]\s")
LONE_BULLET = re.compile(r"^\s*[•◦▪▫●○■□►➢➤✓✔·*¢©®°»>–—eoEO-]\s*$")
LINK = re.compile(r"^\s*(?:https?://|www\.)\S+(?:\s+(?:https?://|www\.)\S+)*\s*$")
PAGE_NUMBER = re.compile(
    r"^\s*(?:(?:pagina|pag\.?|blz\.?|p\.)\s*\d{1,3}(?:\s*(?:van|/|\|)\s*\d{1,3})?"
    r"|[-–—|]\s*\d{1,3}\s*[-–—|]|\d{1,3}\s*(?:/|van)\s*\d{1,3}|\d{1,3})\s*$",
    re.IGNORECASE,
)
LEADERS = re.compile(r"(?:\.{3,}|(?:\s\.){3,}|…{1,}|\s{3,}|\t)\s*\d{1,3}\s*$")
SENTENCE_END = re.compile(r"[.!?:;…]['’”\")\]]*$")
YEAR = re.compile(r"\b20[2-4]\d\b")
HEADED = re.compile(
    r"^\s*[^\w(]{0,3}(?P<word>[^\W\d_]+)"
    r"\s*(?:voor|van|in)?\s*(?:het jaar\s*)?\(?(?:20\d\d(?:\s*[-–]\s*20\d\d)?)?\)?"
    r"\s*(?P<colon>[:;.]?)\s*(?P<after>.*)$"
)
LABEL = re.compile(r"^\s*(?P<word>[^\W\d_]{4,}(?:\(s\))?(?:\s[^\W\d_]+)?)\s*:\s*(?P<after>\S.*)?$")

INDICATOR_WORDS = ("indicator", "indicatoren", "streefwaarde", "streefwaarden", "meetpunten", "streefdoelen")
MEASURED = ("meting", "metingen", "indicator", "indicatoren", "streefwaarde", "streefwaarden", "streefdoel")
LEADING = (
    "initiatiefnemer",
    "initiatiefnemers",
    "trekker",
    "trekkers",
    "verantwoordelijke",
    "verantwoordelijken",
)
PARTNERING = ("partner", "partners", "ondersteuning", "betrokkenen")
ACTING = ("actie", "acties", "actiepunten")
LABELS = (
    *MEASURED,
    *LEADING,
    *PARTNERING,
    *ACTING,
    "probleem",
    "timing",
    "doelgroep",
    "budget",
    "aanpak",
    "planning",
)
FRONT = ("inleiding", "voorwoord", "situering")
BACK = ("besluit", "slot", "slotwoord", "nawoord", "bijlage", "bijlagen")
CONTENTS = ("inhoud", "inhoudsopgave", "inhoudstafel")


LONG, MIDDLING = 8, 6
HEADING_LENGTH = 40


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """Give the known word this one stands for; two letters may be wrong in a long word, one in a short."""
    word = word.lower()
    if word in known:
        return word
    found = None
    for each in known:
        allowed = 2 if len(each) >= LONG else 1 if len(each) >= MIDDLING else 0
        distance = DamerauLevenshtein.distance(word, each, score_cutoff=allowed)
        if distance <= allowed and (found is None or distance < found[0]):
            found = (distance, each)
    return found[1] if found else None


@dataclass(frozen=True)
class Heading:
    """A structural word on a line, as it should read, and what follows it on the same line."""

    word: str
    after: str
    misread: bool


def _spaced_out(line: str, known: tuple[str, ...]) -> str | None:
    letters = re.sub(r"[\W\d_]", "", line)
    return nearest(letters, known) if len(line) <= HEADING_LENGTH else None


def heading(line: str, known: tuple[str, ...]) -> Heading | None:
    """
    Recognise a line that is headed by one of these words, with a year or a colon at most.

    Text may follow after a colon: *Indicatoren 2026: minstens vier bijeenkomsten*.
    """
    if (whole := _spaced_out(line, known)) is not None:
        plain = re.sub(r"[\W\d_]", "", line).lower()
        return Heading(whole, "", plain != whole or bool(re.search(r"\w\s+\w\s+\w\s", line)))
    match = HEADED.match(line)
    if not match or not (word := nearest(match["word"], known)):
        return None
    if match["after"] and match["colon"] not in (":", ";"):
        return None
    return Heading(word, match["after"], match["word"].lower() != word)


def label(line: str) -> Heading | None:
    """Recognise a label line of a plan's fixed layout: *Timing: voorjaar 2026*."""
    match = LABEL.match(line)
    if not match:
        return None
    written = match["word"].lower().removesuffix("(s)").split()[0]
    word = nearest(written, LABELS)
    return Heading(word, match["after"] or "", word != written) if word else None


def bullet(line: str, *, in_list: bool) -> re.Match[str] | None:
    """Recognise the mark before a list item; more is taken for one where a list is expected."""
    return BULLET.match(line) or (in_list and (NUMBERED.match(line) or LONE_LETTER.match(line))) or None
