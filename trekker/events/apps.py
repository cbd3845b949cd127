"""Names the room for Django."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The room ``events``."""

    name = "trekker.events"
    verbose_name = "activiteiten"
