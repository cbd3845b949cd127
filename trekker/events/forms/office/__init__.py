"""
The forms by which staff make and refine an event.

``clock`` reads days and hours, ``start`` makes an event, ``rows`` are the parts of which there may be
several, ``event`` is the rest of the facts, and ``refine`` is the whole of them.
"""

from trekker.events.forms.office.clock import Day, Hour, Hours, moments
from trekker.events.forms.office.event import EventForm, address, leaders
from trekker.events.forms.office.refine import RefineEvent
from trekker.events.forms.office.rows import NewSessions
from trekker.events.forms.office.start import NO_TITLE, StartEvent

__all__ = [
    "NO_TITLE",
    "Day",
    "EventForm",
    "Hour",
    "Hours",
    "NewSessions",
    "RefineEvent",
    "StartEvent",
    "address",
    "leaders",
    "moments",
]
