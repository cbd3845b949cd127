"""The back office in the house style: colours, components, and a menu of only what is used."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from trekker.kernel.access import Permission, may

STYLES = ("ui/tokens.css", "ui/components.css", "ui/office.css")
# Parts of Wagtail that nothing of ours uses yet, or that its own screens reach another way.
NOT_USED = {"explorer", "images", "documents", "snippets", "help"}
SETTINGS_USED = {"users"}
REPORTS_USED = {"log"}


class ForAdministrators(MenuItem):
    """A menu item that only who manages accounts sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, Permission.USERS_CHANGE)


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    """Load the tokens and components that the public pages have too, and how Wagtail takes them."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in STYLES))


@hooks.register("register_reports_menu_item")
def log() -> MenuItem:
    """Lead to the log of who did what; Wagtail shows its own item to page editors only."""
    return ForAdministrators(
        _("Logboek"), reverse("wagtailadmin_reports:site_history"), name="log", icon_name="history"
    )


@hooks.register("construct_main_menu")
def main_menu(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what is not used."""
    items[:] = [item for item in items if item.name not in NOT_USED]


@hooks.register("construct_reports_menu")
def reports_menu(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out reports about web pages; there are none yet."""
    items[:] = [item for item in items if item.name in REPORTS_USED]


@hooks.register("construct_settings_menu")
def settings_menu(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Keep accounts only: roles come from the closed list and are not changed by hand."""
    items[:] = [item for item in items if item.name in SETTINGS_USED]
