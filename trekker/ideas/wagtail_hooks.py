"""Ideas in the back office: menu, list, page and what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.ideas import forms, queries, views
from trekker.ideas.models import Idea
from trekker.kernel.access import ModelAccess, Permission, may
from trekker.kernel.sections import section

P = Permission


class IdeaViewSet(ModelAccess, ModelViewSet):
    """Needs and opportunities, from noted to done."""

    model = Idea
    view_permission = P.IDEAS_VIEW
    change_permission = P.IDEAS_CHANGE
    name = "idea"
    url_prefix = "ideeen"
    icon = "openquote"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    ordering = ("-created_at", "-pk")
    index_view_class = views.IdeaList
    inspect_view_class = views.IdeaPage
    add_view_class = views.AddIdea
    edit_view_class = views.EditIdea
    edit_handler = forms.PANELS


@hooks.register("register_admin_viewset")
def register_ideas() -> IdeaViewSet:
    """Put the ideas in the back office."""
    return IdeaViewSet()


class IdeasMenuItem(MenuItem):
    """A menu item for who may see ideas."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, P.IDEAS_VIEW)


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """Give ideas a menu; a higher room puts its items in with the hook ``register_ideas_menu_item``."""
    items = Menu(register_hook_name="register_ideas_menu_item")
    return SubmenuMenuItem("Ideeën", items, icon_name="openquote", name="ideas", order=28)


@hooks.register("register_ideas_menu_item")
def all_ideas() -> MenuItem:
    """Lead to the list."""
    return IdeasMenuItem(
        "Alle ideeën", reverse("idea:index"), icon_name="list-ul", name="idea-list", order=10
    )


@hooks.register("register_ideas_menu_item")
def weighing() -> MenuItem:
    """Lead to the comparison."""
    return IdeasMenuItem(
        "Afwegen", reverse("ideas:compare"), icon_name="table", name="idea-compare", order=20
    )


@section(Idea, title="Afweging", template="ideas/_weighing.html", permission=P.IDEAS_VIEW, order=10)
def weights(idea: Idea, _today: date) -> Mapping[str, Any]:
    """Give how it weighs."""
    return {"idea": idea}


@section(Idea, title="Verloop", template="ideas/_story.html", permission=P.IDEAS_VIEW, order=30)
def story(idea: Idea, _today: date) -> Mapping[str, Any]:
    """Give all that happened to it, and who was consulted."""
    return {"idea": idea, "moments": queries.story(idea)}
