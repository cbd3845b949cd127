"""What the imports do by themselves: forget."""

from __future__ import annotations

from datetime import datetime, timedelta

from trekker.imports import actions
from trekker.kernel.clock import chore


@chore("imports.forget_old", every=timedelta(days=1))
def forget_old(now: datetime) -> None:
    """Take the rows out of imports that are past their term."""
    actions.forget_old(now=now)
