"""The gallery: every component in every state, with invented content."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trekker.kernel.access import Permission, access


class Example(forms.Form):
    """Asks one of each kind of question."""

    name = forms.CharField(label="Naam", help_text="Voornaam en achternaam.")
    email = forms.EmailField(label="Mailadres")
    note = forms.CharField(label="Notitie", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    place = forms.ChoiceField(label="Plaats", choices=[("gent", "Gent"), ("hasselt", "Hasselt")])
    way = forms.ChoiceField(
        label="Hoe wil je meedoen?",
        choices=[("online", "Online"), ("ter plaatse", "Ter plaatse")],
        widget=forms.RadioSelect,
    )
    agrees = forms.BooleanField(label="Stuur me de nieuwsbrief", required=False)


def _content() -> dict[str, Any]:
    """Invent what the components show."""
    months = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    pages = Paginator(range(30), 10)
    members = (812, 820, 845, 870, 901, 940, 944, 951, 1012, None, None, None)
    return {
        "months": list(zip(months, members, strict=True)),
        "flat": [("jan", 3), ("feb", None), ("mrt", 3), ("apr", 3)],
        "provinces": [("Antwerpen", 69), ("Limburg", 42), ("Oost-Vlaanderen", 60), ("Brussel", 0)],
        "answered": [
            ("ja", 29, 78.4),
            ("weet ik nog niet, want ik moet het eerst aan mijn collega's vragen", 8, 21.6),
            ("neen", 0, 0.0),
        ],
        "likely": [("15 mei 2026", 78.4, (62.8, 88.6)), ("12 mei 2025", 40.0, (16.8, 68.7))],
        "pairs": [(_("Naam"), "Gemeente Voorbeeld"), (_("Postcode"), "9999"), (_("Website"), "")],
        "crumbs": [(_("Start"), "/"), (_("Voorbeelden"), "/ui/")],
        "views": [(_("Alles"), "/ui/"), (_("Bouwstenen"), "/ui/?deel=1"), (_("Formulieren"), "/ui/?deel=2")],
        "first": pages.page(1),
        "middle": pages.page(2),
        "step_names": [_("Kies het bestand"), _("Kijk na"), _("Bevestig")],
        "entries": [
            (date(2026, 3, 2), _("Plan vastgesteld"), _("Versie 2, door Pim.")),
            (date(2026, 1, 8), _("Plan ingelezen"), ""),
        ],
        "begins": datetime(2026, 3, 5, 13, 30, tzinfo=UTC),
        "ends": datetime(2026, 3, 5, 15, 0, tzinfo=UTC),
        "asked": Example(prefix="leeg"),
        "refused": Example({"fout-name": "Mo", "fout-email": "mo@"}, prefix="fout"),
    }


@access(Permission.OFFICE)
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, to anyone who is signed in."""
    return render(request, "ui/gallery.html", _content())


@access(Permission.OFFICE)
@require_safe
def gallery_in_office(request: HttpRequest) -> HttpResponse:
    """Show the same in Wagtail's shell, where every component must look as well."""
    return render(request, "ui/gallery_office.html", _content())
