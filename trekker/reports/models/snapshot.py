"""What was fixed of a report: one row of bytes that nobody changes any more, under one hash."""

from __future__ import annotations

import zlib
from hashlib import sha256
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.urls import reverse

from trekker.kernel.privacy import Privacy
from trekker.plan.models import PlanVersion
from trekker.reports.models.report import Report


class Fixed(Exception):
    """What was fixed stays as it is; a restatement stands beside it."""


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Snapshots, which can be added and read."""

    def update(self, **_fields: Any) -> NoReturn:
        """
        Refuse.

        :raises Fixed: always
        """
        raise Fixed

    def delete(self) -> NoReturn:
        """
        Refuse.

        :raises Fixed: always
        """
        raise Fixed

    def latest_first(self) -> SnapshotQuerySet:
        """Put what holds now before what it restated, without the bytes."""
        return self.defer("packed").order_by("-number")


class Snapshot(models.Model):
    """
    A report as it was fixed: contents, rows, plan version, who and when, in the canonical form, packed.

    ``sha256`` is over all those bytes. A restatement is a further snapshot with its reason, and its bytes
    name the hash of the one before.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="snapshots", verbose_name="rapport")
    number = models.PositiveSmallIntegerField("nummer")
    version = models.ForeignKey(
        PlanVersion, models.PROTECT, related_name="snapshots", verbose_name="versie van het plan"
    )
    last_day = models.DateField("cijfers tot en met")
    reason = models.TextField("reden van de herziening", blank=True)
    packed = models.BinaryField("inhoud")
    sha256 = models.CharField("controlegetal", max_length=64)
    fixed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="vastgesteld door",
    )
    fixed_at = models.DateTimeField("vastgesteld op")

    objects = SnapshotQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "report", "number", "version", "last_day", "reason", "packed", "sha256"),
            *("fixed_by", "fixed_at"),
        }
    )

    class Meta:
        verbose_name = "momentopname"
        verbose_name_plural = "momentopnames"
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="snapshot_number_once")]

    def __str__(self) -> str:
        return f"{self.report.title}, vaststelling {self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        """
        Store a new one.

        :raises Fixed: if it was stored before
        """
        if not self._state.adding:
            raise Fixed
        # What is new gets a row of its own, also where it names the number of another.
        super().save(*args, **{**options, "force_insert": True})

    def get_absolute_url(self) -> str:
        """Give its page in the back office."""
        return reverse("reports:snapshot", args=[self.report_id, self.number])

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """
        Refuse.

        :raises Fixed: always
        """
        raise Fixed

    @staticmethod
    def packing(data: bytes) -> dict[str, Any]:
        """Give the fields that hold these bytes."""
        return {"packed": zlib.compress(data, 9), "sha256": sha256(data).hexdigest()}

    @property
    def data(self) -> bytes:
        """
        The bytes that were fixed.

        :raises zlib.error: if they can no longer be unpacked
        """
        return zlib.decompress(self.packed)
