"""Names the room for Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The room ``reports``."""

    name = "trekker.reports"
    verbose_name = "rapporten"
