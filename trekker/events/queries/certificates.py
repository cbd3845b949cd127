"""Who attended a training enough for a certificate, and what stands on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import date_format

from trekker.events.formats.certificate import Certificate
from trekker.events.models import Attendance, Event, Registration, Session
from trekker.events.queries.attendance import hours
from trekker.mail.models import Message

HUNDRED = 100


@dataclass(frozen=True)
class Earned:
    """
    What someone attended of a training.

    ``mailed_at`` says when their certificate was put in the outbox, if it was.
    """

    registration: Registration
    attended: tuple[Session, ...]
    hours: Decimal
    total: Decimal
    mailed_at: datetime | None

    @property
    def percent(self) -> int:
        """The part of all hours, to the nearest whole; what is shown is what is compared."""
        part = HUNDRED * self.hours / self.total if self.total else Decimal(0)
        return int(part.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def address(self) -> str:
        """Where the certificate goes."""
        person = self.registration.person
        return (person.email if person else "") or self.registration.email


def occasion(registration: Registration) -> str:
    """Give the occasion of the mail: one for a person and an edition, whatever the registration."""
    who = f"person-{registration.person_id}" if registration.person_id else f"registration-{registration.pk}"
    return f"events.certificate:{registration.event_id}:{who}"


def earned(event: Event) -> list[Earned]:
    """Give everyone who was there, by last name, with the hours they attended; four questions."""
    sessions = {each.pk: each for each in event.sessions.all()}
    total = sum((each.hours for each in sessions.values()), Decimal(0))
    there: dict[int, list[Attendance]] = defaultdict(list)
    rows = Attendance.objects.filter(session__event=event, present=True)
    for row in rows.order_by("session__starts_at", "pk"):
        there[row.registration_id].append(row)
    people = event.registrations.holding_a_place().filter(pk__in=there.keys())
    mails = Message.objects.filter(occasion__startswith=f"events.certificate:{event.pk}:")
    mailed = dict(mails.values_list("occasion", "created_at"))
    return [
        Earned(
            each,
            tuple(sessions[row.session_id] for row in there[each.pk]),
            sum((hours(sessions[row.session_id], row.minutes) for row in there[each.pk]), Decimal(0)),
            total,
            mailed.get(occasion(each)),
        )
        for each in people.select_related("person", "event").order_by("last_name", "first_name", "pk")
    ]


def unsettled(event: Event) -> list[Session]:
    """Give the sessions of which the attendance is not complete."""
    return [each for each in event.sessions.all() if not each.attendance_at]


def certificate_of(each: Earned, organisers: str, today: date) -> Certificate:
    """Give what stands on someone's certificate."""
    event = each.registration.event
    days = dict.fromkeys(timezone.localdate(session.starts_at) for session in each.attended)
    return Certificate(
        name=each.registration.name,
        course=event.course.title if event.course else event.title,
        hours=_written(each.hours),
        total=_written(each.total),
        dates=tuple(date_format(day, "j F Y") for day in days),
        organisers=organisers,
        made_on=date_format(today, "j F Y"),
    )


def organisers_of(event: Event) -> str:
    """Name who organised an event."""
    return ", ".join(str(each) for each in event.organisers.order_by("name"))


def _written(value: Decimal) -> str:
    """Write hours the Dutch way, without zeros at the end."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
