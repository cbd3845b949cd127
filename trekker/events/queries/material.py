"""Answers about recordings and material: who may see which, and what is not accessible yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from trekker.events.models import Event, Material, Recording, Registration
from trekker.events.models.material import SeenBy
from trekker.kernel.access import Permission, may


def recordings_for_all(event: Event) -> QuerySet[Recording]:
    """Give the recordings of an event that any visitor may see."""
    return event.recordings.filter(seen_by=SeenBy.ALL).order_by("added_at", "pk")


def materials_for_all(event: Event) -> QuerySet[Material]:
    """Give the material of an event that any visitor may see."""
    return event.materials.filter(seen_by=SeenBy.ALL).order_by("added_at", "pk")


def files_for(user: Any, key: str) -> QuerySet[Material]:
    """Give the files that someone may download: staff, a visitor, or who has the key of a place."""
    files = Material.objects.exclude(file="")
    if may(user, Permission.EVENTS_VIEW):
        return files
    announced = files.filter(event__in=Event.objects.announced())
    visible = announced.filter(seen_by=SeenBy.ALL)
    if not key:
        return visible
    theirs = Registration.objects.holding_a_place().filter(key=key)
    return visible | announced.filter(event__in=theirs.values("event"))


@dataclass(frozen=True)
class Inaccessible:
    """A recording that not everyone can follow, with the reason."""

    title: str
    event: str
    lacks: str
    reason: str


def recordings_without_captions() -> list[Inaccessible]:
    """List the recordings for all that lack captions or transcript, for the accessibility statement."""
    rows = Recording.objects.filter(seen_by=SeenBy.ALL, event__in=Event.objects.announced())
    rows = rows.exclude(reason_without="").select_related("event").order_by("-event__starts_at", "pk")
    return [
        Inaccessible(each.title, each.event.title, _lacks(each), each.reason_without) for each in rows[:200]
    ]


def _lacks(recording: Recording) -> str:
    missing = [
        name
        for name, there in (
            ("ondertiteling", recording.has_captions),
            ("uitgeschreven tekst", recording.transcript),
        )
        if not there
    ]
    return " en ".join(missing)
