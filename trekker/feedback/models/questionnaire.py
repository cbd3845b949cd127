"""Questionnaires and their questions; one that was used never changes, a next version does."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from trekker.feedback.catalogue import CORE, KINDS, Core, QuestionKind
from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy

CORE_CHOICES = [(core.code, core.label) for core in CORE.values()]


class Mode(models.TextChoices):
    """What is kept of who answered; see decision 0008."""

    NAMED = "NAMED", "op naam"
    PSEUDONYM = "PSEUDONYM", "zonder naam, met opvolging"
    ANONYMOUS = "ANONYMOUS", "anoniem"


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Questionnaires that are …."""

    def visible_to(self, user: Any) -> QuestionnaireQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.FEEDBACK_VIEW) else self.none()

    def current(self) -> QuestionnaireQuerySet:
        """Narrow to the newest version of each that is in use."""
        return self.filter(is_current=True)

    def standard_for(self, kind: str) -> Questionnaire | None:
        """Give the standard form of a kind of activity."""
        rows = self.current().order_by("-pk")
        return next((each for each in rows if kind in each.kinds), None)


class Questionnaire(ClusterableModel):
    """
    One version of a form: its questions, and how it is asked.

    ``kinds`` are the kinds of activity whose standard form it is. ``follow_up_weeks`` is empty where
    nobody is asked later what came of it.
    """

    title = models.CharField("titel", max_length=120)
    intro = models.TextField(
        "uitleg bovenaan", blank=True, help_text="Eén of twee zinnen: waarom vraag je dit?"
    )
    kinds = models.JSONField("standaard voor", default=list, blank=True)
    mode = models.CharField("wie antwoordt", max_length=10, choices=Mode, default=Mode.PSEUDONYM)
    open_days = models.PositiveSmallIntegerField(
        "dagen open", default=21, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    remind_after_days = models.PositiveSmallIntegerField(
        "herinnering na dagen", null=True, blank=True, default=7, help_text="Leeg: geen herinnering."
    )
    follow_up_weeks = models.PositiveSmallIntegerField(
        "opvolging na weken",
        null=True,
        blank=True,
        default=10,
        validators=[MinValueValidator(8), MaxValueValidator(12)],
        help_text="Van 8 tot 12 weken. Leeg: je vraagt later niet wat ervan kwam.",
    )
    version = models.PositiveSmallIntegerField("versie", default=1, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", editable=False
    )
    is_current = models.BooleanField("in gebruik", default=True, editable=False)
    created_at = models.DateTimeField("gemaakt op", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = QuestionnaireQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "title", "intro", "kinds", "mode", "open_days", "remind_after_days", "follow_up_weeks"),
            *("version", "replaces", "is_current", "created_at", "created_by"),
        }
    )

    class Meta:
        verbose_name = "vragenlijst"
        verbose_name_plural = "vragenlijsten"
        constraints = [
            models.CheckConstraint(
                condition=~Q(mode=Mode.ANONYMOUS) | Q(follow_up_weeks=None),
                name="anonymous_form_has_no_follow_up",
                violation_error_message="Wie anoniem antwoordt, kun je later niets vragen. "
                "Maak de weken leeg of kies een andere manier.",
            )
        ]

    def __str__(self) -> str:
        return self.title if self.version == 1 else f"{self.title} (versie {self.version})"

    @property
    def kind_labels(self) -> list[str]:
        """What it is the standard form of, in words."""
        return [KINDS[kind] for kind in self.kinds if kind in KINDS]


def new_key() -> str:
    """Give a key that a question keeps through all versions of its form."""
    return token_hex(8)


class Question(Orderable):
    """
    One question of a form.

    With a ``code`` it is a core question, whose wording, kind and options are those of the code.
    ``key`` is the same for the same question in a next version. ``only_if`` is the place, from 1, of an
    earlier question: this one is asked only of who answered ``only_if_answer`` there.
    """

    questionnaire = ParentalKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(
        "vaste vraag",
        max_length=20,
        choices=CORE_CHOICES,
        blank=True,
        help_text="Een vaste vraag blijft elk jaar dezelfde. Zo kun je vergelijken.",
    )
    key = models.CharField(max_length=16, default=new_key, editable=False)
    label = models.CharField("vraag", max_length=250, blank=True)
    help_text = models.CharField("uitleg", max_length=250, blank=True)
    kind = models.CharField("soort antwoord", max_length=8, choices=QuestionKind, default=QuestionKind.LONG)
    options = models.TextField("keuzes", blank=True, help_text="Eén per regel.")
    low = models.CharField("woord bij het laagste", max_length=60, blank=True)
    high = models.CharField("woord bij het hoogste", max_length=60, blank=True)
    steps = models.PositiveSmallIntegerField(
        "stappen", default=5, validators=[MinValueValidator(3), MaxValueValidator(10)]
    )
    required = models.BooleanField("verplicht", default=False)
    only_if = models.PositiveSmallIntegerField(
        "enkel na vraag", null=True, blank=True, help_text="Het nummer van een eerdere vraag."
    )
    only_if_answer = models.CharField("met als antwoord", max_length=200, blank=True)

    privacy = Privacy(
        other={
            *("id", "sort_order", "questionnaire", "code", "key", "label", "help_text", "kind", "options"),
            *("low", "high", "steps", "required", "only_if", "only_if_answer"),
        }
    )

    class Meta(Orderable.Meta):
        verbose_name = "vraag van een vragenlijst"
        verbose_name_plural = "vragen van een vragenlijst"

    def __str__(self) -> str:
        return self.label

    @property
    def core(self) -> Core | None:
        """The core question it is, if it is one."""
        return CORE.get(self.code)

    @property
    def same_as(self) -> str:
        """What it shares with the same question in other forms and versions."""
        return self.code or self.key

    @property
    def choices(self) -> list[str]:
        """What can be chosen, in order; for a scale its steps."""
        if self.kind == QuestionKind.SCALE:
            return [str(step) for step in range(1, self.steps + 1)]
        if self.kind == QuestionKind.YES_NO:
            return ["ja", "neen"]
        return [line.strip() for line in self.options.splitlines() if line.strip()]
