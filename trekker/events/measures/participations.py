"""Who took part: participations and the hours of the sessions they were at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DecimalField,
    ExpressionWrapper,
    F,
    Func,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Least, NullIf, Round
from django.utils import timezone

from trekker.events.measures import filters
from trekker.events.measures.activities import EVENTS, as_listed, day_of, page_by_number, page_of
from trekker.events.models import Attendance, Event, Registration, Session
from trekker.kernel.access import Permission
from trekker.kernel.measures import (
    Column,
    Control,
    Filters,
    Kind,
    Listing,
    Planning,
    Subject,
    Turnout,
    Unit,
    Unknown,
    measure,
)
from trekker.kernel.periods import Period
from trekker.organisations import measures as of_organisations
from trekker.organisations.models import Organisation
from trekker.organisations.queries import counted

HUNDREDTHS = 100


class Seconds(Func):
    """The whole seconds between two moments, by what each database does fastest itself."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Take the difference in days, of which SQLite has fractions."""
        template = "CAST(ROUND((JULIANDAY(%(expressions)s)) * 86400) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Take the seconds of the difference."""
        template = "CAST(EXTRACT(EPOCH FROM (%(expressions)s)) AS bigint)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **extra)


def _share_in_hundredths() -> Case:
    """
    Give the hours of one attendance in whole hundredths, rounded half up, without any fraction.

    Whole numbers give the same on every database, and the rows add up to the figure exactly.
    """
    whole = Cast(Round(F("session__hours") * HUNDREDTHS), BigIntegerField())
    length = Seconds("session__ends_at", "session__starts_at")
    there = Least(Cast("minutes", BigIntegerField()) * 60, length)
    rounded = (2 * whole * there + length) / NullIf(2 * length, Value(0))
    return Case(When(minutes=None, then=whole), default=rounded, output_field=BigIntegerField())


def _organisation_of(registration: Registration) -> str:
    return str(registration.organisation or registration.organisation_text or "") or "niet bekend"


PARTICIPATIONS = Listing(
    columns=(
        Column("datum", lambda registration: day_of(registration.event)),
        Column("activiteit", attrgetter("event"), lambda row: page_of(row.event)),
        Column("soort", lambda registration: registration.event.get_kind_display()),
        Column("organisatie", _organisation_of),
    ),
    seen_by=Permission.EVENTS_VIEW,
    exported_by=Permission.EVENTS_VIEW,
)


def _listed(_period: Period, registrations: QuerySet) -> QuerySet[Registration]:
    return registrations.select_related("event", "organisation")


def _without_organisation(period: Period, registrations: QuerySet) -> QuerySet[Registration]:
    return _listed(period, registrations.filter(organisation=None))


def _in_event(period: Period) -> QuerySet[Session]:
    """Give the sessions of which nobody settled who was there, by the day of their activity."""
    events = Event.objects.held().starting_within(period)
    return Session.objects.filter(event__in=events, attendance_at=None)


def _in_session(period: Period) -> QuerySet[Session]:
    """Give the sessions of which nobody settled who was there, by their own day."""
    return _sessions_of(period).filter(attendance_at=None)


def _sessions_of(period: Period) -> QuerySet[Session]:
    held = Session.objects.filter(event__state=Event.State.HELD)
    return held.filter(starts_at__gte=period.from_at, starts_at__lt=period.until_at)


def _events_of(period: Period, sessions: QuerySet) -> QuerySet[Event]:
    return as_listed(period, Event.objects.filter(pk__in=sessions.values("event")))


def _asks_presence(asked: Filters) -> bool:
    status = asked.get("status", ())
    return "attended" in (status["not_in"] if isinstance(status, Mapping) else status)


def _planned_by_event(period: Period) -> QuerySet[Session]:
    """Give the sessions that were planned, by the day of their activity."""
    events = Event.objects.starting_within(period).exclude(state=Event.State.IDEA)
    return Session.objects.filter(event__in=events)


def _planned_by_session(period: Period) -> QuerySet[Session]:
    """Give the sessions that were planned and last, by their own day."""
    sessions = Session.objects.filter(starts_at__gte=period.from_at, starts_at__lt=period.until_at)
    return sessions.filter(hours__gt=0).exclude(event__state=Event.State.IDEA)


SESSIONS = Planning(
    items=_planned_by_event,
    held=Q(event__state=Event.State.HELD),
    dropped=Q(event__state=Event.State.CANCELLED),
    known=Q(attendance_at__isnull=False),
    moment="event__starts_at",
    made="event__created_at",
    about="event",
    title="event__title",
    address=page_by_number,
    once="event",
    closes="event__deadline_at",
    turnout=Turnout(
        item="event",
        event="event",
        registered=Registration.objects.holding_a_place,
        place_at="event",
        since="registered_at",
        without="status",
    ),
)
HOURS_OF_SESSIONS = replace(
    SESSIONS,
    items=_planned_by_session,
    moment="starts_at",
    once="",
    turnout=Turnout(
        item="session",
        event="session__event",
        registered=Registration.objects.holding_a_place,
        place_at="event",
        since="registered_at",
        hours_of_counted="session__hours",
        hours="hours",
    ),
)
NO_LIST = Unit("activiteit zonder aanwezigheidslijst", "activiteiten zonder aanwezigheidslijst")


