"""Every change to organisations: loading the register, adding, correcting, merging doubles."""

from trekker.organisations.actions.standings import CountsInCircle, settle_standings

__all__ = ["CountsInCircle", "settle_standings"]
