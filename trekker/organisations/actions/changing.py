"""Adding, correcting and merging organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from trekker.kernel import audit, merging
from trekker.kernel.models import AnyAccount
from trekker.organisations.actions.standings import settle_standings
from trekker.organisations.models import MailDomain, Organisation, OtherSource, Partnership, Standing

ADDED = audit.act("organisations.added", "toegevoegd")
CORRECTED = audit.act("organisations.corrected", "verbeterd")
MERGED = audit.act("organisations.merged", "dubbel samengevoegd")
FACTS = (
    *("legal_form", "nis_code", "kbo_number", "ovo_code", "province", "region"),
    *("postal_code", "locality", "website", "population", "founded_on", "note"),
)
LINKS = {"counts_as", "merged_into", "merged_on"}


class NoLongerThere(Exception):
    """An organisation was merged with another after the screen was opened."""


@transaction.atomic
def add_organisation(
    *, mail_domains: Iterable[str] = (), by: AnyAccount, now: datetime, **facts: Any
) -> Organisation:
    """
    Add an organisation that the register does not have, such as a partner.

    :raises CountsInCircle: if it would count for itself
    """
    organisation = Organisation.objects.create(**facts)
    _keep_domains(organisation, mail_domains)
    settle_standings(organisations=[organisation])
    audit.record(ADDED, organisation, by=by, at=now)
    return organisation


@transaction.atomic
def correct_organisation(
    *,
    organisation: Organisation,
    facts: Mapping[str, Any],
    mail_domains: Iterable[str] | None = None,
    by: AnyAccount,
    now: datetime,
) -> Organisation:
    """
    Write other facts about an organisation; a refresh from the register then leaves these alone.

    Without ``mail_domains`` these stay as they are.

    :raises CountsInCircle: if it would come to count for itself
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = [name for name, value in facts.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, facts[name])
    if changed:
        organisation.save(update_fields=changed)
    if mail_domains is not None and _keep_domains(organisation, mail_domains):
        changed.append("mail_domains")
    if LINKS & set(changed):
        settle_standings(organisations=[organisation])
    if changed:
        audit.record(CORRECTED, organisation, by=by, at=now, fields=changed)
    return organisation


@transaction.atomic
def merge_organisations(
    *, kept: Organisation, dropped: Organisation, by: AnyAccount, now: datetime
) -> Organisation:
    """
    Make one record of two about the same organisation; not for a merger of two municipalities.

    Everything that pointed at ``dropped`` points at ``kept``, which takes over what only the
    other knew. A refresh from the register passes the source of ``dropped`` by.

    :raises CannotMerge: if both are the same record
    :raises NoLongerThere: if one of them was merged meanwhile
    :raises CountsInCircle: if the one that stays would come to count for itself
    """
    found = Organisation.objects.select_for_update().in_bulk([kept.pk, dropped.pk])
    if not {kept.pk, dropped.pk} <= found.keys():
        raise NoLongerThere
    kept, dropped = found[kept.pk], found[dropped.pk]
    name, uri = dropped.name, dropped.uri
    merging.fill_blanks(kept, dropped, fields=FACTS)
    kept.save()
    merging.merge(kept=kept, dropped=dropped)
    kept.refresh_from_db()
    if uri:
        OtherSource.objects.create(organisation=kept, uri=uri)
    settle_standings(organisations=[kept])
    audit.record(MERGED, kept, by=by, at=now, dropped=name)
    return kept


def _keep_domains(organisation: Organisation, domains: Iterable[str]) -> bool:
    """Make these the mail domains; tells whether that changed any."""
    wanted = {domain.strip().lower().removeprefix("@") for domain in domains} - {""}
    known = {each.domain: each for each in organisation.mail_domains.all()}
    gone = [each.pk for domain, each in known.items() if domain not in wanted]
    MailDomain.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - set(known))
    MailDomain.objects.bulk_create([MailDomain(organisation=organisation, domain=domain) for domain in new])
    return bool(gone or new)


@merging.moves(Organisation)
def _unlink(kept: Organisation, dropped: Organisation) -> None:
    """Take out the links between the two: an organisation does not count for itself."""
    Organisation.objects.filter(pk=kept.pk, merged_into=dropped).update(merged_into=None, merged_on=None)
    Organisation.objects.filter(pk=kept.pk, counts_as=dropped).update(counts_as=None)


@merging.moves(Partnership)
def _part(kept: Organisation, dropped: Organisation) -> None:
    """Take out the partnership of the two with each other."""
    pair = [kept, dropped]
    Partnership.objects.filter(association__in=pair, participant__in=pair).delete()


@merging.moves(Standing)
def _unsettle(_kept: Organisation, dropped: Organisation) -> None:
    """Take out what was derived; it is settled again after the merge."""
    Standing.objects.filter(Q(organisation=dropped) | Q(counted=dropped)).delete()
