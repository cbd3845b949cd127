"""Writing other facts on a registration, by the participant or by staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from trekker.events import emails
from trekker.events.actions.promoting import promote_waiting
from trekker.events.actions.registering.entering import Brought, Need, Who, add_need, confirm, person_of
from trekker.events.actions.registering.locking import lock_live
from trekker.events.models import AccessNeed, Registration
from trekker.events.models.registration import new_key
from trekker.events.queries.places import is_to_come, modes_of, places_of
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.people.addresses import address

Mode, Status = Registration.Mode, Registration.Status

CHANGED = audit.act("events.registration_changed", "inschrijving gewijzigd")


class NoPlaceThere(Exception):
    """There is no place the other way; the registration stays as it was."""


class AddressOfAnother(Exception):
    """Someone else has a place under this address."""


@transaction.atomic
def change_registration(
    *,
    registration: Registration,
    first_name: str,
    last_name: str,
    function: str,
    phone: str,
    brought: Brought,
    overrule: bool = False,
    by: AnyAccount,
    now: datetime,
) -> Registration:
    """
    Let a participant write other facts on a registration.

    :raises NoPlaceThere: if someone with a place wants another mode that is full
    :raises NoLongerRegistered: if it was cancelled meanwhile
    :raises TooLate: if the event has begun or was called off
    """
    registration = lock_live(registration, now, overrule=overrule)
    own = {"first_name": first_name, "last_name": last_name, "function": function, "phone": phone}
    return _change(registration, own, brought, overrule=overrule, by=by, now=now)


@transaction.atomic
def correct_registration(
    *,
    registration: Registration,
    who: Who,
    brought: Brought,
    overrule: bool = False,
    by: AnyAccount,
    now: datetime,
) -> Registration:
    """
    Write other facts on a registration for someone, also its address and organisation; for staff.

    A new address gets a confirmation with a new personal link; the old link opens nothing any more,
    and what waits for the old address is taken back.

    :raises NoPlaceThere: if someone with a place wants another mode that is full
    :raises AddressOfAnother: if someone else has a place under the address
    :raises NoLongerRegistered: if it was cancelled meanwhile
    """
    registration = lock_live(registration, now, overrule=True)
    email, person = address(who.email) if who.email else "", registration.person
    moves, before = email != registration.email, registration.status
    if moves:
        person = person_of(who, by=by, now=now)
        others = registration.event.registrations.exclude(status=Status.CANCELLED).exclude(pk=registration.pk)
        # Who sent the form a moment ago is not known yet by more than the address.
        if person and others.filter(Q(person=person) | Q(email=email)).exists():
            raise AddressOfAnother
        emails.forget_what_waits(registration, now=now)
        registration.key = new_key()
        registration.save(update_fields=["key"])
    own = {
        "email": email,
        "person": person,
        "first_name": who.first_name,
        "last_name": who.last_name,
        "function": who.function,
        "phone": who.phone,
        "organisation": who.organisation,
        "organisation_text": who.organisation_text,
    }
    registration = _change(registration, own, brought, overrule=overrule, by=by, now=now)
    # Who moved up by this was told so.
    if moves and registration.status == before and is_to_come(registration.event, now):
        confirm(registration, part=f"{now:%Y%m%d%H%M%S}", now=now)
    return registration


def _change(
    registration: Registration,
    own: Mapping[str, Any],
    brought: Brought,
    *,
    overrule: bool,
    by: AnyAccount,
    now: datetime,
) -> Registration:
    """Write other facts on a locked registration; what a change of mode frees goes to who waits first."""
    event, before = registration.event, registration.mode
    mode = brought.mode if brought.mode in modes_of(event) else before
    # Who waits may wait for the other way; who has a place keeps it.
    has_place = registration.status == Status.REGISTERED
    if mode != before and has_place and not overrule and places_of(event)[Mode(mode)].is_full:
        raise NoPlaceThere
    wanted = {**own, "mode": mode, "case": brought.case, "answers": dict(brought.answers)}
    changed = [name for name, value in wanted.items() if getattr(registration, name) != value]
    for name in changed:
        setattr(registration, name, wanted[name])
    if changed:
        registration.save(update_fields=changed)
        audit.record(CHANGED, event, by=by, at=now, registration=registration.pk, fields=changed)
    if brought.need is not None:
        _keep_need(registration, brought.need, now=now)
    if mode != before:
        promote_waiting(event=event, by=by, now=now)
        registration.refresh_from_db()
    return registration


def _keep_need(registration: Registration, need: Need, *, now: datetime) -> None:
    """Keep what someone needs with the consent; nothing needed leaves nothing, the same stays as it was."""
    rows = AccessNeed.objects.filter(registration=registration)
    same = {"diet": need.diet, "access": need.access, "consent_text": need.consent_text}
    if need and rows.filter(**same).exists():
        return
    rows.delete()
    add_need(registration, need, now=now)
