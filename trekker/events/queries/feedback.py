"""Asking feedback after an event: whom, about which events it is time, and how it stands with one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from trekker.events.models import Attendance, Event, Registration, Session
from trekker.feedback.models import Evaluation, Lesson, Questionnaire
from trekker.feedback.queries.evaluations import response_in_words, state_in_words, with_response
from trekker.people.addresses import NotAnAddress, address
from trekker.people.queries import erased_among

PATIENCE = timedelta(days=2)  # after the end, for the list of who was there
LATEST = timedelta(days=30)  # after the end, nobody remembers
BATCH = 500


def audience(event: Event) -> list[Registration]:
    """
    Give those with a place who were there, or of whom nobody knows yet; two questions, however many.

    Once all is settled these are the ones who were at a session. Before that, who is known to have
    missed every session is left out.
    """
    open_sessions = event.sessions.filter(attendance_at=None).count()
    there = Attendance.objects.filter(registration=OuterRef("pk"), present=True)
    noted = Q(attendances__present=False, attendances__session__attendance_at=None)
    rows = event.registrations.holding_a_place().annotate(missed=Count("attendances", filter=noted))  # type: ignore[attr-defined]
    asked = rows.filter(Exists(there) | Q(missed__lt=open_sessions))
    return list(asked.select_related("person", "organisation").order_by("pk"))


def address_of(registration: Registration) -> str:
    """Give where to mail someone; empty for a guest, or where what was written down once is no address."""
    try:
        return address(registration.email)
    except NotAnAddress:
        return ""


def mails_to(people: list[Registration]) -> int:
    """Say how many mails leave when these are asked: one to each address that was not erased."""
    found = sorted({email for each in people if (email := address_of(each))})
    batches = (found[start : start + BATCH] for start in range(0, len(found), BATCH))
    return len(found) - sum(len(erased_among(some)) for some in batches)


def to_ask_about(now: datetime) -> list[Event]:
    """
    Give the held events about which it is time to ask, the earliest first; two questions.

    Each is over, and its attendance is settled or two days passed. One without a standard form, or
    without participants, is left alone.
    """
    kinds = {kind for form in Questionnaire.objects.current() for kind in form.kinds}
    unsettled = Session.objects.filter(event=OuterRef("pk"), attendance_at=None)
    places = Registration.objects.holding_a_place().filter(event=OuterRef("pk"))
    rows = Event.objects.held().filter(asks_feedback=True, evaluation=None, kind__in=kinds)
    rows = rows.filter(Exists(places), ends_at__lte=now, ends_at__gt=now - LATEST)
    ready = rows.filter(~Exists(unsettled) | Q(ends_at__lte=now - PATIENCE))
    return list(ready.order_by("ends_at", "pk"))


def to_mark_as_held(now: datetime) -> list[Event]:
    """Give the events whose day passed while nobody said so, with people present and all of it settled."""
    unsettled = Session.objects.filter(event=OuterRef("pk"), attendance_at=None)
    there = Attendance.objects.filter(session__event=OuterRef("pk"), present=True)
    coming = [Event.State.PLANNED, Event.State.OPEN, Event.State.CONFIRMED]
    rows = Event.objects.filter(state__in=coming, ends_at__lte=now, ends_at__gt=now - LATEST)
    return list(rows.filter(~Exists(unsettled), Exists(there)).order_by("ends_at", "pk"))


@dataclass(frozen=True)
class Standing:
    """
    How it stands with asking about one event.

    ``state`` and ``response`` say it in words of an ``evaluation``. Without one, ``form`` is what would
    be asked, and ``waits_for_list`` tells whether asking waits for who was there.
    """

    evaluation: Evaluation | None
    state: str = ""
    response: str = ""
    is_readable: bool = False
    form: Questionnaire | None = None
    may_ask: bool = False
    waits_for_list: bool = False


def standing_of(event: Event, now: datetime) -> Standing | None:
    """Tell how it stands with asking about an event; nothing where there is nothing to ask about."""
    if event.evaluation_id:
        evaluation = with_response(Evaluation.objects.filter(pk=event.evaluation_id)).get()
        return Standing(
            evaluation,
            state=state_in_words(evaluation, now),
            response=response_in_words(evaluation),
            is_readable=Evaluation.objects.readable().filter(pk=evaluation.pk).exists(),
        )
    if event.state in {Event.State.CANCELLED, Event.State.IDEA}:
        return None
    return Standing(
        None,
        form=Questionnaire.objects.all().standard_for(event.kind),
        may_ask=event.state == Event.State.HELD,
        waits_for_list=bool(event.ends_at and event.ends_at > now - PATIENCE)
        and event.sessions.filter(attendance_at=None).exists(),
    )


@dataclass(frozen=True)
class KeptInMind:
    """What we keep in mind for the next event of a kind, the newest first."""

    kind: str
    label: str
    lessons: tuple[Lesson, ...]


def kept_in_mind(reader: Any, *, kind: str = "") -> list[KeptInMind]:
    """Give what to keep in mind for each kind of event, or for one; nothing for who may not see it."""
    rows = Lesson.objects.visible_to(reader)
    wanted = [(code, label) for code, label in Event.Kind.choices if not kind or code == kind]
    found = {code: tuple(rows.for_kind(code)) for code, _label in wanted} if rows.exists() else {}
    return [KeptInMind(code, label, found[code]) for code, label in wanted if found.get(code)]
