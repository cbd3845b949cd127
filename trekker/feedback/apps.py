"""Names the room for Django."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """The room ``feedback``."""

    name = "trekker.feedback"
    verbose_name = "feedback"
