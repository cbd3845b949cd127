"""Asking people, once an event is held, what they thought of it and what they will do with it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trekker.events.actions.states import MOVED, WrongStep, move
from trekker.events.models import Event, Registration
from trekker.events.queries.feedback import address_of, audience, to_ask_about, to_mark_as_held
from trekker.feedback.actions.evaluations import Invitee, open_evaluation
from trekker.feedback.models import Evaluation, Questionnaire
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

ASKED = audit.act("events.feedback_asked", "feedback gevraagd")
SKIPPED = audit.act("events.feedback_skipped", "gekozen om geen feedback te vragen")
WANTED = audit.act("events.feedback_wanted", "gekozen om feedback te vragen")


class NotHeld(Exception):
    """There is nothing to ask about yet, or no more."""


class NoForm(Exception):
    """No questionnaire is the standard form of this kind of event."""


@transaction.atomic
def ask_feedback(*, event: Event, by: AnyAccount, now: datetime) -> Evaluation:
    """
    Ask those who were at a held event, with the standard form of its kind; twice changes nothing.

    While not all attendance is settled, all with a place are asked, but for who is known to have been
    absent. Guests without an address count among those who could answer.

    :raises NotHeld: if the event is not held
    :raises NoForm: if its kind has no standard form
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.evaluation:
        return event.evaluation
    if event.state != Event.State.HELD or event.ends_at is None:
        raise NotHeld
    form = Questionnaire.objects.all().standard_for(event.kind)
    if form is None:
        raise NoForm
    people = audience(event)
    invitees = [invitee for each in people if (invitee := _invitee(each))]
    event.evaluation = open_evaluation(
        title=event.title,
        kind=event.kind,
        about_on=timezone.localdate(event.ends_at),
        questionnaire=form,
        invitees=invitees,
        themes=event.themes.all(),
        strand=_strand(event),
        audience_size=len(people) if len(people) > len({each.email for each in invitees}) else None,
        reply_to=event.contact_email,
        by=by,
        now=now,
    )
    event.save(update_fields=["evaluation"])
    audit.record(ASKED, event, by=by, at=now, people=len(people))
    return event.evaluation


def _invitee(registration: Registration) -> Invitee | None:
    """Give whom to mail; nobody where there is no address."""
    email = address_of(registration)
    if not email:
        return None
    return Invitee(
        email=email,
        name=registration.name,
        person=registration.person,
        organisation=registration.organisation,
    )


def _strand(event: Event) -> tuple[str, str]:
    """Give what an event comes back in: its course, or else its series."""
    if event.course:
        return f"course:{event.course_id}", event.course.title
    return (f"series:{event.series_id}", event.series.name) if event.series else ("", "")


@transaction.atomic
def choose_asking(*, event: Event, asks: bool, by: AnyAccount, now: datetime) -> Event:
    """Choose whether feedback is asked by itself after an event; the same choice changes nothing."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.asks_feedback != asks:
        event.asks_feedback = asks
        event.save(update_fields=["asks_feedback"])
        audit.record(WANTED if asks else SKIPPED, event, by=by, at=now)
    return event


def ask_due(*, now: datetime) -> int:
    """
    Ask about each event whose time has come, in a transaction of its own; says about how many.

    One about which was asked before is left alone, also once someone deleted that evaluation.
    """
    due = to_ask_about(now)
    asked = _noted(due, action=ASKED)
    count = 0
    for event in due:
        if event.pk not in asked and audience(event):
            with suppress(NotHeld, NoForm):  # someone was a moment sooner
                ask_feedback(event=event, by=None, now=now)
                count += 1
    return count


def mark_as_held(*, now: datetime) -> int:
    """
    Mark as held what is past, with people present and all attendance settled; says how many.

    So nobody needs to say it who noted already who was there. What someone took back stays so.
    """
    past = to_mark_as_held(now)
    taken_back = _noted(past, action=MOVED, data__from=Event.State.HELD)
    rows = [event for event in past if event.pk not in taken_back]
    for event in rows:
        with suppress(WrongStep):  # someone was a moment sooner
            move(event=event, to=Event.State.HELD, by=None, now=now)
    return len(rows)


def _noted(events: list[Event], **line: str) -> set[int]:
    """Give the numbers of those of which the log has such a line."""
    if not events:
        return set()
    return {int(key) for key in audit.lines_of(events).filter(**line).values_list("object_id", flat=True)}
