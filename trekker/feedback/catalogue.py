"""
What can be asked about, and which questions stay the same: kinds of activity and core questions.

A higher room declares its kinds of activity here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices


class QuestionKind(TextChoices):
    """How a question is answered."""

    SCALE = "SCALE", "schaal"
    ONE = "ONE", "één keuze"
    MANY = "MANY", "meer keuzes"
    YES_NO = "YES_NO", "ja of neen"
    NUMBER = "NUMBER", "getal"
    SHORT = "SHORT", "korte tekst"
    LONG = "LONG", "lange tekst"
    RANKING = "RANKING", "rangorde"


@dataclass(frozen=True, kw_only=True)
class Core:
    """
    A question that is the same in every form and every year, so that answers stay comparable.

    Its wording, kind and options are fixed here; ``code`` is how measures know it.
    """

    code: str
    kind: QuestionKind
    label: str
    help_text: str = ""
    options: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


CAN_USE, INTENTION = "can_use", "intention"
YES, PARTLY, NO, NOT_SURE = "ja", "deels", "neen", "weet ik nog niet"
CORE: dict[str, Core] = {
    each.code: each
    for each in (
        Core(
            code="satisfaction",
            kind=QuestionKind.SCALE,
            label="Hoe tevreden ben je?",
            low="helemaal niet",
            high="heel erg",
        ),
        Core(
            code="relevance",
            kind=QuestionKind.SCALE,
            label="Hoe nuttig was dit voor je werk?",
            low="niet nuttig",
            high="heel nuttig",
        ),
        Core(
            code="confidence",
            kind=QuestionKind.SCALE,
            label="Hoe zeker voel je je om ermee te starten?",
            low="onzeker",
            high="heel zeker",
        ),
        Core(
            code=CAN_USE,
            kind=QuestionKind.ONE,
            label="Kun je hiermee aan de slag?",
            options=(YES, PARTLY, NO, NOT_SURE),
        ),
        Core(
            code=INTENTION,
            kind=QuestionKind.LONG,
            label="Wat ga je ermee doen?",
            help_text="Schrijf het in je eigen woorden. Eén ding is genoeg.",
        ),
    )
}

# What people can be asked about, by a code that measures know. Higher rooms add theirs.
KINDS: dict[str, str] = {
    "conversation": "gesprek",
    "trajectory": "traject",
    "tool": "tool",
    "other": "iets anders",
}


def declare_kinds(kinds: Sequence[tuple[str, str]]) -> None:
    """
    Add kinds of activity as (code, Dutch label).

    :raises ValueError: if a code is taken
    """
    if taken := KINDS.keys() & dict(kinds).keys():
        raise ValueError(f"Kind {min(taken)} is declared twice")
    KINDS.update(kinds)


def kind_choices() -> list[tuple[str, str]]:
    """Give every kind of activity as (code, Dutch label)."""
    return list(KINDS.items())
