"""Answers that came in through Microsoft Forms, for one evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from trekker.feedback.formats.formsfile import MAIL, MARK, NAME, pair
from trekker.feedback.importers.answers import PER_QUESTION, Asked, Choice, asked_of
from trekker.feedback.importers.evaluation import WHO, evaluation_of, is_named, questions_of
from trekker.feedback.importers.judging import TOO_FEW, Judge
from trekker.feedback.importers.storing import Store, forget
from trekker.feedback.models import Evaluation, Question, Response
from trekker.imports.models import Import, Row, RowQuerySet
from trekker.imports.registry import Field, Format, Importer, Raw, Shaping

SHOWN = 12  # headings in one sentence
NO_COLUMN = (
    "Kies zelf de kolommen. Hoort dit formulier bij geen enkele vragenlijst? Maak er dan eerst een bij "
    "Feedback, met deze vragen. Maak daarna een evaluatie met die vragenlijst."
)
OTHERS_COUNT = "De uitleg staat bij de rij. De andere antwoorden tellen mee."
ON_NAME = (
    Field(code="email", label="mailadres", words=(MAIL.casefold(),)),
    Field(code="name", label="naam", words=(NAME.casefold(),)),
)


class NothingToSay(forms.Form):
    """The evaluation was chosen with the file: nothing is asked of the whole list."""


class FormsAnswers(Importer):
    """
    Answers of a form, for one evaluation.

    Who answered is left behind in the process that reads the file, unless the evaluation is on name. What
    a row says stays in the import until it is stored, and then in the evaluation alone.
    """

    code = "forms"
    label = "Antwoorden uit Microsoft Forms"
    explanation = "De antwoorden op een formulier, voor één evaluatie."
    key_label = "mailadres"
    target_label = "keuze"
    fields = ()
    formats = (
        Format(
            code="forms",
            label="antwoorden op een formulier",
            headings=(MARK,),
            columns={"mark": MARK, "email": MAIL, "name": NAME},
        ),
    )
    options = NothingToSay
    starts_alone = False
    one_row_each = False
    ends = False
    searches = False
    without = "laat dit antwoord weg"
    undecided = "Die antwoorden blijven weg. De andere antwoorden van dezelfde rij tellen wel mee."
    untouched = "De evaluatie blijft zoals ze is."
    not_found = "Kies een van de keuzes, of laat het antwoord weg."

    def fields_for(self, options: Mapping[str, Any]) -> Sequence[Field]:
        """Give the questions of the evaluation, and on name who answered."""
        evaluation = evaluation_of(options)
        asked = asked_of(questions_of(options))
        questions = tuple(Field(code=key, label=each.label) for key, each in asked.items())
        mark = Field(code="mark", label="kenmerk van de rij", words=(MARK.casefold(),), fixed=True)
        return (mark, *(ON_NAME if is_named(evaluation) else ()), *questions)

    def columns_by(self, headings: Sequence[str], options: Mapping[str, Any]) -> Mapping[str, int]:
        """Propose the column whose heading is most like a question; the first one is the mark of the row."""
        asked = [(question.key, question.label) for question in questions_of(options)]
        free = ["" if heading in {MARK, MAIL, NAME} else heading for heading in headings]
        return {"mark": 0} | pair(free, asked)

    def shaping(self, options: Mapping[str, Any]) -> Shaping:
        """Make one plain table of the export, without who answered unless it is on name."""
        evaluation = evaluation_of(options)
        asked = [[question.key, question.label] for question in questions_of(options)]
        context = {"questions": asked, "named": is_named(evaluation)}
        return Shaping("trekker.feedback.formats.formsfile:shape", context)

    def judge(
        self, draft: Import, *, decisions: Mapping[str, int | None], now: datetime
    ) -> Callable[[Sequence[Raw]], list[Row]]:
        """Prepare for a file; give what judges a block of rows."""
        del now
        return Judge(draft, Evaluation.objects.get(pk=draft.options["evaluation"]), decisions)

    def store(self, draft: Import, *, now: datetime) -> Callable[[Sequence[Row]], list[Row]]:
        """Store all answers; give what tells of a block of rows what became of it."""
        evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=draft.options["evaluation"])
        return Store(draft, evaluation, now)

    def finish(self, draft: Import, *, now: datetime) -> Iterable[Row]:
        """End nothing, and forget the answers that were only kept to be looked at."""
        del now
        forget(draft, Evaluation.objects.get(pk=draft.options["evaluation"]))
        return ()

    def ending(self, draft: Import) -> QuerySet[Any]:
        """Give nothing: a file with answers ends nothing."""
        del draft
        return Response.objects.none()

    def tie(self, rows: RowQuerySet, target: int | None) -> None:
        """Note nothing more: the row of the word says what it means."""

    def group_name(self, row: Row) -> str:
        """Name a group by the word that fits no choice: its key cannot be read."""
        return str(row.values.get("word", ""))

    def targets(self, ids: Iterable[int]) -> Mapping[int, Choice]:
        """Give the choices that these stand for."""
        wanted = set(ids)
        found: dict[int, Choice] = {}
        for question in Question.objects.in_bulk({each // PER_QUESTION for each in wanted}).values():
            found |= {each.pk: each for each in Asked(question, 1).named() if each.pk in wanted}
        return found

    def search(self, text: str, draft: Import) -> Sequence[Choice]:
        """Give nothing: a word means one of the choices of its question, and those are offered."""
        del text, draft
        return ()

    def about(self, draft: Import) -> str:
        """Name the evaluation."""
        evaluation = evaluation_of(draft.options)
        return f"Antwoorden voor {evaluation.title}" if evaluation else ""

    def notices(self, draft: Import) -> list[tuple[str, str]]:
        """Tell which columns stay behind, and why answers do."""
        found = []
        mapped = draft.mapping.keys() - set(WHO)
        if not mapped and draft.status == Import.Status.MAPPING:
            found.append(
                (
                    "Geen enkele titel lijkt op een vraag",
                    NO_COLUMN,
                )
            )
        if personal := draft.options.get("personal"):
            found.append(
                (
                    "Wie antwoordde, bewaren we niet",
                    f"Deze evaluatie is niet op naam. Daarom lieten we dit weg: {_listed(personal)}.",
                )
            )
        if draft.status == Import.Status.REVIEW:
            found += self._about_rows(draft)
        return found

    def _about_rows(self, draft: Import) -> list[tuple[str, str]]:
        found = []
        if left := _left_behind(draft):
            found.append(("Deze kolommen komen niet mee", f"Je koos er geen vraag bij: {_listed(left)}."))
        rows = Row.objects.filter(of=draft)
        if rows.filter(message=TOO_FEW).exists():
            found.append(("Er zijn te weinig nieuwe antwoorden", TOO_FEW))
        if many := rows.filter(differs=True).count():
            which = "Op één rij past" if many == 1 else f"Op {many} rijen past"
            found.append(
                (
                    "Sommige antwoorden blijven weg",
                    f"{which} een antwoord niet bij de vraag. {OTHERS_COUNT}",
                )
            )
        return found

    def summary(self, draft: Import) -> list[tuple[str, str]]:
        """Give the evaluation, which columns stay behind, and how many answers did."""
        evaluation = evaluation_of(draft.options)
        left = _left_behind(draft)
        facts = [
            ("Evaluatie", evaluation.title if evaluation else "bestaat niet meer"),
            ("Wie antwoordt", evaluation.get_mode_display() if evaluation else ""),
            ("Leesbaar", "na het sluiten" if _is_locked(evaluation) else ""),
            ("Kolommen die niet meekomen", _listed(left)),
            ("Antwoorden die wegbleven", str(draft.options.get("left_out") or "")),
        ]
        return [(label, value) for label, value in facts if value]

    def follow_up(self, draft: Import) -> tuple[str, str] | None:
        """Lead back to the evaluation."""
        evaluation = evaluation_of(draft.options)
        return (
            ("Naar de evaluatie", reverse("evaluation:inspect", args=[evaluation.pk])) if evaluation else None
        )


def _is_locked(evaluation: Evaluation | None) -> bool:
    return evaluation is not None and evaluation.is_sealed and evaluation.closed_at is None


def _left_behind(draft: Import) -> list[str]:
    """Give the headings of the columns that hold no answer to a question."""
    used = set(draft.mapping.values())
    names = {MARK, MAIL, NAME}
    return [
        heading for place, heading in enumerate(draft.headings) if place not in used and heading not in names
    ]


def _listed(headings: Sequence[str]) -> str:
    named = [f"“{heading[:60]}”" for heading in headings[:SHOWN]]
    more = len(headings) - SHOWN
    return ", ".join(named) + (f" en {more} andere" if more > 0 else "")
