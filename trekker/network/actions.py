"""Starting, ending and correcting memberships."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trekker.kernel import audit, merging, privacy
from trekker.kernel.models import AnyAccount
from trekker.mail.registry import when_lifted, when_stopped
from trekker.network.models import Channel, Membership
from trekker.people.models import Person

STARTED = audit.act("network.membership_started", "lidmaatschap gestart")
ENDED = audit.act("network.membership_ended", "lidmaatschap beëindigd")
CORRECTED = audit.act("network.membership_corrected", "lidmaatschap verbeterd")


class AlreadyMember(Exception):
    """The person is on the channel in part of those days; ``membership`` is the other one."""

    def __init__(self, membership: Membership) -> None:
        """Remember the membership that stands in the way."""
        super().__init__(str(membership.pk))
        self.membership = membership


class AlreadyEnded(Exception):
    """The membership has ended before; correct it to change the day."""


class EndsBeforeStart(Exception):
    """The membership would end before it starts, or has an end without a reason."""


@transaction.atomic
def start_membership(
    *,
    person: Person,
    channel: Channel,
    from_on: date,
    source: str,
    consent_text: str = "",
    consent_at: datetime | None = None,
    by: AnyAccount,
    now: datetime,
) -> Membership:
    """
    Put a person on a channel from a day on, with where it came from and the consent.

    :raises AlreadyMember: if they are on it on that day or later
    """
    _lock(person)
    _refuse_overlap(person, channel, from_on, None)
    membership = Membership.objects.create(
        person=person,
        channel=channel,
        from_on=from_on,
        source=source,
        consent_text=consent_text,
        consent_at=consent_at,
    )
    audit.record(STARTED, person, by=by, at=now, channel=channel.name)
    return membership


@transaction.atomic
def end_membership(
    *, membership: Membership, until_on: date, because: str, by: AnyAccount, now: datetime
) -> Membership:
    """
    End a membership; ``until_on`` is the first day without it, ``because`` a ``Membership.End``.

    :raises AlreadyEnded: if it has ended before
    :raises EndsBeforeStart: if it would end before it starts
    """
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.until_on:
        raise AlreadyEnded
    if until_on < membership.from_on:
        raise EndsBeforeStart
    membership.until_on = until_on
    membership.ended_because = because
    membership.save(update_fields=["until_on", "ended_because"])
    audit.record(ENDED, membership.person, by=by, at=now, channel=membership.channel.name, because=because)
    return membership


@transaction.atomic
def correct_membership(
    *,
    membership: Membership,
    from_on: date,
    until_on: date | None,
    because: str = "",
    source: str,
    consent_text: str = "",
    consent_at: datetime | None = None,
    by: AnyAccount,
    now: datetime,
) -> Membership:
    """
    Write other facts about a membership; without ``until_on`` it runs on.

    :raises AlreadyMember: if another membership of the channel covers part of those days
    :raises EndsBeforeStart: if it would end before it starts, or end without a reason
    """
    _lock(membership.person)
    if until_on and (until_on < from_on or not because):
        raise EndsBeforeStart
    _refuse_overlap(membership.person, membership.channel, from_on, until_on, but=membership)
    membership.from_on = from_on
    membership.until_on = until_on
    membership.ended_because = because if until_on else ""
    membership.source = source
    membership.consent_text = consent_text
    membership.consent_at = consent_at
    membership.save()
    audit.record(CORRECTED, membership.person, by=by, at=now, channel=membership.channel.name)
    return membership


def _lock(person: Person) -> None:
    """Let only one change at a time look for overlaps; no constraint of both databases can."""
    Person.objects.select_for_update().get(pk=person.pk)


def _refuse_overlap(
    person: Person, channel: Channel, from_on: date, until_on: date | None, but: Membership | None = None
) -> None:
    others = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gt=from_on), person=person, channel=channel
    )
    if until_on:
        others = others.filter(from_on__lt=until_on)
    if other := (others.exclude(pk=but.pk) if but else others).first():
        raise AlreadyMember(other)


@privacy.before_erasure(Person)
def end_all(record: Any, *, by: AnyAccount, now: datetime) -> None:
    """End every running membership of someone who is being erased, today."""
    today = timezone.localdate(now)
    for membership in record.memberships.filter(Q(until_on=None) | Q(until_on__gt=today)):
        membership.until_on = max(today, membership.from_on)
        membership.ended_because = Membership.End.ERASED
        membership.save(update_fields=["until_on", "ended_because"])
        audit.record(ENDED, record, by=by, at=now, because=Membership.End.ERASED)


@when_stopped
def note_bounce(*, address: str, by: AnyAccount, now: datetime) -> None:
    """
    Write down that mail no longer reaches someone, and end their newsletters that day.

    Only their main address counts: nothing is mailed to the others.
    """
    today = timezone.localdate(now)
    person = Person.objects.select_for_update().filter(email=address).first()
    if person is None:
        return
    Person.objects.filter(pk=person.pk, bounced_on=None).update(bounced_on=today)
    newsletters = person.memberships.filter(channel__kind=Channel.Kind.NEWSLETTER, until_on=None)
    for membership in newsletters:
        end_membership(
            membership=membership,
            until_on=max(today, membership.from_on),
            because=Membership.End.BOUNCED,
            by=by,
            now=now,
        )


@when_lifted
def note_recovery(*, address: str, by: AnyAccount, now: datetime) -> None:  # noqa: ARG001 - a listener's signature
    """Write down that mail reaches someone again; what ended stays ended, until they sign up again."""
    Person.objects.filter(email=address).update(bounced_on=None)


@merging.moves(Membership)
def _join(kept: Any, dropped: Any) -> None:
    """Make one membership of those of two persons that meet on a channel."""
    if not isinstance(kept, Person):
        return
    by_channel = defaultdict(list)
    for each in Membership.objects.filter(person__in=[kept, dropped]).order_by("from_on", "pk"):
        by_channel[each.channel_id].append(each)
    for memberships in by_channel.values():
        last = memberships[0]
        for each in memberships[1:]:
            if last.until_on and each.from_on > last.until_on:
                last = each
            else:
                _extend(last, each)


def _extend(earlier: Membership, later: Membership) -> None:
    if earlier.until_on and (later.until_on is None or later.until_on > earlier.until_on):
        earlier.until_on, earlier.ended_because = later.until_on, later.ended_because
    if not earlier.consent_text and not earlier.consent_at:
        earlier.consent_text, earlier.consent_at = later.consent_text, later.consent_at
    earlier.source = earlier.source or later.source
    later.delete()
    earlier.save()
