"""Names the room for Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The room ``network``."""

    name = "trekker.network"
    verbose_name = "netwerk"
