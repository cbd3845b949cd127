"""Where the screens about participants are, what they say, and the day before today."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

YESTERDAY = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=1)


def at(name, *args):
    """Give the address of a screen."""
    return reverse(f"participants:{name}", args=args)


def text(response):
    """Give what a page says."""
    return response.content.decode()
