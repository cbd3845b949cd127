"""Names the room for Django."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    """The room ``themes``."""

    name = "trekker.themes"
    verbose_name = "thema's en doelgroepen"
