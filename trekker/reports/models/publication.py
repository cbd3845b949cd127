"""What anyone may read on the website of the results of a year."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications that are …."""

    def visible_to(self, user: Any) -> PublicationQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.REPORTS_CHANGE) else self.shown()

    def shown(self) -> PublicationQuerySet:
        return self.filter(is_shown=True, counted_at__isnull=False)


class Publication(models.Model):
    """
    The results of one year on the website: which figures, and which websites may show them in a frame.

    ``figures`` are kept as they may be read by anyone (see ``formats.openly``), so that a page costs one
    query and never counts by itself; ``counted_at`` is the moment that the page says it is of. ``drawing`` is
    the map, empty where it would tell of fewer than five.
    """

    class Shows(models.TextChoices):
        """Which figures the page shows."""

        TODAY = "today", "de cijfers van vandaag"
        FIXED = "fixed", "de cijfers van het vastgestelde rapport"

    year = models.PositiveSmallIntegerField(
        "jaar", unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    shows = models.CharField("toont", max_length=5, choices=Shows, default=Shows.TODAY)
    hosts = models.JSONField("websites die het kader tonen", default=list, blank=True)
    is_shown = models.BooleanField("staat op de website", default=False)
    figures = models.JSONField("cijfers", default=dict, editable=False)
    drawing = models.TextField("kaart", blank=True, editable=False)
    counted_at = models.DateTimeField("geteld op", null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = PublicationQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "year", "shows", "hosts", "is_shown", "figures", "drawing", "counted_at", "changed_by"),
        }
    )

    class Meta:
        verbose_name = "publicatie van resultaten"
        verbose_name_plural = "publicaties van resultaten"

    def __str__(self) -> str:
        return f"Resultaten {self.year}"

    def get_absolute_url(self) -> str:
        """Give its page on the website."""
        return reverse("published:show", args=[self.year])
