"""Who does what: the parties a text names, and which of them leads or supports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from trekker.plan.reader.proposal import Lead, Role

NAME = r"(?:[A-Z][\w&’'-]*[\w])"
NAMES = rf"(?P<names>{NAME}(?:(?:,\s|\sen\s(?:de\s|het\s)?){NAME})*)"
SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
VERB = r"(?:is|zijn|wil|willen|kan|kunnen|zal|zullen|[a-z]{3,}(?:t|en))"
SUBJECT = re.compile(rf"^(?:De|Het|de|het)?\s*{NAMES}\s+(?P<verb>{VERB})\b(?P<rest>.*)", re.DOTALL)
PULLS = re.compile(
    rf"{NAMES}\s+(?:is|zijn|treedt op als|blijft)\s+(?:hier(?:bij|van|voor)?\s+)?(?:de\s+)?trekkers?\b"
)
PULLED = re.compile(rf"\b[Tt]rekkers?\s+(?:is|zijn|van\s+\w+\s+is)\s+{NAMES}")
SUPPORTS = re.compile(r"^(?:ondersteun(?:t|en)|faciliteert|faciliteren|steunt|helpt)$")
HELPED = re.compile(
    rf"\b(?:samenwerking met|steun van|ondersteuning van|samen met)\s+(?:de\s+|het\s+)?(?P<name>{NAME})"
)
GIVES_SUPPORT = re.compile(
    r"\b(?:biedt|bieden|geeft)\b.{0,30}\bondersteuning\b|\bdraa?g(?:t|en)\b.{0,20}\bbij\b"
)
NEAR = 40
ONCE = 1


class Parties:
    """The organisations that act in a plan: names that are the subject of its sentences."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        """Learn the names from the whole text."""
        texts = list(paragraphs)
        lower = {word for text in texts for word in re.findall(r"(?<![.\w@/])[a-zà-ÿ]+(?![\w@/]|\.\w)", text)}
        # What only ever opens a sentence is an adverb with a capital, not a name.
        amid = {word for text in texts for word in re.findall(rf"(?<=[\w,(] )({NAME})", text)}
        acting: Counter[str] = Counter()
        for text in texts:
            for sentence in SENTENCE.split(text):
                if match := SUBJECT.match(sentence):
                    acting.update(_split(match["names"]))
            for match in [*PULLS.finditer(text), *PULLED.finditer(text)]:
                acting.update(dict.fromkeys(_split(match["names"]), 2))
        self.known = {
            name
            for name, times in acting.items()
            if times > ONCE and name in amid and name.lower() not in lower
        }
        self.foremost = next((name for name, _ in acting.most_common() if name in self.known), None)

    def leads(self, text: str) -> tuple[Lead, ...]:
        """Give who leads and who supports, by what this text says: leads first."""
        leading, supporting = self._explicit(text), []
        for sentence in SENTENCE.split(text):
            match = SUBJECT.match(sentence)
            names = [name for name in _split(match["names"]) if name in self.known] if match else []
            if match and names:
                helped = [name for name in self._named(match["rest"][:NEAR]) if name not in names]
                if SUPPORTS.match(match["verb"]) and helped:
                    supporting += names
                    leading += helped
                elif GIVES_SUPPORT.search(match[0]) and set(self._named(match["rest"])) - set(names):
                    supporting += names
                else:
                    leading += names
            supporting += [each["name"] for each in HELPED.finditer(sentence) if each["name"] in self.known]
        return _ordered(leading, supporting)

    def of_goal(self, title: str, body: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """
        Give the leads and the partners of a goal.

        The subject of its title leads, unless the title says it supports; who the text calls
        *trekker* leads as well.
        """
        titled = self.leads(title)
        text = "\n".join(body)
        explicit = self._explicit(text)
        leading = [each.party for each in titled if each.role is Role.LEAD] + explicit
        supporting = [each.party for each in titled if each.role is Role.SUPPORT]
        for paragraph in body:
            found = self.leads(paragraph)
            supporting += [each.party for each in found if each.role is Role.SUPPORT]
            if not leading:
                leading += [each.party for each in found if each.role is Role.LEAD]
        ordered = _ordered(leading, supporting)
        return (
            tuple(each.party for each in ordered if each.role is Role.LEAD),
            tuple(each.party for each in ordered if each.role is Role.SUPPORT),
        )

    def listed(self, text: str) -> list[str]:
        """Give the names of a label line: *Initiatiefnemer: VVSG, Mediawijs*."""
        parts = [part.strip(" .") for part in re.split(r",|;|/|\ben\b|\+", text)]
        return [part for part in parts if part and part[0].isupper()]

    def _named(self, text: str) -> list[str]:
        return [name for name in re.findall(NAME, text) if name in self.known]

    def _explicit(self, text: str) -> list[str]:
        found = [*PULLS.finditer(text), *PULLED.finditer(text)]
        return [
            name
            for match in sorted(found, key=lambda each: each.start())
            for name in _split(match["names"])
            if name in self.known
        ]


def _split(names: str) -> list[str]:
    return re.findall(NAME, names)


def _ordered(leading: Iterable[str], supporting: Iterable[str]) -> tuple[Lead, ...]:
    leads = list(dict.fromkeys(leading))
    return (
        *(Lead(party=name, role=Role.LEAD) for name in leads),
        *(Lead(party=name, role=Role.SUPPORT) for name in dict.fromkeys(supporting) if name not in leads),
    )
