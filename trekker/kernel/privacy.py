"""What each model holds about people, so that erasure, export and expiry never forget a field."""
# ruff: noqa: SLF001 - Django documents `_meta`; base managers see every row there is

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import CASCADE, ManyToOneRel, Model, Q

if TYPE_CHECKING:
    from trekker.kernel.models import AnyAccount


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """
    Names every field of a model: the personal ones with what erasure leaves, and the others.

    ``why`` says in Dutch why the personal fields are kept and ``until`` how long; both are shown
    on the privacy page. A model without personal fields needs neither. Rows that are nothing
    without their personal fields are ``removed_whole`` by erasure.
    """

    personal: Mapping[str, Any] = field(default_factory=dict)
    other: AbstractSet[str]
    why: str = ""
    until: str = ""
    removed_whole: bool = False

    def __post_init__(self) -> None:
        """Refuse personal fields that nobody says the reason and the term of."""
        if self.personal and not (self.why and self.until):
            raise ValueError("Personal fields need a reason (why) and a term (until)")

    @property
    def fields(self) -> set[str]:
        """Every field that was spoken of."""
        return {*self.personal, *self.other}


class Ending(Protocol):
    """What a room does with its rows of someone before that one is erased."""

    def __call__(self, record: Any, *, by: AnyAccount, now: datetime) -> None:
        """End what still runs, within the caller's transaction."""


ENDINGS: dict[type[Model], list[Ending]] = {}


def before_erasure(model: type[Model]) -> Callable[[Ending], Ending]:
    """Declare what must end before a record of this model is erased."""

    def declare(ending: Ending) -> Ending:
        ENDINGS.setdefault(model, []).append(ending)
        return ending

    return declare


@dataclass(frozen=True)
class Trace:
    """The rows of one model that hold something about one person."""

    model: type[Model]
    count: int
    where: Q

    @property
    def privacy(self) -> Privacy:
        """The declaration of the model."""
        return self.model.privacy  # type: ignore[attr-defined]

    @property
    def label(self) -> str:
        """The noun of the rows on the screen, fit to their number."""
        options = self.model._meta
        return str(options.verbose_name if self.count == 1 else options.verbose_name_plural)

    @property
    def wiped(self) -> list[str]:
        """The labels of the fields that erasure empties."""
        return [
            str(getattr(self.model._meta.get_field(name), "verbose_name", name))
            for name in self.privacy.personal
        ]


def traces(record: Model) -> list[Trace]:
    """
    List what is kept about a person: the record, all rows that point at it, and what belongs to those.

    A row belongs to another when it would be deleted with it.
    """
    found = []
    for model, path in _reach(type(record), "", set()):
        where = Q(**{path or "pk": record.pk})
        rows = model._base_manager.filter(where)
        declared: Privacy | None = getattr(model, "privacy", None)
        if declared and declared.personal and (count := rows.count()):
            found.append(Trace(model, count, where))
    return found


def wipe(record: Model) -> None:
    """Empty every personal field of a person's record and of all rows that hold something about them."""
    for trace in reversed(traces(record)):
        rows = trace.model._base_manager.filter(trace.where)
        rows = trace.model._base_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))
        if trace.privacy.removed_whole:
            rows.delete()
        else:
            rows.update(**trace.privacy.personal)


def _reach(model: type[Model], path: str, seen: set[type[Model]]) -> Iterator[tuple[type[Model], str]]:
    """Give each model that may hold something, with the lookup from it to the record."""
    yield model, path
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or relation.related_model in seen:
            continue
        if path and relation.on_delete is not CASCADE:
            continue
        onward = f"{relation.field.name}__{path}" if path else relation.field.name
        yield from _reach(relation.related_model, onward, {*seen, model})
