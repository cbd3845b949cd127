"""What happens by itself around events as time passes; a module per subject."""

from trekker.events.chores import calendars, deadlines, forgetting, reminding, requests  # noqa: F401 - declares by being read
