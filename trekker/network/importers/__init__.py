"""
Lists of members: a Mailchimp audience, the users of a tenant, or any sheet with mail addresses.

``fields`` says what a column can hold, ``wishes`` what a row asks, ``lookup`` what is known of the
same people, ``plan`` what follows from both, ``directory`` which organisation it points at, and
``members`` puts them to work for a block of rows at a time.
"""

from trekker.imports.registry import register
from trekker.network.importers.members import Members

register(Members())
