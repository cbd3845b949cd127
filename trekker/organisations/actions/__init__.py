"""Every change to organisations: loading the register, adding, correcting, merging doubles."""

from trekker.organisations.actions.loading import Loading, load_organisations
from trekker.organisations.actions.standings import CountsInCircle, settle_standings

__all__ = ["CountsInCircle", "Loading", "load_organisations", "settle_standings"]
