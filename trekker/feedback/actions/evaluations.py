"""Opening an evaluation, inviting people to it, reminding them, and closing it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from trekker.feedback import emails
from trekker.feedback.actions.storing import store
from trekker.feedback.models import Evaluation, Invitation, Mode, Questionnaire
from trekker.feedback.queries.sealed import opened
from trekker.kernel import audit, tickets
from trekker.kernel.models import AnyAccount
from trekker.kernel.sealing import BrokenSeal
from trekker.organisations.models import Organisation
from trekker.people.addresses import address
from trekker.people.models import Person
from trekker.people.queries import erased_among
from trekker.themes.models import Theme

log = logging.getLogger(__name__)
OPENED = audit.act("feedback.opened", "evaluatie geopend")
INVITED = audit.act("feedback.invited", "mensen uitgenodigd voor een evaluatie")
CHANGED = audit.act("feedback.changed", "evaluatie verbeterd")
CLOSED = audit.act("feedback.closed", "evaluatie gesloten")
REMOVED = audit.act("feedback.removed", "evaluatie verwijderd")
BATCH = 500
GRACE = tickets.OLDEST  # who has the form open when it closes can still send it


class AlreadyClosed(Exception):
    """The evaluation is closed: nobody can answer or be invited any more."""


class HasAnswers(Exception):
    """People answered already; what they were promised and asked stays."""


@dataclass(frozen=True)
class Invitee:
    """Someone to ask, with the organisation of that day."""

    email: str
    name: str = ""
    person: Person | None = None
    organisation: Organisation | None = None


@transaction.atomic
def open_evaluation(
    *,
    title: str,
    kind: str,
    about_on: date,
    questionnaire: Questionnaire,
    mode: str = "",
    invitees: Iterable[Invitee] = (),
    themes: Iterable[Theme] = (),
    strand: tuple[str, str] = ("", ""),
    audience_size: int | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    has_open_link: bool = True,
    reply_to: str = "",
    by: AnyAccount,
    now: datetime,
) -> Evaluation:
    """
    Start to ask about one thing, with a form as it is now, and mail everyone their own link.

    ``strand`` is what it belongs to as (code, name): a course, a series. ``audience_size`` is how many
    could answer, where that is more than are invited.
    """
    opens_at = opens_at or now
    mode = mode or questionnaire.mode
    remind_after = questionnaire.remind_after_days
    evaluation = Evaluation.objects.create(
        title=title,
        kind=kind,
        about_on=about_on,
        strand=strand[0],
        strand_name=strand[1],
        questionnaire=questionnaire,
        mode=mode,
        follow_up_weeks=None if mode == Mode.ANONYMOUS else questionnaire.follow_up_weeks,
        audience_size=audience_size,
        has_open_link=has_open_link,
        opens_at=opens_at,
        closes_at=end_of_day(closes_at or opens_at + timedelta(days=questionnaire.open_days)),
        remind_at=opens_at + timedelta(days=remind_after) if remind_after else None,
        reply_to=reply_to,
        created_at=now,
        created_by=by,
    )
    evaluation.themes.set(themes)
    audit.record(OPENED, evaluation, by=by, at=now)
    _invite(evaluation, invitees, now=now)
    return evaluation


def end_of_day(moment: datetime) -> datetime:
    """Give the last minute of a day here, as people read *tot en met*."""
    return timezone.localtime(moment).replace(hour=23, minute=59, second=59, microsecond=0)


@transaction.atomic
def invite(*, evaluation: Evaluation, invitees: Iterable[Invitee], by: AnyAccount, now: datetime) -> int:
    """
    Ask more people; who was invited before is passed by. Says how many are new.

    :raises AlreadyClosed: if it is closed
    :raises NotAnAddress: if an address is none
    """
    evaluation = lock(evaluation)
    count = _invite(evaluation, invitees, now=now)
    if count:
        audit.record(INVITED, evaluation, by=by, at=now, people=count)
    return count


def _invite(evaluation: Evaluation, invitees: Iterable[Invitee], *, now: datetime) -> int:
    wanted = {address(each.email): each for each in invitees}
    known = set(evaluation.invitations.values_list("email", flat=True))
    for some in batched(wanted):
        known |= set(erased_among(some))
    made = Invitation.objects.bulk_create(
        Invitation(
            evaluation=evaluation,
            person=each.person,
            name=each.name,
            email=email,
            organisation=each.organisation,
        )
        for email, each in wanted.items()
        if email not in known
    )
    for invitation in made:
        emails.invite(evaluation, invitation, now=now)
    return len(made)


def batched(addresses: Iterable[str]) -> Iterator[list[str]]:
    """Give addresses by as many as one question takes."""
    listed = list(addresses)
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def lock(evaluation: Evaluation) -> Evaluation:
    """
    Lock an evaluation that is not closed yet.

    :raises AlreadyClosed: if it is closed
    """
    found = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if found.closed_at:
        raise AlreadyClosed
    return found


@transaction.atomic
def change_evaluation(
    *,
    evaluation: Evaluation,
    facts: dict[str, Any],
    themes: Iterable[Theme] | None = None,
    by: AnyAccount,
    now: datetime,
) -> Evaluation:
    """
    Write other facts about an evaluation: its title, day, end, reminder, number of people, link for all.

    Form and mode change only while nobody answered.

    :raises AlreadyClosed: if it is closed
    :raises HasAnswers: if form or mode would change under people who answered
    """
    evaluation = lock(evaluation)
    promised = {name for name in ("questionnaire", "mode") if name in facts}
    moved = {name for name in promised if getattr(evaluation, name) != facts[name]}
    if moved and (evaluation.sealed.exists() or evaluation.responses.exists()):
        raise HasAnswers
    for name, value in facts.items():
        setattr(evaluation, name, value)
    if evaluation.mode == Mode.ANONYMOUS:
        evaluation.follow_up_weeks = None
    evaluation.save()
    if moved:
        # What someone saved was written under another promise, or to other questions.
        evaluation.invitations.update(draft=None)
    if themes is not None:
        evaluation.themes.set(themes)
    audit.record(CHANGED, evaluation, by=by, at=now, fields=sorted(facts))
    return evaluation


@transaction.atomic
def close_evaluation(*, evaluation: Evaluation, by: AnyAccount, now: datetime) -> Evaluation:
    """
    Take no more answers, and let what came in be read; closing twice changes nothing.

    All sealed answers are opened together, in the order of numbers that say nothing, and the key is
    thrown away. Unless on name, it is forgotten who was invited.
    """
    try:
        evaluation = lock(evaluation)
    except AlreadyClosed:
        return Evaluation.objects.get(pk=evaluation.pk)
    payloads = sorted(opened(evaluation), key=lambda each: each["number"])
    store(evaluation, _lasting(evaluation, payloads))
    evaluation.sealed.all().delete()
    evaluation.salt, evaluation.closed_at, evaluation.remind_at = b"", now, None
    evaluation.closes_at = min(evaluation.closes_at, max(now, evaluation.opens_at + timedelta(seconds=1)))
    evaluation.save(update_fields=["salt", "closed_at", "remind_at", "closes_at"])
    wiped: dict[str, Any] = {"draft": None}
    if evaluation.is_sealed:
        wiped |= {"name": "", "email": "", "person": None, "organisation": None}
    evaluation.invitations.update(**wiped)
    emails.forget_what_waits(evaluation, now=now)
    audit.record(CLOSED, evaluation, by=by, at=now)
    return evaluation


def _lasting(evaluation: Evaluation, payloads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Follow organisations that were made one with another since: a seal cannot be written anew.

    Only who was invited and agrees to be asked again has one, beside the address of the invitation; merging
    took that along to the one that stays. Where the invitation is gone as well, it is forgotten.
    """
    named = {each["organisation"] for each in payloads if each.get("organisation")}
    gone = named - set(Organisation.objects.filter(pk__in=named).values_list("pk", flat=True))
    if not gone:
        return payloads
    stays = dict(evaluation.invitations.exclude(email="").values_list("email", "organisation"))
    return [
        each | {"organisation": stays.get(each.get("address", ""))}
        if each.get("organisation") in gone
        else each
        for each in payloads
    ]


