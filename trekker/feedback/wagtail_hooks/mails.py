"""How the outbox names what mails of evaluations are about."""

from __future__ import annotations

from django.urls import reverse

from trekker.feedback.models import Evaluation
from trekker.mail.registry import topic_reads


@topic_reads("evaluation", "evaluatie")
def evaluation_of(pk: int) -> tuple[str, str] | None:
    """Give the title and the page of an evaluation."""
    evaluation = Evaluation.objects.filter(pk=pk).first()
    return (evaluation.title, reverse("evaluation:inspect", args=[pk])) if evaluation else None
