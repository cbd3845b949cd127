"""What happens by itself around events as time passes; a module per subject."""

from trekker.events.chores import (  # noqa: F401 - declares by being read
    calendars,
    deadlines,
    feedback,
    forgetting,
    reminding,
    requests,
    welcoming,
)
