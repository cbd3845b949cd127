"""For which party of the plan an account works."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from trekker.kernel.privacy import Privacy


class Representative(models.Model):
    """
    An account that works for a party of the plan; ``party`` is written as in :class:`Lead`.

    Someone may work for more than one, and more than one may work for the same.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="represents", verbose_name="account"
    )
    party = models.CharField("organisatie van het plan", max_length=120)

    privacy = Privacy(
        personal={"party": ""},
        other={"id", "account"},
        why="om te tonen welke acties van jouw organisatie zijn, en je daarover te mailen",
        until="tot de link weggehaald wordt of het account stopt",
        removed_whole=True,
    )

    class Meta:
        verbose_name = "vertegenwoordiger"
        verbose_name_plural = "vertegenwoordigers"
        constraints = [models.UniqueConstraint(fields=["account", "party"], name="account_once_a_party")]

    def __str__(self) -> str:
        return f"{self.account} voor {self.party}"
