"""The audit trail: one line for each act, in Wagtail's log, written by the action that acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ModelLogEntry

if TYPE_CHECKING:
    from trekker.kernel.models import AnyAccount

ACTS: dict[str, str] = {}
BATCH = 500


def act(code: str, label: str) -> str:
    """Declare an act by its code and its Dutch label in the log; give back the code."""
    ACTS[code] = label
    return code


def record(act: str, target: Model, *, by: AnyAccount, at: datetime, **details: Any) -> None:
    """
    Add one line to the log, inside the caller's transaction.

    :raises KeyError: if nobody declared the act
    """
    record_many(act, [target], by=by, at=at, **details)


def record_many(act: str, targets: Iterable[Model], *, by: AnyAccount, at: datetime, **details: Any) -> None:
    """
    Add one line to the log for each target, in few queries; for what is done in bulk.

    :raises KeyError: if nobody declared the act
    """
    ACTS[act]
    types: dict[type[Model], ContentType] = {}
    lines = []
    for target in targets:
        kind = types.get(type(target)) or ContentType.objects.get_for_model(target)
        types[type(target)] = kind
        lines.append(
            ModelLogEntry(
                content_type=kind,
                object_id=str(target.pk),
                label=str(target),
                action=act,
                user_id=by.pk if by else None,
                timestamp=at,
                data=details,
            )
        )
    ModelLogEntry.objects.bulk_create(lines, batch_size=BATCH)


def lines_of(targets: Sequence[Model]) -> Any:
    """Give the lines of the log about these records of one model, the newest first."""
    kind = ContentType.objects.get_for_model(targets[0])
    keys = [str(target.pk) for target in targets]
    return ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys).order_by("-timestamp", "-pk")


def forget(target: Model) -> None:
    """Take the name of a record out of every line the log has of it; the acts themselves stay."""
    ModelLogEntry.objects.for_instance(target).update(label="gewist", data={})


def forget_named(model: type[Model], name: str) -> None:
    """Take a name out of the lines about any record of a model, also of those that are gone."""
    kind = ContentType.objects.get_for_model(model)
    ModelLogEntry.objects.filter(content_type=kind, label=name).update(label="gewist", data={})


def hand_over(dropped: Model, kept: Model) -> None:
    """Let the lines about one record stand with another of the same model, under their old name."""
    ModelLogEntry.objects.for_instance(dropped).update(object_id=str(kept.pk))
