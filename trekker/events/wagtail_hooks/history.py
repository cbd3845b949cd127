"""What an organisation or a person took part in, on their pages; and the mails of an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count

from trekker.events.models import Event
from trekker.events.queries.history import parts_of, registrations_of
from trekker.kernel.access import Permission
from trekker.kernel.sections import section
from trekker.mail.models import Message
from trekker.mail.registry import KINDS
from trekker.organisations.models import Organisation
from trekker.people.models import Person

P = Permission


@section(
    Organisation,
    title="Activiteiten",
    template="events/office/_of_organisation.html",
    permission=P.EVENTS_VIEW,
    order=35,
)
def of_organisation(organisation: Organisation, _today: date) -> Mapping[str, Any] | None:
    """Give what an organisation organised and took part in, if anything."""
    parts, more = parts_of(organisation)
    return {"parts": parts, "more": more} if parts else None


# Registrations are for who may change the event; only officers may change them all.
@section(
    Person,
    title="Activiteiten",
    template="events/office/_of_person.html",
    permission=P.EVENTS_CHANGE,
    order=30,
)
def of_person(person: Person, _today: date) -> Mapping[str, Any] | None:
    """Give what a person registered for, if anything."""
    found = registrations_of(person)
    return {"registrations": found} if found else None


@section(Event, title="Mails", template="events/office/_mails.html", permission=P.MAIL_VIEW, order=60)
def mails(event: Event, _today: date) -> Mapping[str, Any] | None:
    """Count the mails about an event by kind and how far they came, if there are any."""
    rows = Message.objects.about(event.topic).order_by().values_list("kind", "status").annotate(Count("pk"))
    counted: dict[str, list[tuple[str, int]]] = {}
    for kind, status, number in rows:
        counted.setdefault(kind, []).append((Message.Status(status).label, number))
    kinds = [(KINDS[kind].label if kind in KINDS else kind, sorted(found)) for kind, found in counted.items()]
    return {"kinds": sorted(kinds), "topic": event.topic} if kinds else None
