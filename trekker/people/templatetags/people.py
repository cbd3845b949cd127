"""The invented accounts on the sign-in page, in demo mode only."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from trekker.people import queries

register = template.Library()


@register.inclusion_tag("people/demo_accounts.html", takes_context=True)
def demo_accounts(context: template.Context) -> dict[str, Any]:
    """Offer each invented account with one button; without the mark of the demo, nothing at all."""
    if not settings.DEMO_MARK.exists():
        return {}
    return {
        "accounts": queries.demo_accounts(),
        "password": settings.DEMO_MARK.read_text(encoding="ascii"),
        "csrf_token": context.get("csrf_token"),
    }
