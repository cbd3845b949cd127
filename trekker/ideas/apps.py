"""Names the room for Django."""

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    """The room ``ideas``."""

    name = "trekker.ideas"
    verbose_name = "ideeën"
