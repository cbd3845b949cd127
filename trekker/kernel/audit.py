"""The audit trail: one line for each act, in Wagtail's log, written by the action that acts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

if TYPE_CHECKING:
    from trekker.kernel.models import AnyAccount

ACTS: dict[str, str] = {}


def act(code: str, label: str) -> str:
    """Declare an act by its code and its Dutch label in the log; give back the code."""
    ACTS[code] = label
    return code


def record(act: str, target: Model, *, by: AnyAccount, at: datetime, **details: Any) -> None:
    """
    Add one line to the log, inside the caller's transaction.

    :raises KeyError: if nobody declared the act
    """
    log(target, action=ACTS.get(act) and act or ACTS[act], user=by, timestamp=at, data=details)


def forget(target: Model) -> None:
    """Take the name of a record out of every line the log has of it; the acts themselves stay."""
    ModelLogEntry.objects.for_instance(target).update(label="gewist", data={})
