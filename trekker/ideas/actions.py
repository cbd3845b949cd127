"""Noting ideas, asking others about them, weighing and deciding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trekker.ideas.models import Consultation, Idea
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme

NOTED = audit.act("ideas.noted", "idee genoteerd")
CHANGED = audit.act("ideas.changed", "idee verbeterd")
CONSULTED = audit.act("ideas.consulted", "bevraging toegevoegd")
CONSULTATION_CORRECTED = audit.act("ideas.consultation_corrected", "bevraging verbeterd")
CONSULTATION_REMOVED = audit.act("ideas.consultation_removed", "bevraging verwijderd")
WEIGHED = audit.act("ideas.weighed", "idee afgewogen")
DECIDED = audit.act("ideas.decided", "beslist over idee")
REOPENED = audit.act("ideas.reopened", "idee heropend")
DONE = audit.act("ideas.done", "idee uitgevoerd")

State = Idea.State


class AlreadyDecided(Exception):
    """Something was decided about the idea before; reopen it first."""


class NothingDecided(Exception):
    """There is no decision to take back."""


class ReasonMissing(Exception):
    """A decision was given without a reason."""


class NotAnOutcome(Exception):
    """What was chosen is no decision about an idea."""


class DoesNotGoAhead(Exception):
    """Only an idea that goes ahead can be carried out."""


class NotYetAsked(Exception):
    """The consultation lies in the future."""


@transaction.atomic
def note_idea(
    *,
    facts: Mapping[str, Any],
    themes: Iterable[Theme] = (),
    audiences: Iterable[Audience] = (),
    by: AnyAccount,
    now: datetime,
) -> Idea:
    """Write down a need or an opportunity."""
    idea = Idea.objects.create(**facts, created_by=by, created_at=now)
    idea.themes.set(themes)
    idea.audiences.set(audiences)
    audit.record(NOTED, idea, by=by, at=now)
    return idea


@transaction.atomic
def change_idea(
    *,
    idea: Idea,
    facts: Mapping[str, Any],
    themes: Iterable[Theme],
    audiences: Iterable[Audience],
    by: AnyAccount,
    now: datetime,
) -> Idea:
    """Write other facts about an idea; how it weighs and what was decided stay as they are."""
    idea = _locked(idea)
    for name, value in facts.items():
        setattr(idea, name, value)
    idea.save(update_fields=list(facts))
    idea.themes.set(themes)
    idea.audiences.set(audiences)
    audit.record(CHANGED, idea, by=by, at=now)
    return idea


@transaction.atomic
def add_consultation(
    *,
    idea: Idea,
    who: str,
    on: date,
    view: str,
    said: str,
    organisation: Organisation | None = None,
    by: AnyAccount,
    now: datetime,
) -> Consultation:
    """
    Write down what one party said about an idea; an idea just noted is being consulted from then on.

    :raises NotYetAsked: if the day has not come
    """
    _refuse_future(on, now)
    idea = _locked(idea)
    consultation = idea.consultations.create(who=who, organisation=organisation, on=on, view=view, said=said)
    if idea.state == State.NOTED:
        idea.state = State.CONSULTING
        idea.save(update_fields=["state"])
    audit.record(CONSULTED, idea, by=by, at=now)
    return consultation


@transaction.atomic
def correct_consultation(
    *,
    consultation: Consultation,
    who: str,
    on: date,
    view: str,
    said: str,
    organisation: Organisation | None = None,
    by: AnyAccount,
    now: datetime,
) -> Consultation:
    """
    Write down other facts about a consultation.

    :raises NotYetAsked: if the day has not come
    """
    _refuse_future(on, now)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    consultation.who, consultation.organisation = who, organisation
    consultation.on, consultation.view, consultation.said = on, view, said
    consultation.save()
    audit.record(CONSULTATION_CORRECTED, consultation.idea, by=by, at=now)
    return consultation


@transaction.atomic
def remove_consultation(*, consultation: Consultation, by: AnyAccount, now: datetime) -> None:
    """Delete a consultation; an open idea without any other is just noted again."""
    idea = _locked(consultation.idea)
    consultation.delete()
    if idea.state == State.CONSULTING and not idea.consultations.exists():
        idea.state = State.NOTED
        idea.save(update_fields=["state"])
    audit.record(CONSULTATION_REMOVED, idea, by=by, at=now)


@transaction.atomic
def weigh_idea(
    *,
    idea: Idea,
    need: int | None,
    reach: int | None,
    effort: int | None,
    weighing: str,
    by: AnyAccount,
    now: datetime,
) -> Idea:
    """
    Say how an idea weighs: the need, whom it reaches and the work it asks, and in words.

    :raises AlreadyDecided: if something was decided about it
    """
    idea = _open(idea)
    idea.need, idea.reach, idea.effort, idea.weighing = need, reach, effort, weighing
    idea.save(update_fields=["need", "reach", "effort", "weighing"])
    audit.record(WEIGHED, idea, by=by, at=now, need=need, reach=reach, effort=effort)
    return idea


@transaction.atomic
def decide(*, idea: Idea, outcome: str, reason: str, by: AnyAccount, now: datetime) -> Idea:
    """
    Decide what becomes of an open idea, with the reason.

    :raises NotAnOutcome: if the outcome is no decision
    :raises ReasonMissing: if there is no reason
    :raises AlreadyDecided: if something was decided before
    """
    if outcome not in Idea.OUTCOMES:
        raise NotAnOutcome(outcome)
    if not reason.strip():
        raise ReasonMissing
    idea = _open(idea)
    idea.state, idea.reason, idea.decided_at = outcome, reason.strip(), now
    idea.save(update_fields=["state", "reason", "decided_at"])
    audit.record(DECIDED, idea, by=by, at=now, outcome=State(outcome).label, reason=idea.reason)
    return idea


@transaction.atomic
def reopen(*, idea: Idea, by: AnyAccount, now: datetime) -> Idea:
    """
    Take a decision back; the log keeps it.

    :raises NothingDecided: if nothing was decided
    """
    idea = _locked(idea)
    if idea.is_open:
        raise NothingDecided
    idea.state = State.CONSULTING if idea.consultations.exists() else State.NOTED
    idea.reason, idea.decided_at = "", None
    idea.save(update_fields=["state", "reason", "decided_at"])
    audit.record(REOPENED, idea, by=by, at=now)
    return idea


@transaction.atomic
def mark_done(*, idea: Idea, by: AnyAccount, now: datetime) -> Idea:
    """
    Say that an idea that goes ahead was carried out; the reason to go ahead stays.

    :raises DoesNotGoAhead: if it does not go ahead
    """
    idea = _locked(idea)
    if idea.state != State.GOES_AHEAD:
        raise DoesNotGoAhead
    idea.state = State.DONE
    idea.save(update_fields=["state"])
    audit.record(DONE, idea, by=by, at=now)
    return idea


def _locked(idea: Idea) -> Idea:
    return Idea.objects.select_for_update().get(pk=idea.pk)


def _open(idea: Idea) -> Idea:
    idea = _locked(idea)
    if not idea.is_open:
        raise AlreadyDecided
    return idea


def _refuse_future(on: date, now: datetime) -> None:
    if on > timezone.localdate(now):
        raise NotYetAsked
