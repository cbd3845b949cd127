"""
The catalogue of measures: every figure the platform can count, declared once, where its rows live.

An app declares its measures in its own ``measures.py``. Above it, ``plan`` sets targets for them
and ``reports`` prints them; nothing here knows any of those apps. A measure whose register does
not exist yet is announced in ``announced.py``, so that a plan can already speak of it.
"""

from trekker.kernel.measures.catalogue import announce, catalogue, measure, noun
from trekker.kernel.measures.evidence import Rows, evidence_of, percent_of
from trekker.kernel.measures.filters import Choice, Filter, Filters, InvalidFilters, Labels, by_value
from trekker.kernel.measures.measure import Column, Control, Kind, Listing, Measure, Subject, Unknown
from trekker.kernel.measures.planning import Foretold, Planning, Turnout
from trekker.kernel.measures.unit import Unit

__all__ = [
    "Choice",
    "Column",
    "Control",
    "Filter",
    "Filters",
    "Foretold",
    "InvalidFilters",
    "Kind",
    "Labels",
    "Listing",
    "Measure",
    "Planning",
    "Rows",
    "Subject",
    "Turnout",
    "Unit",
    "Unknown",
    "announce",
    "by_value",
    "catalogue",
    "evidence_of",
    "measure",
    "noun",
    "percent_of",
]
