"""Names the room for Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The room ``mail``."""

    name = "trekker.mail"
    verbose_name = "mail"
