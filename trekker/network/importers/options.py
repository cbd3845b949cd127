"""What the officer says of a whole list of members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from trekker.network.importers.wishes import Standing
from trekker.network.models import Channel

STANDINGS = [
    (Standing.SUBSCRIBED.value, "Wie ingeschreven is"),
    (Standing.UNSUBSCRIBED.value, "Wie zich uitschreef"),
    (Standing.BOUNCED.value, "Wie een onbestelbaar adres heeft"),
]


def channels() -> list[tuple[str, str]]:
    """Give every channel as a choice."""
    return list(Channel.objects.order_by("pk").values_list("code", "name"))


class ListOptions(forms.Form):
    """Asks for the channel, who stands on the list, whether all do, and of which day it is."""

    channel = forms.ChoiceField(label="Kanaal", choices=channels)
    status = forms.ChoiceField(
        label="Wie staat op deze lijst?",
        choices=STANDINGS,
        help_text="Zegt een kolom dit per rij? Dan telt die kolom.",
    )
    on = forms.DateField(
        label="Van welke dag is de lijst?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Op die dag start of stopt een lidmaatschap waarvan de rij geen datum noemt.",
    )
    complete = forms.BooleanField(
        label="De lijst is volledig",
        required=False,
        help_text="Dan stopt het lidmaatschap van wie niet op de lijst staat. Je ziet eerst wie dat is.",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a day to come, and a complete list of people who left."""
        chosen = super().clean() or {}
        if chosen.get("on") and chosen["on"] > timezone.localdate():
            self.add_error("on", "Deze dag moet nog komen. Kies vandaag of een dag ervoor.")
        if chosen.get("complete") and chosen.get("status") != Standing.SUBSCRIBED:
            self.add_error("complete", "Dit kan alleen voor een lijst van wie ingeschreven is.")
        return chosen
