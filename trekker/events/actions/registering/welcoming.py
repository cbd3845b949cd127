"""What follows once someone has a place: the log, who they are, and their mail."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Max, Min

from trekker.events import emails
from trekker.events.actions.registering.entering import Who, confirm, log, person_of
from trekker.events.actions.registering.freeing import keep_one
from trekker.events.models import Event, Registration, Welcome
from trekker.events.queries.places import is_to_come
from trekker.mail.actions import Style
from trekker.people.models import Person

Status = Registration.Status

_WHOLE = Welcome.objects.select_related("registration__event", "registration__organisation")
CALM, PATIENCE = timedelta(seconds=2), timedelta(seconds=30)
REST = timedelta(minutes=10)  # for one that fell
logger = logging.getLogger(__name__)


class Double(Exception):
    """They have a place already, under another of their addresses: first lock the event, as one goes."""

    def __init__(self, registration: Registration) -> None:
        """Remember the registration that came second to be known."""
        super().__init__(registration.pk)
        self.registration = registration


def is_rush(now: datetime) -> bool:
    """Tell whether forms still stream in, and nobody has waited long for a mail."""
    asked = Welcome.objects.filter(asked_at__lte=now).aggregate(last=Max("asked_at"), first=Min("asked_at"))
    return bool(asked["last"]) and asked["last"] > now - CALM and asked["first"] > now - PATIENCE


def welcome_all(*, now: datetime, going: Callable[[], bool] = lambda: True) -> int:
    """
    Finish every form that was taken in, who came first first; says how many.

    Each is a short transaction, which stands in nobody's way; it ends early when no longer ``going``.
    One that falls keeps nobody else waiting: it is logged, and tried again in ten minutes.
    """
    due = Welcome.objects.filter(asked_at__lte=now)
    waiting = list(due.order_by("pk").values_list("pk", flat=True))
    style = emails.style_of_places() if waiting else None
    done = 0
    for pk in waiting:
        if not going():
            break
        try:
            with transaction.atomic():
                # Who cancels at this very moment finishes it too (see ``locking``); who is called up from
                # the waiting list at this very moment comes a turn later, to be told that alone.
                rows = _WHOLE.select_for_update(of=("self", "registration"), skip_locked=True, no_key=True)
                if each := rows.filter(pk=pk).first():
                    done += _finish(each, style=style, is_locked=False, now=now)
        except Double as found:
            # The event comes first, as for whoever else changes a place: nobody waits in a circle.
            with transaction.atomic():
                Event.objects.select_for_update().get(pk=found.registration.event_id)
                done += welcome_first(found.registration, now=now)
    return done


def welcome_first(registration: Registration, *, now: datetime) -> int:
    """Finish what came in for someone at a locked event, before anything else; says how much that was."""
    rows = _WHOLE.select_for_update(of=("self",)).filter(registration=registration)
    return sum(_finish(each, style=None, is_locked=True, now=now) for each in rows.order_by("pk"))


def welcome_in_silence(person: Person, *, now: datetime) -> None:
    """Finish without a mail what came in from someone who is being erased: it is erased with the rest."""
    emails_of = {person.email, *person.aliases.values_list("email", flat=True)} - {None, ""}
    theirs = Welcome.objects.filter(registration__person=None, registration__email__in=emails_of)
    for pk, event in theirs.order_by("pk").values_list("pk", "registration__event"):
        Event.objects.select_for_update().get(pk=event)
        if each := _WHOLE.select_for_update(of=("self",)).filter(pk=pk).first():
            welcome(each, tells=False, now=now)


def _finish(each: Welcome, *, style: Style | None, is_locked: bool, now: datetime) -> bool:
    """Welcome someone; tells whether that went well. A database that is away is not the fault of one."""
    try:
        with transaction.atomic():
            welcome(each, style=style, is_locked=is_locked, now=now)
    except (InterfaceError, OperationalError, Double):
        raise
    except Exception:
        logger.exception("Welcome %s fell", each.pk)
        Welcome.objects.filter(pk=each.pk).update(asked_at=now + REST)
        return False
    return True


def welcome(
    each: Welcome,
    *,
    style: Style | None = None,
    is_locked: bool = True,
    tells: bool = True,
    now: datetime,
) -> None:
    """
    Do what is still to be done for a form that was taken in, in the caller's transaction.

    Someone new becomes known and is written in the log as of the moment of the form. The mail says how
    things stand by now: who was called up from the waiting list meanwhile was told so already, and
    who no longer comes, or to what no longer goes ahead, gets none. Of two places of one person, under
    two addresses, one falls free. Nobody is mailed unless it ``tells``.

    :raises Double: if one person has two places and the event is not locked
    """
    registration = each.registration
    if not each.again:
        person = _known(registration)
        is_double = person is not None and not _tie(registration, person)
        if is_double and not is_locked:
            raise Double(registration)
        log(
            registration,
            has_place=each.has_place,
            by=registration.registered_by,
            at=registration.registered_at,
        )
        if person and is_double:
            keep_one(registration, person, now=now)
    if tells and _goes_on(each, now) and registration.status != Status.CANCELLED:
        if each.again:
            emails.already_registered(
                registration, ticket=each.ticket, invites=each.has_place, style=style, now=now
            )
        elif not registration.promoted_at:
            confirm(registration, style=style, now=now)
    each.delete()


def _goes_on(each: Welcome, now: datetime) -> bool:
    """Tell whether the event was to come when the form came, and is not over: the link has sense then."""
    event = each.registration.event
    asked_at = each.asked_at if each.again else each.registration.registered_at
    return is_to_come(event, asked_at) and (event.ends_at is None or event.ends_at > now)


def _known(registration: Registration) -> Person | None:
    """Give who someone is known to be by now, if the registration does not say."""
    if registration.person_id or not registration.email:
        return None
    return person_of(
        Who(
            email=registration.email,
            first_name=registration.first_name,
            last_name=registration.last_name,
            function=registration.function,
            phone=registration.phone,
            organisation=registration.organisation,
        ),
        by=registration.registered_by,
        now=registration.registered_at,
    )


def _tie(registration: Registration, person: Person) -> bool:
    """Say whose registration it is; tells whether they have no other place at the event."""
    registration.person = person
    try:
        with transaction.atomic():
            registration.save(update_fields=["person"])
    except IntegrityError:
        registration.person = None
        return False
    return True
