"""Stores the answers of a file at once, and forgets what was only needed to read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from trekker.feedback.actions.importing import FromFile, TooFew, add_from_file, imprint
from trekker.feedback.importers.answers import Asked
from trekker.feedback.importers.evaluation import asked_in, is_named
from trekker.feedback.importers.judging import TOO_FEW
from trekker.feedback.models import Evaluation
from trekker.feedback.queries.evaluations import known_by
from trekker.imports.models import Import, Row

Outcome = Row.Outcome
BATCH = 500
NOTHING = "Er bleef geen antwoord over om te bewaren."


class Store:
    """
    Stores all rows of one file as soon as it is made, then tells of each block what became of it.

    Answers are written in an order that says nothing, so they cannot be written block by block.
    """

    def __init__(self, draft: Import, evaluation: Evaluation, now: datetime) -> None:
        """Read every row with what was decided on its words, and write all answers down."""
        self.draft, self.evaluation = draft, evaluation
        self.asked = asked_in(draft)
        self.decided = self._decisions()
        self.ends: dict[int, tuple[str, str]] = {}
        self.left_out = 0
        answers = self._answers()
        try:
            add_from_file(evaluation=evaluation, answers=list(answers.values()), by=draft.stored_by, now=now)
        except TooFew:
            self.ends |= dict.fromkeys(answers, (Outcome.REFUSED, TOO_FEW))
        draft.options = {**draft.options, "left_out": self.left_out}

    def _decisions(self) -> dict[int, dict[str, int | None]]:
        """Give for each row of the file what its words mean."""
        found: dict[int, dict[str, int | None]] = defaultdict(dict)
        asking = Row.objects.filter(of=self.draft, outcome="", decided=True)
        for number, group, target in asking.values_list("number", "group", "target"):
            found[number or 0][group] = target
        return found

    def _answers(self) -> dict[int, FromFile]:
        """Read the rows that are new, by their id, and note how each ends."""
        known = set(self.evaluation.imprints.values_list("mark", flat=True))
        places = self._places()
        found: dict[int, FromFile] = {}
        rows = Row.objects.filter(of=self.draft, outcome=Outcome.NEW).sound()
        for row in rows.iterator(chunk_size=BATCH):
            mark = row.values.get("mark", "")
            if imprint(self.evaluation, mark) in known:
                self.ends[row.pk] = (Outcome.UNCHANGED, "")
                continue
            replies, lost = self._read(row)
            self.left_out += lost
            if not replies:
                self.ends[row.pk] = (Outcome.REFUSED, NOTHING)
                continue
            said = f"{lost} {'antwoord blijft' if lost == 1 else 'antwoorden blijven'} weg." if lost else ""
            self.ends[row.pk] = (Outcome.NEW, said)
            found[row.pk] = FromFile(
                mark,
                replies,
                email=row.key,
                name=row.label,
                person=row.match,
                organisation=places.get(row.key),
            )
        return found

    def _read(self, row: Row) -> tuple[list[Any], int]:
        """Give the replies of a row, and how many answers cannot be kept."""
        decided, replies, lost = self.decided.get(row.number or 0, {}), [], 0
        for key, cell in row.values.items():
            asked: Asked | None = self.asked.get(key)
            if asked is None:
                continue
            reading = asked.read(cell, decided)
            replies += reading.replies
            lost += len(reading.left_out) + len(reading.doubts)
        return replies, lost

    def _places(self) -> dict[str, int]:
        """Give the organisation of that day by address: as they were invited, or as the person is known."""
        if not is_named(self.evaluation):
            return {}
        rows = Row.objects.filter(of=self.draft, outcome=Outcome.NEW).exclude(key="")
        emails = list(rows.values_list("key", flat=True))
        known = known_by(emails, self.evaluation.about_on)
        places = {email: place.pk for email in emails if (place := known(email).organisation)}
        invited = self.evaluation.invitations.exclude(email="").exclude(organisation=None)
        return places | dict(invited.values_list("email", "organisation"))

    def __call__(self, rows: Sequence[Row]) -> list[Row]:
        """Give the rows of a block that ended otherwise, or with other words, than was shown."""
        changed = []
        for row in rows:
            end = self.ends.get(row.pk, (row.outcome, row.message))
            if row.outcome and end != (row.outcome, row.message):
                row.outcome, row.message = end
                changed.append(row)
        return changed


def forget(draft: Import, evaluation: Evaluation) -> None:
    """Throw away what was only kept to be looked at: the answers, and unless on name who gave them."""
    Row.objects.filter(of=draft, outcome="").delete()
    wiped: dict[str, Any] = {"values": {}}
    if not is_named(evaluation):
        wiped |= {"key": "", "label": "", "match": None}
    Row.objects.filter(of=draft).update(**wiped)
