"""The figures of everything with a date: activities, participations, their hours, and courses."""

from trekker.events.measures.activities import courses, held
from trekker.events.measures.participations import attended_hours, participations

__all__ = ["attended_hours", "courses", "held", "participations"]
