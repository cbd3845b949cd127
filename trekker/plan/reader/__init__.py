"""
Reads a plan document into a proposal to check: goals, actions, indicators with measures, moments.

It follows rules only, so that the same text always gives the same proposal. It asks nothing of the
database and changes nothing; what it is unsure of it leaves open, with a warning.
"""

from trekker.plan.reader.compare import Change, compare, only_changes
from trekker.plan.reader.extract import UnreadableFile, extract
from trekker.plan.reader.proposal import Proposal
from trekker.plan.reader.read import NotAPlan, read

__all__ = ["Change", "NotAPlan", "Proposal", "UnreadableFile", "compare", "extract", "only_changes", "read"]