@measure(
    "participations.count",
    label="Deelnames",
    kind=Kind.FLOW,
    unit=Unit("deelname", "deelnames"),
    control=Control.ASKED,
    filters=(
        filters.of_event(filters.EVENT_KIND, "event"),
        filters.FROM_ORGANISATION,
        filters.of_event(filters.OUR_ROLE, "event"),
        filters.STATUS,
    ),
    words=(r"deelnames?\b", r"deelnemingen\b", r"deelnemers\b"),
    counted=_listed,
    moment="event__starts_at",
    evaluated="event__evaluation",
    planning=SESSIONS,
    stands_at="organisation",
    listing=PARTICIPATIONS,
    unknowns=(
        Unknown(NO_LIST, _events_of, EVENTS, base=_in_event, when=_asks_presence, subject=Subject.THINGS),
        Unknown(
            Unit("deelname zonder organisatie", "deelnames zonder organisatie"),
            _without_organisation,
            PARTICIPATIONS,
            without="organisation_kind",
        ),
    ),
)
def participations(period: Period) -> QuerySet[Registration]:
    """
    Deelnames aan gehouden activiteiten. Wie twee keer komt, telt twee keer.

    Aanwezig is wie bij minstens één sessie was. Zonder filter op aanwezigheid telt elke inschrijving. De
    organisatie is die van de inschrijving, dus die van toen.
    """
    events = Event.objects.held().starting_within(period)
    return Registration.objects.holding_a_place().filter(event__in=events)


def _organisations(period: Period, registrations: QuerySet) -> QuerySet[Organisation]:
    return counted(period, registrations.values("organisation"))


@measure(
    "participations.organisations",
    label="Organisaties die deelnamen",
    kind=Kind.FLOW,
    unit=Unit("organisatie", "organisaties"),
    subject=Subject.THEIR_ORGANISATIONS,
    control=Control.ASKED,
    filters=(
        filters.of_event(filters.EVENT_KIND, "event"),
        filters.of_event(filters.OUR_ROLE, "event"),
        filters.STATUS,
        *of_organisations.OF_COUNTED,
    ),
    words=(
        r"deelnemende (?:\w+ )?(?:besturen|organisaties|gemeenten)\b",
        r"(?:besturen|organisaties|gemeenten) (?:die )?(?:deelnemen|deelnamen|nemen deel|namen deel)\b",
    ),
    counted=_organisations,
    evaluated="event__evaluation",
    stands_at="pk",
    listing=of_organisations.LISTED,
    unknowns=(
        Unknown(NO_LIST, _events_of, EVENTS, base=_in_event, when=_asks_presence, subject=Subject.THINGS),
        Unknown(
            Unit("deelname zonder organisatie", "deelnames zonder organisatie"),
            _without_organisation,
            PARTICIPATIONS,
        ),
    ),
)
def organisations_that_took_part(period: Period) -> QuerySet[Registration]:
    """
    Organisaties waarvan iemand deelnam aan een gehouden activiteit, elk één keer geteld.

    Gemeente en OCMW tellen samen als één lokaal bestuur. Fusies gelden vanaf hun datum. De organisatie is
    die van de inschrijving, dus die van toen. Zonder filter op aanwezigheid telt elke inschrijving.
    """
    events = Event.objects.held().starting_within(period)
    return Registration.objects.holding_a_place().filter(event__in=events)


def hours_of(attendance: Attendance) -> Decimal:
    """Give the hours that one row of the figure adds to it."""
    return Decimal(attendance.hundredths) / HUNDREDTHS  # type: ignore[attr-defined]


def _with_hours(_period: Period, attendances: QuerySet) -> QuerySet[Attendance]:
    rows = attendances.annotate(hundredths=_share_in_hundredths())
    return rows.select_related("session__event", "registration__organisation")


@measure(
    "participations.hours",
    label="Deelnemersuren",
    kind=Kind.FLOW,
    unit=Unit("deelnemersuur", "deelnemersuren"),
    control=Control.ASKED,
    filters=(
        filters.of_event(filters.EVENT_KIND, "session__event"),
        filters.of_event(filters.OUR_ROLE, "session__event"),
        filters.SESSION_THEME,
    ),
    words=(r"deelnemersu(?:ur|ren)\b", r"deelname-?uren\b", r"uren deelname\b"),
    counted=_with_hours,
    moment="session__starts_at",
    evaluated="session__event__evaluation",
    planning=HOURS_OF_SESSIONS,
    stands_at="registration__organisation",
    rows_are="aanwezigheden, elk met hun uren",
    total=ExpressionWrapper(
        Sum("hundredths") * Value(Decimal("0.01")), DecimalField(max_digits=14, decimal_places=2)
    ),
    listing=Listing(
        columns=(
            Column("datum", lambda attendance: timezone.localdate(attendance.session.starts_at)),
            Column(
                "activiteit",
                attrgetter("session.event"),
                lambda attendance: page_of(attendance.session.event),
            ),
            Column("sessie", lambda attendance: attendance.session.title),
            Column("soort", lambda attendance: attendance.session.event.get_kind_display()),
            Column("organisatie", lambda attendance: _organisation_of(attendance.registration)),
            Column("uren", hours_of),
        ),
        seen_by=Permission.EVENTS_VIEW,
        exported_by=Permission.EVENTS_VIEW,
    ),
    unknowns=(Unknown(NO_LIST, _events_of, EVENTS, base=_in_session, subject=Subject.THINGS),),
)
def attended_hours(period: Period) -> QuerySet[Attendance]:
    """
    Uren van sessies, maal het deel dat elke deelnemer aanwezig was.

    De sessie ligt in de periode en de activiteit is gehouden. Wie uitgeschreven is, telt niet mee. Pauzes
    tellen niet mee. Zonder minuten was iemand er de hele tijd. Elke aanwezigheid is afgerond op een
    honderdste van een uur.
    """
    there = Attendance.objects.filter(present=True, registration__status=Registration.Status.REGISTERED)
    return there.filter(session__in=_sessions_of(period))
