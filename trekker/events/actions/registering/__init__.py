"""
Registering, and everything a participant may do with a registration.

``joining`` gives a place, ``changing`` writes other facts, ``handing_over`` gives a place to a
colleague, and ``ending`` takes it back. All of them lock the event first (``locking``); ``entering``
writes down who comes, ``freeing`` lets a place fall free, and ``welcoming`` does what need not be done
under the lock.
"""

from trekker.events.actions.registering.changing import (
    CHANGED,
    AddressOfAnother,
    NoPlaceThere,
    change_registration,
    correct_registration,
)
from trekker.events.actions.registering.ending import cancel_registration
from trekker.events.actions.registering.entering import REGISTERED, WAITING, Brought, Need, Who
from trekker.events.actions.registering.freeing import CANCELLED
from trekker.events.actions.registering.handing_over import HANDED_OVER, hand_over
from trekker.events.actions.registering.joining import Full, Outcome, TicketUsed, admit, register
from trekker.events.actions.registering.locking import (
    NoLongerRegistered,
    RegistrationClosed,
    TooLate,
)
from trekker.events.actions.registering.welcoming import is_rush, welcome_all

__all__ = [
    "CANCELLED",
    "CHANGED",
    "HANDED_OVER",
    "REGISTERED",
    "WAITING",
    "AddressOfAnother",
    "Brought",
    "Full",
    "Need",
    "NoLongerRegistered",
    "NoPlaceThere",
    "Outcome",
    "RegistrationClosed",
    "TicketUsed",
    "TooLate",
    "Who",
    "admit",
    "cancel_registration",
    "change_registration",
    "correct_registration",
    "hand_over",
    "is_rush",
    "register",
    "welcome_all",
]
