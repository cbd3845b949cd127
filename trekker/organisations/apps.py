"""Names the room for Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The room ``organisations``."""

    name = "trekker.organisations"
    verbose_name = "organisaties"
