"""Persons in the back office: list, page, forms, chooser, and sections of pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import BaseForm
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import UserViewSet

from trekker.kernel import audit
from trekker.kernel.access import ModelAccess, Permission
from trekker.kernel.sections import section
from trekker.organisations.models import Organisation
from trekker.people import forms, views
from trekker.people.models import Person, Position

P = Permission
SHOWN = 200


class AccountViewSet(UserViewSet):
    """Accounts and their roles."""

    menu_label = "Accounts"
    index_view_class = views.AccountList
    edit_view_class = views.EditAccount
    delete_view_class = views.DeleteAccount
    history_view_class = views.AccountHistory
    usage_view_class = views.AccountUsage

    def get_form_class(self, for_update: bool = False) -> type[BaseForm]:  # noqa: FBT001, FBT002 - Wagtail's
        """Give our forms."""
        return forms.EditAccount if for_update else forms.AddAccount


class PersonViewSet(ModelAccess, ModelViewSet):
    """The persons the programme knows."""

    model = Person
    view_permission = P.PEOPLE_VIEW
    change_permission = P.PEOPLE_CHANGE
    name = "person"
    url_prefix = "netwerk/personen"
    icon = "user"
    menu_label = "Personen"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    ordering = ("last_name", "first_name", "pk")
    index_view_class = views.PersonList
    inspect_view_class = views.PersonPage
    add_view_class = views.AddPerson
    edit_view_class = views.EditPerson
    edit_handler = forms.PERSON_PANELS


for several in (views.AssignRole, views.SetActive, views.DeleteAccounts):
    hooks.register("register_bulk_action", several, order=1)  # after Wagtail's own, which they replace


@hooks.register("register_admin_viewset")
def register_chooser() -> Any:
    """Put the chooser of persons in the back office; the list comes with the menu of the network."""
    return forms.chooser


@section(Person, title="Functies", template="people/_positions.html", permission=P.PEOPLE_VIEW, order=10)
def positions(person: Person, today: date) -> Mapping[str, Any]:
    """Give where a person works and worked, now first."""
    places = list(person.positions.select_related("organisation").order_by("-from_on", "-pk"))
    now = [place for place in places if _runs(place, today)]
    return {"person": person, "now": now, "past": [place for place in places if place not in now]}


@section(Organisation, title="Mensen", template="people/_people.html", permission=P.PEOPLE_VIEW, order=20)
def people(organisation: Organisation, today: date) -> Mapping[str, Any]:
    """Give who works and worked here, now first; at most two hundred."""
    places = organisation.positions.filter(person__erased_at=None).select_related("person")
    found = list(places.order_by("person__last_name", "person__first_name", "pk")[: SHOWN + 1])
    now = [place for place in found if _runs(place, today)]
    past = [place for place in found if place not in now]
    return {"now": now, "past": past, "organisation": organisation, "more": len(found) > SHOWN}


@section(Person, title="Logboek", template="people/_log.html", permission=P.PEOPLE_CHANGE, order=90)
def log(person: Person, _today: date) -> Mapping[str, Any]:
    """Give what was done with a person's record, the latest first."""
    return {"lines": audit.lines_of([person]).select_related("user")[:SHOWN]}


def _runs(place: Position, today: date) -> bool:
    return (place.from_on is None or place.from_on <= today) and (
        place.until_on is None or place.until_on > today
    )
