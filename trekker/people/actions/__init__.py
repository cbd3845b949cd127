"""Every change to persons: adding, correcting, positions, merging doubles, erasing."""

from trekker.people.actions.erasing import erase_again, erase_person
from trekker.people.actions.persons import (
    AddressTaken,
    NoLongerThere,
    add_person,
    correct_person,
    find_or_add_person,
    merge_persons,
)
from trekker.people.actions.positions import PositionOutOfOrder, add_position, correct_position, end_position

__all__ = [
    "AddressTaken",
    "NoLongerThere",
    "PositionOutOfOrder",
    "add_person",
    "add_position",
    "correct_person",
    "correct_position",
    "end_position",
    "erase_again",
    "erase_person",
    "find_or_add_person",
    "merge_persons",
]
