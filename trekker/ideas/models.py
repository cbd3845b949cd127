"""Ideas: a need or an opportunity, who was asked about it, how it weighs and what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Ideas that are …."""

    def visible_to(self, user: Any) -> IdeaQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.IDEAS_VIEW) else self.none()

    def matching(self, text: str) -> IdeaQuerySet:
        """Narrow to those that have every word of the text in what was written about them."""
        rows = self
        for word in text.split():
            rows = rows.filter(
                Q(title__icontains=word)
                | Q(description__icontains=word)
                | Q(origin_text__icontains=word)
                | Q(weighing__icontains=word)
                | Q(reason__icontains=word)
            )
        return rows

    def open(self) -> IdeaQuerySet:
        return self.filter(state__in=Idea.OPEN)


class Idea(models.Model):
    """
    A need or signal with its origin, from noted to done.

    ``weight`` answers are 1 (little) to 4 (a lot). A decision always has a reason and a day.
    """

    class Origin(models.TextChoices):
        """Where it came from."""

        SURVEY = "SURVEY", "bevraging"
        EVENT = "EVENT", "activiteit of nabespreking"
        FEEDBACK = "FEEDBACK", "feedback van deelnemers"
        ADVICE = "ADVICE", "vraag om advies"
        COLLEAGUE = "COLLEAGUE", "collega of partner"
        OTHER = "OTHER", "iets anders"

    class Form(models.TextChoices):
        """What it could become."""

        COURSE = "course", "opleiding"
        E_LEARNING = "e_learning", "e-learning"
        EVENT = "event", "andere activiteit"
        TOOL = "tool", "tool of handleiding"
        POLICY = "policy", "inbreng in beleid"
        SIGNAL = "signal", "signaal aan een andere overheid"

    class State(models.TextChoices):
        """How far it has come."""

        NOTED = "NOTED", "genoteerd"
        CONSULTING = "CONSULTING", "wordt bevraagd"
        GOES_AHEAD = "GOES_AHEAD", "gaat door"
        LATER = "LATER", "later bekijken"
        DROPPED = "DROPPED", "gaat niet door"
        DONE = "DONE", "uitgevoerd"

    OPEN = (State.NOTED, State.CONSULTING)
    OUTCOMES = (State.GOES_AHEAD, State.LATER, State.DROPPED)
    WEIGHTS = [(1, "weinig"), (2, "eerder weinig"), (3, "eerder veel"), (4, "veel")]

    title = models.CharField("titel", max_length=200)
    description = models.TextField("nood of kans", blank=True)
    origin = models.CharField("herkomst", max_length=10, choices=Origin, default=Origin.OTHER)
    origin_text = models.CharField("herkomst in woorden", max_length=300, blank=True)
    form = models.CharField("mogelijke vorm", max_length=12, choices=Form, default=Form.COURSE)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thema's")
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+", verbose_name="doelgroepen")
    state = models.CharField("stand", max_length=12, choices=State, default=State.NOTED)
    need = models.PositiveSmallIntegerField("hoe groot is de nood", choices=WEIGHTS, null=True, blank=True)
    reach = models.PositiveSmallIntegerField(
        "hoeveel lokale besturen bereikt het", choices=WEIGHTS, null=True, blank=True
    )
    effort = models.PositiveSmallIntegerField(
        "hoeveel werk vraagt het", choices=WEIGHTS, null=True, blank=True
    )
    weighing = models.TextField("afweging", blank=True)
    reason = models.TextField("reden van de beslissing", blank=True)
    decided_at = models.DateTimeField("beslist op", null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField("genoteerd op", editable=False)

    objects = IdeaQuerySet.as_manager()

    privacy = Privacy(
        other={
            *(
                "id",
                "title",
                "description",
                "origin",
                "origin_text",
                "form",
                "state",
                "need",
                "reach",
                "effort",
            ),
            *("weighing", "reason", "decided_at", "created_by", "created_at"),
        }
    )

    class Meta:
        verbose_name = "idee"
        verbose_name_plural = "ideeën"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["NOTED", "CONSULTING"], decided_at=None)
                | (~Q(state__in=["NOTED", "CONSULTING"]) & Q(decided_at__isnull=False) & ~Q(reason="")),
                name="decided_idea_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return self.state in Idea.OPEN


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations that are …."""

    def visible_to(self, user: Any) -> ConsultationQuerySet:
        """Narrow to those of ideas that this user may see; every view starts from here."""
        return self.filter(idea__in=Idea.objects.visible_to(user))


class Consultation(models.Model):
    """What one party said about an idea when it was asked."""

    class View(models.TextChoices):
        """How they look at it."""

        FOR = "FOR", "voor"
        MIXED = "MIXED", "voor en tegen"
        AGAINST = "AGAINST", "tegen"

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="consultations", verbose_name="idee")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organisatie"
    )
    who = models.CharField("wie", max_length=200, help_text="Bijvoorbeeld: team digitale transformatie.")
    on = models.DateField("op")
    view = models.CharField("mening", max_length=8, choices=View, default=View.MIXED)
    said = models.TextField("wat ze zeiden")

    objects = ConsultationQuerySet.as_manager()

    privacy = Privacy(
        personal={"who": ""},
        other={"id", "idea", "organisation", "on", "view", "said"},
        why="om te tonen wie over een idee bevraagd is",
        until="zolang het idee bewaard blijft",
    )

    class Meta:
        verbose_name = "bevraging"
        verbose_name_plural = "bevragingen"

    def __str__(self) -> str:
        return f"{self.who}, {self.on:%d/%m/%Y}"
