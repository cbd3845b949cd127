"""Making the file of a report, as a job."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from trekker.reports.actions import files


@task()
def make_file(pk: int) -> None:
    """Make a file that was asked for."""
    try:
        files.make_file(file=pk, clock=timezone.now)
    except Exception:
        files.fail_file(file=pk)
        raise
