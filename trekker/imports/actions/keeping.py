"""What else can happen to an import: its job fails, it starts again, it is thrown away, it grows old."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from trekker.imports.models import Import, Row
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

DISCARDED = audit.act("imports.discarded", "Inlezen geschrapt")
KEPT = timedelta(days=90)


def fail(*, draft: int, attempt: int, sentence: str) -> None:
    """Note why the last job for an import stopped, so that the screen can say how to go on."""
    Import.objects.filter(pk=draft, attempt=attempt).exclude(status=Import.Status.DONE).update(
        failure=sentence
    )


@transaction.atomic
def retry(*, draft: Import, now: datetime) -> Import:
    """Ask for the step at which an import stopped once more; an older job will find itself passed by."""
    draft = Import.objects.select_for_update().get(pk=draft.pk)
    if draft.is_working:
        draft.attempt += 1
        draft.failure, draft.rows_done = "", 0
        draft.began_at = draft.beat_at = now
        draft.save()
    return draft


@transaction.atomic
def discard(*, draft: Import, by: AnyAccount, now: datetime) -> bool:
    """Throw away an import that was not stored, with its rows; tells whether it did."""
    draft = Import.objects.select_for_update().get(pk=draft.pk)
    if draft.status in {Import.Status.DONE, Import.Status.STORING}:
        return False
    audit.record(DISCARDED, draft, by=by, at=now)
    draft.delete()
    return True


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Take the rows out of imports of over ninety days ago, drop what was never stored, and say how many."""
    old = Import.objects.filter(created_at__lt=now - KEPT).exclude(status=Import.Status.STORING)
    old.exclude(status=Import.Status.DONE).delete()
    rows, _ = Row.objects.filter(of__in=old).delete()
    return rows


def forget_person(*, importer: str, keys: Collection[str], match: int) -> None:
    """Take someone, known by these keys or this record, out of every import; how the row ended stays."""
    about = Q(key__in=keys) | Q(of__importer=importer, match=match)
    Row.objects.filter(about).update(key="", label="gewist", values={}, message="", match=None)
