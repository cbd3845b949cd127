"""Stores a whole file in one transaction: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Count, Q

from trekker.imports.actions.pace import rarely_collecting
from trekker.imports.models import Block, Import, Row
from trekker.imports.reading import BLOCK
from trekker.imports.registry import importers
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

STORED = audit.act("imports.stored", "Bestand ingelezen")


class NothingToStore(Exception):
    """No row can be stored: each has an error."""


def confirm(*, draft: Import, by: AnyAccount, now: datetime) -> Import:
    """
    Ask for a reviewed file to be stored.

    :raises NothingToStore: if every row has an error
    """
    if not Row.objects.filter(of=draft).sound().exists():
        raise NothingToStore
    with transaction.atomic():
        draft = Import.objects.select_for_update().get(pk=draft.pk)
        if draft.status == Import.Status.REVIEW:
            draft.status, draft.failure, draft.stored_by = Import.Status.STORING, "", by
            draft.attempt += 1
            draft.began_at = draft.beat_at = now
            draft.save()
    return draft


def _blocks_of(draft: Import) -> Iterator[list[Row]]:
    number = last = 0
    rows = Row.objects.filter(of=draft).sound().order_by("number", "pk")
    # Two rows may speak of one row of the file.
    while block := list(rows.filter(Q(number__gt=number) | Q(number=number, pk__gt=last))[:BLOCK]):
        yield block
        number, last = block[-1].number or 0, block[-1].pk


@rarely_collecting()
@transaction.atomic
def store(*, draft: int, attempt: int, now: datetime) -> None:
    """
    Store every sound row of a file, end what a complete list no longer names, and write one audit line.

    A job whose attempt is no longer the import's last one changes nothing; a job that is killed
    leaves the state from before.
    """
    waiting = Import.objects.select_for_update().filter(
        pk=draft, attempt=attempt, status=Import.Status.STORING
    )
    found = waiting.first()
    if found is None:
        return
    importer = importers[found.importer]
    step = importer.store(found, now=now)
    for rows in _blocks_of(found):
        Row.objects.bulk_update(step(rows), ["outcome", "message"])
    ended = iter(importer.finish(found, now=now))
    while block := list(islice(ended, BLOCK)):
        Row.objects.bulk_create(block)
    Block.objects.filter(of=found).delete()
    tally = Row.objects.filter(of=found).values_list("outcome").annotate(rows=Count("pk"))
    found.counts = dict(tally.order_by("outcome"))
    found.status, found.stored_at = Import.Status.DONE, now
    found.began_at = found.beat_at = None
    found.save()
    audit.record(STORED, found, by=found.stored_by, at=now, **found.counts)
