"""What follows once someone has a place: the log, who they are, and their mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Min

from trekker.events import emails
from trekker.events.actions.registering.entering import Who, confirm, log, person_of
from trekker.events.models import Registration, Welcome
from trekker.events.queries.places import is_to_come
from trekker.mail.actions import Style

Status = Registration.Status

_WHOLE = Welcome.objects.select_related("registration__event", "registration__organisation")
CALM, PATIENCE = timedelta(seconds=2), timedelta(seconds=30)


def is_rush(now: datetime) -> bool:
    """Tell whether forms still stream in, and nobody has waited long for a mail."""
    asked = Welcome.objects.aggregate(last=Max("asked_at"), first=Min("asked_at"))
    return bool(asked["last"]) and asked["last"] > now - CALM and asked["first"] > now - PATIENCE


def welcome_all(*, now: datetime, going: Callable[[], bool] = lambda: True) -> int:
    """
    Finish every form that was taken in, who came first first; says how many.

    Each is a short transaction, which stands in nobody's way; it ends early when no longer ``going``.
    """
    waiting = list(Welcome.objects.order_by("pk").values_list("pk", flat=True))
    style = emails.style_of_places() if waiting else None
    done = 0
    for pk in waiting:
        if not going():
            break
        with transaction.atomic():
            # Who cancels at this very moment finishes it too: see ``locking``.
            rows = _WHOLE.select_for_update(of=("self",), skip_locked=True)
            if each := rows.filter(pk=pk).first():
                welcome(each, style=style, now=now)
                done += 1
    return done


def welcome_first(registration: Registration, *, now: datetime) -> None:
    """Finish what came in for someone, before anything else is done with their place."""
    rows = _WHOLE.select_for_update(of=("self",)).filter(registration=registration)
    for each in rows.order_by("pk"):
        welcome(each, now=now)


def welcome(each: Welcome, *, style: Style | None = None, now: datetime) -> None:
    """
    Do what is still to be done for a form that was taken in, in the caller's transaction.

    Someone new becomes known and is written in the log as of the moment of the form. The mail says how
    things stand by now: who was called up from the waiting list meanwhile was told so already, and
    who no longer comes, or to what no longer goes ahead, gets none.
    """
    registration = each.registration
    if not each.again:
        _make_known(registration)
        log(
            registration,
            has_place=each.has_place,
            by=registration.registered_by,
            at=registration.registered_at,
        )
    if is_to_come(registration.event, now) and registration.status != Status.CANCELLED:
        if each.again:
            emails.already_registered(
                registration, ticket=each.ticket, invites=each.has_place, style=style, now=now
            )
        elif not registration.promoted_at:
            confirm(registration, style=style, now=now)
    each.delete()


def _make_known(registration: Registration) -> None:
    if registration.person_id or not registration.email:
        return
    registration.person = person_of(
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
    try:
        with transaction.atomic():
            registration.save(update_fields=["person"])
    except IntegrityError:
        # Someone wrote them down under two addresses this very moment: they have a place already.
        registration.person = None
