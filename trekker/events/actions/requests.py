"""Asking for a session, weighing that, and deciding about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from trekker.events.actions.changing import Sitting, create_event
from trekker.events.emails import requests as mails
from trekker.events.models import Event, SessionRequest
from trekker.events.models.course import OurRole
from trekker.kernel import audit, privacy
from trekker.kernel.models import AnyAccount
from trekker.organisations.models import Organisation
from trekker.people.models import Person

ASKED = audit.act("requests.asked", "sessie gevraagd")
NOTED = audit.act("requests.noted", "vraag om een sessie genoteerd")
CHANGED = audit.act("requests.changed", "vraag om een sessie verbeterd")
WEIGHED = audit.act("requests.weighed", "vraag om een sessie afgewogen")
DECIDED = audit.act("requests.decided", "beslist over vraag om een sessie")
REOPENED = audit.act("requests.reopened", "vraag om een sessie heropend")
WIPED = audit.act("requests.wiped", "naam van de vrager gewist")

DAY, A_DAY = timedelta(days=1), 3  # mails to one address because of this form
KEPT = timedelta(days=731)  # 24 months, however long they last
State = SessionRequest.State


class AlreadyDecided(Exception):
    """Something was decided about the request before; reopen it first."""


class NothingDecided(Exception):
    """There is no decision to take back."""


class ReasonMissing(Exception):
    """A decision was given without a reason."""


class EventStands(Exception):
    """The request became an event that is not cancelled; its argument is the event."""


class TicketUsed(Exception):
    """The same form was sent before with other answers."""


@transaction.atomic
def ask_session(
    *, facts: Mapping[str, Any], organisation: Organisation | None, ticket: str, now: datetime
) -> SessionRequest:
    """
    Take in a request from the website, and confirm it by mail; the same form twice changes nothing.

    Who asks much in a day gets no further mail: the address may be that of another. What is one too
    many is written and undone, so that time does not tell what someone asked before.

    :raises TicketUsed: if the form came before with other answers
    """
    if known := SessionRequest.objects.filter(ticket=ticket).first():
        return _same(known, facts)
    recent = SessionRequest.objects.filter(email=facts["email"], received_at__gt=now - DAY).count()
    try:
        with transaction.atomic():  # a savepoint: two equal forms may come at once
            request = SessionRequest.objects.create(
                **facts, organisation=organisation, ticket=ticket, received_at=now
            )
    except IntegrityError:
        return _same(SessionRequest.objects.get(ticket=ticket), facts)
    audit.record(ASKED, request, by=None, at=now)
    with transaction.atomic():
        mails.received(request, now=now)
        transaction.set_rollback(recent >= A_DAY)
    return request


def _same(known: SessionRequest, facts: Mapping[str, Any]) -> SessionRequest:
    if any(getattr(known, name) != value for name, value in facts.items()):
        raise TicketUsed
    return known


@transaction.atomic
def note_request(*, facts: Mapping[str, Any], by: AnyAccount, now: datetime) -> SessionRequest:
    """Write down a request that came by phone or mail; who asked gets no mail of it."""
    request = SessionRequest.objects.create(**facts, received_at=now)
    audit.record(NOTED, request, by=by, at=now)
    return request


@transaction.atomic
def change_request(
    *, request: SessionRequest, facts: Mapping[str, Any], by: AnyAccount, now: datetime
) -> SessionRequest:
    """Write other facts about a request; what was decided stays as it is."""
    request = _locked(request)
    for name, value in facts.items():
        setattr(request, name, value)
    request.save(update_fields=list(facts))
    audit.record(CHANGED, request, by=by, at=now)
    return request


@transaction.atomic
def weigh_request(
    *,
    request: SessionRequest,
    importance: int | None,
    extra_reach: int | None,
    organisation: Organisation | None,
    by: AnyAccount,
    now: datetime,
) -> SessionRequest:
    """
    Say how much a request matters to local governments, and how many more people it reaches there.

    :raises AlreadyDecided: if something was decided about it
    """
    request = _open(request)
    request.importance, request.extra_reach, request.organisation = importance, extra_reach, organisation
    request.save(update_fields=["importance", "extra_reach", "organisation"])
    audit.record(WEIGHED, request, by=by, at=now, importance=importance, extra_reach=extra_reach)
    return request


@transaction.atomic
def accept_request(
    *,
    request: SessionRequest,
    reason: str,
    session: Sitting | None = None,
    tells: bool = True,
    by: AnyAccount,
    now: datetime,
) -> Event:
    """
    Say yes to a request and make the event, in the year calendar only until someone publishes it.

    With a ``session`` it is planned, without it is an idea for an event.

    :raises ReasonMissing: if there is no reason
    :raises AlreadyDecided: if something was decided before
    """
    request = _decided(request, State.ACCEPTED, reason, by, now)
    request.event = create_event(
        title=request.subject,
        kind=request.kind,
        sessions=[session] if session else [],
        on_request=True,
        our_role=OurRole.SPEAKER,
        visibility=Event.Visibility.INTERNAL,
        organisers=[request.organisation] if request.organisation else [],
        by=by,
        now=now,
    )
    request.save()
    _tell(request, tells, now)
    return request.event


@transaction.atomic
def decline_request(
    *, request: SessionRequest, reason: str, tells: bool = True, by: AnyAccount, now: datetime
) -> SessionRequest:
    """
    Say no to a request.

    :raises ReasonMissing: if there is no reason
    :raises AlreadyDecided: if something was decided before
    """
    request = _decided(request, State.DECLINED, reason, by, now)
    request.save()
    _tell(request, tells, now)
    return request


@transaction.atomic
def reopen_request(*, request: SessionRequest, by: AnyAccount, now: datetime) -> bool:
    """
    Take a decision back; tells whether its mail could be kept from leaving.

    :raises NothingDecided: if nothing was decided
    :raises EventStands: if it became an event that is not cancelled
    """
    request = _locked(request)
    if request.is_open:
        raise NothingDecided
    if request.event and request.event.state != Event.State.CANCELLED:
        raise EventStands(request.event)
    request.state, request.reason = State.NEW, ""
    request.decided_at, request.decided_by, request.event = None, None, None
    request.save()
    audit.record(REOPENED, request, by=by, at=now)
    return mails.take_back(request, now=now)


@transaction.atomic
def wipe_old_requests(*, now: datetime) -> int:
    """Take out of every request of two years ago who asked; says how many."""
    old = SessionRequest.objects.filter(received_at__lt=now - KEPT)
    return _wipe(old.exclude(**_WIPED), by=None, now=now)


@privacy.before_erasure(Person)
def wipe_requests_of(record: Any, *, by: AnyAccount, now: datetime) -> None:
    """Take someone who is being erased out of the requests from their addresses."""
    emails = {record.email, *record.aliases.values_list("email", flat=True)} - {None, ""}
    _wipe(SessionRequest.objects.filter(email__in=emails), by=by, now=now)


_WIPED = {**SessionRequest.privacy.personal, "ticket": None}


def _wipe(requests: QuerySet[SessionRequest], *, by: AnyAccount, now: datetime) -> int:
    """Empty who asked; the link to the receipt dies with it."""
    found = list(requests.select_for_update())
    wiped = SessionRequest.objects.filter(pk__in=[each.pk for each in found]).update(**_WIPED)
    audit.record_many(WIPED, found, by=by, at=now)
    return wiped


def _locked(request: SessionRequest) -> SessionRequest:
    return SessionRequest.objects.select_for_update().get(pk=request.pk)


def _open(request: SessionRequest) -> SessionRequest:
    request = _locked(request)
    if not request.is_open:
        raise AlreadyDecided
    return request


def _decided(
    request: SessionRequest, state: str, reason: str, by: AnyAccount, now: datetime
) -> SessionRequest:
    if not reason.strip():
        raise ReasonMissing
    request = _open(request)
    request.state, request.reason = state, reason.strip()
    request.decided_at, request.decided_by = now, by
    audit.record(DECIDED, request, by=by, at=now, outcome=State(state).label, reason=request.reason)
    return request


def _tell(request: SessionRequest, tells: bool, now: datetime) -> None:  # noqa: FBT001 - private
    if tells and request.can_be_mailed:
        mails.decided(request, now=now)
