"""Everything with a date in the back office: menu, lists, sections of pages; a module per subject."""

from trekker.events.wagtail_hooks import (  # noqa: F401 - registers by being read
    calendar,
    feedback,
    history,
    mails,
    office,
    participants,
    registering,
    requests,
)
