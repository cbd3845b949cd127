"""The records of everything with a date."""

from trekker.events.models.attendance import Attendance
from trekker.events.models.calendar import FeedKey, OtherCalendar, OtherEvent
from trekker.events.models.course import Course
from trekker.events.models.event import Event, EventQuerySet, Series, Session, Transition
from trekker.events.models.material import Material, Recording
from trekker.events.models.registration import AccessNeed, Registration, RegistrationQuerySet, SignUpQuestion
from trekker.events.models.request import SessionRequest
from trekker.events.models.welcome import Welcome

__all__ = [
    "AccessNeed",
    "Attendance",
    "Course",
    "Event",
    "EventQuerySet",
    "FeedKey",
    "Material",
    "OtherCalendar",
    "OtherEvent",
    "Recording",
    "Registration",
    "RegistrationQuerySet",
    "Series",
    "Session",
    "SessionRequest",
    "SignUpQuestion",
    "Transition",
    "Welcome",
]
