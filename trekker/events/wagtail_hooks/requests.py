"""Ideas that become events, and requests for a session, in the back office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.events.forms.requests import PANELS
from trekker.events.models import Event, SessionRequest
from trekker.events.queries import requests as queries
from trekker.events.views import requests as views
from trekker.ideas.models import Idea
from trekker.kernel.access import ModelAccess, Permission, may
from trekker.kernel.sections import section
from trekker.organisations.models import Organisation

P = Permission


class SessionRequestViewSet(ModelAccess, ModelViewSet):
    """What others ask of us."""

    model = SessionRequest
    view_permission = P.IDEAS_VIEW
    change_permission = P.IDEAS_CHANGE
    name = "session_request"
    url_prefix = "vragen"
    icon = "comment"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    ordering = ("-received_at", "-pk")
    index_view_class = views.RequestList
    inspect_view_class = views.RequestPage
    add_view_class = views.AddRequest
    edit_view_class = views.EditRequest
    edit_handler = PANELS


@hooks.register("register_admin_viewset")
def register_requests() -> SessionRequestViewSet:
    """Put the requests in the back office."""
    return SessionRequestViewSet()


class RequestsMenuItem(MenuItem):
    """Leads to the requests, and says how many wait for a decision."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, P.IDEAS_VIEW)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Count at each page, for this reader."""
        waiting = queries.open_for(request.user)
        label = f"{self.label} ({waiting})" if waiting else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_ideas_menu_item")
def requests_item() -> MenuItem:
    """Lead to the requests, beside the ideas."""
    return RequestsMenuItem(
        "Vragen om een sessie",
        reverse("session_request:index"),
        icon_name="comment",
        name="session-requests",
        order=30,
    )


@section(
    Idea, title="Wat ervan kwam", template="events/requests/_fruit.html", permission=P.IDEAS_VIEW, order=20
)
def fruit(idea: Idea, _today: date) -> Mapping[str, Any] | None:
    """Give the courses and events that came of an idea, and how to make one."""
    found = queries.fruit_of(idea)
    may_become = idea.state in {Idea.State.GOES_AHEAD, Idea.State.DONE}
    if not may_become and not found.courses and not found.events:
        return None
    return {"idea": idea, "fruit": found, "may_become": may_become}


@section(
    Organisation,
    title="Vragen om een sessie",
    template="events/requests/_of_organisation.html",
    permission=P.IDEAS_VIEW,
    order=60,
)
def asked_by(organisation: Organisation, _today: date) -> Mapping[str, Any] | None:
    """Give what this organisation asked of us, if it asked anything."""
    found = list(organisation.session_requests.order_by("-received_at", "-pk"))
    return {"requests": found} if found else None


@section(
    Event, title="Op vraag van", template="events/requests/_of_event.html", permission=P.IDEAS_VIEW, order=15
)
def on_request_of(event: Event, _today: date) -> Mapping[str, Any] | None:
    """Give the request that an event follows from, if there is one."""
    found = SessionRequest.objects.filter(event=event).select_related("organisation").first()
    return {"request": found} if found else None
