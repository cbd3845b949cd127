"""Erasing persons: what says who they are goes, what was counted stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from trekker.kernel import audit, privacy
from trekker.kernel.models import AnyAccount
from trekker.mail.actions import forget_address
from trekker.people.addresses import fingerprint
from trekker.people.models import Alias, Erasure, Person

ERASED = audit.act("people.erased", "gewist")


@transaction.atomic
def erase_person(*, person: Person, by: AnyAccount, now: datetime) -> None:
    """
    Empty all that says who a person is, end what still runs, and forget them in the outbox and the log.

    The rows stay, so that figures of the past do not change. The fingerprints of the addresses go
    on the list of erasures. Someone who was erased before stays as they are.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at:
        return
    emails = {person.email, *person.aliases.values_list("email", flat=True)} - {None, ""}
    for ending in privacy.ENDINGS.get(Person, []):
        ending(person, by=by, now=now)
    for email in emails:  # once nothing that ends can make a mail any more
        forget_address(str(email))
    privacy.wipe(person)
    Person.objects.filter(pk=person.pk).update(erased_at=now, bounced_on=None)
    for email in emails:
        Erasure.objects.update_or_create(fingerprint=fingerprint(str(email)), defaults={"erased_at": now})
    audit.forget(person)
    person.refresh_from_db()
    audit.record(ERASED, person, by=by, at=now)


def erase_again(*, fingerprints: Collection[str], by: AnyAccount, now: datetime) -> int:
    """
    Erase everyone who stands on a list of erasures, after an older copy was put back; says how many.

    Each is erased apart: what was done stays done if it stops halfway.
    """
    wanted = set(fingerprints)
    known = {*Person.objects.exclude(email=None).values_list("email", "pk")}
    known |= {*Alias.objects.values_list("email", "person")}
    found = {pk for email, pk in known if email and fingerprint(email) in wanted}
    for person in Person.objects.filter(pk__in=found, erased_at=None):
        erase_person(person=person, by=by, now=now)
    return len(found)
