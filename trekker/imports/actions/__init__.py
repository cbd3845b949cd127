"""Every step of a file on its way in; views and jobs call these."""

from trekker.imports.actions.deciding import accept_proposals, decide_groups, decide_row
from trekker.imports.actions.keeping import (
    discard,
    fail,
    forget_old,
    forget_person,
    record_download,
    retry,
)
from trekker.imports.actions.matching import match
from trekker.imports.actions.storing import NothingToStore, confirm, store
from trekker.imports.actions.taking_in import ColumnMissing, move_headings, settle, take_in

__all__ = [
    "ColumnMissing",
    "NothingToStore",
    "accept_proposals",
    "confirm",
    "decide_groups",
    "decide_row",
    "discard",
    "fail",
    "forget_old",
    "forget_person",
    "match",
    "move_headings",
    "record_download",
    "retry",
    "settle",
    "store",
    "take_in",
]
