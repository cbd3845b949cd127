"""What people answered."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models.evaluation import LEAST, Evaluation
from trekker.feedback.models.questionnaire import Question
from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation
from trekker.people.models import Person

WHY = "om activiteiten te verbeteren en te tonen wat ze opleveren"
UNTIL = "op naam tot 24 maanden na de activiteit; daarna zonder naam"


class Response(models.Model):
    """
    All answers of one person to one evaluation.

    Only an answer on name knows the person. ``organisation`` is known on name, and where someone
    agreed to be asked again. The number tells nothing about when the answer came.
    """

    class Source(models.TextChoices):
        """How it came in."""

        LINK = "LINK", "persoonlijke link"
        OPEN = "OPEN", "link of QR-code"
        PAPER = "PAPER", "op papier"
        FILE = "FILE", "uit een bestand"

    number = models.BigIntegerField(primary_key=True)
    evaluation = models.ForeignKey(
        Evaluation, models.PROTECT, related_name="responses", verbose_name="evaluatie"
    )
    source = models.CharField("herkomst", max_length=5, choices=Source, default=Source.LINK)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="persoon")
    name = models.CharField("naam", max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="organisatie"
    )
    may_quote = models.BooleanField("mag geciteerd worden", default=False)

    privacy = Privacy(
        personal={"name": "", "may_quote": False},
        other={"number", "evaluation", "source", "person", "organisation"},
        why=WHY,
        until=UNTIL,
    )

    class Meta:
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"

    def __str__(self) -> str:
        return f"antwoord {self.pk}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers that are …."""

    def visible_to(self, user: Any) -> AnswerQuerySet:
        """
        Narrow to the open answers that this user may read: those of readable evaluations.

        Anyone who answered may have written one. A question that only some were asked needs five who did.
        """
        if not may(user, Permission.FEEDBACK_READ):
            return self.none()
        readable = Evaluation.objects.readable().values("pk")
        open_kinds = [QuestionKind.SHORT, QuestionKind.LONG]
        return self.filter(response__evaluation__in=readable, question__kind__in=open_kinds).by_enough()

    def by_enough(self) -> AnswerQuerySet:
        """Leave out texts on a question that only some got, where fewer than five wrote one."""
        same = Answer.objects.exclude(text="").filter(
            question=OuterRef("question"), response__evaluation=OuterRef("response__evaluation")
        )
        told = Subquery(same.order_by().values("question").annotate(many=Count("pk")).values("many"))
        enough = Q(question__only_if=None) | Q(told__gte=LEAST)
        return self.alias(told=told).filter(enough).exclude(text="")

    def quotable(self) -> AnswerQuerySet:
        return self.filter(response__may_quote=True)


class Answer(models.Model):  # type: ignore[django-manager-missing]  # taggit brings it
    """
    The answer to one question: what was chosen, a number, a text; of a ranking one row for each choice.

    A scale has its step in ``number``, a ranking the place in it; of more choices each is a row.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name="vraag")
    choice = models.CharField("keuze", max_length=200, blank=True)
    number = models.DecimalField("getal", max_digits=12, decimal_places=2, null=True)
    text = models.TextField("tekst", blank=True)

    tags = TaggableManager(through="feedback.AnswerTag", blank=True, verbose_name="labels")
    objects = AnswerQuerySet.as_manager()

    privacy = Privacy(
        personal={"text": ""},
        other={"id", "response", "question", "choice", "number"},
        why=WHY,
        until=UNTIL,
    )

    class Meta:
        verbose_name = "antwoord op een vraag"
        verbose_name_plural = "antwoorden op vragen"
        indexes = [models.Index(fields=["question", "choice", "number"], name="answers_counted")]

    def __str__(self) -> str:
        return self.text or self.choice or str(self.number)


class AnswerTag(ItemBase):
    """A tag that staff gave to an open answer."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="+")
    content_object = models.ForeignKey(Answer, models.CASCADE, related_name="tag_items")

    privacy = Privacy(other={"id", "tag", "content_object"})

    class Meta:
        verbose_name = "label van een antwoord"
        verbose_name_plural = "labels van antwoorden"
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tag_once")]

    def __str__(self) -> str:
        return str(self.tag)


class Imprint(models.Model):
    """The fingerprint of a row that was read in from a file, so that reading it again adds nothing."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="imprints")
    mark = models.CharField("vingerafdruk", max_length=32)

    privacy = Privacy(other={"id", "evaluation", "mark"})

    class Meta:
        verbose_name = "afdruk van een ingelezen rij"
        verbose_name_plural = "afdrukken van ingelezen rijen"
        constraints = [models.UniqueConstraint(fields=["evaluation", "mark"], name="row_read_once")]

    def __str__(self) -> str:
        return self.mark
