"""Channels and the dated memberships that make the network."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.people.models import Person


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Channels that are …."""

    def visible_to(self, user: Any) -> ChannelQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.PEOPLE_VIEW) else self.none()


class Channel(models.Model):
    """
    A list people belong to: a newsletter or a Teams channel.

    Whoever is on the channel that ``makes_members`` is a *member of the network*. ``words`` are
    what plans call the channel, separated by commas; they help to read a plan.
    """

    class Kind(models.TextChoices):
        """What sort of list it is."""

        NEWSLETTER = "NEWSLETTER", "nieuwsbrief"
        TEAMS = "TEAMS", "Teams-kanaal"
        OTHER = "OTHER", "andere lijst"

    name = models.CharField("naam", max_length=120, unique=True)
    code = models.SlugField("code", max_length=60, unique=True, help_text="Staat in meetlijnen; vast.")
    kind = models.CharField("soort", max_length=12, choices=Kind, default=Kind.OTHER)
    makes_members = models.BooleanField("maakt lid van het netwerk", default=False)
    words = models.CharField(
        "woorden in een plan", max_length=300, blank=True, help_text="Gescheiden door komma's."
    )

    objects = ChannelQuerySet.as_manager()

    privacy = Privacy(other={"id", "name", "code", "kind", "makes_members", "words"})

    class Meta:
        verbose_name = "kanaal"
        verbose_name_plural = "kanalen"

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships that are …."""

    def visible_to(self, user: Any) -> MembershipQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.PEOPLE_VIEW) else self.none()

    def active_on(self, day: date) -> MembershipQuerySet:
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)

    def open(self) -> MembershipQuerySet:
        return self.filter(until_on=None)


class Membership(models.Model):
    """A person on a channel, from a day up to a day, with where it came from and the consent."""

    class End(models.TextChoices):
        """Why a membership ended."""

        LEFT = "LEFT", "uitgeschreven"
        BOUNCED = "BOUNCED", "mail onbestelbaar"
        NOT_LISTED = "NOT_LISTED", "stond niet meer op de lijst"
        CORRECTED = "CORRECTED", "rechtgezet"
        ERASED = "ERASED", "persoon gewist"

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name="persoon")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="memberships", verbose_name="kanaal")
    from_on = models.DateField("van")
    until_on = models.DateField("tot", null=True, blank=True, help_text="De eerste dag zonder.")
    ended_because = models.CharField("reden van einde", max_length=12, choices=End, blank=True)
    source = models.CharField("herkomst", max_length=200, blank=True)
    consent_text = models.TextField("tekst van de toestemming", blank=True)
    consent_at = models.DateTimeField("moment van de toestemming", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    privacy = Privacy(
        personal={"consent_text": "", "consent_at": None, "source": ""},
        other={"id", "person", "channel", "from_on", "until_on", "ended_because"},
        why="om te tonen wie toestemming gaf voor berichten, en leden te tellen",
        until="zolang de persoon bekend is",
    )

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "channel"], condition=Q(until_on=None), name="one_open_membership"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="membership_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None, ended_because="")
                | (Q(until_on__isnull=False) & ~Q(ended_because="")),
                name="ended_membership_says_why",
            ),
        ]
        indexes = [
            # Counting members on a day reads this index alone.
            models.Index(fields=["channel", "from_on", "until_on", "person"], name="membership_days"),
            # Asking whether someone is a member reads this one.
            models.Index(fields=["person", "channel", "from_on", "until_on"], name="membership_of"),
        ]

    def __str__(self) -> str:
        return f"{self.person} op {self.channel}"
