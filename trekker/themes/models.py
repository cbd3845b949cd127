"""Themes and audiences, by a code that measures know and a name that users read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models import Q

from trekker.kernel.measures import Choice
from trekker.kernel.privacy import Privacy


class Term(models.Model):
    """A word of a shared list; ``words`` are what plans call it, separated by commas."""

    name = models.CharField("naam", max_length=80, unique=True)
    code = models.SlugField("code", max_length=60, unique=True, help_text="Staat in meetlijnen; vast.")
    words = models.CharField(
        "woorden in een plan", max_length=300, blank=True, help_text="Gescheiden door komma's."
    )

    class Meta:
        abstract = True
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes that are …."""

    def within(self, codes: Sequence[object]) -> ThemeQuerySet:
        """Narrow to these themes and to what is part of them."""
        return self.filter(Q(code__in=codes) | Q(part_of__code__in=codes))


class Theme(Term):
    """What something is about; a theme may be part of a wider one, one level deep."""

    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="deel van"
    )

    objects = ThemeQuerySet.as_manager()

    privacy = Privacy(other={"id", "name", "code", "words", "part_of"})

    class Meta(Term.Meta):
        verbose_name = "thema"
        verbose_name_plural = "thema's"


class Audience(Term):
    """Whom something is for."""

    privacy = Privacy(other={"id", "name", "code", "words"})

    class Meta(Term.Meta):
        verbose_name = "doelgroep"
        verbose_name_plural = "doelgroepen"


def choices(model: type[Theme | Audience]) -> Iterable[Choice]:
    """Give every term of a list as a choice of a filter, with the words by which plans speak of it."""
    for term in model.objects.order_by("pk"):
        words = tuple(word.strip().lower() for word in term.words.split(",") if word.strip())
        yield Choice(value=term.code, label=term.name, words=words)
