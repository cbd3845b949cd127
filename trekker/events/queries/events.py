"""Answers about events: how many come, what is still missing, which steps are possible now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from trekker.events.models import Event, Registration, Session, Transition
from trekker.events.models.event import STEPS

State = Event.State
Status = Registration.Status
GOING_ON = (State.PLANNED, State.OPEN, State.CONFIRMED)


def with_registered(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Count with each event who has a place, as ``registered``."""
    held = Registration.objects.holding_a_place().filter(event=OuterRef("pk")).order_by()
    counted = held.values("event").annotate(counted=Count("pk")).values("counted")
    return rows.annotate(registered=Coalesce(Subquery(counted), 0))


def tasks_first(rows: QuerySet[Event], now: datetime) -> QuerySet[Event]:
    """Order by what comes first, then what has no day yet, then what is past with the latest first."""
    group = Case(
        When(starts_at__gte=now, then=Value(0)),
        When(starts_at=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    coming = Case(When(starts_at__gte=now, then="starts_at"), default=None)
    return rows.annotate(turn=group, coming_at=coming).order_by("turn", "coming_at", "-starts_at", "-pk")


def coming(rows: QuerySet[Event], now: datetime) -> QuerySet[Event]:
    """Narrow to what is still to come, or is going on."""
    return rows.filter(ends_at__gte=now).exclude(state__in=[State.CANCELLED, State.IDEA])


def to_round_off(rows: QuerySet[Event], now: datetime) -> QuerySet[Event]:
    """Narrow to what is past while nobody said whether it was held, or who was there."""
    unsettled = Session.objects.filter(event=OuterRef("pk"), ends_at__lt=now, attendance_at=None)
    open_ends = Q(state__in=GOING_ON) | Q(Exists(unsettled), state=State.HELD)
    return rows.filter(open_ends, ends_at__lt=now)


@dataclass(frozen=True)
class Figures:
    """How full an event is; ``left`` and ``left_online`` are empty without a limit."""

    registered: int
    online: int
    waiting: int
    cancelled: int
    left: int | None
    left_online: int | None

    @property
    def to_tell(self) -> int:
        """How many hear of it when it is cancelled."""
        return self.registered + self.waiting


def figures(event: Event) -> Figures:
    """Count the registrations of an event, and the places that are left."""
    rows = event.registrations.order_by().values_list("status", "mode").annotate(counted=Count("pk"))
    counted = {(status, mode): number for status, mode, number in rows}

    def sum_of(status: str, modes: Iterable[str] = Registration.Mode.values) -> int:
        return sum(counted.get((status, mode), 0) for mode in modes)

    registered, online = sum_of(Status.REGISTERED), sum_of(Status.REGISTERED, [Registration.Mode.ONLINE])
    hybrid = event.format == Event.Format.HYBRID
    taking = registered - online if hybrid else registered
    return Figures(
        registered=registered,
        online=online,
        waiting=sum_of(Status.WAITING),
        cancelled=sum_of(Status.CANCELLED),
        left=_left(event.max_registrations, taking),
        left_online=_left(event.max_online, online) if hybrid else None,
    )


def _left(places: int | None, taken: int) -> int | None:
    return None if places is None else max(places - taken, 0)


def missing(event: Event) -> list[str]:
    """Name in Dutch what a participant needs and the event does not have; nothing if they need nothing."""
    if event.external_url or event.visibility == Event.Visibility.INTERNAL:
        return []
    on_site = event.format != Event.Format.ONLINE
    asked = [
        (event.starts_at, "een dag en een uur"),
        (not on_site or event.place or event.address, "een zaal of een adres"),
        (not on_site or event.municipality_id or event.region, "een gemeente"),
        (event.kind != Event.Kind.FOCUS_GROUP or event.purpose, "het doel van de focusgroep"),
        (event.contact_email or event.contact_phone, "een mailadres of telefoon voor vragen"),
    ]
    return [name for there, name in asked if not there]


def advice(event: Event, now: datetime) -> list[str]:
    """Name in Dutch what would make the event better, without which it can go on."""
    if event.state in {State.HELD, State.CANCELLED}:
        return []
    online = event.format != Event.Format.PHYSICAL
    asked = [
        (not online or event.online_link or event.external_url, "Er is nog geen link om online mee te doen."),
        (event.summary or event.description, "Er is nog geen uitleg over wat je doet."),
        (
            event.kind != Event.Kind.TRAINING or event.course_id,
            "Kies de opleiding waarvan dit een editie is. Anders telt die niet mee.",
        ),
        (
            not (event.state in GOING_ON and event.ends_at and event.ends_at < now),
            "Dit is voorbij. Ging het door? Zeg het dan hier.",
        ),
    ]
    return [sentence for fine, sentence in asked if not fine]


def steps_from(event: Event, now: datetime) -> list[Transition]:
    """Give the steps that can be taken from where the event stands, the likeliest first."""
    begun = event.starts_at is not None and event.starts_at <= now

    def makes_sense(step: Transition) -> bool:
        if step.target == State.HELD:
            return begun
        if step.target == State.OPEN and step.source == State.PLANNED:
            return not begun
        return True

    found = [step for step in STEPS if step.source == event.state and makes_sense(step)]
    order = list(State)
    here = order.index(State(event.state))

    def turn(step: Transition) -> tuple[bool, bool, int]:
        place = order.index(State(step.target))
        return step.target == State.CANCELLED, place < here, 0 if step.target == State.HELD else place

    return sorted(found, key=turn)


@dataclass(frozen=True)
class GoOrNoGo:
    """Whether enough people come for an event with a minimum."""

    needed: int
    registered: int
    deadline_at: datetime | None
    is_due: bool

    @property
    def enough(self) -> bool:
        """Whether the minimum is reached."""
        return self.registered >= self.needed


def go_or_no_go(event: Event, now: datetime, registered: int) -> GoOrNoGo | None:
    """Weigh an event with a minimum that takes registrations; nothing for others."""
    if not event.min_registrations or event.state not in {State.OPEN, State.CONFIRMED}:
        return None
    due = bool(event.deadline_at and event.deadline_at <= now)
    return GoOrNoGo(event.min_registrations, registered, event.deadline_at, due)


def series_after(event: Event, rows: Any, now: datetime) -> QuerySet[Event]:
    """Narrow ``rows`` to what comes later in the series of an event and is not cancelled."""
    start = max(event.starts_at or now, now)
    later = rows.filter(series__isnull=False, series=event.series_id, starts_at__gt=start)
    return later.exclude(pk=event.pk).exclude(state__in=[State.CANCELLED, State.HELD]).order_by("starts_at")


def matching(rows: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Narrow to those that have every word of the text in title, place, organiser, course or series."""
    for word in text.split():
        organised = Event.objects.filter(organisers__name__icontains=word).values("pk")
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(place__icontains=word)
            | Q(municipality__name__icontains=word)
            | Q(course__title__icontains=word)
            | Q(series__name__icontains=word)
            | Q(pk__in=organised)
        )
    return rows


def years() -> list[tuple[str, str]]:
    """Give the years in which something happens, as choices of a filter, the latest first."""
    found = Event.objects.filter(starts_at__isnull=False).datetimes("starts_at", "year", order="DESC")
    return [(str(each.year), str(each.year)) for each in found]
