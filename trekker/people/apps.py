"""Names the room for Django."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """The room ``people``."""

    name = "trekker.people"
    default = True
    verbose_name = "personen"


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's screens for accounts, with our forms."""

    user_viewset = "trekker.people.wagtail_hooks.AccountViewSet"
