"""What we decide to do differently, and what people said in the room."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from trekker.feedback.catalogue import KINDS
from trekker.feedback.models.evaluation import Evaluation
from trekker.feedback.models.response import Answer
from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Lessons that are …."""

    def visible_to(self, user: Any) -> LessonQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.FEEDBACK_VIEW) else self.none()

    def for_kind(self, kind: str) -> list[Lesson]:
        """Give what to keep in mind for the next activity of a kind, the newest first."""
        rows = self.filter(state=Lesson.State.KEPT_IN_MIND).order_by("-decided_at", "-pk")
        return [each for each in rows if kind in each.kinds]


class Lesson(models.Model):
    """
    Something to do differently next time, with the answers it comes from.

    ``kinds`` are the kinds of activity for which it is shown when the next one is planned.
    """

    class State(models.TextChoices):
        """What becomes of it."""

        KEPT_IN_MIND = "KEPT", "hiermee houden we rekening"
        APPLIED = "APPLIED", "toegepast"
        DROPPED = "DROPPED", "niet meer nodig"

    text = models.TextField("wat doen we anders", max_length=1000)
    kinds = models.JSONField("voor", default=list)
    evaluation = models.ForeignKey(
        Evaluation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name="komt uit",
    )
    answers = models.ManyToManyField(Answer, blank=True, related_name="lessons", verbose_name="antwoorden")
    state = models.CharField("stand", max_length=8, choices=State, default=State.KEPT_IN_MIND)
    outcome = models.TextField("wat ervan kwam", blank=True)
    decided_at = models.DateTimeField("beslist op", editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="beslist door",
    )

    objects = LessonQuerySet.as_manager()

    privacy = Privacy(
        other={"id", "text", "kinds", "evaluation", "state", "outcome", "decided_at", "decided_by"}
    )

    class Meta:
        verbose_name = "les"
        verbose_name_plural = "lessen"

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"  # noqa: PLR2004 - a line on screen

    @property
    def kind_labels(self) -> list[str]:
        """What it goes for, in words."""
        return [KINDS[kind] for kind in self.kinds if kind in KINDS]


class RoomNoteQuerySet(models.QuerySet["RoomNote"]):
    """Notes that are …."""

    def visible_to(self, user: Any) -> RoomNoteQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.FEEDBACK_READ) else self.none()


class RoomNote(models.Model):
    """What someone of ours heard in a conversation in the room: a source of its own, never counted."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="notes", verbose_name="evaluatie")
    text = models.TextField("wat je hoorde", help_text="Schrijf geen namen op.")
    heard_on = models.DateField("gehoord op")
    noted_at = models.DateTimeField("genoteerd op", editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = RoomNoteQuerySet.as_manager()

    privacy = Privacy(other={"id", "evaluation", "text", "heard_on", "noted_at", "noted_by"})

    class Meta:
        verbose_name = "notitie uit de zaal"
        verbose_name_plural = "notities uit de zaal"

    def __str__(self) -> str:
        return self.text[:80]
