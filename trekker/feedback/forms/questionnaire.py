"""The form of the back office for questionnaires: what is asked, how, and in which order."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from trekker.feedback.catalogue import CORE, QuestionKind, kind_choices
from trekker.feedback.models import Mode, Questionnaire
from trekker.feedback.models.questionnaire import CORE_CHOICES

Kind = QuestionKind
WITH_OPTIONS = {Kind.ONE, Kind.MANY, Kind.RANKING}
LEADS_ON = {Kind.ONE, Kind.MANY, Kind.YES_NO}
MOST_RANKED, LONGEST_OPTION, USUAL_STEPS = 10, 200, 5
OWN = "geen: ik schrijf zelf een vraag"
SCALE_STEPS = "Vul een getal in van 3 tot 10."
WEEKS = "Vul een getal in van 8 tot 12, of laat dit leeg."
AS_WRITTEN = "Schrijf de keuze precies zoals in die vraag, bv. neen."
DAYS = "Vul een aantal dagen in, zoals 21."


def lines(text: str) -> list[str]:
    """Give the lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class QuestionForm(WagtailAdminModelForm):
    """One question of a form: a core question by its code, or one of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in our words what is wrong; steps that stay empty are the usual ones."""
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", OWN), *CORE_CHOICES]
        steps = self.fields["steps"]
        steps.required = False
        steps.error_messages |= dict.fromkeys(("invalid", "min_value", "max_value"), SCALE_STEPS)
        self.fields["only_if"].error_messages["invalid"] = "Vul het nummer van een eerdere vraag in."

    def clean_steps(self) -> int:
        """Take the usual number where none is filled in."""
        return self.cleaned_data["steps"] or USUAL_STEPS

    def clean(self) -> dict[str, Any]:
        """Ask of an own question what its kind needs; a core question brings its own wording."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("code"):
            return cleaned
        if not cleaned.get("label", "").strip():
            self.add_error("label", "Schrijf de vraag, of kies een vaste vraag.")
        kind = cleaned.get("kind")
        if kind in WITH_OPTIONS:
            self._judge_options(kind, lines(cleaned.get("options", "")))
        elif kind == Kind.SCALE:
            for name in ("low", "high"):
                if not cleaned.get(name, "").strip():
                    self.add_error(name, "Schrijf wat dit uiterste betekent.")
        return cleaned

    def _judge_options(self, kind: str, options: list[str]) -> None:
        if len(options) < 2:  # noqa: PLR2004 - one is no choice
            self.add_error("options", "Schrijf minstens twee keuzes, elk op een eigen regel.")
        elif len({each.casefold() for each in options}) < len(options):
            self.add_error("options", "Er staat een keuze dubbel. Schrijf elke keuze één keer.")
        elif kind == Kind.RANKING and len(options) > MOST_RANKED:
            self.add_error("options", f"Laat hoogstens {MOST_RANKED} keuzes rangschikken.")
        if too_long := next((each for each in options if len(each) > LONGEST_OPTION), ""):
            self.add_error("options", f"Maak deze keuze korter: {too_long[:40]}…")

    @property
    def leads_to(self) -> list[str]:
        """What can be answered here that a later question may depend on."""
        core = CORE.get(self.cleaned_data.get("code", ""))
        kind = core.kind if core else self.cleaned_data.get("kind")
        if kind not in LEADS_ON:
            return []
        if kind == Kind.YES_NO:
            return ["ja", "neen"]
        return list(core.options) if core else lines(self.cleaned_data.get("options", ""))


class QuestionFormSet(BaseChildFormSet):
    """The questions of a form, as they hang together."""

    default_error_messages = {
        **BaseChildFormSet.default_error_messages,
        "too_few_forms": "Voeg minstens één vraag toe.",
    }

    def clean(self) -> None:
        """Let each core question stand once, and a condition point back to a choice."""
        super().clean()
        kept = [form for form in self.forms if hasattr(form, "cleaned_data") and not self._is_gone(form)]
        kept.sort(key=lambda form: form.cleaned_data.get("ORDER") or len(self.forms) + 1)
        seen: set[str] = set()
        for place, form in enumerate(kept, start=1):
            code = form.cleaned_data.get("code", "")
            if code and code in seen:
                form.add_error("code", "Deze vaste vraag staat er al. Stel ze één keer.")
            seen.add(code)
            self._judge_condition(form, place, kept)

    def _is_gone(self, form: Any) -> bool:
        return form.cleaned_data.get("DELETE", False) or not (form.instance.pk or form.has_changed())

    def _judge_condition(self, form: Any, place: int, kept: list[Any]) -> None:
        number = form.cleaned_data.get("only_if")
        answer = form.cleaned_data.get("only_if_answer", "").strip()
        if number is None:
            if answer and not form.errors.get("only_if"):
                form.add_error("only_if", "Vul het nummer van de vraag in, of wis het antwoord.")
            return
        if not 1 <= number < place:
            form.add_error("only_if", "Kies een vraag die eerder komt.")
            return
        choices = kept[number - 1].leads_to
        if not choices:
            form.add_error("only_if", f"Bij vraag {number} kiest niemand iets. Neem een vraag met keuzes.")
        elif answer not in choices:
            form.add_error("only_if_answer", f"Neem een keuze van vraag {number}: {', '.join(choices)}.")

    def save(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - the signature of modelcluster
        """Put every question in its place, also those that nobody touched."""
        saved = super().save(commit=False)
        manager = getattr(self.instance, self.rel_name)
        manager.add(*(form.instance for form in self.ordered_forms))
        if commit:
            manager.commit()
        return saved


class QuestionsPanel(InlinePanel):
    """Wagtail's rows for the questions, judged by our forms."""

    def get_form_options(self) -> dict[str, Any]:
        """Bring our forms along."""
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": QuestionForm, "formset": QuestionFormSet}
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        """Draws the rows with a name for every button."""

        template_name = "feedback/office/questions_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            """Write the place of each row once: Wagtail writes it twice."""
            super().__init__(**kwargs)
            for place, child in enumerate(self.children if self.form else (), start=1):
                order = child.form.fields["ORDER"]
                order.widget, order.initial = forms.HiddenInput(), place


class QuestionnaireForm(WagtailAdminModelForm):
    """A form as a whole: what it is for, and how it is asked."""

    kinds = forms.MultipleChoiceField(
        label="Standaard voor",
        choices=kind_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Na zo'n activiteit krijgen mensen deze vragenlijst. Ze neemt de plaats in van de vorige.",
    )

    class Media:
        css = {"all": ["feedback/office.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in our words what is wrong."""
        super().__init__(*args, **kwargs)
        wrong = ("invalid", "min_value", "max_value")
        self.fields["title"].error_messages["required"] = "Geef de vragenlijst een titel."
        self.fields["open_days"].error_messages |= dict.fromkeys((*wrong, "required"), DAYS)
        self.fields["remind_after_days"].error_messages |= dict.fromkeys(wrong, DAYS)
        self.fields["follow_up_weeks"].error_messages |= dict.fromkeys(wrong, WEEKS)

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("mode") == Mode.ANONYMOUS and cleaned.get("follow_up_weeks"):
            self.add_error(
                "follow_up_weeks", "Wie anoniem antwoordt, kun je later niets vragen. Maak dit leeg."
            )
        days, reminder = cleaned.get("open_days"), cleaned.get("remind_after_days")
        if days and reminder and reminder >= days:
            self.add_error("remind_after_days", "Herinner mensen voor de vragenlijst sluit.")
        return cleaned


