"""What participants are told about their own place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from trekker.events.emails import kinds
from trekker.events.formats import ical
from trekker.events.models import Event, Registration
from trekker.events.queries.agenda import moment_of
from trekker.events.queries.places import is_online
from trekker.kernel.periods import Period
from trekker.mail.actions import File, Style, queue, style_of, withdraw
from trekker.mail.models import Message
from trekker.mail.registry import Kind

LATER = "Je doet online mee. De link krijg je later."
HERE = "Hier doe je online mee:"


def style_of_places() -> Style:
    """Read the style of the mails that answer a form; see :func:`style_of`."""
    return style_of([kinds.REGISTERED, kinds.WAITING, kinds.ALREADY])


def registered(
    registration: Registration, *, part: str = "", style: Style | None = None, now: datetime
) -> None:
    """Confirm a place, with the personal link and the invitation; again for another ``part``."""
    _send(kinds.REGISTERED, registration, part=part, style=style, now=now, invited=True)


def waiting(registration: Registration, *, part: str = "", style: Style | None = None, now: datetime) -> None:
    """Confirm a place on the waiting list; again for another ``part``."""
    _send(kinds.WAITING, registration, part=part, style=style, now=now)


def already_registered(
    registration: Registration,
    *,
    ticket: str,
    invites: bool = True,
    style: Style | None = None,
    now: datetime,
) -> None:
    """
    Tell someone whose address was filled in again; once a day, whoever fills in how many forms.

    The invitation goes along for who has a place, unless ``invites`` says that someone new would
    get none: the mail costs what theirs would.
    """
    has_place = registration.status == Registration.Status.REGISTERED
    _send(
        kinds.ALREADY,
        registration,
        {"stand": registration.get_status_display()},
        part=ticket,
        style=style,
        now=now,
        invited=has_place and invites,
        daily=True,
    )


def moved_up(registration: Registration, *, now: datetime) -> None:
    """Tell who waited that a place is theirs."""
    forget_what_waits(registration, now=now)
    _send(kinds.MOVED_UP, registration, part=f"{now:%Y%m%d%H%M%S}", now=now, invited=True)


def cancelled(registration: Registration, *, now: datetime) -> None:
    """Confirm that someone no longer comes, and take it out of the calendar."""
    forget_what_waits(registration, now=now)
    _send(kinds.CANCELLED, registration, now=now, called_off=True)


def handed_over(registration: Registration, *, now: datetime) -> None:
    """Confirm to who gave a place away."""
    forget_what_waits(registration, now=now)
    _send(kinds.HANDED_OVER, registration, now=now, called_off=True)


def was_handed_over(registration: Registration) -> bool:
    """
    Tell whether someone gave this place away.

    The mail knows, whether or not the colleague had a place already: the page must not tell that.
    """
    return Message.objects.filter(occasion=f"{kinds.HANDED_OVER.code}:{registration.pk}").exists()


def taken_over(registration: Registration, *, now: datetime) -> None:
    """Tell who got a place from a colleague."""
    waits = registration.status == Registration.Status.WAITING
    refuse = settings.BASE_URL + reverse("agenda:personal_cancel", args=[registration.key])
    _send(
        kinds.TAKEN_OVER,
        registration,
        {"plaats": "een plaats op de wachtlijst" if waits else "een plaats", "link_weiger": refuse},
        now=now,
        invited=registration.status == Registration.Status.REGISTERED,
    )


def remind(kind: Kind, registration: Registration, *, planning: str, now: datetime) -> None:
    """Remind someone of an event; once for each time it is planned."""
    until_at = _sense_ends(kind, registration.event)
    _send(kind, registration, part=planning, now=now, invited=True, until_at=until_at)


def _sense_ends(kind: Kind, event: Event) -> datetime | None:
    """Give when a reminder that could not leave makes no sense any more."""
    if kind is not kinds.WEEK_BEFORE or event.starts_at is None:
        return event.starts_at
    day = timezone.localdate(event.starts_at)
    return Period(day - timedelta(days=1), day).from_at


def planning_part(event: Event) -> str:
    """Give the part of an occasion that says for which planning it is: the day, after which calling off."""
    day = f"{timezone.localdate(event.starts_at):%Y%m%d}"
    mails = Message.objects.about(event.topic).filter(kind__in=[each.code for each in kinds.CALLED_OFF])
    last = mails.aggregate(last=Max("created_at"))["last"]
    return f"{day}-{last:%Y%m%d%H%M%S}" if last else day


def changed(registration: Registration, *, what: str, now: datetime) -> None:
    """Tell what changed, and how it is now; who waits for a place gets no invitation."""
    stamp = f"{now:%Y%m%d%H%M%S}"
    has_place = registration.status == Registration.Status.REGISTERED
    _send(kinds.CHANGED, registration, {"wat": what}, part=stamp, now=now, invited=has_place)


def planned_again(registration: Registration, *, now: datetime) -> None:
    """Tell that what was called off is planned after all."""
    _send(
        kinds.REPLANNED,
        registration,
        {"stand": registration.get_status_display()},
        part=f"{now:%Y%m%d%H%M%S}",
        now=now,
        invited=registration.status == Registration.Status.REGISTERED,
    )


def goes_ahead(registration: Registration, *, planning: str, now: datetime) -> None:
    """Tell that it is sure now; once for each time it is planned."""
    _send(kinds.GOES_AHEAD, registration, part=planning, now=now, invited=True)


def called_off(kind: Kind, registration: Registration, values: Mapping[str, str], *, now: datetime) -> None:
    """Tell that the event does not take place, and take it out of the calendar."""
    _send(kind, registration, values, part=f"{now:%Y%m%d%H%M%S}", now=now, called_off=True)


def held(registration: Registration, *, now: datetime) -> None:
    """Thank someone, and say where recordings and slides are."""
    _send(kinds.AFTERWARDS, registration, now=now)


def forget_what_waits(registration: Registration, *, now: datetime) -> None:
    """Take back what has not left yet about someone's coming; without an address nothing waits."""
    if registration.email:
        withdraw(
            topic=registration.event.topic, kinds=kinds.ABOUT_COMING, address=registration.email, now=now
        )


