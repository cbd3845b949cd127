"""When someone wants to read the signals of the week."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from trekker.kernel.privacy import Privacy


class SignalChoice(models.Model):
    """
    On which day of the week an account gets its signals by mail, or never.

    ``looked_in`` is the Monday of the last week for which they were gathered: again in that week sends
    nothing.
    """

    class Day(models.IntegerChoices):
        """The day of the week, as Python counts them."""

        MONDAY = 0, "maandag"
        TUESDAY = 1, "dinsdag"
        WEDNESDAY = 2, "woensdag"
        THURSDAY = 3, "donderdag"
        FRIDAY = 4, "vrijdag"
        NEVER = 9, "nooit"

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="signal_choice", verbose_name="account"
    )
    day = models.PositiveSmallIntegerField("mail met signalen", choices=Day, default=Day.MONDAY)
    looked_in = models.DateField("laatste week", null=True, editable=False)

    privacy = Privacy(
        personal={"day": 0},
        other={"id", "account", "looked_in"},
        why="om je de mail met signalen te sturen op de dag die je koos",
        until="tot de account stopt",
        removed_whole=True,
    )

    class Meta:
        verbose_name = "keuze over signalen"
        verbose_name_plural = "keuzes over signalen"

    def __str__(self) -> str:
        return f"{self.account}: {self.get_day_display()}"