QUESTION_PANELS = [
    FieldPanel("code", classname="ask-code"),
    FieldPanel("label", classname="ask-own"),
    FieldPanel("help_text", classname="ask-own"),
    FieldPanel("kind", classname="ask-own"),
    FieldPanel("options", widget=forms.Textarea(attrs={"rows": 4}), classname="ask-own ask-options"),
    FieldRowPanel(
        [FieldPanel("low"), FieldPanel("high"), FieldPanel("steps")], classname="ask-own ask-scale"
    ),
    FieldPanel("required"),
    FieldRowPanel(
        [FieldPanel("only_if"), FieldPanel("only_if_answer", help_text=AS_WRITTEN)], classname="ask-condition"
    ),
]

PANELS = ObjectList(
    [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("intro")], heading="Wat"),
        QuestionsPanel(
            "questions",
            panels=QUESTION_PANELS,
            heading="Vragen",
            label="vraag",
            min_num=1,
            help_text="Een vaste vraag brengt haar eigen woorden mee. Wat je zelf schrijft, telt dan niet.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("mode", widget=forms.RadioSelect),
                FieldRowPanel(
                    [
                        FieldPanel("open_days"),
                        FieldPanel("remind_after_days"),
                        FieldPanel("follow_up_weeks"),
                    ]
                ),
            ],
            heading="Hoe je het vraagt",
        ),
        MultiFieldPanel([FieldPanel("kinds")], heading="Wanneer je het vraagt"),
    ],
    base_form_class=QuestionnaireForm,
)

EARLIER, ALL = "vroeger", "alles"


class QuestionnaireFilters(WagtailFilterSet):
    """How to narrow the list of questionnaires."""

    which = django_filters.ChoiceFilter(
        label="Welke",
        choices=[(EARLIER, "niet meer in gebruik"), (ALL, "alle")],
        method="narrow",
        widget=forms.RadioSelect,
        empty_label="in gebruik",
    )

    class Meta:
        model = Questionnaire
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Start from those in use, unless the reader asks for others."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("which") else rows.filter(is_current=True)

    def narrow(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Keep those that went out of use, or all."""
        return rows.filter(is_current=False) if value == EARLIER else rows
