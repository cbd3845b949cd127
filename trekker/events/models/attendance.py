"""Attendance: who was at which session, and for how long."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from trekker.events.models.event import Session
from trekker.events.models.registration import Registration
from trekker.kernel.privacy import Privacy


class Attendance(models.Model):
    """
    Whether someone who registered was at a session; ``minutes`` is empty for the whole of it.

    No row means not known, until the attendance of the session is settled; then it means absent.
    """

    class Source(models.TextChoices):
        """How we know."""

        HAND = "HAND", "met de hand"
        CHECK_IN = "CHECK_IN", "aan de deur"
        FILE = "FILE", "uit een bestand"

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances", verbose_name="sessie")
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="attendances", verbose_name="inschrijving"
    )
    present = models.BooleanField("aanwezig", default=True)
    minutes = models.PositiveIntegerField("minuten", null=True, blank=True)
    source = models.CharField("herkomst", max_length=8, choices=Source, default=Source.HAND)
    recorded_at = models.DateTimeField("genoteerd op")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    privacy = Privacy(
        other={
            *("id", "session", "registration", "present", "minutes", "source", "recorded_at", "recorded_by")
        }
    )

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheden"
        constraints = [
            models.UniqueConstraint(fields=["session", "registration"], name="one_attendance_per_session")
        ]
        indexes = [models.Index(fields=["registration", "present"], name="attendance_of")]

    def __str__(self) -> str:
        return f"{self.registration} bij {self.session}"
