"""Forecasts as they were made, kept so that they can be scored once the year is over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trekker.kernel.privacy import Privacy
from trekker.plan.models.node import IndicatorLine


class Forecast(models.Model):
    """
    What one line was expected to come to, as we said it in one week; never changed.

    ``week`` is the Monday of the week. ``value`` is the figure of that day; eight in ten outcomes lie from
    ``low`` to ``high``. ``chance`` runs from 0 to 1; a stock has none.
    """

    line = models.ForeignKey(IndicatorLine, models.CASCADE, related_name="forecasts", verbose_name="meetlijn")
    week = models.DateField("week van")
    made_on = models.DateField("gemaakt op")
    value = models.DecimalField("cijfer", max_digits=14, decimal_places=2)
    low = models.DecimalField("laag", max_digits=14, decimal_places=2)
    middle = models.DecimalField("midden", max_digits=14, decimal_places=2)
    high = models.DecimalField("hoog", max_digits=14, decimal_places=2)
    chance = models.FloatField("kans", null=True)
    target = models.DecimalField("streefwaarde", max_digits=14, decimal_places=2, null=True)

    privacy = Privacy(
        other={
            *("id", "line", "week", "made_on", "value", "low", "middle", "high", "chance", "target"),
        }
    )

    class Meta:
        verbose_name = "voorspelling"
        verbose_name_plural = "voorspellingen"
        constraints = [
            models.UniqueConstraint(fields=["line", "week"], name="one_forecast_a_line_a_week"),
            models.CheckConstraint(
                condition=Q(chance=None) | Q(chance__gte=0, chance__lte=1), name="forecast_chance_is_a_chance"
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("middle"), middle__lte=F("high")), name="forecast_range_runs_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} ({self.made_on})"
