"""Compares every row of a file with what is known, block by block, so that a long file shows progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F

from trekker.imports.actions.pace import count_anew, rarely_collecting
from trekker.imports.models import Block, Decision, Import, Row
from trekker.imports.registry import Raw, importers

Clock = Callable[[], datetime]
TOGETHER = 4  # blocks in one transaction: fewer waits for the disk, and still a lively progress
REPEATED = "Deze persoon staat ook op een andere rij. Die andere rij telt."


def _raw(block: Block, draft: Import) -> Iterator[Raw]:
    columns = draft.mapping.items()
    for number, cells in enumerate(block.rows, start=block.first):
        if number > draft.header_row and any(cells):
            width = len(cells)
            yield Raw(
                number, {code: cells[place] for code, place in columns if place < width and cells[place]}
            )


@rarely_collecting()
def match(*, draft: int, attempt: int, clock: Clock) -> None:
    """
    Judge every row of a file and lay the outcome ready for review; starting again starts over.

    A job whose attempt is no longer the import's last one changes nothing.
    """
    current = Import.objects.filter(pk=draft, attempt=attempt, status=Import.Status.MATCHING)
    found = current.first()
    if found is None:
        return
    importer = importers[found.importer]
    began = clock()
    Row.objects.filter(of=found).delete()
    recalled = importer.recalls(found, Decision.objects.filter(importer=found.importer))
    decisions = dict(recalled.values_list("group", "target"))
    known = {None, *importer.targets([target for target in decisions.values() if target])}
    valid = {group: target for group, target in decisions.items() if target in known}
    judge = importer.judge(found, decisions=valid, now=began)
    numbers = list(Block.objects.filter(of=found).order_by("first").values_list("pk", flat=True))
    for start in range(0, len(numbers), TOGETHER):
        with transaction.atomic():
            # Only the last attempt goes on: another job may have been started meanwhile.
            if not current.update(beat_at=clock()):
                return
            for block in Block.objects.filter(pk__in=numbers[start : start + TOGETHER]).order_by("first"):
                rows = judge(list(_raw(block, found)))
                Row.objects.bulk_create(rows)
                current.update(rows_done=F("rows_done") + len(block.rows))
    with transaction.atomic():
        count_anew(Row)
        again = Row.objects.filter(of=found).repeating() if importer.one_row_each else Row.objects.none()
        repeated = list(again.values_list("pk", flat=True))
        for start in range(0, len(repeated), 500):
            Row.objects.filter(pk__in=repeated[start : start + 500]).update(
                state=Row.State.ERROR, outcome=Row.Outcome.REFUSED, message=REPEATED, group="", target=None
            )
        seconds = (clock() - began).total_seconds()
        current.update(status=Import.Status.REVIEW, seconds=seconds, began_at=None, beat_at=None)
