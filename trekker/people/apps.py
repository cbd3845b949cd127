"""Names the room for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room ``people``."""

    name = "trekker.people"
    verbose_name = "personen"
