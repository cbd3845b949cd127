"""Judges the rows of a file with answers: new or read before, and which words fit no choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from trekker.feedback.actions.importing import are_too_few, imprint
from trekker.feedback.importers.answers import Asked, Doubt
from trekker.feedback.importers.evaluation import MOST_WORDS, WHO, asked_in, is_named
from trekker.feedback.models import Evaluation
from trekker.feedback.queries.evaluations import known_by
from trekker.imports.models import Import, Row
from trekker.imports.registry import Raw
from trekker.people.addresses import NotAnAddress, address
from trekker.people.models import Person
from trekker.people.queries import erased_among

State, Outcome = Row.State, Row.Outcome
EMPTY = "Op deze rij staat geen enkel antwoord op een gekozen vraag."
TWICE = "Deze rij staat ook hoger in het bestand. Die telt."
SAME_PERSON = "Dit mailadres staat ook op een eerdere rij. Die telt."
ANSWERED = "Deze persoon antwoordde al op een andere manier. Dat antwoord blijft."
ERASED = "Deze persoon vroeg om gewist te worden. Naam en mailadres blijven weg."
TOO_FEW = (
    "Er komen minder dan 5 antwoorden bij. Het verschil zou die tonen. "
    "Wacht tot er minstens 5 nieuwe zijn, of maak er een nieuwe evaluatie van."
)
LEFT = " Dit antwoord blijft weg."


class Judge:
    """
    Judges blocks of rows of one file.

    A row is certain. Each word in it that is none of the choices gives a row of its own that asks what
    it means; all rows with the same word for the same question are decided together.
    """

    def __init__(self, draft: Import, evaluation: Evaluation, decisions: Mapping[str, int | None]) -> None:
        """Read once what was read in before, and how many rows are new."""
        self.draft, self.evaluation, self.decisions = draft, evaluation, decisions
        self.asked = asked_in(draft)
        self.named = is_named(evaluation)
        self.marks = set(evaluation.imprints.values_list("mark", flat=True))
        self.seen: set[str] = set()
        self.too_few = are_too_few(evaluation, self._new_rows())
        self.words: dict[str, set[str]] = defaultdict(set)
        self.people: dict[str, Person] = {}
        self.erased: set[str] = set()
        self.emails: set[str] = set()
        answered = evaluation.responses.filter(person__isnull=False) if self.named else ()
        self.answered = {each.person_id for each in answered}
        served = evaluation.invitations.filter(answered=True).exclude(email="") if self.named else ()
        self.served = {each.email for each in served}

    def _new_rows(self) -> int:
        """Count the rows with answers that were never read in."""
        if self.evaluation.closed_at is None or self.named:
            return 0
        place = self.draft.mapping.get("mark", 0)
        columns = [column for key, column in self.draft.mapping.items() if key in self.asked]
        blocks = self.draft.blocks.order_by("first").values_list("first", "rows")
        marks = {
            row[place]
            for first, rows in blocks.iterator(chunk_size=1)
            for number, row in enumerate(rows, start=first)
            if number > self.draft.header_row and any(row[each] for each in columns if each < len(row))
        }
        return sum(imprint(self.evaluation, mark) not in self.marks for mark in marks)

    def __call__(self, rows: Sequence[Raw]) -> list[Row]:
        """Give a judged, unsaved row for each, followed by those that ask what its words mean."""
        if self.named:
            emails = {email for raw in rows if (email := _email(raw))}
            known = known_by(emails, self.evaluation.about_on)
            self.people = {email: person for email in emails if (person := known(email).person)}
            self.erased = set(erased_among(emails))
        return list(chain.from_iterable(self._rows(raw) for raw in rows))

    def _rows(self, raw: Raw) -> list[Row]:
        who = WHO if self.named else ("mark",)
        known = {key: text for key, text in raw.values.items() if key in self.asked or key in who}
        row = Row(of=self.draft, number=raw.number, values=known, outcome=Outcome.NEW)
        mark = raw.values.get("mark", "")
        if not mark or not known.keys() - set(WHO):
            return [_refused(row, EMPTY)]
        if mark in self.seen:
            return [_refused(row, TWICE)]
        self.seen.add(mark)
        if self.named:
            self._say_who(row, raw)
        if imprint(self.evaluation, mark) in self.marks:
            row.outcome, row.message = Outcome.UNCHANGED, ""
            return [row]
        if self.too_few:
            return [_refused(row, TOO_FEW)]
        if row.outcome != Outcome.NEW or row.state == State.ERROR:
            return [row]
        return [row, *self._asking(row)]

    def _say_who(self, row: Row, raw: Raw) -> None:
        """Note who answered, and whether they did so before."""
        email = _email(raw)
        if email in self.erased:
            row.values = {key: text for key, text in row.values.items() if key not in {"email", "name"}}
            row.message = ERASED
            return
        person = self.people.get(email)
        row.key, row.label = email, raw.values.get("name", "")[:200] or str(person or "")
        row.match = person.pk if person else None
        if email and email in self.emails:
            _refused(row, SAME_PERSON)
        elif email in self.served or row.match in self.answered:
            row.outcome, row.message = Outcome.UNCHANGED, ANSWERED
        self.emails.add(email)

    def _asking(self, row: Row) -> list[Row]:
        """Read the answers of a row; note what cannot be kept, and ask what its words mean."""
        asking, left_out = [], []
        for key, asked in self.asked.items():
            if not row.values.get(key):
                continue
            reading = asked.read(row.values[key], {})
            left_out += reading.left_out
            for doubt in reading.doubts:
                words = self.words[key]
                if doubt.group not in words and len(words) >= MOST_WORDS:
                    left_out.append(f"“{doubt.word[:40]}” is geen keuze bij {asked.label[:60]}.")
                    continue
                words.add(doubt.group)
                asking.append(self._ask(row, asked, doubt))
        if left_out:
            row.differs = True
            row.message = " ".join([row.message, *(f"{each}{LEFT}" for each in left_out[:3])]).strip()
        return asking

    def _ask(self, row: Row, asked: Asked, doubt: Doubt) -> Row:
        decided = doubt.group in self.decisions
        return Row(
            of=self.draft,
            number=row.number,
            label=asked.label[:250],
            values={"word": doubt.word[:250]},
            state=State.CERTAIN if decided else State.DOUBTFUL,
            outcome="",
            group=doubt.group,
            target=self.decisions[doubt.group] if decided else doubt.proposed,
            choices=asked.targets(),
            decided=decided,
        )


def _refused(row: Row, why: str) -> Row:
    row.state, row.outcome, row.message = State.ERROR, Outcome.REFUSED, why
    return row


def _email(raw: Raw) -> str:
    try:
        return address(raw.values.get("email", ""))
    except NotAnAddress:
        return ""
