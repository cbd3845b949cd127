"""Names the room for Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The room ``ui``."""

    name = "trekker.ui"
    verbose_name = "scherm"
