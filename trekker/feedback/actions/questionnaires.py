"""Making and changing questionnaires; one that was used keeps its questions, a next version gets the new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from trekker.feedback.catalogue import CAN_USE, CORE, INTENTION, QuestionKind
from trekker.feedback.models import Mode, Question, Questionnaire
from trekker.feedback.models.questionnaire import new_key
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

ADDED = audit.act("feedback.form_added", "vragenlijst gemaakt")
CHANGED = audit.act("feedback.form_changed", "vragenlijst verbeterd")
NEXT_VERSION = audit.act("feedback.form_next_version", "nieuwe versie van een vragenlijst")
RETIRED = audit.act("feedback.form_retired", "vragenlijst uit gebruik genomen")
ASKED_ANEW = ("title", "intro", "kinds", "mode", "open_days", "remind_after_days", "follow_up_weeks")


class NotCurrent(Exception):
    """There is a newer version of the form: change that one."""


@transaction.atomic
def add_questionnaire(*, questionnaire: Questionnaire, by: AnyAccount, now: datetime) -> Questionnaire:
    """Store a new form with its questions; it takes the place of the standard form of its kinds."""
    questionnaire.created_by, questionnaire.created_at = by, now
    _write_core(questionnaire)
    questionnaire.save()
    _take_kinds(questionnaire)
    audit.record(ADDED, questionnaire, by=by, at=now)
    return questionnaire


@transaction.atomic
def change_questionnaire(*, questionnaire: Questionnaire, by: AnyAccount, now: datetime) -> Questionnaire:
    """
    Store what was changed in a form and its questions; gives the version that holds now.

    A form that was ever asked stays as it was: what changed becomes a next version, whose questions keep
    their key, so that answers stay comparable. One that is answered in another way gets a new key.

    :raises NotCurrent: if there is a newer version
    """
    stored = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if not stored.is_current:
        raise NotCurrent
    if not stored.evaluations.exists():
        _write_core(questionnaire)
        questionnaire.save()
        _take_kinds(questionnaire)
        audit.record(CHANGED, questionnaire, by=by, at=now)
        return questionnaire
    stored.is_current = False
    stored.save(update_fields=["is_current"])
    following = Questionnaire(
        **{name: getattr(questionnaire, name) for name in ASKED_ANEW},
        version=stored.version + 1,
        replaces=stored,
        created_at=now,
        created_by=by,
    )
    before = {each.pk: each for each in stored.questions.all()}
    following.questions = [_copy(each, before.get(each.pk)) for each in questionnaire.questions.all()]
    _write_core(following)
    following.save()
    _take_kinds(following)
    audit.record(NEXT_VERSION, following, by=by, at=now)
    return following


@transaction.atomic
def retire_questionnaire(*, questionnaire: Questionnaire, by: AnyAccount, now: datetime) -> None:
    """Take a form out of use; what was asked with it stays. Twice changes nothing."""
    stored = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if stored.is_current:
        stored.is_current = False
        stored.save(update_fields=["is_current"])
        audit.record(RETIRED, stored, by=by, at=now)


def _copy(question: Question, before: Question | None) -> Question:
    names = [
        field.name for field in Question._meta.concrete_fields if field.name not in {"id", "questionnaire"}
    ]
    copy = Question(**{name: getattr(question, name) for name in names})
    if before and _answered_by(before) != _answered_by(question):
        copy.key = new_key()
    return copy


def _answered_by(question: Question) -> tuple[object, ...]:
    """Give what makes answers comparable; where it changes, it is another question."""
    if question.code:
        return (question.code,)
    return ("", question.kind, question.steps if question.kind == QuestionKind.SCALE else 0)


def _write_core(questionnaire: Questionnaire) -> None:
    """Give each core question the wording of its code."""
    for question in questionnaire.questions.all():
        core = question.core
        if core:
            question.label, question.help_text, question.kind = core.label, core.help_text, core.kind
            question.options = "\n".join(core.options)
            question.low, question.high, question.steps = core.low, core.high, 5
    questionnaire.questions = list(questionnaire.questions.all())


def _take_kinds(questionnaire: Questionnaire) -> None:
    """Let each kind of activity have one standard form: the one stored last."""
    mine = set(questionnaire.kinds)
    for other in Questionnaire.objects.current().exclude(pk=questionnaire.pk):
        if mine & set(other.kinds):
            other.kinds = [kind for kind in other.kinds if kind not in mine]
            Questionnaire.objects.filter(pk=other.pk).update(kinds=other.kinds)


@dataclass(frozen=True)
class _First:
    """A form that comes with the platform."""

    title: str
    kinds: tuple[str, ...]
    questions: Sequence[Question | str]


def _own(label: str, kind: str = QuestionKind.LONG, **more: object) -> Question:
    # The same words in another of these forms are the same question: their answers may be compared.
    return Question(label=label, kind=kind, key=sha256(label.encode()).hexdigest()[:16], **more)


def _first_forms() -> list[_First]:
    better = "Wat doen we volgende keer beter?"
    return [
        _First(
            "Na een bijeenkomst",
            ("network_meeting", "info_session", "inspiration_event", "presentation", "workshop"),
            (
                *("satisfaction", "relevance", CAN_USE, INTENTION),
                _own("Wat houdt je tegen?", only_if=3, only_if_answer="neen"),
                _own(better),
            ),
        ),
        _First(
            "Na een opleiding",
            ("training", "study_visit"),
            (
                *("satisfaction", "relevance", "confidence", CAN_USE, INTENTION),
                _own("Wat houdt je tegen?", only_if=4, only_if_answer="neen"),
                _own(
                    "Hoe was het tempo?",
                    QuestionKind.SCALE,
                    low="te traag",
                    high="te snel",
                ),
                _own(better),
            ),
        ),
        _First(
            "Na een intervisie of focusgroep",
            ("intervision", "focus_group"),
            ("satisfaction", CAN_USE, INTENTION, _own("Wat nam je mee van de anderen?"), _own(better)),
        ),
        _First(
            "Na een gesprek of traject",
            ("conversation", "trajectory"),
            ("satisfaction", "relevance", CAN_USE, INTENTION, _own("Wat heb je nog nodig van ons?")),
        ),
        _First(
            "Over een tool",
            ("tool",),
            (
                *("relevance", CAN_USE),
                _own(
                    "Waarvoor gebruik je de tool?",
                    QuestionKind.MANY,
                    options="om te leren\nom een gesprek te voeren\nom beleid te maken\nom op te leiden",
                ),
                _own("Wat mist er in de tool?"),
            ),
        ),
    ]


@transaction.atomic
def load_first_forms(*, now: datetime) -> int:
    """Make the standard forms where there is no form at all yet; says how many."""
    if Questionnaire.objects.exists():
        return 0
    forms = _first_forms()
    for form in forms:
        made = Questionnaire(title=form.title, kinds=list(form.kinds), mode=Mode.PSEUDONYM)
        made.questions = [
            Question(code=each, label=CORE[each].label, required=each == CAN_USE, sort_order=place)
            if isinstance(each, str)
            else _placed(each, place)
            for place, each in enumerate(form.questions)
        ]
        add_questionnaire(questionnaire=made, by=None, now=now)
    return len(forms)


def _placed(question: Question, place: int) -> Question:
    question.sort_order = place
    return question
