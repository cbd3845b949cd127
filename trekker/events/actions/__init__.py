"""Changes of activities, by what they are about."""

from trekker.events.actions import (  # noqa: F401 - acts, declared by being read
    attendance,
    certificates,
    changing,
    courses,
    ideas,
    intervision,
    material,
    promoting,
    registering,
    repeating,
    requests,
    states,
)
