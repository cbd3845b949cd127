"""The plan and its yearly versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from trekker.kernel.access import Permission, may
from trekker.kernel.periods import Period
from trekker.kernel.privacy import Privacy


class Plan(models.Model):
    """A multi-year frame, such as *meerjarenplan digitale inclusie 2025-2029*."""

    title = models.CharField("titel", max_length=200, unique=True)
    owner = models.CharField("eigenaar", max_length=120, blank=True, help_text="Bijvoorbeeld VVSG.")

    privacy = Privacy(other={"id", "title", "owner"})

    class Meta:
        verbose_name = "plan"
        verbose_name_plural = "plannen"

    def __str__(self) -> str:
        return self.title


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Versions that are …."""

    def visible_to(self, user: Any) -> PlanVersionQuerySet:
        """Narrow to what this user may see; concepts are for who may change the plan."""
        if may(user, Permission.PLAN_CHANGE):
            return self
        return self.adopted() if may(user, Permission.OFFICE) else self.none()

    def adopted(self) -> PlanVersionQuerySet:
        return self.filter(state=PlanVersion.State.ADOPTED)

    def to_mend(self) -> PlanVersionQuerySet:
        """Still free to change: a concept, or a trial."""
        return self.exclude(state=PlanVersion.State.ADOPTED)

    def trials(self) -> PlanVersionQuerySet:
        return self.filter(state=PlanVersion.State.TRIAL)

    def in_force(self, *, year: int, day: date) -> PlanVersionQuerySet:
        """Give the versions of a year that held on a day, the newest first."""
        return self.adopted().filter(year=year, in_force_from__lte=day).order_by("-in_force_from", "-number")


class PlanVersion(models.Model):
    """
    One year's plan as it was read or written: a concept to mend, then adopted with a date.

    ``source`` keeps the lines of the text it was read from; every node of the version points to
    its lines by number, counted from 1. ``based_on`` is the version it was copied from or read after.

    A trial (*wat als*) only shows what would change. It has a ``label`` and no number until it becomes a
    concept.
    """

    class State(models.TextChoices):
        """Whether it still may be mended freely or holds."""

        CONCEPT = "CONCEPT", "concept"
        ADOPTED = "ADOPTED", "vastgesteld"
        TRIAL = "TRIAL", "wat als"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name="plan")
    year = models.PositiveSmallIntegerField(
        "jaar", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    number = models.PositiveSmallIntegerField("versie", default=1)
    state = models.CharField("stand", max_length=8, choices=State, default=State.CONCEPT)
    label = models.CharField("naam", max_length=80, blank=True)
    based_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_versions", editable=False
    )
    reason = models.TextField("reden van de wijziging", blank=True)
    adopted_on = models.DateField("vastgesteld op", null=True, blank=True)
    in_force_from = models.DateField("geldt vanaf", null=True, blank=True)
    file_name = models.CharField("bestand", max_length=200, blank=True)
    source = models.JSONField("brontekst", default=list, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False)
    made_at = models.DateTimeField("gemaakt op", editable=False)

    objects = PlanVersionQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "plan", "year", "number", "state", "reason", "adopted_on", "in_force_from"),
            *("file_name", "source", "made_by", "made_at", "label", "based_on"),
        }
    )

    class Meta:
        verbose_name = "versie van het plan"
        verbose_name_plural = "versies van het plan"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "number"],
                condition=~models.Q(state="TRIAL"),
                name="version_number_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "year", "label"], condition=models.Q(state="TRIAL"), name="trial_label_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ADOPTED")
                | models.Q(adopted_on__isnull=False, in_force_from__isnull=False),
                name="adopted_version_has_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.short_name}"

    def get_absolute_url(self) -> str:
        """Give the page of the version in the back office."""
        return reverse("plan:version", args=[self.pk])

    @property
    def short_name(self) -> str:
        """The version among those of its year: «versie 2», or «wat als: minder middelen»."""
        return f"wat als: {self.label}" if self.is_trial else f"versie {self.number}"

    @property
    def name(self) -> str:
        """The plan with its year, which many titles name already."""
        title = str(self.plan)
        return title if str(self.year) in title else f"{title} {self.year}"

    @property
    def period(self) -> Period:
        """The year the version promises for."""
        return Period.year(self.year)

    @property
    def is_concept(self) -> bool:
        """Whether it is still to be confirmed."""
        return self.state == self.State.CONCEPT

    @property
    def is_trial(self) -> bool:
        """Whether it only shows what would change."""
        return self.state == self.State.TRIAL

    @property
    def may_be_mended(self) -> bool:
        """Whether its parts may still change: it was never adopted."""
        return self.state != self.State.ADOPTED
