"""
Attendance of a session from a file: a report of an online meeting, or a plain list.

``entries`` says what a row tells, ``attendance`` whom it is about and what the screens show, and
``storing`` carries it out for a block of rows at a time.
"""

from datetime import datetime
from typing import Any

from trekker.events.importers.attendance import AttendanceFiles
from trekker.imports.actions import forget_person
from trekker.imports.registry import register
from trekker.kernel import privacy
from trekker.kernel.models import AnyAccount
from trekker.people.models import Person

register(AttendanceFiles())


@privacy.before_erasure(Person)
def forget_rows(record: Any, *, by: AnyAccount, now: datetime) -> None:
    """Take someone who is being erased out of the rows of every report."""
    del by, now
    emails = {record.email, *record.aliases.values_list("email", flat=True)} - {None}
    forget_person(importer=AttendanceFiles.code, keys=emails, match=record.pk)
