"""The filters of the public agenda."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from trekker.events.models import Event
from trekker.events.queries.agenda import provinces
from trekker.themes.models import Theme

ALL = [("", "alles")]


class AgendaFilter(forms.Form):
    """Narrows the agenda; a plain form whose answers stand in the address."""

    use_required_attribute = False

    soort = forms.ChoiceField(label="Soort", choices=[*ALL, *Event.Kind.choices])
    vorm = forms.ChoiceField(label="Vorm", choices=[*ALL, *Event.Format.choices])
    thema = forms.ChoiceField(label="Thema")
    provincie = forms.ChoiceField(label="Provincie")
    toon = forms.CharField(widget=forms.HiddenInput)

    def __init__(self) -> None:
        """Offer the themes there are, and the provinces where something takes place."""
        super().__init__(auto_id="kies-%s")
        self.fields["thema"].choices = [*ALL, *Theme.objects.values_list("code", "name")]  # type: ignore[attr-defined]
        self.fields["provincie"].choices = [*ALL, *((each, each) for each in provinces())]  # type: ignore[attr-defined]


def chosen_from(form: AgendaFilter, asked: Mapping[str, str]) -> dict[str, str]:
    """Give the answers among those asked that the form offers; others are ignored."""
    chosen = {}
    for name, field in form.fields.items():
        value = asked.get(name, "")
        if value and isinstance(field, forms.ChoiceField) and field.valid_value(value):
            chosen[name] = value
    return chosen
