"""Makes a row of any model from its own fields, for tests over every relation there is."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import models
from django.utils import timezone

NUMBERS = count(1)


def any_row(model: type[models.Model], *, also: Collection[str] = (), **given: Any) -> models.Model:
    """Make one row with what it needs and what ``also`` names; what it must point at is made too."""
    for field in model._meta.concrete_fields:
        blank = field.blank and not field.unique
        optional = field.null or field.has_default() or isinstance(field, models.AutoField) or blank
        if (field.name in also or not optional) and field.name not in given:
            given[field.name] = _value(field)
    return model._base_manager.create(**given)


def _value(field: models.Field) -> Any:
    number = next(NUMBERS)
    if isinstance(field, models.ForeignKey):
        return any_row(field.related_model)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.BinaryField):
        return f"rij {number}".encode()
    return _simple(field, number)


def _simple(field: models.Field, number: int) -> Any:
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return date(2026, 1, 1) + timedelta(number)  # a later field is a later day
    if isinstance(field, models.EmailField):
        return f"iemand{number}@voorbeeld.example"
    if isinstance(field, models.CharField | models.TextField):
        return f"rij {number}"[: field.max_length]
    return number
