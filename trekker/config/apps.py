"""Names the room for Django, so that its commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The room ``config``."""

    name = "trekker.config"
    verbose_name = "instellingen"
