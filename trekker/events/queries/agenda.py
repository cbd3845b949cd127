"""What the public agenda shows: which activities, and in words how things stand with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from trekker.events.models import Event, EventQuerySet, Recording, Session
from trekker.events.models.material import SeenBy
from trekker.events.queries.events import figures, with_registered
from trekker.organisations.models import Organisation
from trekker.themes.models import Theme


@dataclass(frozen=True)
class Standing:
    """How things stand with an activity: a word with its tone, a sentence, and what one can do."""

    word: str
    tone: str
    sentence: str
    can_register: bool = False
    can_wait: bool = False


@dataclass(frozen=True)
class Places:
    """What is left of one kind of place; ``left`` is nothing when there is no limit."""

    label: str
    left: int | None

    @property
    def words(self) -> str:
        """Say how many are left."""
        if self.left is None:
            return "er is plaats voor iedereen"
        return {0: "volzet", 1: "nog 1 plaats"}.get(self.left, f"nog {self.left} plaatsen")


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
    """Give the activity with this address, if it has a public page, with all that the page shows."""
    names = Organisation.objects.only("name", "website")
    return (
        Event.objects.announced()
        .filter(slug=slug)
        .select_related("municipality", "course")
        .prefetch_related(
            Prefetch("sessions", Session.objects.select_related("theme")),
            Prefetch("organisers", names),
            Prefetch("partners", names),
            "themes",
            "audiences",
        )
    )


def places_of(event: Event) -> list[Places]:
    """Count what is left of each kind of place that has a limit."""
    if event.max_registrations is None and event.max_online is None:
        return []
    counted = figures(event)
    if event.format != Event.Format.HYBRID:
        return [Places("Plaatsen", counted.left)]
    return [Places("Ter plaatse", counted.left), Places("Online", counted.left_online)]


def is_full(places: Sequence[Places]) -> bool:
    """Tell whether no place of any kind is left."""
    return bool(places) and all(each.left == 0 for each in places)


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
