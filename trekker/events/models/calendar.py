"""Calendars of others beside our own, and the keys of private feeds."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from trekker.events.models.registration import new_key
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience


class OtherCalendar(models.Model):
    """A calendar of someone else: an address that is fetched each day, or a file that was uploaded."""

    name = models.CharField("naam", max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="van"
    )
    url = models.URLField("adres", max_length=500, blank=True, help_text="Een iCalendar-adres (https).")
    audiences = models.ManyToManyField(
        Audience, blank=True, related_name="+", verbose_name="doelgroepen", help_text="Leeg: voor iedereen."
    )
    fetched_at = models.DateTimeField("opgehaald op", null=True, editable=False)
    problem = models.CharField("wat misliep", max_length=300, blank=True, editable=False)

    privacy = Privacy(other={"id", "name", "organisation", "url", "fetched_at", "problem"})

    class Meta:
        verbose_name = "andere kalender"
        verbose_name_plural = "andere kalenders"

    def __str__(self) -> str:
        return self.name


class OtherEvent(models.Model):
    """Something in a calendar of someone else; the moments of one that comes back are one row each."""

    calendar = models.ForeignKey(OtherCalendar, models.CASCADE, related_name="events")
    uid = models.CharField(max_length=300)
    title = models.CharField("titel", max_length=300)
    starts_at = models.DateTimeField("begint op", db_index=True)
    ends_at = models.DateTimeField("eindigt op")
    all_day = models.BooleanField("hele dag", default=False)
    place = models.CharField("plaats", max_length=300, blank=True)
    url = models.URLField("adres", max_length=500, blank=True)

    privacy = Privacy(
        other={"id", "calendar", "uid", "title", "starts_at", "ends_at", "all_day", "place", "url"}
    )

    class Meta:
        verbose_name = "activiteit van anderen"
        verbose_name_plural = "activiteiten van anderen"
        constraints = [
            models.UniqueConstraint(fields=["calendar", "uid", "starts_at"], name="one_other_event")
        ]

    def __str__(self) -> str:
        return self.title


class FeedKey(models.Model):
    """The key of an account's private feed of the year calendar; a new one ends the old."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_key")
    key = models.CharField(max_length=32, unique=True, default=new_key)
    made_at = models.DateTimeField("gemaakt op")

    privacy = Privacy(other={"id", "account", "key", "made_at"})

    class Meta:
        verbose_name = "sleutel van een kalender"
        verbose_name_plural = "sleutels van kalenders"

    def __str__(self) -> str:
        return f"sleutel {self.pk}"
