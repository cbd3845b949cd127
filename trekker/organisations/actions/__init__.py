"""Every change to organisations: loading the register, adding, correcting, merging doubles."""

from trekker.organisations.actions.changing import (
    NoLongerThere,
    add_organisation,
    correct_organisation,
    merge_organisations,
)
from trekker.organisations.actions.loading import Loading, load_organisations
from trekker.organisations.actions.standings import CountsInCircle, settle_standings

__all__ = [
    "CountsInCircle",
    "Loading",
    "NoLongerThere",
    "add_organisation",
    "correct_organisation",
    "load_organisations",
    "merge_organisations",
    "settle_standings",
]
