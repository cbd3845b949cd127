"""Names the room for Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The room ``imports``."""

    name = "trekker.imports"
    verbose_name = "inlezen"
