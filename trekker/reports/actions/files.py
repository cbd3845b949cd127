"""Files of a report: asking for one, making it in the background, forgetting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

from django.db import transaction

from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.plan.models import Plan
from trekker.reports.formats import writing
from trekker.reports.models import Snapshot
from trekker.reports.models.file import KEPT, ReportFile
from trekker.reports.queries.chosen import Chosen, OutsideYear, chosen
from trekker.reports.queries.reports import NoPlanAdopted, fixed_contents

ASKED = audit.act("reports.file_asked", "bestand van een rapport gevraagd")
TAKEN = audit.act("reports.file_taken", "bestand van een rapport gedownload")
NO_PLAN = "Voor dit jaar is er geen vastgesteld plan."
WRONG_DAY = "Deze dag ligt niet in het jaar van het rapport, of moet nog komen."
STOPPED = "Er liep iets mis. Vraag het bestand opnieuw."
State, Step = ReportFile.State, ReportFile.Step
Clock = Callable[[], datetime]


@transaction.atomic
def ask_file(
    *,
    plan: Plan,
    year: int,
    kind: str,
    format: str,  # noqa: A002 - what it is called everywhere
    as_of: date | None = None,
    snapshot: Snapshot | None = None,
    by: AnyAccount,
    now: datetime,
) -> tuple[ReportFile, bool]:
    """
    Note that someone wants a report as a file, for a job to make; tells whether it is a new one.

    While the same file is under way, whoever asked for it, that one is given.

    :raises KeyError: if there is no such format
    """
    code = writing.FORMATS[format].code
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)  # two who ask at once come one by one
    wanted = {
        "plan": plan,
        "year": year,
        "kind": kind,
        "format": code,
        "as_of": as_of,
        "snapshot": snapshot,
    }
    files = ReportFile.objects.all().without_bytes()
    if file := files.under_way(now).filter(**wanted).order_by("pk").first():
        return file, False
    file = ReportFile.objects.create(**wanted, asked_by=by, asked_at=now, beat_at=now)
    audit.record(ASKED, file, by=by, at=now, format=code)
    return file, True


def make_file(*, file: int, clock: Clock) -> None:
    """Make a file that was asked for, once: a second job for it changes nothing."""
    begun = ReportFile.objects.filter(pk=file, state=State.WAITING)
    if not begun.update(state=State.WORKING, step=Step.COUNTING, beat_at=clock()):
        return
    asked = ReportFile.objects.select_related("snapshot", "plan").get(pk=file)
    try:
        found = _gathered(asked, clock())
    except NoPlanAdopted:
        fail_file(file=file, sentence=NO_PLAN)
        return
    except OutsideYear:
        fail_file(file=file, sentence=WRONG_DAY)
        return
    working = ReportFile.objects.filter(pk=file, state=State.WORKING)
    working.update(step=Step.WRITING, beat_at=clock())
    target = BytesIO()
    writing.write(found.contents, asked.format, target)
    content = target.getvalue()
    working.update(
        state=State.READY,
        step=Step.DONE,
        name=writing.file_name(found.contents, asked.format),
        said=found.said,
        content=content,
        size=len(content),
        beat_at=clock(),
    )


def _gathered(asked: ReportFile, now: datetime) -> Chosen:
    if asked.snapshot is not None:
        return Chosen(fixed_contents(asked.snapshot), f"zoals vastgesteld, nummer {asked.snapshot.number}")
    return chosen(asked.year, plan=asked.plan, kind=asked.kind, as_of=asked.as_of, now=now)


def fail_file(*, file: int, sentence: str = STOPPED) -> None:
    """Note why a file was not made, so that the screen can say how to go on."""
    unfinished = ReportFile.objects.filter(pk=file).exclude(state=State.READY)
    unfinished.update(state=State.FAILED, failure=sentence)


def record_taken(*, file: ReportFile, by: AnyAccount, now: datetime) -> None:
    """Write in the log who took a file along."""
    audit.record(TAKEN, file, by=by, at=now, name=file.name)


@transaction.atomic
def forget_files(*, now: datetime) -> int:
    """Remove the files that were asked for over a week ago; tells how many."""
    _total, by_model = ReportFile.objects.all().older_than(now - KEPT).delete()
    return by_model.get(ReportFile._meta.label, 0)
