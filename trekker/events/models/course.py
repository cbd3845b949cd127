"""Courses: a training as such; each time it is given is an event."""

from __future__ import annotations

from typing import Any

from django.db import models

from trekker.ideas.models import Idea
from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme


class OurRole(models.TextChoices):
    """What we do in it; the values are those of the measures."""

    ORGANISER = "organiser", "organisator"
    SUPPORTER = "supporter", "ondersteuner"
    FACILITATOR = "facilitator", "facilitator"
    SPEAKER = "speaker", "spreker"


class CourseQuerySet(models.QuerySet["Course"]):
    """Courses that are …."""

    def visible_to(self, user: Any) -> CourseQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.EVENTS_VIEW) else self.none()


class Course(models.Model):
    """
    A training, whoever offers it; ``focus`` says whether our theme is all of it or a part.

    Its editions are events. It is given as often as an edition is held, yet counts once.
    """

    class Focus(models.TextChoices):
        """What place our themes have in it."""

        MAIN = "main", "hoofdthema"
        PART = "part", "deel van de opleiding"

    title = models.CharField("titel", max_length=200, unique=True)
    summary = models.CharField("korte uitleg", max_length=300, blank=True)
    description = models.TextField("beschrijving", blank=True)
    provider = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name="aanbieder",
        help_text="In wiens aanbod ze staat.",
    )
    our_role = models.CharField("onze rol", max_length=12, choices=OurRole, default=OurRole.ORGANISER)
    focus = models.CharField("plaats van het thema", max_length=6, choices=Focus, default=Focus.MAIN)
    e_learning = models.BooleanField("is een e-learning", default=False)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thema's")
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+", verbose_name="doelgroepen")
    idea = models.ForeignKey(
        Idea, models.SET_NULL, null=True, blank=True, related_name="courses", verbose_name="uit het idee"
    )

    objects = CourseQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "title", "summary", "description", "provider", "our_role", "focus", "e_learning", "idea")
        }
    )

    class Meta:
        verbose_name = "opleiding"
        verbose_name_plural = "opleidingen"

    def __str__(self) -> str:
        return self.title
