"""Names the room for Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room ``demo``."""

    name = "trekker.demo"
    verbose_name = "demo"