@transaction.atomic
def remove_evaluation(*, evaluation: Evaluation, by: AnyAccount, now: datetime) -> None:
    """
    Delete an evaluation that nobody answered.

    :raises HasAnswers: if someone answered
    """
    evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if evaluation.sealed.exists() or evaluation.responses.exists():
        raise HasAnswers
    emails.forget_what_waits(evaluation, now=now)
    audit.record(REMOVED, evaluation, by=by, at=now)
    evaluation.delete()


def close_due(*, now: datetime) -> int:
    """Close each evaluation whose time is up, a day after, in a transaction of its own; says how many."""
    due = list(Evaluation.objects.filter(closed_at=None, closes_at__lte=now - GRACE))
    count = 0
    for evaluation in due:
        try:
            close_evaluation(evaluation=evaluation, by=None, now=now)
        except (DatabaseError, BrokenSeal):  # one that cannot be closed may not hold up the others
            log.exception("Evaluation %s cannot be closed", evaluation.pk)
        else:
            count += 1
    return count


def remind_due(*, now: datetime) -> int:
    """Remind, once, who was invited and has not answered; says how many."""
    count = 0
    for found in Evaluation.objects.open_at(now).filter(remind_at__lte=now):
        with transaction.atomic():
            evaluation = Evaluation.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if evaluation.remind_at is None:
                continue  # another process was a moment sooner
            waiting = list(evaluation.invitations.unanswered())
            for invitation in waiting:
                emails.remind(evaluation, invitation, now=now)
            evaluation.remind_at = None
            evaluation.save(update_fields=["remind_at"])
            count += len(waiting)
    return count
