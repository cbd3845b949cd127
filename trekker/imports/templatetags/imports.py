"""What only the screens of an import show."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()
STEPS = ("Bestand", "Kolommen", "Nakijken", "Opslaan")


@register.inclusion_tag("ui/steps.html")
def import_steps(current: int) -> dict[str, Any]:
    """Show at which of the four steps of an import someone is."""
    return {"steps": [(label, place) for place, label in enumerate(STEPS, 1)], "current": current}
