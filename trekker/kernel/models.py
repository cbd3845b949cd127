"""The closed list of permissions, and when each chore is next due."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.db import models

from trekker.kernel.access import Permission
from trekker.kernel.privacy import Privacy

# Django types the one who asks as an account or a visitor; a view lets accounts only through to an
# action, and commands pass None.
AnyAccount: TypeAlias = Any


class Access(models.Model):  # noqa: DJ008 - there is never a record to name
    """Carries the permissions of :mod:`trekker.kernel.access` into Django; has no table."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [(permission.codename, permission.value) for permission in Permission]
        verbose_name = "toegang"


class Turn(models.Model):
    """When a chore of :mod:`trekker.kernel.clock` is next due; claiming it moves that moment."""

    chore = models.CharField("taak", max_length=60, unique=True)
    next_at = models.DateTimeField("volgende keer")

    privacy = Privacy(other={"id", "chore", "next_at"})

    class Meta:
        verbose_name = "beurt"
        verbose_name_plural = "beurten"

    def __str__(self) -> str:
        return self.chore
