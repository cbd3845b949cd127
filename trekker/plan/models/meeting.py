"""The regular talk about the plan: what was said about each goal, and what was agreed."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.kernel.states import Table, declare_states
from trekker.plan.models.version import Plan

GENERAL = UUID(int=0)  # the thread of what is about the plan as a whole


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings that are …."""

    def visible_to(self, user: Any) -> MeetingQuerySet:
        """Narrow to what this user may see: all of it for who notes progress, else nothing."""
        return self if may(user, Permission.PROGRESS_CHANGE) else self.none()


class Meeting(models.Model):
    """
    One talk about a plan between those who lead it.

    While it is open, people write minutes and agreements. Closing keeps ``overview``: what the page showed
    about each goal that day. ``edition`` counts the changes of day and people.
    """

    class State(models.TextChoices):
        """Whether its minutes may still be written; see ``STEPS``."""

        OPEN = "OPEN", "open"
        CLOSED = "CLOSED", "afgesloten"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="meetings", verbose_name="plan")
    held_on = models.DateField("datum")
    present = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name="aanwezig"
    )
    state = models.CharField("stand", max_length=6, choices=State, default=State.OPEN, editable=False)
    overview = models.JSONField("overzicht bij het afsluiten", default=list, blank=True, editable=False)
    closed_at = models.DateTimeField("afgesloten op", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    reopened_because = models.CharField("reden van heropenen", max_length=300, blank=True, editable=False)
    edition = models.PositiveIntegerField("keer gewijzigd", default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    privacy = Privacy(
        personal={"closed_by": None},
        other={
            *("id", "plan", "held_on", "state", "overview", "closed_at", "reopened_because"),
            "edition",
        },
        why="om te weten wie aanwezig was en wie het verslag afsloot",
        until="tot het account stopt",
    )

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        constraints = [
            models.UniqueConstraint(fields=["plan", "held_on"], name="meeting_once_a_day"),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | Q(closed_at__isnull=False), name="closed_meeting_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"overleg van {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """Give the page of the meeting in the back office."""
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its minutes may still be written."""
        return self.state == self.State.OPEN


class Transition(NamedTuple):
    """One step from a state to another; a step that ``asks_why`` gives a reason."""

    source: str
    target: str
    label: str
    asks_why: bool = False


STEPS = (
    Transition(Meeting.State.OPEN, Meeting.State.CLOSED, "Sluit het verslag"),
    Transition(Meeting.State.CLOSED, Meeting.State.OPEN, "Heropen het verslag", asks_why=True),
)
declare_states(
    Table(
        title="een overleg",
        place="trekker/plan/models/meeting.py",
        states=Meeting.State.choices,
        starts=((Meeting.State.OPEN, "Plan een overleg"),),
        steps=[step[:3] for step in STEPS],
    )
)


class Minute(models.Model):
    """
    What a meeting said about one goal, or about the plan as a whole.

    ``thread`` is that of the goal, so that a revision leaves it standing; ``label`` is what the goal was
    called. ``edition`` counts the changes: who saves over an older one is told so.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes", verbose_name="overleg")
    thread = models.UUIDField("draad van de doelstelling", default=GENERAL, editable=False)
    label = models.CharField("doelstelling", max_length=540, blank=True, editable=False)
    text = models.TextField("verslag", blank=True)
    edition = models.PositiveIntegerField("keer gewijzigd", default=0, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField("geschreven op")

    privacy = Privacy(
        other={"id", "meeting", "thread", "label", "text", "edition", "written_by", "written_at"}
    )

    class Meta:
        verbose_name = "verslag bij een doelstelling"
        verbose_name_plural = "verslagen bij doelstellingen"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "thread"], name="minutes_once_a_goal"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Agreement(models.Model):
    """
    Something a meeting decided: a decision alone, or a task with an owner or a day.

    A task stays open, also in the next meetings, until someone says what came of it. ``outcome`` may say so
    in words.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agreements", verbose_name="overleg")
    thread = models.UUIDField("draad van de doelstelling", default=GENERAL, editable=False)
    label = models.CharField("doelstelling", max_length=540, blank=True, editable=False)
    text = models.CharField("afspraak", max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="wie doet het",
    )
    due_on = models.DateField("tegen wanneer", null=True, blank=True)
    is_task = models.BooleanField("is een taak", default=True, editable=False)
    done_at = models.DateTimeField("gedaan op", null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    outcome = models.CharField("wat ervan kwam", max_length=500, blank=True)
    edition = models.PositiveIntegerField("keer gewijzigd", default=0, editable=False)

    privacy = Privacy(
        personal={"owner": None, "done_by": None},
        other={
            *("id", "meeting", "thread", "label", "text", "due_on", "is_task", "done_at", "outcome"),
            "edition",
        },
        why="om te weten wie een afspraak uitvoert",
        until="tot het account stopt",
    )

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        indexes = [models.Index(fields=["done_at", "due_on"], name="agreements_to_do")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_to_do(self) -> bool:
        """Whether someone still has to do it."""
        return self.is_task and self.done_at is None

    def is_overdue(self, day: date) -> bool:
        """Tell whether its day passed while it is still to do."""
        return self.is_to_do and self.due_on is not None and self.due_on < day
