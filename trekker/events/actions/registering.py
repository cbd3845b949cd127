"""Registering, and everything a participant may do with a registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from trekker.events import emails
from trekker.events.actions.promoting import COMING, promote_waiting
from trekker.events.models import AccessNeed, Event, Registration
from trekker.events.models.registration import new_key
from trekker.events.queries.places import LIVE, modes_of, places_of, takes_registrations
from trekker.kernel import audit, merging, privacy
from trekker.kernel.models import AnyAccount
from trekker.mail.actions import Style
from trekker.organisations.models import Organisation
from trekker.people.actions import find_or_add_person
from trekker.people.addresses import address
from trekker.people.models import Person

Mode, Source, Status = Registration.Mode, Registration.Source, Registration.Status
REGISTERED = audit.act("events.registered", "iemand ingeschreven")
WAITING = audit.act("events.put_on_waiting_list", "iemand op de wachtlijst gezet")
CANCELLED = audit.act("events.registration_cancelled", "iemand uitgeschreven")
CHANGED = audit.act("events.registration_changed", "inschrijving gewijzigd")
HANDED_OVER = audit.act("events.registration_handed_over", "plaats doorgegeven aan een collega")


class RegistrationClosed(Exception):
    """Nobody can register at this moment: not open yet, past the deadline, begun, private or called off."""


class Full(Exception):
    """Every place is taken, and there is no waiting list."""


class TicketUsed(Exception):
    """The form that was sent has served already: for another address, or for a place given back since."""


class NoPlaceThere(Exception):
    """There is no place the other way; the registration stays as it was."""


class AddressOfAnother(Exception):
    """Someone else has a place under this address."""


class NoLongerRegistered(Exception):
    """The registration was cancelled or handed over meanwhile."""


class TooLate(Exception):
    """The event has begun, is over or was called off: a participant changes nothing any more."""


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


@dataclass(frozen=True)
class Outcome:
    """
    What became of a form.

    ``shown`` is what the screen may say. It is the same for who was registered before, so that
    nobody learns from the screen whether an address is known.
    """

    registration: Registration
    is_new: bool
    shown: str


def register(
    *,
    event: Event,
    who: Who,
    brought: Brought,
    ticket: str = "",
    source: str = Source.WEB,
    overrule: bool = False,
    by: AnyAccount,
    now: datetime,
) -> Outcome:
    """
    Give someone a place, or a place on the waiting list when the event is full.

    The same person twice changes nothing, and neither does the same ``ticket``. With ``overrule``,
    for staff, the deadline has not passed and there is always a place; once the event has begun
    nobody is mailed.

    :raises RegistrationClosed: if nobody can register at this moment
    :raises Full: if all places are taken and there is no waiting list
    :raises TicketUsed: if the form served for another address
    :raises NotAnAddress: if the address is none
    """
    style = emails.style_of_places()  # before the lock: in a rush everybody waits for it
    with transaction.atomic():
        event = _lock_open(event, now, overrule=overrule)
        person = _person(who, by=by, now=now)
        earlier = _earlier(event, person, ticket)
        if sent := next((each for each in earlier if each.ticket == ticket), None):
            return _same(sent, event, who)
        known = earlier[0] if earlier else None
        mode = brought.mode if brought.mode in modes_of(event) else modes_of(event)[0]
        status = _status_for(event, mode, overrule=overrule)
        row = {"event": event, "mode": mode, "status": status, "ticket": ticket or None, "source": source}
        facts = {**row, "registered_at": now, "registered_by": by}
        with transaction.atomic():
            entered = _enter(who, None if known else person, brought, facts, by=by, now=now)
            # Who is known costs what someone new costs: time does not tell who that is.
            transaction.set_rollback(known is not None)
        comes = is_to_come(event, now)  # what staff write down afterwards needs no mail
        if known and comes:
            known.event, invites = event, status == Status.REGISTERED
            emails.already_registered(known, ticket=ticket, invites=invites, style=style, now=now)
        elif comes:
            _confirm(entered, style=style, now=now)
        return Outcome(known or entered, is_new=not known, shown=status)


def _lock_open(event: Event, now: datetime, *, overrule: bool) -> Event:
    """
    Lock the event, so that the last place goes to one person only.

    SQLite has no row locks, but an IMMEDIATE transaction locks the whole file.
    """
    try:
        found = Event.objects.select_for_update().get(pk=event.pk)
    except Event.DoesNotExist:
        raise RegistrationClosed from None
    if overrule:
        is_open = found.state not in {Event.State.IDEA, Event.State.CANCELLED} and found.starts_at is not None
    else:
        is_open = found.visibility != Event.Visibility.INTERNAL and takes_registrations(found, now)
    if not is_open:
        raise RegistrationClosed
    return found


def _person(who: Who, *, by: AnyAccount, now: datetime) -> Person | None:
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


def _earlier(event: Event, person: Person | None, ticket: str) -> list[Registration]:
    """Give what came of the same form, and the place that the person has already."""
    wanted = Q(ticket=ticket)
    if person:
        wanted |= Q(event=event, person=person, status__in=LIVE)
    return list(Registration.objects.filter(wanted))


def _same(sent: Registration, event: Event, who: Who) -> Outcome:
    """Give what came of a form the first time, if it is the same again."""
    email = address(who.email) if who.email else ""
    if sent.email != email or sent.event_id != event.pk or sent.status == Status.CANCELLED:
        raise TicketUsed
    waited = sent.promoted_at or sent.status == Status.WAITING
    return Outcome(sent, is_new=False, shown=Status.WAITING if waited else Status.REGISTERED)


def _status_for(event: Event, mode: str, *, overrule: bool) -> str:
    if overrule or not places_of(event)[Mode(mode)].is_full:
        return Status.REGISTERED
    if not event.waiting_list:
        raise Full
    return Status.WAITING


def _enter(
    who: Who,
    person: Person | None,
    brought: Brought,
    facts: Mapping[str, Any],
    *,
    by: AnyAccount,
    now: datetime,
) -> Registration:
    """Write the registration down."""
    registration = Registration.objects.create(
        **facts,
        person=person,
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
    _add_need(registration, brought.need, now=now)
    act = WAITING if registration.status == Status.WAITING else REGISTERED
    # The log names the event: a name in it would have to be forgotten later.
    audit.record_many(act, [registration.event], by=by, at=now, registration=registration.pk)
    return registration


def _keep_need(registration: Registration, need: Need, *, now: datetime) -> None:
    """Keep what someone needs with the consent; nothing needed leaves nothing, the same stays as it was."""
    rows = AccessNeed.objects.filter(registration=registration)
    same = {"diet": need.diet, "access": need.access, "consent_text": need.consent_text}
    if need and rows.filter(**same).exists():
        return
    rows.delete()
    _add_need(registration, need, now=now)


def _add_need(registration: Registration, need: Need | None, *, now: datetime) -> None:
    if need and need.consent_text:
        AccessNeed.objects.create(
            registration=registration,
            diet=need.diet,
            access=need.access,
            consent_text=need.consent_text,
            consent_at=now,
        )


def _lock_live(registration: Registration, now: datetime, *, overrule: bool) -> Registration:
    """Lock the event of a registration that still stands, and read it afresh."""
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    if not overrule and not is_to_come(event, now):
        raise TooLate
    found = event.registrations.filter(pk=registration.pk).exclude(status=Status.CANCELLED).first()
    if not found:
        raise NoLongerRegistered
    found.event = event
    return found


def is_to_come(event: Event, now: datetime) -> bool:
    """Tell whether the event is planned and has not begun."""
    return event.state in COMING and event.starts_at is not None and event.starts_at > now


@transaction.atomic
def cancel_registration(
    *, registration: Registration, overrule: bool = False, by: AnyAccount, now: datetime
) -> Registration:
    """
    Give a place back; who waits first gets it. Cancelling twice changes nothing.

    What the person needed is wiped at once. With ``overrule``, for staff, it is never too late; once
    the event has begun nobody is mailed.

    :raises TooLate: if the event has begun or was called off
    """
    try:
        registration = _lock_live(registration, now, overrule=overrule)
    except NoLongerRegistered:
        return registration
    _end(registration, now=now)
    audit.record(CANCELLED, registration.event, by=by, at=now, registration=registration.pk)
    if is_to_come(registration.event, now):
        emails.cancelled(registration, now=now)
    promote_waiting(event=registration.event, by=by, now=now)
    return registration


def _end(registration: Registration, *, now: datetime) -> None:
    registration.status, registration.cancelled_at = Status.CANCELLED, now
    registration.case_chosen = False
    registration.save(update_fields=["status", "cancelled_at", "case_chosen"])
    AccessNeed.objects.filter(registration=registration).delete()


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
    registration = _lock_live(registration, now, overrule=overrule)
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
    registration = _lock_live(registration, now, overrule=True)
    email, person = address(who.email) if who.email else "", registration.person
    moves, before = email != registration.email, registration.status
    if moves:
        person = _person(who, by=by, now=now)
        others = registration.event.registrations.exclude(status=Status.CANCELLED).exclude(pk=registration.pk)
        if person and others.filter(person=person).exists():
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
        _confirm(registration, part=f"{now:%Y%m%d%H%M%S}", now=now)
    return registration


def _confirm(
    registration: Registration, *, part: str = "", style: Style | None = None, now: datetime
) -> None:
    if registration.status == Status.WAITING:
        emails.waiting(registration, part=part, style=style, now=now)
    else:
        emails.registered(registration, part=part, style=style, now=now)


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


@transaction.atomic
def hand_over(*, registration: Registration, who: Who, by: AnyAccount, now: datetime) -> Registration:
    """
    Give a place, or a place on the waiting list, to a colleague, also when the event is full.

    A colleague who has a place already keeps that one, and the place given away falls free.

    :raises NoLongerRegistered: if it was cancelled meanwhile
    :raises TooLate: if the event has begun or was called off
    :raises NotAnAddress: if the address is none
    """
    registration = _lock_live(registration, now, overrule=False)
    event, email = registration.event, address(who.email)
    if email == registration.email:
        return registration
    status, waited_since = registration.status, registration.registered_at
    _end(registration, now=now)
    person = _person(who, by=by, now=now)
    known = event.registrations.exclude(status=Status.CANCELLED).filter(person=person).first()
    if known and (known.status == Status.REGISTERED or status == Status.WAITING):
        emails.already_registered(known, ticket=str(registration.pk), now=now)
        colleague = known
    else:
        if known:
            _end(known, now=now)
            emails.forget_what_waits(known, now=now)
        facts = {
            "event": event,
            "mode": registration.mode,
            "status": status,
            "source": Source.HANDED_OVER,
            "instead_of": registration,
            # Who takes over a place on the waiting list takes over the time waited.
            "registered_at": waited_since if status == Status.WAITING else now,
            "registered_by": by,
        }
        colleague = _enter(who, person, Brought(), facts, by=by, now=now)
        emails.taken_over(colleague, now=now)
    audit.record(HANDED_OVER, event, by=by, at=now, registration=registration.pk, colleague=colleague.pk)
    emails.handed_over(registration, now=now)
    promote_waiting(event=event, by=by, now=now)
    return colleague


@privacy.before_erasure(Person)
def _end_what_is_to_come(record: Person, *, by: AnyAccount, now: datetime) -> None:
    """Cancel what someone who is erased would still come to; who waits gets the place, no link opens."""
    theirs = Registration.objects.filter(person=record)
    for each in theirs:
        each.key = new_key()
        each.save(update_fields=["key"])
    live = theirs.exclude(status=Status.CANCELLED)
    for each in live.filter(Q(event__starts_at__gt=now) | Q(event__starts_at=None)).select_related("event"):
        event = Event.objects.select_for_update().get(pk=each.event_id)
        emails.forget_what_waits(each, now=now)
        _end(each, now=now)
        audit.record(CANCELLED, event, by=by, at=now, registration=each.pk)
        promote_waiting(event=event, by=by, now=now)


@merging.moves(Registration)
def _one_place_each(kept: Any, dropped: Any) -> None:
    """Let one person who registered twice under two names keep one place."""
    if not isinstance(kept, Person):
        return
    live = Registration.objects.exclude(status=Status.CANCELLED)
    both = live.filter(person=dropped, event__in=live.filter(person=kept).values("event"))
    for double in both.select_related("event"):
        other = live.get(person=kept, event=double.event)
        # What was noted of attendance stays, and a place goes before waiting for one.
        worth = [(each.attendances.exists(), each.status == Status.REGISTERED) for each in (other, double)]
        drop = other if worth[1] > worth[0] else double
        keep, when = (double if drop == other else other), drop.registered_at
        noted = keep.attendances.values("session")
        drop.attendances.exclude(session__in=noted).update(registration=keep)
        AccessNeed.objects.filter(registration=drop).delete()
        Registration.objects.filter(pk=drop.pk).update(status=Status.CANCELLED, cancelled_at=when)


@merging.after_merge(Person)
def _give_what_fell_free(kept: Person, *, by: AnyAccount, now: datetime) -> None:
    """Let who waits first have the place of someone who registered twice under two names."""
    dropped = Registration.objects.filter(person=kept, status=Status.CANCELLED)
    for event in Event.objects.filter(pk__in=dropped.values("event"), starts_at__gt=now).order_by("pk"):
        promote_waiting(event=event, by=by, now=now)
