"""The form that people answer: its fields are the questions of a questionnaire."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from trekker.feedback.actions.answering import DRAFT, Given, Reply
from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models import Evaluation, Invitation, Mode, Question
from trekker.kernel.sealing import BrokenSeal, unseal
from trekker.kernel.tickets import Ticket, TicketForm
from trekker.people.addresses import NotAnAddress, address

PURPOSE = "feedback.answer"
FIELD = "vraag_{}"
SHORT, LONG = 300, 3000
MOST = 100  # choices of one question that are saved
MOVED_ON = "De vragen veranderden intussen. Kijk je antwoorden na en verstuur opnieuw."
CHOSEN = {QuestionKind.ONE, QuestionKind.YES_NO}
TEXTS = {QuestionKind.SHORT, QuestionKind.LONG}


class RankingWidget(forms.MultiWidget):
    """A list of the choices, each with its place; no dragging."""

    template_name = "feedback/public/ranking.html"
    use_fieldset = True

    def __init__(self, options: Sequence[str]) -> None:
        """Offer as many places as there are choices."""
        self.options = options
        places = [("", "–"), *((str(place), f"{place}e") for place in range(1, len(options) + 1))]
        super().__init__([forms.Select(choices=places) for _ in options])

    def decompress(self, value: Any) -> list[Any]:
        """Give the place of each choice."""
        return list(value or [None] * len(self.options))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Name each place by its choice."""
        context = super().get_context(name, value, attrs)
        rows = zip(self.options, context["widget"]["subwidgets"], strict=True)
        context["widget"]["rows"] = [{"option": option, "widget": widget} for option, widget in rows]
        return context


