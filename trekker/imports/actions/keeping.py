"""What else can happen to an import: its job fails, it starts again, it is thrown away, it grows old."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from trekker.imports import queries
from trekker.imports.models import Import, Row
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

DISCARDED = audit.act("imports.discarded", "Inlezen geschrapt")
DOWNLOADED = audit.act("imports.downloaded", "Verslag van inlezen gedownload")
KEPT = timedelta(days=90)
LONGEST = timedelta(days=1)  # no job works for so long
FORGOTTEN = "Deze persoon is gewist."


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
    """Throw away an import that is not stored, nor being stored, with its rows; tells whether it did."""
    draft = Import.objects.select_for_update().get(pk=draft.pk)
    stopped = draft.failure or queries.progress(draft, now).is_silent
    if draft.status == Import.Status.DONE or (draft.status == Import.Status.STORING and not stopped):
        return False
    audit.record(DISCARDED, draft, by=by, at=now)
    draft.delete()
    return True


def record_download(*, draft: Import, by: AnyAccount, now: datetime) -> None:
    """Write in the log who took the report of an import, and how many rows it had."""
    audit.record(DOWNLOADED, draft, by=by, at=now, rows=Row.objects.filter(of=draft).count())


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Take the rows out of imports of over ninety days ago, drop what was never stored, and say how many."""
    old = Import.objects.filter(created_at__lt=now - KEPT).exclude(
        status=Import.Status.STORING, failure="", began_at__gt=now - LONGEST
    )
    old.exclude(status=Import.Status.DONE).delete()
    rows, _ = Row.objects.filter(of__in=old).delete()
    return rows


@transaction.atomic
def forget_person(*, importer: str, keys: Collection[str], match: int) -> None:
    """
    Take someone, known by these keys or this record, out of every import; how a stored row ended stays.

    Rows that are not stored yet are refused, and emptied as they stood in the file.
    """
    # The lock waits for an import that is being stored: its rows are then forgotten as stored ones.
    drafts = list(Import.objects.select_for_update().exclude(status=Import.Status.DONE))
    about = Row.objects.filter(Q(key__in=keys) | Q(of__importer=importer, match=match))
    found = list(about.filter(of__in=drafts).values_list("pk", "of", "number"))
    for draft in drafts:
        _empty(draft, keys, {number for _, of, number in found if of == draft.pk})
    about.update(key="", label="gewist", values={}, message="", match=None)
    Row.objects.filter(pk__in=[pk for pk, _, _ in found]).update(
        state=Row.State.ERROR, outcome=Row.Outcome.REFUSED, message=FORGOTTEN, group="", target=None
    )


def _empty(draft: Import, keys: Collection[str], numbers: Collection[int | None]) -> None:
    """Empty these rows of a file, and every other in which one of the keys stands."""
    named = re.compile("|".join(rf"(?<![\w.+-]){re.escape(key)}(?![\w-])" for key in keys), re.IGNORECASE)
    for block in draft.blocks.iterator(chunk_size=1):
        gone = [
            place
            for place, cells in enumerate(block.rows)
            if block.first + place in numbers or (keys and any(named.search(cell) for cell in cells))
        ]
        for place in gone:
            block.rows[place] = [""] * len(block.rows[place])
        if gone:
            block.save(update_fields=["rows"])
