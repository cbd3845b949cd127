"""Tags on open answers, given by staff to find what belongs together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from taggit.models import Tag

from trekker.feedback.models import Answer, AnswerTag
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

TAGGED = audit.act("feedback.tagged", "label gegeven aan een open antwoord")
UNTAGGED = audit.act("feedback.untagged", "label weggehaald van een open antwoord")


@transaction.atomic
def tag(*, answer: Answer, name: str, by: AnyAccount, now: datetime) -> Tag:
    """
    Put a tag on an open answer; a tag that differs only in capitals is the same, and twice is once.

    The line in the log is about the evaluation: the words of the answer stay out of it.
    """
    name = " ".join(name.split())
    found = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)
    _, is_new = AnswerTag.objects.get_or_create(tag=found, content_object=answer)
    if is_new:
        audit.record(TAGGED, answer.response.evaluation, by=by, at=now, tag=found.name)
    return found


@transaction.atomic
def untag(*, answer: Answer, name: str, by: AnyAccount, now: datetime) -> None:
    """Take a tag off an open answer; one that is not there changes nothing."""
    gone, _ = AnswerTag.objects.filter(content_object=answer, tag__name=name).delete()
    if gone:
        audit.record(UNTAGGED, answer.response.evaluation, by=by, at=now, tag=name)
