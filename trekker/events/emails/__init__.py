"""The mails of activities: their texts, who gets them, and which follow from what happens to an activity."""

from trekker.events.emails import certificates, listening
from trekker.events.emails.asking import decide
from trekker.events.emails.participants import (
    already_registered,
    cancelled,
    forget_what_waits,
    handed_over,
    held,
    moved_up,
    planning_part,
    registered,
    remind,
    style_of_places,
    taken_over,
    waiting,
    was_handed_over,
)

__all__ = [
    "already_registered",
    "cancelled",
    "certificates",
    "decide",
    "forget_what_waits",
    "handed_over",
    "held",
    "listening",
    "moved_up",
    "planning_part",
    "registered",
    "remind",
    "style_of_places",
    "taken_over",
    "waiting",
    "was_handed_over",
]
