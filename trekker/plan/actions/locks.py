"""What once held is changed by a new version with a reason, never in place."""

from __future__ import annotations

from trekker.plan.models import PlanVersion


class NotAConcept(Exception):
    """The version was adopted: it is changed by a next version, not here."""


def refuse_adopted(version: PlanVersion) -> None:
    """
    Let only a concept or a trial through.

    :raises NotAConcept: if the version was adopted
    """
    if not version.may_be_mended:
        raise NotAConcept
