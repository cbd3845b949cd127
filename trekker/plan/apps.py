"""Names the room for Django."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The room ``plan``."""

    name = "trekker.plan"
    verbose_name = "plan"
