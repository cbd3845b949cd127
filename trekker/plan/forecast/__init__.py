"""
What a year will come to, from what is known on a day: pure mathematics, without a database or a clock.

Who controls a figure decides how it is foretold. What is ours to do follows from what is planned
(:mod:`planned`). What is asked of us follows from the pace of this year and the last (:mod:`asked`).
How many come follows from registrations and earlier times (:mod:`attendance`). A stock gets a range and
no chance (:mod:`stock`). All but the last are a :class:`Distribution` of what is still to come.
:class:`Outlook` holds what a reader sees of it, and :mod:`words` says that in Dutch.
"""

from trekker.plan.forecast.distribution import MEETS, Distribution
from trekker.plan.forecast.foretelling import Basis, Coming, Foretelling
from trekker.plan.forecast.outlook import Outlook, Way

__all__ = ["MEETS", "Basis", "Coming", "Distribution", "Foretelling", "Outlook", "Way"]
