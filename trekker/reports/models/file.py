"""A file of a report that someone asked for: made in the background, kept for a week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.plan.models import Plan
from trekker.reports.models.report import Report
from trekker.reports.models.snapshot import Snapshot

SILENT = timedelta(minutes=3)  # no sign of life for so long means that the job was killed
KEPT = timedelta(days=7)  # anyone may ask for it again


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    """Files that are …."""

    def visible_to(self, user: Any) -> ReportFileQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.OFFICE) else self.none()

    def under_way(self, now: datetime) -> ReportFileQuerySet:
        working = [ReportFile.State.WAITING, ReportFile.State.WORKING]
        return self.filter(state__in=working, beat_at__gte=now - SILENT)

    def older_than(self, moment: datetime) -> ReportFileQuerySet:
        return self.filter(asked_at__lt=moment)

    def without_bytes(self) -> ReportFileQuerySet:
        return self.defer("content")


class ReportFile(models.Model):
    """
    A report in one format, from the moment it was asked for until it is forgotten.

    It tells of a year of a plan as it was fixed, of the registers on ``as_of``, or of one ``snapshot``.
    ``beat_at`` is the last sign of life of the job at work, ``step`` what that does.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "WAITING", "wacht"
        WORKING = "WORKING", "wordt gemaakt"
        READY = "READY", "klaar"
        FAILED = "FAILED", "mislukt"

    class Step(models.TextChoices):
        """What the job does."""

        WAITING = "WAITING", "Het werk begint zo."
        COUNTING = "COUNTING", "De cijfers worden geteld."
        WRITING = "WRITING", "Het bestand wordt geschreven."
        DONE = "DONE", "Klaar."

    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="+", verbose_name="plan")
    year = models.PositiveSmallIntegerField("jaar")
    kind = models.CharField("soort", max_length=8, choices=Report.Kind)
    as_of = models.DateField("cijfers van", null=True, blank=True)
    snapshot = models.ForeignKey(
        Snapshot, models.CASCADE, null=True, related_name="+", verbose_name="momentopname"
    )
    format = models.CharField("formaat", max_length=4)
    state = models.CharField("stand", max_length=7, choices=State, default=State.WAITING)
    step = models.CharField("stap", max_length=8, choices=Step, default=Step.WAITING)
    failure = models.CharField("wat misliep", max_length=200, blank=True)
    name = models.CharField("naam", max_length=200, blank=True)
    said = models.CharField("inhoud", max_length=200, blank=True)
    content = models.BinaryField("bestand", null=True, editable=False)
    size = models.PositiveIntegerField("bytes", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gevraagd door"
    )
    asked_at = models.DateTimeField("gevraagd op")
    beat_at = models.DateTimeField("laatste teken")

    objects = ReportFileQuerySet.as_manager()

    privacy = Privacy(
        other={
            *(
                "id",
                "plan",
                "year",
                "kind",
                "as_of",
                "snapshot",
                "format",
                "state",
                "step",
                "failure",
                "name",
            ),
            *("said", "content", "size", "asked_by", "asked_at", "beat_at"),
        }
    )

    class Meta:
        verbose_name = "rapportbestand"
        verbose_name_plural = "rapportbestanden"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="READY", content__isnull=False) | (~Q(state="READY") & Q(content=None)),
                name="ready_report_file_has_bytes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} {self.year} ({self.format.upper()})"

    def get_absolute_url(self) -> str:
        """Give its page in the back office."""
        return reverse("report_files:show", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        """Whether it can be taken."""
        return self.state == self.State.READY

    def is_stopped(self, now: datetime) -> bool:
        """Tell whether the job failed, or gave no sign of life for too long."""
        working = self.state in {self.State.WAITING, self.State.WORKING}
        return self.state == self.State.FAILED or (working and now - self.beat_at > SILENT)

    @property
    def steps_done(self) -> int:
        """How many of the steps are behind it."""
        return self.Step.values.index(self.step)
