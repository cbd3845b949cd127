"""Organisations in the back office: list, page, forms, chooser and menu."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.kernel.access import ModelAccess, Permission
from trekker.kernel.sections import section
from trekker.organisations import forms, views
from trekker.organisations.models import Organisation
from trekker.organisations.queries import counting_history, mergers

P = Permission


class OrganisationViewSet(ModelAccess, ModelViewSet):
    """The register of organisations."""

    model = Organisation
    view_permission = P.ORGANISATIONS_VIEW
    change_permission = P.ORGANISATIONS_CHANGE
    name = "organisation"
    url_prefix = "organisaties"
    icon = "globe"
    menu_label = "Organisaties"
    menu_order = 40
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    ordering = "name"
    index_view_class = views.OrganisationList
    inspect_view_class = views.OrganisationPage
    add_view_class = views.AddOrganisation
    edit_view_class = views.EditOrganisation
    edit_handler = forms.PANELS


@hooks.register("register_admin_viewset")
def register_organisations() -> list[Any]:
    """Put the list and the chooser in the back office."""
    return [OrganisationViewSet(), forms.chooser]


@section(
    Organisation,
    title="Telt mee voor",
    template="organisations/_counting.html",
    permission=P.ORGANISATIONS_VIEW,
    order=10,
)
def counting(organisation: Organisation, today: date) -> Mapping[str, Any]:
    """Give what it counts for through time, and who counts for it today."""
    by_way = Organisation.objects.filter(
        standings__from_on__lte=today, standings__until_on__gt=today, standings__counted=organisation
    )
    return {
        "organisation": organisation,
        "standings": counting_history(organisation, today),
        "counting": by_way.exclude(pk=organisation.pk).order_by("name"),
    }


@section(
    Organisation,
    title="Fusies",
    template="organisations/_mergers.html",
    permission=P.ORGANISATIONS_VIEW,
    order=15,
)
def merged(organisation: Organisation, _today: date) -> Mapping[str, Any] | None:
    """Give the mergers before and after, if there were any."""
    found = mergers(organisation)
    return {"mergers": found} if found else None


@section(
    Organisation,
    title="Samenwerkingen",
    template="organisations/_partnerships.html",
    permission=P.ORGANISATIONS_VIEW,
    order=40,
)
def partnerships(organisation: Organisation, _today: date) -> Mapping[str, Any] | None:
    """Give the associations it is in, and who takes part in it, if it has any."""
    groups = [
        ("Neemt deel aan", Organisation.objects.filter(participants__participant=organisation)),
        ("Deelnemers", Organisation.objects.filter(associations__association=organisation)),
    ]
    filled = [{"title": title, "organisations": list(rows.order_by("name"))} for title, rows in groups]
    groups_with_any = [group for group in filled if group["organisations"]]
    return {"groups": groups_with_any} if groups_with_any else None
