"""What is still to be done for someone who sent the form to register."""

from __future__ import annotations

from django.db import models

from trekker.events.models.registration import Registration
from trekker.kernel.privacy import Privacy


class Welcome(models.Model):
    """
    A form that was taken in, for which the mail is still to be made and the person to be known.

    When hundreds want the last places, each waits for all before: what nobody needs to wait for is
    done a moment later. ``again`` is a form of someone who had a place already: of that nothing is
    left but this. ``has_place`` is what the screen said, to whoever sent it. ``asked_at`` is when the
    form came, or when one that fell is tried again.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="welcomes")
    asked_at = models.DateTimeField()
    again = models.BooleanField()
    has_place = models.BooleanField()
    ticket = models.CharField(max_length=40, blank=True)

    privacy = Privacy(other={"id", "registration", "asked_at", "again", "has_place", "ticket"})

    class Meta:
        verbose_name = "welkom"
        verbose_name_plural = "welkoms"

    def __str__(self) -> str:
        return f"welkom {self.pk}"
