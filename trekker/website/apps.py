"""Names the room for Django."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The room ``website``."""

    name = "trekker.website"
    verbose_name = "website"
