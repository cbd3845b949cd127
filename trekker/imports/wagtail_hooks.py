"""The imports in the menu of the back office."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from trekker.kernel.access import Permission, may


class ImportsMenuItem(MenuItem):
    """A menu item for who may read files in."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, Permission.IMPORT)


@hooks.register("register_admin_menu_item")
def imports_item() -> MenuItem:
    """Give the imports their place."""
    return ImportsMenuItem(
        "Inlezen", reverse("imports:listing"), icon_name="upload", name="imports", order=60
    )
