"""The two long steps of an import, as jobs."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from trekker.imports import actions

STOPPED = "Er liep iets mis. Er is niets opgeslagen. Probeer opnieuw of neem contact op."


@task()
def match(draft: int, attempt: int) -> None:
    """Compare the rows of an import with what is known."""
    try:
        actions.match(draft=draft, attempt=attempt, clock=timezone.now)
    except Exception:
        actions.fail(draft=draft, attempt=attempt, sentence=STOPPED)
        raise


@task()
def store(draft: int, attempt: int) -> None:
    """Store the rows of an import."""
    try:
        actions.store(draft=draft, attempt=attempt, now=timezone.now())
    except Exception:
        actions.fail(draft=draft, attempt=attempt, sentence=STOPPED)
        raise
