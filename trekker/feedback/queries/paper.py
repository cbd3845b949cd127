"""What stands on the paper form of an evaluation."""

from __future__ import annotations

from django.utils.formats import date_format

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.formats.paper import OnPaper, PaperForm, Permitted
from trekker.feedback.models import Evaluation, Mode, Question

Kind = QuestionKind
HINTS = {
    Kind.ONE: "Kruis één vakje aan.",
    Kind.MANY: "Kruis aan wat past. Meer mag.",
    Kind.NUMBER: "Schrijf een getal.",
    Kind.RANKING: "Schrijf een cijfer in elk vakje: 1 is het eerste.",
}
LINES = {Kind.NUMBER: 1, Kind.SHORT: 1, Kind.LONG: 4}
ACROSS = {Kind.SCALE, Kind.YES_NO}
PRIVACY = {
    Mode.NAMED: "De organisator ziet wie wat antwoordde. Anderen zien je naam niet.",
    Mode.PSEUDONYM: "We bewaren je antwoord zonder je naam.",
    Mode.ANONYMOUS: "Je antwoord is anoniem. Schrijf nergens je naam.",
}
SEALED = (
    "Mogen we later vragen wat ervan kwam? Dan bewaren we je mailadres achter slot. "
    "Na die vraag wissen we het."
)
BACK = "Geef dit blad af voor je vertrekt. Wij typen je antwoorden in."


def on_paper(evaluation: Evaluation, link: str = "") -> PaperForm:
    """Lay out the questions of an evaluation for paper."""
    questions = list(evaluation.questionnaire.questions.all())
    promise = PRIVACY[Mode(evaluation.mode)]
    return PaperForm(
        title="Wat vond je ervan?",
        about=f"{evaluation.title}, {date_format(evaluation.about_on, 'j F Y')}",
        intro=evaluation.questionnaire.intro,
        privacy=f"{promise} {SEALED}" if evaluation.follow_up_weeks else promise,
        questions=tuple(_asked(each) for each in questions),
        permissions=tuple(_permissions(evaluation, questions)),
        back=BACK,
        link=link,
    )


def _asked(question: Question) -> OnPaper:
    kind = Kind(question.kind)
    earlier = question.only_if
    return OnPaper(
        label=question.label,
        help=question.help_text,
        condition=f"Enkel als je bij vraag {earlier} “{question.only_if_answer}” koos." if earlier else "",
        hint=HINTS.get(kind, ""),
        options=tuple(question.choices),
        across=kind in ACROSS,
        low=question.low if kind == Kind.SCALE else "",
        high=question.high if kind == Kind.SCALE else "",
        lines=LINES.get(kind, 0),
    )


def _permissions(evaluation: Evaluation, questions: list[Question]) -> list[Permitted]:
    found = []
    if evaluation.mode == Mode.NAMED:
        found.append(Permitted("Je naam", box=False, lines=1))
    if any(each.kind in {Kind.SHORT, Kind.LONG} for each in questions):
        found.append(Permitted("Jullie mogen mijn woorden citeren, zonder mijn naam."))
    if weeks := evaluation.follow_up_weeks:
        found.append(Permitted(f"Vraag me over {weeks} weken wat ervan kwam. Mijn mailadres:", lines=1))
    return found
