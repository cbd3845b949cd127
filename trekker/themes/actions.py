"""Adding and correcting words of the shared lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.themes.models import Audience, Theme

ADDED = audit.act("themes.added", "woord toegevoegd")
CORRECTED = audit.act("themes.corrected", "woord verbeterd")
AnyTerm = TypeVar("AnyTerm", Theme, Audience)


@transaction.atomic
def add_term(*, model: type[AnyTerm], facts: Mapping[str, Any], by: AnyAccount, now: datetime) -> AnyTerm:
    """Add a theme or an audience."""
    term = model.objects.create(**facts)
    audit.record(ADDED, term, by=by, at=now)
    return term


@transaction.atomic
def correct_term(*, term: AnyTerm, facts: Mapping[str, Any], by: AnyAccount, now: datetime) -> AnyTerm:
    """Write another name or other words; the code stays, for lines of plans name it."""
    for name, value in facts.items():
        if name != "code":
            setattr(term, name, value)
    term.save()
    audit.record(CORRECTED, term, by=by, at=now)
    return term
