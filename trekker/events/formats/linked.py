"""An activity as linked data (schema.org), for search engines and calendars."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from trekker.events.models import Event


class Named(Protocol):
    """An organisation with a name and perhaps a website."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def website(self) -> str:
        """Where it stands on the web."""


MODES = {
    Event.Format.PHYSICAL: "OfflineEventAttendanceMode",
    Event.Format.ONLINE: "OnlineEventAttendanceMode",
    Event.Format.HYBRID: "MixedEventAttendanceMode",
}
# What could end the element it stands in, or begin a comment in it.
UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def data_of(event: Event, *, page: str, organisers: Iterable[Named]) -> SafeString:
    """Give the JSON-LD of an activity, safe inside a ``script`` element."""
    return mark_safe(
        json.dumps(facts_of(event, page=page, organisers=organisers), ensure_ascii=False).translate(UNSAFE)
    )


def facts_of(event: Event, *, page: str, organisers: Iterable[Named]) -> dict[str, Any]:
    """Gather what schema.org wants to know; what is not known is left out."""
    state = "EventCancelled" if event.state == Event.State.CANCELLED else "EventScheduled"
    facts = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": page,
        "inLanguage": "nl",
        "startDate": local(event.starts_at),
        "endDate": local(event.ends_at),
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": f"https://schema.org/{MODES[Event.Format(event.format)]}",
        "isAccessibleForFree": not event.price,
        "location": _places(event, page),
        "organizer": [
            {"@type": "Organization", "name": each.name, **({"url": each.website} if each.website else {})}
            for each in organisers
        ],
    }
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def _places(event: Event, page: str) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = []
    if event.format != Event.Format.ONLINE:
        town = event.municipality
        address = {
            "@type": "PostalAddress",
            "streetAddress": event.address,
            "postalCode": town.postal_code if town else "",
            "addressLocality": (town.locality or town.name) if town else "",
            "addressCountry": "BE",
        }
        known = {name: value for name, value in address.items() if value}
        places.append({"@type": "Place", "name": event.place or str(town or "volgt nog"), "address": known})
    if event.format != Event.Format.PHYSICAL:
        places.append({"@type": "VirtualLocation", "url": page})
    return places


def local(moment: datetime | None) -> str | None:
    """Write a moment with the hour people read and its distance from UTC."""
    return timezone.localtime(moment).isoformat() if moment else None
