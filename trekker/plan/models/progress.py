"""How far each action of the plan has come, and the log of what was noted about it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from trekker.kernel.privacy import Privacy
from trekker.kernel.states import Table, declare_states


class Progress(models.Model):
    """
    How far one action has come in one year.

    It belongs to the action's ``thread``, so a revision of the plan leaves it standing; a next year starts
    anew. ``edition`` counts the changes: who changes an older edition is told so.
    """

    class State(models.TextChoices):
        """How far it has come; see ``STEPS`` for what may follow what."""

        PLANNED = "PLANNED", "nog te starten"
        BUSY = "BUSY", "bezig"
        STUCK = "STUCK", "loopt vast"
        DONE = "DONE", "klaar"
        DROPPED = "DROPPED", "geschrapt"

    thread = models.UUIDField("draad van de actie", editable=False)
    year = models.PositiveSmallIntegerField("jaar", editable=False)
    state = models.CharField("stand", max_length=8, choices=State, default=State.PLANNED, editable=False)
    starts_on = models.DateField("gepland begin", null=True, blank=True)
    ends_on = models.DateField("gepland einde", null=True, blank=True)
    in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="in_charge_of",
        verbose_name="wie volgt het op",
    )
    edition = models.PositiveIntegerField("keer gewijzigd", default=0, editable=False)

    privacy = Privacy(
        personal={"in_charge": None},
        other={"id", "thread", "year", "state", "starts_on", "ends_on", "edition"},
        why="om te weten wie een actie van het plan opvolgt",
        until="tot iemand anders het opvolgt of het account stopt",
    )

    class Meta:
        verbose_name = "voortgang"
        verbose_name_plural = "voortgang"
        constraints = [
            models.UniqueConstraint(fields=["thread", "year"], name="progress_once_a_year"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="progress_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"voortgang in {self.year}: {self.get_state_display()}"

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in OVER

    def lateness(self, day: date) -> str:
        """Say in Dutch what is late on a day, or nothing."""
        return lateness(self.state, self.starts_on, self.ends_on, day)


State = Progress.State
OVER = frozenset({State.DONE, State.DROPPED})
TONES = {State.STUCK: "wrong", State.DONE: "good"}


def lateness(state: str, starts_on: date | None, ends_on: date | None, day: date) -> str:
    """Say in Dutch what is late on a day for something in this state, or nothing."""
    if state in OVER:
        return ""
    if ends_on and ends_on < day:
        return "moest al klaar zijn"
    if state == State.PLANNED and starts_on and starts_on < day:
        return "moest al begonnen zijn"
    return ""


class Step(NamedTuple):
    """One step from a state to another; a step that ``asks_why`` is taken with a note."""

    source: str
    target: str
    label: str
    asks_why: bool = False


STEPS = (
    Step(State.PLANNED, State.BUSY, "Start"),
    Step(State.PLANNED, State.DONE, "Meteen klaar"),
    Step(State.BUSY, State.DONE, "Klaar"),
    Step(State.BUSY, State.STUCK, "Loopt vast", asks_why=True),
    Step(State.PLANNED, State.STUCK, "Loopt vast", asks_why=True),
    Step(State.STUCK, State.BUSY, "Gaat weer verder"),
    Step(State.STUCK, State.DONE, "Toch klaar"),
    Step(State.BUSY, State.PLANNED, "Toch nog niet gestart"),
    Step(State.DONE, State.BUSY, "Toch niet klaar", asks_why=True),
    Step(State.PLANNED, State.DROPPED, "Schrap", asks_why=True),
    Step(State.BUSY, State.DROPPED, "Schrap", asks_why=True),
    Step(State.STUCK, State.DROPPED, "Schrap", asks_why=True),
    Step(State.DROPPED, State.PLANNED, "Neem weer op", asks_why=True),
)
declare_states(
    Table(
        title="een actie van het plan",
        place="trekker/plan/models/progress.py",
        states=State.choices,
        starts=((State.PLANNED, ""),),
        steps=[step[:3] for step in STEPS],
    )
)


class ProgressNote(models.Model):
    """
    One line of the log of an action: what someone noted, to which state it went, or both.

    It is never changed. A wrong note is corrected by a next one that names it in ``corrects``.
    ``for_report`` offers the text to the annual report.
    """

    progress = models.ForeignKey(Progress, models.CASCADE, related_name="notes", verbose_name="voortgang")
    text = models.TextField("notitie", blank=True)
    moved_to = models.CharField("nieuwe stand", max_length=8, choices=Progress.State, blank=True)
    for_report = models.BooleanField("voor het rapport", default=False)
    corrects = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="corrected_by", verbose_name="verbetert"
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField("genoteerd op")

    privacy = Privacy(
        other={
            *("id", "progress", "text", "moved_to", "for_report", "corrects", "written_by", "written_at"),
        }
    )

    class Meta:
        verbose_name = "notitie bij een actie"
        verbose_name_plural = "notities bij acties"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(moved_to=""), name="progress_note_says_something"
            )
        ]
        indexes = [models.Index(fields=["progress", "written_at"], name="progress_notes_by_time")]

    def __str__(self) -> str:
        return self.text[:80] or self.get_moved_to_display()
