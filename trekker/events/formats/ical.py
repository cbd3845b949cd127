"""Activities as iCalendar: one for the mail of a participant, many for a feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as Entry

from trekker.events.models import Event

# Whatever a program may read as the end of a line, and what no program can show.
NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# Each later mail about an activity must overrule the one before: its number only grows.
COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)
REFRESH = timedelta(hours=6)


class NoDay(ValueError):
    """The activity has no day yet, so it cannot stand in a calendar."""


class Moment(NamedTuple):
    """One stretch of time of an activity, with the part of the UID that is its own."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str


def one_line(text: object) -> str:
    """Give a text on one line, without signs that end a line or steer a program."""
    return NOT_IN_A_LINE.sub(" ", str(text)).strip()


def place_of(event: Event) -> str:
    """Say in one line where people come together; nothing for what is only online."""
    if event.format == Event.Format.ONLINE:
        return ""
    return ", ".join(one_line(part) for part in (event.place, event.address, event.municipality) if part)


def moments_of(event: Event) -> list[Moment]:
    """
    Give the stretches of time: one for an activity on one day, one a session when it takes several.

    :raises NoDay: if the activity has no day
    """
    if not event.starts_at or not event.ends_at:
        raise NoDay
    sessions = list(event.sessions.all())
    own = f"activiteit-{event.pk}"
    if len({timezone.localdate(each.starts_at) for each in sessions}) <= 1:
        return [Moment(own, event.starts_at, event.ends_at, "")]
    return [
        # The first keeps the UID of the whole: an activity may get a second day later.
        Moment(f"{own}-{each.pk}" if place else own, each.starts_at, each.ends_at, each.title)
        for place, each in enumerate(sessions)
    ]


def invitation(event: Event, *, url: str, key_url: str = "", cancelled: bool = False, now: datetime) -> bytes:
    """
    Give the file for someone who registered: the hours, the place, the link to take part.

    ``url`` is the public page, ``key_url`` the personal link. A cancelled one takes the activity out
    of the calendar again.

    :raises NoDay: if the activity has no day
    """
    calendar = _calendar("CANCEL" if cancelled else "PUBLISH")
    link = one_line(event.online_link)
    lines = [
        event.summary,
        f"Doe online mee: {link}" if link and not cancelled else "",
        f"Bekijk of wijzig je inschrijving: {key_url}" if key_url else "",
        f"Meer uitleg: {url}",
    ]
    online = link if event.format == Event.Format.ONLINE and not cancelled else ""
    facts = {
        "location": place_of(event) or online,
        "description": "\n".join(one_line(line) for line in lines if line),
        "url": one_line(url),
        "organizer": f"mailto:{one_line(event.contact_email) or settings.TREKKER_HELP_EMAIL}",
    }
    for entry in _entries(event, facts, cancelled=cancelled, stamp=now):
        calendar.add_component(entry)
    return calendar.to_ical()


def feed(events: Iterable[Event], *, name: str, now: datetime) -> bytes:
    """
    Give activities as a calendar to subscribe to; those without a day are left out.

    The stamp is that of the day, so that the file stays the same while nothing changes.
    """
    calendar = _calendar("")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("name", one_line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    stamp = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for event in events:
        if event.starts_at:
            for entry in _entries(event, _public_facts(event), cancelled=_is_off(event), stamp=stamp):
                calendar.add_component(entry)
    return calendar.to_ical()


def _public_facts(event: Event) -> dict[str, Any]:
    has_page = (
        event.visibility != Event.Visibility.INTERNAL and event.state != Event.State.IDEA and event.slug
    )
    url = settings.BASE_URL + reverse("agenda:event", args=[event.slug]) if has_page else ""
    return {
        "location": place_of(event) or ("Online" if event.format == Event.Format.ONLINE else ""),
        "description": one_line(event.summary),
        "url": url,
    }


def _is_off(event: Event) -> bool:
    return event.state == Event.State.CANCELLED


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Trekker//Agenda//NL")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    return calendar


def _entries(event: Event, facts: dict[str, Any], *, cancelled: bool, stamp: datetime) -> Iterator[Entry]:
    host = urlsplit(settings.BASE_URL).hostname or "trekker"
    title = one_line(event.title)
    sure = event.state not in {Event.State.IDEA, Event.State.PLANNED}
    status = "CANCELLED" if cancelled else "CONFIRMED" if sure else "TENTATIVE"
    for moment in moments_of(event):
        entry = Entry()
        entry.add("uid", f"{moment.uid}@{host}")
        entry.add("dtstamp", stamp.astimezone(UTC))
        entry.add("sequence", max(0, int((stamp - COUNTED_FROM).total_seconds() // 60)))
        entry.add("dtstart", moment.starts_at.astimezone(UTC))
        entry.add("dtend", moment.ends_at.astimezone(UTC))
        entry.add("summary", f"{title}: {one_line(moment.title)}" if moment.title else title)
        entry.add("status", status)
        for name, value in facts.items():
            if value:
                entry.add(name, value)
        yield entry
