"""The kernel keeps no records; this model only carries the closed list of permissions."""

from __future__ import annotations

from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from trekker.kernel.access import Permission

AnyAccount: TypeAlias = AbstractBaseUser | None


class Access(models.Model):
    """Carries the permissions of :mod:`trekker.kernel.access` into Django; has no table."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [(permission.codename, permission.value) for permission in Permission]
        verbose_name = "toegang"
