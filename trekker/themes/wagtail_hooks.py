"""Themes and audiences in the back office, under the settings."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from trekker.kernel.access import ModelAccess, Permission
from trekker.themes import forms, views
from trekker.themes.models import Audience, Theme


class TermViewSet(ModelAccess, ModelViewSet):
    """One shared list of words."""

    view_permission = Permission.EVENTS_CHANGE
    change_permission = Permission.EVENTS_CHANGE
    icon = "tag"
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    ordering = "name"
    add_view_class = views.AddTerm
    edit_view_class = views.EditTerm


class ThemeViewSet(TermViewSet):
    """The themes."""

    model = Theme
    name = "theme"
    url_prefix = "themas"
    menu_label = "Thema's"
    menu_order = 10
    index_view_class = views.ThemeList
    edit_handler = forms.THEME_PANELS


class AudienceViewSet(TermViewSet):
    """The audiences."""

    model = Audience
    name = "audience"
    url_prefix = "doelgroepen"
    menu_label = "Doelgroepen"
    menu_order = 11
    index_view_class = views.TermList
    edit_handler = forms.AUDIENCE_PANELS


@hooks.register("register_admin_viewset")
def register_terms() -> list[Any]:
    """Put both lists in the back office."""
    return [ThemeViewSet(), AudienceViewSet()]
