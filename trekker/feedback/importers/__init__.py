"""
Answers from a file into an evaluation: the export of a form of Microsoft Forms.

``answers`` says what one cell means, ``judging`` what becomes of a row, ``storing`` writes all of a file
down at once, and ``forms`` is what the screens of the imports ask.
"""

from datetime import datetime
from typing import Any

from trekker.feedback.importers.forms import FormsAnswers
from trekker.imports.actions import forget_person
from trekker.imports.registry import register
from trekker.kernel import privacy
from trekker.kernel.models import AnyAccount
from trekker.people.models import Person

register(FormsAnswers())


@privacy.before_erasure(Person)
def forget_rows(record: Any, *, by: AnyAccount, now: datetime) -> None:
    """Take someone who is being erased out of the rows of every file with answers on name."""
    del by, now
    emails = {record.email, *record.aliases.values_list("email", flat=True)} - {None}
    forget_person(importer=FormsAnswers.code, keys=emails, match=record.pk)
