"""What people write in a report, every edition of it kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from trekker.kernel.privacy import Privacy
from trekker.reports.models.report import Report


class NarrativeText(models.Model):
    """
    One edition of what was written for one goal of a report; the newest one counts.

    ``goal_code`` is the code of the goal in the plan, empty for the introduction. Who saves an edition that
    someone else already saved wrote from an older one: the constraint tells them apart.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="narratives", verbose_name="rapport")
    goal_code = models.CharField("doelstelling", max_length=30, blank=True)
    edition = models.PositiveIntegerField("uitgave")
    text = models.TextField("verhaal", blank=True, max_length=20_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="geschreven door"
    )
    at = models.DateTimeField("geschreven op")

    privacy = Privacy(other={"id", "report", "goal_code", "edition", "text", "by", "at"})

    class Meta:
        verbose_name = "verhaal"
        verbose_name_plural = "verhalen"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "goal_code", "edition"], name="one_edition_of_a_narrative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.goal_code or 'inleiding'}"
