"""Starts the imports: reads what every app above can take in."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    """The room ``imports``."""

    name = "trekker.imports"
    verbose_name = "inlezen"

    def ready(self) -> None:
        """Read every app's ``importers.py``."""
        autodiscover_modules("importers")
