"""Changes of activities, by what they are about."""

from trekker.events.actions import changing, courses, repeating, states  # noqa: F401 - acts, declared by being read
