"""The network in the back office: menu, channels, memberships, and what it adds to other pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms as widgets
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.kernel.access import ModelAccess, Permission
from trekker.kernel.listing import Extra, Field, extend
from trekker.kernel.sections import section
from trekker.network import forms, views
from trekker.network.models import Channel, Membership
from trekker.network.queries import having_members, memberships_at, on_channels
from trekker.organisations.models import Organisation
from trekker.people.models import Person
from trekker.people.wagtail_hooks import PersonViewSet

P = Permission
SHOWN = 200


class ChannelViewSet(ModelAccess, ModelViewSet):
    """The lists that people belong to."""

    model = Channel
    view_permission = P.PEOPLE_VIEW
    change_permission = P.PEOPLE_CHANGE
    name = "channel"
    url_prefix = "netwerk/kanalen"
    icon = "mail"
    menu_label = "Kanalen"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    ordering = "name"
    index_view_class = views.ChannelList
    inspect_view_class = views.ChannelPage
    add_view_class = views.AddChannel
    edit_view_class = views.EditChannel
    edit_handler = forms.CHANNEL_PANELS


class MembershipViewSet(ModelAccess, ModelViewSet):
    """Who is and was on which channel; changed from the page of the person."""

    model = Membership
    view_permission = P.PEOPLE_VIEW
    name = "membership"
    url_prefix = "netwerk/lidmaatschappen"
    icon = "list-ul"
    menu_label = "Lidmaatschappen"
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    ordering = ("person__last_name", "person__first_name", "pk")
    index_view_class = views.MembershipList
    form_fields = ()


class Network(ViewSetGroup):
    """The menu of the network."""

    items = (PersonViewSet, MembershipViewSet, ChannelViewSet)
    menu_label = "Netwerk"
    menu_icon = "group"
    menu_order = 30


@hooks.register("register_admin_viewset")
def register_network() -> Network:
    """Put persons, memberships and channels in the back office."""
    return Network()


def _channels(person: Person) -> str:
    return ", ".join(each.channel.name for each in person.memberships_now)  # type: ignore[attr-defined]


def _with_memberships(rows: QuerySet, today: date) -> QuerySet:
    running = Membership.objects.active_on(today).select_related("channel").order_by("channel__name")
    running = running.only("person_id", "channel__name")
    return rows.prefetch_related(Prefetch("memberships", running, to_attr="memberships_now"))


class ChannelFilter(django_filters.ModelMultipleChoiceFilter):
    """Keeps who is on one of the chosen channels today."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        """Narrow the persons."""
        return on_channels(qs, list(value), timezone.localdate()) if value else qs


class MembersFilter(django_filters.ChoiceFilter):
    """Keeps the organisations that have members today, or that have none."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        """Narrow the organisations."""
        if value == "ja":
            return having_members(qs, timezone.localdate())
        if value == "nee":
            return qs.exclude(
                pk__in=having_members(Organisation.objects.all(), timezone.localdate()).values("pk")
            )
        return qs


extend(
    Person,
    Extra(
        fields=[Field("op kanaal", _channels, on_phone=False)],
        filters={
            "channel": ChannelFilter(
                label="Kanaal",
                queryset=Channel.objects.order_by("name"),
                widget=widgets.CheckboxSelectMultiple,
            )
        },
        prepare=_with_memberships,
    ),
)
extend(
    Organisation,
    Extra(
        filters={
            "members": MembersFilter(
                label="Leden",
                choices=[("ja", "met leden"), ("nee", "zonder leden")],
                widget=widgets.RadioSelect,
                empty_label="alle",
            )
        }
    ),
)


@section(
    Person, title="Lidmaatschappen", template="network/_memberships.html", permission=P.PEOPLE_VIEW, order=20
)
def memberships(person: Person, _today: date) -> Mapping[str, Any]:
    """Give what channels a person is and was on, with source and consent."""
    rows = person.memberships.select_related("channel")
    return {"person": person, "memberships": rows.order_by("-from_on", "channel__name")}


@section(
    Organisation,
    title="Lidmaatschappen",
    template="network/_members.html",
    permission=P.PEOPLE_VIEW,
    order=30,
)
def members(organisation: Organisation, today: date) -> Mapping[str, Any]:
    """Give the memberships of who works here today; at most two hundred."""
    found = list(memberships_at(organisation, today)[: SHOWN + 1])
    return {"memberships": found[:SHOWN], "more": len(found) > SHOWN, "organisation": organisation}
