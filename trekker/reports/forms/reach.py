"""What to show of the reach."""

from __future__ import annotations

from typing import Any

from django import forms

from trekker.events.models import Event
from trekker.organisations.queries import PROVINCES, SIZES
from trekker.reports.queries.reach import WAYS, Selection

YEARS_BACK = 5
ALL_KINDS = [("", "Elke soort")]


class ReachFilter(forms.Form):
    """Chooses the year and the part of the reach; what is not understood narrows nothing."""

    jaar = forms.ChoiceField(label="Jaar")
    wijze = forms.ChoiceField(
        label="Manier van bereik", required=False, choices=[(way.code, way.label) for way in WAYS]
    )
    soort = forms.ChoiceField(
        label="Soort activiteit", required=False, choices=[*ALL_KINDS, *Event.Kind.choices]
    )
    provincie = forms.ChoiceField(
        label="Provincie", required=False, choices=[("", "Heel Vlaanderen"), *((p, p) for p in PROVINCES)]
    )
    grootte = forms.ChoiceField(
        label="Grootte",
        required=False,
        choices=[("", "Elke grootte"), *((size.code, size.label) for size in SIZES)],
    )

    def __init__(self, asked: Any, *, this_year: int) -> None:
        """Offer this year and those before; take from the address what is understood."""
        years = [(str(year), str(year)) for year in range(this_year, this_year - YEARS_BACK - 1, -1)]
        known = {name: dict(each.choices) for name, each in self.base_fields.items()}  # type: ignore[attr-defined]
        known["jaar"] = dict(years)
        understood = {name: asked[name] for name, choices in known.items() if asked.get(name) in choices}
        super().__init__({"jaar": str(this_year), **understood}, auto_id="bereik-%s")
        self.fields["jaar"].choices = years  # type: ignore[attr-defined]

    @property
    def year(self) -> int:
        """The year that is asked."""
        return int(self.data["jaar"])

    @property
    def selection(self) -> Selection:
        """What is asked of the reach."""
        names = {"way": "wijze", "kind": "soort", "province": "provincie", "size": "grootte"}
        return Selection(**{name: str(self.data.get(field, "")) for name, field in names.items()})

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by the name of its field."""
        return {name: str(value) for name, value in self.data.items() if value}
