"""What stays of an event: recordings with captions and transcript, slides and other files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trekker.events.models.event import Event
from trekker.kernel.privacy import Privacy


class SeenBy(models.TextChoices):
    """For whom it is."""

    ALL = "ALL", "iedereen"
    PARTICIPANTS = "PARTICIPANTS", "wie ingeschreven was"


class Recording(models.Model):
    """
    A recording: published with captions and a transcript, or with the reason why not.

    The reasons stand in the accessibility statement.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="recordings", verbose_name="activiteit")
    title = models.CharField("titel", max_length=200)
    url = models.URLField("adres van de opname", max_length=500)
    has_captions = models.BooleanField("met ondertiteling", default=False)
    transcript = models.TextField("uitgeschreven tekst", blank=True)
    reason_without = models.CharField(
        "waarom zonder", max_length=300, blank=True, help_text="Nodig als ondertiteling of tekst ontbreekt."
    )
    seen_by = models.CharField("voor", max_length=12, choices=SeenBy, default=SeenBy.ALL)
    added_at = models.DateTimeField("toegevoegd op", editable=False)

    privacy = Privacy(
        other={
            *(
                "id",
                "event",
                "title",
                "url",
                "has_captions",
                "transcript",
                "reason_without",
                "seen_by",
                "added_at",
            )
        }
    )

    class Meta:
        verbose_name = "opname"
        verbose_name_plural = "opnames"
        constraints = [
            models.CheckConstraint(
                condition=(Q(has_captions=True) & ~Q(transcript="")) | ~Q(reason_without=""),
                name="recording_is_accessible_or_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Material(models.Model):
    """Slides or another document, as a file or as a link."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="materials", verbose_name="activiteit")
    title = models.CharField("titel", max_length=200)
    file = models.FileField("bestand", upload_to="materiaal/%Y/", max_length=300, blank=True)
    url = models.URLField("of een link", max_length=500, blank=True)
    seen_by = models.CharField("voor", max_length=12, choices=SeenBy, default=SeenBy.ALL)
    added_at = models.DateTimeField("toegevoegd op", editable=False)

    privacy = Privacy(other={"id", "event", "title", "file", "url", "seen_by", "added_at"})

    class Meta:
        verbose_name = "materiaal"
        verbose_name_plural = "materialen"
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
                name="material_is_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title
