"""What the public pages tell about the platform itself, read from its own declarations."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from trekker.kernel.access import ROLES, Permission, Role
from trekker.kernel.privacy import Privacy


@dataclass(frozen=True)
class Kept:
    """One kind of personal data: what it is, which fields, why it is kept and until when."""

    name: str
    fields: tuple[str, ...]
    why: str
    until: str


@dataclass(frozen=True)
class Right:
    """One permission, and whether each role holds it, in the order of the roles."""

    name: str
    held: tuple[tuple[Role, bool], ...]


def kept_data() -> list[Kept]:
    """List every kind of personal data, from the declarations of the models."""
    found = []
    for model in apps.get_models():
        privacy = getattr(model, "privacy", None)
        if not isinstance(privacy, Privacy) or not privacy.personal:
            continue
        names = (
            str(getattr(model._meta.get_field(field), "verbose_name", field)) for field in privacy.personal
        )
        found.append(Kept(str(model._meta.verbose_name), tuple(names), privacy.why, privacy.until))
    return sorted(found, key=lambda kept: kept.name)


def rights() -> list[Right]:
    """List every permission with the roles that hold it, from the closed list of the kernel."""
    return [
        Right(permission.value, tuple((role, permission in ROLES[role]) for role in Role))
        for permission in Permission
    ]
