"""Writing down who comes and what they bring, and confirming it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from trekker.events import emails
from trekker.events.models import AccessNeed, Registration
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.mail.actions import Style
from trekker.organisations.models import Organisation
from trekker.people.actions import find_or_add_person
from trekker.people.addresses import address
from trekker.people.models import Person

Status = Registration.Status

REGISTERED = audit.act("events.registered", "iemand ingeschreven")
WAITING = audit.act("events.put_on_waiting_list", "iemand op de wachtlijst gezet")


@dataclass(frozen=True)
class Need:
    """What someone needs, with the text they agreed to."""

    diet: str = ""
    access: str = ""
    consent_text: str = ""

    def __bool__(self) -> bool:
        """Tell whether anything is needed."""
        return bool(self.diet or self.access)


@dataclass(frozen=True)
class Who:
    """Someone as written down on a form; an empty address is a guest without one."""

    email: str
    first_name: str = ""
    last_name: str = ""
    function: str = ""
    phone: str = ""
    organisation: Organisation | None = None
    organisation_text: str = ""


@dataclass(frozen=True)
class Brought:
    """
    What someone brings along: the way to take part, a case, answers and needs.

    Without a ``need`` nobody asked for it, and what was kept stays as it is.
    """

    mode: str = ""
    case: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    need: Need | None = field(default_factory=Need)


def person_of(who: Who, *, by: AnyAccount, now: datetime) -> Person | None:
    """Give who that is known to be, or make someone new known; a guest without an address is nobody."""
    if not who.email:
        return None
    return find_or_add_person(
        email=who.email,
        first_name=who.first_name,
        last_name=who.last_name,
        phone=who.phone,
        organisation=who.organisation,
        function=who.function,
        by=by,
        now=now,
    )


def enter(
    who: Who,
    person: int | None,
    brought: Brought,
    facts: Mapping[str, Any],
    *,
    now: datetime,
) -> Registration:
    """Write the registration down, of a person who is known or not; who acts calls :func:`log` too."""
    registration = Registration.objects.create(
        **facts,
        person_id=person,
        email=address(who.email) if who.email else "",
        first_name=who.first_name,
        last_name=who.last_name,
        phone=who.phone,
        function=who.function,
        organisation=who.organisation,
        organisation_text=who.organisation_text,
        case=brought.case,
        answers=dict(brought.answers),
    )
    add_need(registration, brought.need, now=now)
    return registration


def log(registration: Registration, *, has_place: bool, by: AnyAccount, at: datetime) -> None:
    """Note that someone registered; the log names the event, as a name would have to be forgotten later."""
    act = REGISTERED if has_place else WAITING
    audit.record(act, registration.event, by=by, at=at, registration=registration.pk)


def add_need(registration: Registration, need: Need | None, *, now: datetime) -> None:
    """Keep what someone needs, if they agreed to that."""
    if need and need.consent_text:
        AccessNeed.objects.create(
            registration=registration,
            diet=need.diet,
            access=need.access,
            consent_text=need.consent_text,
            consent_at=now,
        )


def confirm(registration: Registration, *, part: str = "", style: Style | None = None, now: datetime) -> None:
    """Confirm a place, or a place on the waiting list, by mail."""
    if registration.status == Status.WAITING:
        emails.waiting(registration, part=part, style=style, now=now)
    else:
        emails.registered(registration, part=part, style=style, now=now)
