"""
Lists of members: a Mailchimp audience, the users of a tenant, or any sheet with mail addresses.

``fields`` says what a column can hold, ``wishes`` what a row asks, ``lookup`` what is known of the
same people, ``plan`` what follows from both, ``directory`` which organisation it points at, and
``members`` puts them to work for a block of rows at a time.
"""

from datetime import datetime
from typing import Any

from trekker.imports.actions import forget_person
from trekker.imports.registry import register
from trekker.kernel import privacy
from trekker.kernel.models import AnyAccount
from trekker.network.importers.members import Members
from trekker.network.importers.wishes import guest_mark
from trekker.people.models import Person

register(Members())


@privacy.before_erasure(Person)
def forget_rows(record: Any, *, by: AnyAccount, now: datetime) -> None:
    """Take someone who is being erased out of the rows of every list."""
    del by, now
    emails = {record.email, *record.aliases.values_list("email", flat=True)} - {None}
    guests = {guest_mark(email) for email in emails}
    forget_person(importer=Members.code, keys=emails | guests, match=record.pk)
