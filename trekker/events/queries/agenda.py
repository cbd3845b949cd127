"""What the public agenda shows: which activities, and in words how things stand with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from trekker.events.models import Event, EventQuerySet, Recording, Registration
from trekker.events.models.material import SeenBy
from trekker.events.queries.events import with_registered
from trekker.events.queries.places import Places
from trekker.themes.models import Theme

NAMES = """
SELECT 'organisers', o.name, o.website FROM organisations_organisation o
  JOIN events_event_organisers l ON l.organisation_id = o.id WHERE l.event_id = %s
UNION ALL SELECT 'partners', o.name, o.website FROM organisations_organisation o
  JOIN events_event_partners l ON l.organisation_id = o.id WHERE l.event_id = %s
UNION ALL SELECT 'themes', t.name, '' FROM themes_theme t
  JOIN events_event_themes l ON l.theme_id = t.id WHERE l.event_id = %s
UNION ALL SELECT 'audiences', a.name, '' FROM themes_audience a
  JOIN events_event_audiences l ON l.audience_id = a.id WHERE l.event_id = %s
"""


@dataclass(frozen=True)
class Standing:
    """How things stand with an activity: a word with its tone, a sentence, and what one can do."""

    word: str
    tone: str
    sentence: str
    can_register: bool = False
    can_wait: bool = False


def upcoming(now: datetime) -> EventQuerySet:
    """Give what the agenda lists and is not over, the first one first."""
    return Event.objects.listed().filter(ends_at__gte=now).order_by("starts_at", "pk")


def past(now: datetime) -> EventQuerySet:
    """Give what the agenda lists and is over, the last one first, with whether there is a recording."""
    recordings = Recording.objects.filter(event=OuterRef("pk"), seen_by=SeenBy.ALL)
    rows = Event.objects.listed().filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    return rows.annotate(is_recorded=Exists(recordings))


def narrowed(events: EventQuerySet, chosen: Mapping[str, str]) -> EventQuerySet:
    """Narrow to the chosen kind, format, theme (with its parts) and province; all are codes we gave."""
    if kind := chosen.get("soort"):
        events = events.filter(kind=kind)
    if form := chosen.get("vorm"):
        events = events.filter(format=form)
    if theme := chosen.get("thema"):
        events = events.filter(themes__in=Theme.objects.within([theme])).distinct()
    if province := chosen.get("provincie"):
        events = events.filter(municipality__province=province)
    return events


def with_entries(events: EventQuerySet) -> QuerySet[Event]:
    """Load what a line of the agenda shows, with how many hold a place."""
    return with_registered(events.select_related("municipality"))


def entries(events: Iterable[Event], now: datetime) -> list[tuple[Event, Standing]]:
    """Pair each activity of ``with_entries`` with how things stand with it."""
    return [(each, standing_of(each, is_full=_is_full_in_list(each), now=now)) for each in events]


def _is_full_in_list(event: Event) -> bool:
    """Tell whether all places are taken; what has two kinds of places says so on its own page."""
    most = event.max_registrations
    taken: int = event.registered  # type: ignore[attr-defined]
    return most is not None and event.format != Event.Format.HYBRID and taken >= most


def provinces() -> list[str]:
    """Give the provinces where something in the agenda takes place."""
    places = Event.objects.listed().exclude(municipality=None).exclude(municipality__province="")
    return list(
        places.order_by("municipality__province").values_list("municipality__province", flat=True).distinct()
    )


def page_of(slug: str) -> EventQuerySet:
    """Give the activity with this address, if it has a public page."""
    return Event.objects.announced().filter(slug=slug).select_related("municipality")


@dataclass(frozen=True)
class Name:
    """A name on the page of an activity; ``website`` is that of an organisation."""

    what: str
    name: str
    website: str

    def __str__(self) -> str:
        return self.name


def names_of(event: Event) -> dict[str, list[Name]]:
    """
    Give the names of the organisers, the partners, the themes and the audiences.

    The page is the one that most people ask for; written out, this costs a tenth of four queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [event.pk] * 4)
        rows = sorted(cursor.fetchall())
    return {what: [Name(*row) for row in found] for what, found in groupby(rows, key=itemgetter(0))}


def left_in_words(places: Mapping[Registration.Mode, Places]) -> list[tuple[str, str]]:
    """Say of each kind of place that has a limit how many are left."""
    limited = {mode: each for mode, each in places.items() if each.free is not None}
    alone = len(places) == 1
    return [("Plaatsen" if alone else mode.label.capitalize(), _left(each)) for mode, each in limited.items()]


def _left(places: Places) -> str:
    if places.is_full:
        return "volzet"
    return "nog 1 plaats" if places.free == 1 else f"nog {places.free} plaatsen"


def is_full(places: Mapping[Registration.Mode, Places]) -> bool:
    """Tell whether whoever comes now has to wait, in whichever way they take part."""
    return all(each.is_full for each in places.values())


def standing_of(event: Event, *, is_full: bool, now: datetime) -> Standing:
    """Say in words how things stand with an activity at a moment."""
    if over := _over(event, now):
        return over
    sure = event.state == Event.State.CONFIRMED
    word, tone = ("gaat door", "good") if sure else ("gepland", "plain")
    if closed := _why_closed(event, now):
        return Standing(word, tone, closed)
    if is_full and event.waiting_list:
        return Standing("volzet", "heed", "Je kunt wel op de wachtlijst.", can_register=True, can_wait=True)
    if is_full:
        return Standing("volzet", "heed", "Er is geen plaats meer. Bel of mail ons als je toch wilt komen.")
    word = word if sure else "inschrijven kan"
    return Standing(word, "good", _until(event.deadline_at), can_register=True)


def _over(event: Event, now: datetime) -> Standing | None:
    if event.state == Event.State.CANCELLED:
        return Standing("afgelast", "wrong", "Deze activiteit gaat niet door.")
    if event.state == Event.State.HELD or (event.ends_at and event.ends_at <= now):
        return Standing("voorbij", "plain", "Deze activiteit is voorbij.")
    if event.starts_at and event.starts_at <= now:
        return Standing("bezig", "good", "Deze activiteit is nu bezig.")
    return None


def _why_closed(event: Event, now: datetime) -> str:
    if event.external_url:
        return "Je schrijft je in op een andere website."
    if event.state == Event.State.PLANNED:
        return "Inschrijven kan nog niet. Kom later nog eens kijken."
    if event.deadline_at and event.deadline_at <= now:
        return "Inschrijven kan niet meer. Bel of mail ons als je toch wilt komen."
    return ""


def _until(deadline: datetime | None) -> str:
    if deadline is None:
        return "Inschrijven kan tot het begint."
    local = timezone.localtime(deadline)
    return f"Inschrijven kan tot {date_format(local, 'l j F')}, {date_format(local, 'H:i')} uur."


def moment_of(event: Event) -> str:
    """Say in one line when an activity begins and ends."""
    if not event.starts_at or not event.ends_at:
        return "De dag ligt nog niet vast"
    begins, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    day = date_format(begins, "l j F Y")
    if begins.date() == ends.date():
        return f"{day}, van {begins:%H:%M} tot {ends:%H:%M} uur"
    return f"{day} tot en met {date_format(ends, 'l j F Y')}"
