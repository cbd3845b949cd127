"""What was held: activities, and courses by the editions that were given."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from trekker.events.measures import filters
from trekker.events.models import Course, Event
from trekker.kernel.access import Permission
from trekker.kernel.measures import Column, Kind, Listing, Planning, Subject, Unit, Unknown, measure
from trekker.kernel.periods import Period


def day_of(event: Event) -> object:
    """Give the day an activity starts on, in the platform's own time zone."""
    return event.starts_at and timezone.localdate(event.starts_at)


def page_of(event: Event) -> str:
    """Give the page of an activity in the back office."""
    return reverse("event:inspect", args=[event.pk])


def _place_of(event: Event) -> str:
    town = event.municipality.name if event.municipality else ""
    return ", ".join(part for part in (event.place, town) if part)


EVENTS = Listing(
    columns=(
        Column("datum", day_of),
        Column("activiteit", str, page_of),
        Column("soort", lambda event: event.get_kind_display()),
        Column("vorm", lambda event: event.get_format_display()),
        Column("plaats", _place_of),
        Column("organisatie", lambda event: ", ".join(map(str, event.organisers.all()))),
        Column("onze rol", lambda event: event.get_our_role_display()),
    ),
    seen_by=Permission.EVENTS_VIEW,
    exported_by=Permission.EVENTS_VIEW,
)


def as_listed(_period: Period, events: QuerySet) -> QuerySet[Event]:
    """Fetch with activities what their listing shows."""
    return events.select_related("municipality").prefetch_related("organisers")


def _over(period: Period) -> QuerySet[Event]:
    """Give the activities of which the day passed and nobody said yet whether they were held."""
    undecided = [Event.State.PLANNED, Event.State.OPEN, Event.State.CONFIRMED]
    return Event.objects.starting_within(period).filter(state__in=undecided, ends_at__lt=period.until_at)


def _without_region(period: Period, events: QuerySet) -> QuerySet[Event]:
    return as_listed(period, events.filter(region="").exclude(format=Event.Format.ONLINE))


def page_by_number(number: int) -> str:
    """Give the page of an activity in the back office by its number."""
    return reverse("event:inspect", args=[number])


def ever_planned(period: Period) -> QuerySet[Event]:
    """Give the activities of a period that were planned, whatever became of them."""
    return Event.objects.starting_within(period).exclude(state=Event.State.IDEA)


ACTIVITIES = Planning(
    items=ever_planned,
    held=Q(state=Event.State.HELD),
    dropped=Q(state=Event.State.CANCELLED),
    moment="starts_at",
    made="created_at",
    about="pk",
    title="title",
    address=page_by_number,
    are_base=True,
)


@measure(
    "events.held",
    label="Activiteiten",
    kind=Kind.FLOW,
    unit=Unit("sessie", "sessies"),
    subject=Subject.THINGS,
    filters=(
        filters.also_beside(replace(filters.EVENT_KIND, units=filters.EVENT_UNITS)),
        filters.also_beside(filters.FORMAT),
        filters.also_beside(filters.REGION),
        filters.also_beside(filters.ON_REQUEST),
        filters.also_beside(filters.ORGANISED_BY),
        filters.also_beside(filters.OUR_ROLE),
        filters.also_beside(filters.PURPOSE),
    ),
    words=(
        *(word for choice in filters.EVENT_KINDS if choice.value != "training" for word in choice.words),
        r"activiteit(?:en)?\b",
        r"evenement(?:en)?\b",
    ),
    counted=as_listed,
    moment="starts_at",
    evaluated="evaluation",
    planning=ACTIVITIES,
    asked_by="on_request",
    rows_are="activiteiten",
    listing=EVENTS,
    unknowns=(
        Unknown(
            Unit("activiteit zonder uitkomst", "activiteiten zonder uitkomst"),
            as_listed,
            EVENTS,
            base=_over,
            subject=Subject.THINGS,
        ),
        Unknown(
            Unit("activiteit zonder gemeente", "activiteiten zonder gemeente"),
            _without_region,
            EVENTS,
            without="region",
            subject=Subject.THINGS,
        ),
    ),
)
def held(period: Period) -> QuerySet[Event]:
    """
    Gehouden activiteiten met een datum in de periode, elk één keer geteld.

    De datum is die van de eerste sessie. Wat ook online te volgen was, telt niet als fysiek. Is de
    gemeente niet ingevuld, dan telt een activiteit in geen enkel gewest en er ook niet buiten.
    """
    return Event.objects.held().starting_within(period)


def _courses(_period: Period, editions: QuerySet) -> QuerySet[Course]:
    return Course.objects.filter(pk__in=editions.values("course")).select_related("provider")


def _editions(period: Period) -> QuerySet[Event]:
    return ever_planned(period).exclude(course=None)


@measure(
    "courses.given",
    label="Opleidingen",
    kind=Kind.FLOW,
    unit=Unit("opleiding", "opleidingen"),
    subject=Subject.THINGS,
    filters=(
        filters.ORGANISED_BY,
        filters.OUR_ROLE,
        filters.PROVIDER,
        filters.FOCUS,
        filters.AUDIENCE,
        filters.MULTI_DAY,
        filters.COURSE_THEME,
    ),
    words=(r"(?:\w*[\w-])?opleiding(?:en)?\b", r"cursus(?:sen)?\b", r"vorming(?:en)?\b"),
    counted=_courses,
    evaluated="evaluation",
    planning=replace(ACTIVITIES, items=_editions, once="course"),
    stands_at="provider",
    listing=Listing(
        columns=(
            Column("opleiding", str, lambda course: reverse("course:inspect", args=[course.pk])),
            Column("aanbieder", lambda course: course.provider),
            Column("plaats van het thema", lambda course: course.get_focus_display()),
        ),
        seen_by=Permission.EVENTS_VIEW,
        exported_by=Permission.EVENTS_VIEW,
    ),
)
def courses(period: Period) -> QuerySet[Event]:
    """
    Opleidingen met een gehouden editie in de periode. Elke opleiding telt één keer.

    Organisator en onze rol zijn die van de editie. Meerdaags is een editie met sessies op meer dan
    één dag. Aanbieder, doelgroep en thema zijn die van de opleiding. Een deel van een thema telt
    daar mee.
    """
    return Event.objects.held().starting_within(period).exclude(course=None)
