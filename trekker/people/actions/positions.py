"""Where a person works, from when until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.organisations.models import Organisation
from trekker.people.models import Person, Position

STARTED = audit.act("people.position_added", "functie toegevoegd")
CORRECTED = audit.act("people.position_corrected", "functie verbeterd")
ENDED = audit.act("people.position_ended", "functie beëindigd")


class PositionOutOfOrder(Exception):
    """The position would end on or before the day it starts."""


@transaction.atomic
def add_position(
    *,
    person: Person,
    organisation: Organisation,
    from_on: date | None = None,
    until_on: date | None = None,
    by: AnyAccount,
    now: datetime,
    **facts: Any,
) -> Position:
    """
    Give a person a place in an organisation; an empty day is not known.

    :raises PositionOutOfOrder: if it would end before it starts
    """
    _check(from_on, until_on)
    position = Position.objects.create(
        person=person, organisation=organisation, from_on=from_on, until_on=until_on, **facts
    )
    audit.record(STARTED, person, by=by, at=now, organisation=organisation.name)
    return position


@transaction.atomic
def correct_position(*, position: Position, by: AnyAccount, now: datetime, **facts: Any) -> Position:
    """
    Write other facts about a position.

    :raises PositionOutOfOrder: if it would end before it starts
    """
    for name, value in facts.items():
        setattr(position, name, value)
    _check(position.from_on, position.until_on)
    position.save(update_fields=list(facts))
    audit.record(CORRECTED, position.person, by=by, at=now, organisation=position.organisation.name)
    return position


@transaction.atomic
def end_position(*, position: Position, until_on: date, by: AnyAccount, now: datetime) -> Position:
    """
    End a position; ``until_on`` is the first day without it.

    :raises PositionOutOfOrder: if it would end before it starts
    """
    _check(position.from_on, until_on)
    position.until_on = until_on
    position.save(update_fields=["until_on"])
    audit.record(ENDED, position.person, by=by, at=now, organisation=position.organisation.name)
    return position


def _check(from_on: date | None, until_on: date | None) -> None:
    if from_on and until_on and until_on <= from_on:
        raise PositionOutOfOrder
