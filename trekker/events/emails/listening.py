"""Which mails follow from what happens to an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from trekker.events.emails import kinds, participants
from trekker.events.models import Event, Registration, RegistrationQuerySet, Welcome
from trekker.events.queries.agenda import moment_of
from trekker.events.registry import Change, when
from trekker.kernel.models import AnyAccount
from trekker.mail.actions import withdraw
from trekker.mail.addresses import normal
from trekker.mail.models import Message

# What a participant must know, in the words of the mail.
TOLD = {
    "starts_at": "de dag of het uur",
    "ends_at": "de dag of het uur",
    "place": "de plaats",
    "address": "de plaats",
    "municipality": "de plaats",
    "format": "hoe je meedoet",
    "online_link": "de link om online mee te doen",
}


def _coming(event: Event) -> RegistrationQuerySet:
    rows = Registration.objects.filter(event=event).select_related("event")
    return rows.exclude(status=Registration.Status.CANCELLED)


def _after_the_welcome_at_hand(event: Event) -> None:
    """Wait for whom a mail is being made at this moment, so that it can be taken back; others come after."""
    list(Welcome.objects.select_for_update(of=("self",)).filter(registration__event=event).values_list("pk"))


@when(Change.CHANGED)
def tell_change(event: Event, *, what: Mapping[str, Any], by: AnyAccount, now: datetime) -> None:  # noqa: ARG001 - a listener's signature
    """
    Tell who comes when day, place or link changed; an earlier such mail that waits is taken back.

    For who has a place so is all else that waits about coming: it says how it was. The news of a
    place is told anew.
    """
    changed = dict.fromkeys(TOLD[name] for name in what if name in TOLD)
    coming = {Event.State.PLANNED, Event.State.OPEN, Event.State.CONFIRMED}
    if not changed or event.state not in coming or not event.starts_at or event.starts_at <= now:
        return
    _after_the_welcome_at_hand(event)
    withdraw(topic=event.topic, kinds=[kinds.CHANGED, kinds.REPLANNED], now=now)
    told = _tell_planned_again(event, now)
    for each in _coming(event).exclude(pk__in=told):
        if each.status == Registration.Status.REGISTERED and each.email:
            if withdraw(topic=event.topic, kinds=[kinds.MOVED_UP], address=each.email, now=now):
                participants.moved_up(each, now=now)
                continue
            participants.forget_what_waits(each, now=now)
        participants.changed(each, what=" en ".join(changed), now=now)


@when(Change.REPLANNED, Change.OPENED, Change.CONFIRMED)
def tell_planned_again(event: Event, *, what: Mapping[str, Any], by: AnyAccount, now: datetime) -> None:  # noqa: ARG001 - a listener's signature
    """Tell who heard that it was off that it is planned after all, as soon as it has a day to come."""
    if event.starts_at and event.starts_at > now:
        _tell_planned_again(event, now)


def _tell_planned_again(event: Event, now: datetime) -> list[int]:
    """Tell those whose last mail said that it was off; gives their registrations."""
    off = {kind.code for kind in kinds.CALLED_OFF}
    mails = Message.objects.about(event.topic).filter(
        kind__in=[*off, *(each.code for each in kinds.ABOUT_COMING)]
    )
    unsaid = {*off, kinds.REPLANNED.code}
    mails = mails.exclude(kind__in=unsaid, status=Message.Status.WITHDRAWN).order_by("created_at", "pk")
    last = dict(mails.values_list("address", "kind"))
    rows = [each for each in _coming(event) if last.get(normal(each.email)) in off]
    for each in rows:
        participants.planned_again(each, now=now)
    return [each.pk for each in rows]


@when(Change.CANCELLED)
def tell_cancelled(event: Event, *, what: Mapping[str, Any], by: AnyAccount, now: datetime) -> None:  # noqa: ARG001 - a listener's signature
    """Tell who would come that it does not take place, unless it is over; and take back what waits."""
    _after_the_welcome_at_hand(event)
    withdraw(topic=event.topic, kinds=kinds.ABOUT_COMING, now=now)
    if not event.ends_at or event.ends_at <= now:
        return
    rows = list(_coming(event))
    # Only who decided for lack of people gives this reason; any other is told as it was typed.
    too_few = event.kind == Event.Kind.INTERVISION and event.cancelled_because == kinds.TOO_FEW
    values = {"reden": event.cancelled_because, **_next_in_series(event, now)}
    for each in rows:
        participants.called_off(kinds.NO_GO if too_few else kinds.EVENT_CANCELLED, each, values, now=now)


def _next_in_series(event: Event, now: datetime) -> dict[str, str]:
    """Say when the next of the series is, if one is open."""
    rows = Event.objects.listed().taking_registrations(now).exclude(pk=event.pk)
    found = rows.filter(series=event.series).order_by("starts_at").first() if event.series_id else None
    if not found:
        return {"volgende_uitleg": "", "link_volgende": ""}
    return {
        "volgende_uitleg": f"Kom je de volgende keer? Dat is {moment_of(found)}.",
        "link_volgende": settings.BASE_URL + found.get_absolute_url(),
    }


@when(Change.CONFIRMED)
def tell_goes_ahead(event: Event, *, what: Mapping[str, Any], by: AnyAccount, now: datetime) -> None:  # noqa: ARG001 - a listener's signature
    """Tell who has a place that it is sure now; only where that was in doubt."""
    if event.min_registrations and event.starts_at and event.starts_at > now:
        planning = participants.planning_part(event)
        for each in _coming(event).holding_a_place():
            participants.goes_ahead(each, planning=planning, now=now)


@when(Change.HELD)
def tell_held(event: Event, *, what: Mapping[str, Any], by: AnyAccount, now: datetime) -> None:  # noqa: ARG001 - a listener's signature
    """Thank who had a place, when it was held lately; an event of long ago needs no mail."""
    if event.ends_at and now - event.ends_at < timedelta(days=31):
        for each in _coming(event).holding_a_place():
            participants.held(each, now=now)
