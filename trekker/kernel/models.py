"""The kernel keeps no records; this model only carries the closed list of permissions."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.db import models

from trekker.kernel.access import Permission

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
