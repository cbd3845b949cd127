"""Feedback in the back office: menu, lists, parts of pages; a module per subject."""

from trekker.feedback.wagtail_hooks import mails, office, results  # noqa: F401 - registers by being read
