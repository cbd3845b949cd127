"""The forms and filters of the back office for lessons."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from wagtail.admin.filters import WagtailFilterSet

from trekker.feedback.catalogue import kind_choices
from trekker.feedback.models import Answer, Evaluation, Lesson
from trekker.feedback.queries.lessons import to_come_from, to_draw_from
from trekker.ui.forms import SeveralField

LONGEST = 220
State = Lesson.State


class ByQuestion(ModelChoiceIterator):
    """
    The answers under the words of their question, those a lesson came from first.

    The same words under the same question stand once; what was chosen always stands.
    """

    def __iter__(self) -> Iterator[Any]:
        """Give pairs of question and choices."""
        chosen = set(self.field.chosen)  # type: ignore[attr-defined]
        found: dict[str, list[Answer]] = {}
        for each in sorted(self.queryset, key=lambda answer: answer.pk not in chosen):
            found.setdefault(each.question.label, []).append(each)
        for question, answers in found.items():
            seen: set[str] = set()
            kept = []
            for each in answers:
                words = " ".join(each.text.casefold().split())
                if each.pk in chosen or words not in seen:
                    kept.append(self.choice(each))
                seen.add(words)
            yield question, kept


class UnderQuestions(forms.CheckboxSelectMultiple):
    """Boxes to tick, each group named by its question."""

    template_name = "feedback/office/answers_widget.html"


class AnswersField(SeveralField):
    """Asks which open answers a lesson comes from."""

    iterator = ByQuestion
    chosen: Collection[int] = ()

    def label_from_instance(self, obj: Answer) -> str:
        """Show the words, shortened."""
        text = " ".join(obj.text.split())
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


class LessonForm(forms.Form):
    """Asks what to do differently, for what, and where that comes from."""

    text = forms.CharField(
        label="Wat doen we anders?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Je collega's lezen dit als ze de volgende activiteit plannen.",
        error_messages={"required": "Schrijf op wat jullie anders doen."},
    )
    kinds = forms.MultipleChoiceField(
        label="Voor",
        choices=kind_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies waarvoor de les geldt."},
    )
    evaluation = forms.ModelChoiceField(
        Evaluation.objects.none(), label="Komt uit", required=False, empty_label="geen evaluatie"
    )
    answers = AnswersField(
        Answer.objects.none(),
        label="Antwoorden waaruit dit blijkt",
        required=False,
        widget=UnderQuestions,
        error_messages={"invalid_choice": "Dit antwoord kun je niet meer kiezen."},
    )

    def __init__(self, data: Any = None, *, reader: Any, initial: dict[str, Any]) -> None:
        """Offer what can be read, and the answers of the evaluation it comes from."""
        super().__init__(data, initial=initial)
        rows = to_come_from(initial.get("evaluation"), reader)
        self.fields["evaluation"].queryset = rows  # type: ignore[attr-defined]
        answers = to_draw_from(initial.get("evaluation"), initial.get("answers", ()), reader)
        self.fields["answers"].chosen = initial.get("answers", ())  # type: ignore[attr-defined]
        self.fields["answers"].queryset = answers  # type: ignore[attr-defined]
        if not answers:
            del self.fields["answers"]


class ConcludeForm(forms.Form):
    """Asks what became of a lesson."""

    state = forms.ChoiceField(
        label="Stand",
        choices=State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een stand."},
    )
    outcome = forms.CharField(
        label="Wat kwam ervan?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pasten jullie het toe? Wat merkten jullie? Of waarom hoeft het niet meer?",
    )


class LessonFilters(WagtailFilterSet):
    """How to narrow the list of lessons."""

    state = django_filters.MultipleChoiceFilter(
        label="Stand", choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(
        label="Voor",
        choices=kind_choices,
        method="narrow_to_kind",
        widget=forms.RadioSelect,
        empty_label="alles",
    )

    class Meta:
        model = Lesson
        fields: list[str] = []

    def narrow_to_kind(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep what goes for that kind; SQLite cannot look inside a list, and there are few lessons."""
        keys = [pk for pk, kinds in Lesson.objects.values_list("pk", "kinds") if value in kinds]
        return rows.filter(pk__in=keys)