def facts(event: Event) -> dict[str, str]:
    """Give what every mail about an event may say."""
    return {
        "activiteit": event.title,
        "wanneer": moment_of(event),
        "waar": where(event),
        "link_pagina": settings.BASE_URL + event.get_absolute_url(),
    }


def where(event: Event) -> str:
    """Say where people are."""
    place = ical.place_of(event)
    match event.format:
        case Event.Format.ONLINE:
            return "online"
        case Event.Format.HYBRID:
            return f"{place or 'ter plaatse'}, of online"
    return place or "de plaats volgt nog"


def personal_url(registration: Registration) -> str:
    """Give the personal link."""
    return settings.BASE_URL + reverse("agenda:personal", args=[registration.key])


def _send(
    kind: Kind,
    registration: Registration,
    values: Mapping[str, str] | None = None,
    *,
    part: str = "",
    style: Style | None = None,
    now: datetime,
    invited: bool = False,
    called_off: bool = False,
    until_at: datetime | None = None,
    daily: bool = False,
) -> Message | None:
    """Queue one mail to a participant; someone without an address gets none."""
    if not registration.email:
        return None
    event, about = registration.event, f"{kind.code}:{registration.pk}:"
    return queue(
        kind=kind,
        occasion=f"{about}{part}".removesuffix(":"),
        address=registration.email,
        values={**_own_facts(registration), **(values or {})},
        now=now,
        until_at=until_at,
        topic=event.topic,
        style=style,
        reply_to=event.contact_email,
        files=[_invitation(registration, called_off=called_off, now=now)] if invited or called_off else [],
        daily=about if daily else "",
    )


def _own_facts(registration: Registration) -> dict[str, str]:
    event = registration.event
    online = is_online(registration) and registration.status == Registration.Status.REGISTERED
    lead = "" if not online else HERE if event.online_link else LATER
    return {
        **facts(event),
        "link": personal_url(registration),
        "online_uitleg": lead,
        "link_online": event.online_link if online else "",
    }


def _invitation(registration: Registration, *, called_off: bool, now: datetime) -> File:
    event = registration.event
    content = ical.invitation(
        event,
        url=settings.BASE_URL + event.get_absolute_url(),
        key_url="" if called_off else personal_url(registration),
        cancelled=called_off,
        now=now,
    )
    method = "CANCEL" if called_off else "PUBLISH"
    return File("activiteit.ics", f"text/calendar; charset=utf-8; method={method}", content)
