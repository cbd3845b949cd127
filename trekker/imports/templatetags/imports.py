"""What only the screens of an import show."""

from __future__ import annotations

from typing import Any

from django import template

from trekker.imports.models import Import
from trekker.imports.registry import importers

register = template.Library()
STEPS = ("Bestand", "Kolommen", "Nakijken", "Opslaan")


@register.inclusion_tag("ui/steps.html")
def import_steps(current: int) -> dict[str, Any]:
    """Show at which of the four steps of an import someone is."""
    return {"steps": [(label, place) for place, label in enumerate(STEPS, 1)], "current": current}


@register.filter
def kind(draft: Import) -> str:
    """Name the sort of list that a file holds."""
    known = importers.get(draft.importer)
    return known.label if known else draft.importer
