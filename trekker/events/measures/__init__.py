"""The figures of everything with a date: activities, participations, their hours, and courses."""

from trekker.events.measures.activities import courses, held
from trekker.events.measures.participations import (
    attended_hours,
    organisations_that_took_part,
    participations,
)

__all__ = ["attended_hours", "courses", "held", "organisations_that_took_part", "participations"]
