"""Asking weeks later what came of an intention."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from trekker.feedback.models.response import Response
from trekker.ideas.models import Idea
from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Follow-ups that are …."""

    def visible_to(self, user: Any) -> FollowUpQuerySet:
        """Narrow to what was offered, for who may read it: an offer is meant to be read."""
        rows = self if may(user, Permission.FEEDBACK_READ) else self.none()
        return rows.exclude(outcome="").exclude(offers="")

    def of_ended_rounds(self) -> FollowUpQuerySet:
        """
        Narrow to those of evaluations where nobody waits any more for the question or its answer.

        Only these are counted: a figure that grew by one would tell who just answered what.
        """
        waiting = FollowUp.objects.filter(address__isnull=False).values("response__evaluation")
        return self.exclude(response__evaluation__in=waiting)

    def applied(self) -> FollowUpQuerySet:
        return self.filter(outcome__in=FollowUp.APPLIED)


class FollowUp(models.Model):
    """
    The question, weeks later, what came of an intention; only for who agreed to be asked.

    ``address`` is sealed and thrown away once it has served. The link is a seal of the number of the
    response, kept nowhere. ``contact`` is what someone wrote down who offers a story.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        DONE = "DONE", "gedaan"
        PARTLY = "PARTLY", "deels"
        NOT_YET = "NOT_YET", "nog niet"
        NO = "NO", "neen"

    class Offer(models.TextChoices):
        """What someone offers to others."""

        PRACTICE = "PRACTICE", "een praktijk"
        STORY = "STORY", "een verhaal"

    APPLIED = (Outcome.DONE, Outcome.PARTLY)

    response = models.OneToOneField(Response, models.CASCADE, primary_key=True, related_name="follow_up")
    due_on = models.DateField("te vragen op")
    address = models.BinaryField("verzegeld mailadres", null=True)
    asked_on = models.DateField("gevraagd op", null=True)
    reminded = models.BooleanField("herinnerd", default=False)
    outcome = models.CharField("wat ervan kwam", max_length=8, choices=Outcome, blank=True)
    helped = models.TextField("wat hielp", blank=True)
    hindered = models.TextField("wat hinderde", blank=True)
    offers = models.CharField("biedt aan", max_length=8, choices=Offer, blank=True)
    contact = models.CharField("contact", max_length=250, blank=True)
    answered_on = models.DateField("beantwoord op", null=True)
    idea = models.ForeignKey(Idea, models.SET_NULL, null=True, related_name="+", verbose_name="idee")
    is_settled = models.BooleanField("afgehandeld", default=False)

    objects = FollowUpQuerySet.as_manager()

    privacy = Privacy(
        personal={"address": None, "helped": "", "hindered": "", "contact": ""},
        other={
            *("response", "due_on", "asked_on", "reminded", "outcome", "offers", "answered_on", "idea"),
            "is_settled",
        },
        why="om te vragen wat er van je plan kwam",
        until="je adres tot vier weken na die vraag; je contact tot 24 maanden",
    )

    class Meta:
        verbose_name = "opvolging"
        verbose_name_plural = "opvolgingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None) | (~Q(outcome="") & Q(answered_on__isnull=False)),
                name="answered_follow_up_says_when",
            )
        ]
        indexes = [models.Index(fields=["due_on"], name="follow_up_due")]

    def __str__(self) -> str:
        return f"opvolging {self.pk}"