class RankingField(forms.MultiValueField):
    """Asks the place of each choice; gives the choices with their places, of those that have one."""

    def __init__(self, options: Sequence[str], **kwargs: Any) -> None:
        """Ask one place for each choice."""
        self.options = options
        places = [forms.IntegerField(min_value=1, max_value=len(options), required=False) for _ in options]
        super().__init__(places, widget=RankingWidget(options), require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> list[tuple[str, int]]:
        """Give pairs of choice and place."""
        return [(option, place) for option, place in zip(self.options, data_list, strict=False) if place]

    def clean(self, value: Any) -> list[tuple[str, int]]:
        """Refuse two choices on one place."""
        pairs: list[tuple[str, int]] = super().clean(value) or []
        places = [place for _option, place in pairs]
        if len(set(places)) < len(places):
            raise forms.ValidationError("Geef elke keuze een andere plaats.")
        return pairs


@dataclass(frozen=True)
class Asked:
    """One question on the form: its field, and when it is asked."""

    field: BoundField
    question: Question
    condition: str
    depends_on: str


class AnswerForm(TicketForm):
    """
    Asks the questions of an evaluation.

    With an ``invitation`` it starts from what was saved, and knows who answers. ``by_staff`` is for
    what someone wrote on paper: nothing is required then.
    """

    purpose = PURPOSE
    template_name = "feedback/public/_form.html"

    def __init__(
        self,
        data: Any = None,
        *,
        evaluation: Evaluation,
        now: datetime,
        invitation: Invitation | None = None,
        by_staff: bool = False,
    ) -> None:
        """Make a field of each question."""
        self.evaluation, self.invitation, self.by_staff = evaluation, invitation, by_staff
        self.questions = list(evaluation.questionnaire.questions.all())
        self.minds_speed = invitation is None and not by_staff
        super().__init__(data, now=now, initial=_saved(invitation))
        for number, question in enumerate(self.questions, start=1):
            self.fields[FIELD.format(question.pk)] = _field(question, number, by_staff=by_staff)
        self.fields["form"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial["form"] = evaluation.promise
        self._ask_who()

    def _judge(self, data: Any, sent: Ticket) -> None:
        """Ask again, with what was filled in, when the questions changed since the form was opened."""
        super()._judge(data, sent)
        current = self.evaluation.promise
        if data.get("form", current) != current:
            data["form"], self.asks_again = current, MOVED_ON

    def _ask_who(self) -> None:
        if self.evaluation.mode == Mode.NAMED and not self.invitation:
            self.fields["name"] = forms.CharField(
                label="Je naam",
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"autocomplete": "name"}),
            )
        if any(question.kind in TEXTS for question in self.questions):
            self.fields["may_quote"] = forms.BooleanField(
                label="Jullie mogen mijn woorden citeren, zonder mijn naam", required=False
            )
        if not self.evaluation.follow_up_weeks:
            return
        self.fields["agrees"] = forms.BooleanField(
            label=f"Vraag me over {self.evaluation.follow_up_weeks} weken wat ervan kwam", required=False
        )
        if not self.invitation:
            self.fields["address"] = forms.CharField(
                label="Je mailadres",
                required=False,
                max_length=254,
                help_text="Enkel om je later die ene vraag te stellen.",
                widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            )

    def asked(self) -> list[Asked]:
        """Give the questions in order, each with when it is asked."""
        found = []
        for question in self.questions:
            name = FIELD.format(question.pk)
            earlier = self._earlier(question)
            depends = FIELD.format(earlier.pk) if earlier else ""
            words = (
                f"Enkel als je bij vraag {question.only_if} “{question.only_if_answer}” koos."
                if earlier
                else ""
            )
            found.append(Asked(self[name], question, words, depends))
        return found

    def allowed(self) -> list[BoundField]:
        """Give the fields about what we may do with the answer."""
        names = ("name", "may_quote", "agrees", "address")
        return [self[name] for name in names if name in self.fields]

    def _earlier(self, question: Question) -> Question | None:
        place = question.only_if
        return self.questions[place - 1] if place and 0 < place <= len(self.questions) else None

    def clean(self) -> dict[str, Any]:
        """Drop what was not asked, with what is wrong about it."""
        cleaned = super().clean() or self.cleaned_data
        for question in self.questions:
            name = FIELD.format(question.pk)
            if not self._is_asked(question, cleaned):
                cleaned.pop(name, None)
                self.errors.pop(name, None)
        if cleaned.get("agrees") and "address" in self.fields and not self.errors.get("address"):
            self._read_address(cleaned)
        return cleaned

    def _read_address(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["address"] = address(cleaned.get("address", ""))
        except NotAnAddress:
            self.add_error("address", "Vul je mailadres in, of vink de vraag erboven uit.")

    def _is_asked(self, question: Question, cleaned: Mapping[str, Any]) -> bool:
        earlier = self._earlier(question)
        if earlier is None:
            return True
        chosen = cleaned.get(FIELD.format(earlier.pk))
        return question.only_if_answer in (chosen if isinstance(chosen, list) else [chosen])

    def is_empty(self) -> bool:
        """Tell whether nothing at all was answered."""
        return not self.given().replies

    def given(self) -> Given:
        """Give what someone answered and allows."""
        cleaned = self.cleaned_data
        replies = [
            reply
            for question in self.questions
            for reply in _replies(question, cleaned.get(FIELD.format(question.pk)))
        ]
        return Given(
            tuple(replies),
            may_quote=bool(cleaned.get("may_quote")),
            agrees=bool(cleaned.get("agrees")),
            address=cleaned.get("address", ""),
            name=cleaned.get("name", ""),
        )

    def typed(self) -> list[tuple[str, str]]:
        """Give what was typed or chosen, as (question, answer), for who can no longer send it."""
        found = []
        for question in self.questions:
            value = self[FIELD.format(question.pk)].value()
            listed = value if isinstance(value, list | tuple) else [value]
            words = ", ".join(str(each) for each in listed if each not in _NOTHING)
            if words:
                found.append((question.label, words))
        return found

    def draft(self) -> dict[str, list[str]]:
        """Give all that was filled in, as it came, to go on later; no more of it than an answer may hold."""
        sent: Any = self.data
        kept = {*("may_quote", "agrees"), *_names(self.questions)}
        found = {name: sent.getlist(name)[:MOST] for name in kept if name in sent}
        return {name: [value[:LONG] for value in values] for name, values in found.items()}


_NOTHING: tuple[Any, ...] = (None, "", [], ())


def _names(questions: Sequence[Question]) -> Iterator[str]:
    """Give the names under which the answers to these questions are sent."""
    for question in questions:
        name = FIELD.format(question.pk)
        yield name
        if question.kind == QuestionKind.RANKING:
            yield from (f"{name}_{place}" for place in range(len(question.choices)))


def _saved(invitation: Invitation | None) -> dict[str, Any]:
    """Give what someone saved, as the fields start from it."""
    if invitation is None or not invitation.draft:
        return {}
    try:
        kept = json.loads(unseal(invitation.draft, purpose=DRAFT, salt=str(invitation.pk).encode()))
    except BrokenSeal:
        return {}
    questions = {FIELD.format(each.pk): each for each in invitation.evaluation.questionnaire.questions.all()}
    found: dict[str, Any] = {name: True for name in ("may_quote", "agrees") if name in kept}
    for name, question in questions.items():
        if question.kind == QuestionKind.RANKING:
            places = [kept.get(f"{name}_{place}", [""])[0] for place in range(len(question.choices))]
            found[name] = places
        elif name in kept:
            found[name] = kept[name] if question.kind == QuestionKind.MANY else kept[name][0]
    return found


def _field(question: Question, number: int, *, by_staff: bool) -> forms.Field:
    """Give the field of a question; staff may leave out what nobody wrote."""
    messages = {"required": f"Beantwoord vraag {number}."}
    general: dict[str, Any] = {
        "label": f"{number}. {question.label}",
        "help_text": question.help_text,
        "required": question.required and not by_staff,
        "error_messages": messages,
    }
    kind = question.kind
    if kind == QuestionKind.SCALE:
        return forms.ChoiceField(choices=_steps(question), widget=forms.RadioSelect, **general)
    if kind in CHOSEN:
        choices = [(each, each) for each in question.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **general)
    if kind == QuestionKind.MANY:
        choices = [(each, each) for each in question.choices]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **general)
    if kind == QuestionKind.NUMBER:
        messages["invalid"] = "Schrijf een getal, zoals 12 of 2,5."
        return forms.DecimalField(
            max_digits=12,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            **general,
        )
    if kind == QuestionKind.RANKING:
        return RankingField(question.choices, **general)
    longest = SHORT if kind == QuestionKind.SHORT else LONG
    messages["max_length"] = f"Maak dit korter: hoogstens {longest} tekens."
    widget = forms.TextInput() if kind == QuestionKind.SHORT else forms.Textarea(attrs={"rows": 4})
    return forms.CharField(max_length=longest, widget=widget, **general)


def _steps(question: Question) -> list[tuple[str, str]]:
    """Name the steps of a scale by their number, and both ends in words too."""
    steps = question.choices
    words = {steps[0]: question.low, steps[-1]: question.high}
    return [(step, f"{step}, {words[step]}" if words.get(step) else step) for step in steps]


def _replies(question: Question, value: Any) -> list[Reply]:
    if value in _NOTHING:
        return []
    kind = question.kind
    if kind == QuestionKind.MANY:
        return [Reply(question.pk, choice=each) for each in value]
    if kind == QuestionKind.RANKING:
        return [Reply(question.pk, choice=option, number=str(place)) for option, place in value]
    if kind in {QuestionKind.SCALE, QuestionKind.NUMBER}:
        return [Reply(question.pk, number=str(value))]
    if kind in CHOSEN:
        return [Reply(question.pk, choice=value)]
    text = value.strip()
    return [Reply(question.pk, text=text)] if text else []
