"""Everything with a date in the back office: menu, lists, and what it adds to other pages; a module per subject."""

from trekker.events.wagtail_hooks import office, registering, requests  # noqa: F401 - registers by being read
