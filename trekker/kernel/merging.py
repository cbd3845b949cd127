"""
Merges two records of one model: everything that points at the one comes to point at the other.

Every relation moves, found from the model itself, so that a room to come needs to do nothing. A
row that may not stand twice with the one that stays (a unique constraint says so) says the same
and is dropped. Where more is needed, the room that owns the rows declares a rule with :func:`moves`.
"""
# ruff: noqa: SLF001 - Django documents `_meta`; base managers see every row there is

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.db.models import Field, ForeignKey, ManyToManyField, Model, Q, UniqueConstraint
from django.utils import formats

from trekker.kernel import audit

if TYPE_CHECKING:
    from trekker.kernel.models import AnyAccount

Rule = Callable[[Any, Any], None]
RULES: dict[type[Model], Rule] = {}


class Sequel(Protocol):
    """What a room does once two records became one."""

    def __call__(self, kept: Any, *, by: AnyAccount, now: datetime) -> None:
        """Act on it, within the caller's transaction."""


SEQUELS: dict[type[Model], list[Sequel]] = {}


class CannotMerge(Exception):
    """The two records are one, or of different models."""


@dataclass(frozen=True)
class Moving:
    """How many rows of one relation come along in a merge; ``label`` is the plural of the screen."""

    label: str
    count: int


def moves(model: type[Model]) -> Callable[[Rule], Rule]:
    """Declare ``rule(kept, dropped)``, which readies the rows of a model before they move."""

    def declare(rule: Rule) -> Rule:
        RULES[model] = rule
        return rule

    return declare


def after_merge(model: type[Model]) -> Callable[[Sequel], Sequel]:
    """Declare what follows once two records of this model became one."""

    def declare(sequel: Sequel) -> Sequel:
        SEQUELS.setdefault(model, []).append(sequel)
        return sequel

    return declare


def follow(kept: Model, *, by: AnyAccount, now: datetime) -> None:
    """Do what every room declared to follow; the merging action calls it last."""
    for sequel in SEQUELS.get(type(kept), []):
        sequel(kept, by=by, now=now)


def relations(model: type[Model]) -> Iterator[Field]:
    """Give every field of any model, ours or not, that points at records of this model."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.is_relation:
            field = relation.field  # type: ignore[union-attr]
            if isinstance(field, ForeignKey | ManyToManyField):
                yield field
    yield from model._meta.many_to_many


def preview(dropped: Model, *, without: Collection[type[Model]] = ()) -> list[Moving]:
    """Count, per relation, the rows that would move; ``without`` are models that are derived."""
    found = []
    for field in _tables(type(dropped)):
        count = field.model._base_manager.filter(**{field.name: dropped}).count()
        if count and field.model not in without:
            found.append(Moving(str(field.model._meta.verbose_name_plural), count))
    return found


@dataclass(frozen=True)
class Difference:
    """One field in which two records differ, as the screen shows both values."""

    label: str
    kept: str
    dropped: str


def differences(kept: Model, dropped: Model) -> list[Difference]:
    """List the fields in which two records differ, in the order of the model."""
    found = []
    for field in kept._meta.concrete_fields:
        if field.editable and not field.primary_key:
            one, other = (_shown(record, field) for record in (kept, dropped))
            if one != other:
                found.append(Difference(str(field.verbose_name), one, other))
    return found


def fill_blanks(kept: Model, dropped: Model, *, fields: Iterable[str]) -> None:
    """Give ``kept`` what only ``dropped`` knows of these fields; the caller saves."""
    for name in fields:
        if getattr(kept, name) in {None, ""}:
            setattr(kept, name, getattr(dropped, name))


def _shown(record: Model, field: Field) -> str:
    display = getattr(record, f"get_{field.name}_display", None)
    value = display() if display else getattr(record, field.name)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(formats.localize(value)) if value not in {None, ""} else "–"


@transaction.atomic
def merge(*, kept: Model, dropped: Model) -> None:
    """
    Move every row that points at ``dropped`` to ``kept``, with its log, and delete ``dropped``.

    :raises CannotMerge: if they are the same record or not of one model
    """
    if type(kept) is not type(dropped) or kept.pk == dropped.pk:
        raise CannotMerge
    for field in _tables(type(kept)):
        if rule := RULES.get(field.model):
            rule(kept, dropped)
        _move(field, kept, dropped)
    audit.hand_over(dropped, kept)
    dropped.delete()


def _tables(model: type[Model]) -> Iterator[ForeignKey]:
    """Give the foreign keys that point here; a many-to-many shows as one of its own table."""
    seen = set()
    for field in relations(model):
        keys: Iterable[Field] = [field]
        if isinstance(field, ManyToManyField):
            through: Any = field.remote_field.through
            keys = [each for each in through._meta.fields if each.related_model is model]
        for key in keys:
            if isinstance(key, ForeignKey) and key not in seen:
                seen.add(key)
                yield key


def _move(field: ForeignKey, kept: Model, dropped: Model) -> None:
    manager = field.model._base_manager
    rows = manager.filter(**{field.name: dropped})
    if field.model is type(kept):
        # A link between the two becomes a link to oneself, which says nothing.
        rows.filter(pk=kept.pk).update(**{field.name: None})
    for same in _unique_sets(field):
        others = [name for name in same.fields if name != field.name]
        for row in rows.filter(same.condition or Q()):
            match = {name: getattr(row, name) for name in others}
            twin = manager.filter(same.condition or Q(), **{field.name: kept}, **match)
            if None not in match.values() and twin.exists():
                row.delete()
    rows.update(**{field.name: kept})


@dataclass(frozen=True)
class _Unique:
    """Fields that together may stand only once, among the rows of a condition."""

    fields: tuple[str, ...]
    condition: Q | None = None


def _unique_sets(field: ForeignKey) -> Iterator[_Unique]:
    options = field.model._meta
    if field.unique:
        yield _Unique((field.name,))
    for names in options.unique_together:
        if field.name in names:
            yield _Unique(tuple(names))
    for constraint in options.constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            yield _Unique(tuple(constraint.fields), constraint.condition)
