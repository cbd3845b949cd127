"""What can be done with mails."""

from trekker.mail.actions.bouncing import take_bounce
from trekker.mail.actions.collecting import collect_bounces
from trekker.mail.actions.deciding import NotNow, StillStopped, note_arrival, send_again, take_back
from trekker.mail.actions.delivering import Delivery, deliver, settle_doubt
from trekker.mail.actions.forgetting import forget_address, forget_old
from trekker.mail.actions.queueing import File, Style, queue, style_of, withdraw
from trekker.mail.actions.senders import default_sender, keep_sender
from trekker.mail.actions.stopping import lift_stop, stop_address
from trekker.mail.actions.wording import (
    TRIAL,
    UnknownPlaceholder,
    change_wording,
    preview,
    restore_wording,
    send_trial,
)

__all__ = [
    "TRIAL",
    "Delivery",
    "File",
    "NotNow",
    "StillStopped",
    "Style",
    "UnknownPlaceholder",
    "change_wording",
    "collect_bounces",
    "default_sender",
    "deliver",
    "forget_address",
    "forget_old",
    "keep_sender",
    "lift_stop",
    "note_arrival",
    "preview",
    "queue",
    "restore_wording",
    "send_again",
    "send_trial",
    "settle_doubt",
    "stop_address",
    "style_of",
    "take_back",
    "take_bounce",
    "withdraw",
]
