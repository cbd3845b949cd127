"""Work around activities that nobody waits for; a module per subject."""

from trekker.events.tasks import calendars

__all__ = ["calendars"]
