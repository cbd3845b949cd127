"""Days, hours by the clock and numbers of hours, as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

CLOCK = re.compile(r"(\d{1,2})\s*(?:[:.uUhH]?\s*(\d{2})?)\s*(?:uur)?")
WRONG_HOUR = "Vul een uur in zoals 13:30."
WRONG_DAY = "Vul een dag in zoals 2026-04-16."
TOO_EARLY = "Het einde moet na het begin liggen."


class Day(forms.DateInput):
    """A day, as the browser lets one choose it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        """Write the day as browsers want it."""
        super().__init__(format="%Y-%m-%d", **kwargs)


class Hour(forms.TimeField):
    """An hour by the clock, typed as 13:30, 13u30, 13.30, 1330 or 13."""

    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> time | None:
        """Read the ways in which people write an hour."""
        if isinstance(value, str) and (found := CLOCK.fullmatch(value.strip())):
            value = f"{found[1]}:{found[2] or '00'}"
        return super().to_python(value)


class Hours(forms.DecimalField):
    """A number of hours, typed with a comma or a point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        """Read a comma as a point."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored number with a comma and without needless zeros."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def moments(day: date, start: time, end: time) -> tuple[datetime, datetime]:
    """Give the moments of two hours by the clock on a day."""
    return timezone.make_aware(datetime.combine(day, start)), timezone.make_aware(datetime.combine(day, end))
