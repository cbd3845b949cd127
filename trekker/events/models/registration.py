"""Registrations: who comes, on behalf of whom, and what they need."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from trekker.events.models.event import Event
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation
from trekker.people.models import Person

WHY = "om je plaats te houden, je te berichten en deelnames te tellen"
UNTIL = "tot 24 maanden na de activiteit; daarna blijft enkel je organisatie"


class SignUpQuestion(models.Model):
    """A question of the organiser on the form to register."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "TEXT", "korte tekst"
        YES_NO = "YES_NO", "ja of nee"
        CHOICE = "CHOICE", "één keuze uit een lijst"

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions", verbose_name="activiteit")
    label = models.CharField("vraag", max_length=200)
    kind = models.CharField("soort antwoord", max_length=8, choices=Kind, default=Kind.TEXT)
    options = models.TextField("keuzes", blank=True, help_text="Eén per regel.")
    required = models.BooleanField("verplicht", default=False)
    position = models.PositiveSmallIntegerField("plaats", default=0)

    privacy = Privacy(other={"id", "event", "label", "kind", "options", "required", "position"})

    class Meta:
        verbose_name = "vraag bij het inschrijven"
        verbose_name_plural = "vragen bij het inschrijven"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.label


def new_key() -> str:
    """Give an unguessable key for a personal link."""
    return token_urlsafe(18)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Registrations that are …."""

    def visible_to(self, user: Any) -> RegistrationQuerySet:
        """Narrow to those of events that this user may change; every view starts from here."""
        return self.filter(event__in=Event.objects.changeable_by(user))

    def holding_a_place(self) -> RegistrationQuerySet:
        return self.filter(status=Registration.Status.REGISTERED)

    def waiting(self) -> RegistrationQuerySet:
        """Narrow to the waiting list, in the order of fairness: first come, first served."""
        return self.filter(status=Registration.Status.WAITING).order_by("registered_at", "pk")


class Registration(models.Model):
    """
    Someone's place at an event, with the name and the organisation of that day.

    The name and address are those written down at the time; ``person`` is who that is known to be,
    nobody for a guest without an address and after 24 months. ``key`` opens the personal link.
    ``ticket`` is the form that was sent, so that sending it twice changes nothing.
    """

    class Status(models.TextChoices):
        """Whether there is a place."""

        REGISTERED = "REGISTERED", "ingeschreven"
        WAITING = "WAITING", "op de wachtlijst"
        CANCELLED = "CANCELLED", "uitgeschreven"

    class Mode(models.TextChoices):
        """Where the participant will be."""

        ON_SITE = "ON_SITE", "ter plaatse"
        ONLINE = "ONLINE", "online"

    class Source(models.TextChoices):
        """How the registration came in."""

        WEB = "WEB", "website"
        PHONE = "PHONE", "telefonisch"
        HANDED_OVER = "HANDED_OVER", "overgenomen van een collega"
        CAME = "CAME", "kwam zonder inschrijving"

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations", verbose_name="activiteit")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name="persoon"
    )
    first_name = models.CharField("voornaam", max_length=100, blank=True)
    last_name = models.CharField("achternaam", max_length=100, blank=True)
    email = models.EmailField("mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=40, blank=True)
    function = models.CharField("functie", max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="organisatie",
    )
    organisation_text = models.CharField("organisatie zoals ingevuld", max_length=200, blank=True)
    mode = models.CharField("doet mee", max_length=8, choices=Mode, default=Mode.ON_SITE)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.REGISTERED)
    case = models.TextField("vraagstuk", blank=True)
    case_chosen = models.BooleanField("vraagstuk gekozen", default=False)
    answers = models.JSONField("antwoorden op vragen", default=dict, blank=True)
    source = models.CharField("herkomst", max_length=12, choices=Source, default=Source.WEB)
    registered_at = models.DateTimeField("ingeschreven op")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="ingeschreven door",
    )
    promoted_at = models.DateTimeField("van de wachtlijst op", null=True, blank=True)
    cancelled_at = models.DateTimeField("uitgeschreven op", null=True, blank=True)
    instead_of = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="handed_to", verbose_name="in plaats van"
    )
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    ticket = models.CharField(max_length=40, null=True, unique=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    privacy = Privacy(
        personal={
            "first_name": "",
            "last_name": "",
            "email": "",
            "phone": "",
            "function": "",
            "organisation_text": "",
            "case": "",
            "answers": {},
        },
        other={
            *("id", "event", "person", "organisation", "mode", "status", "case_chosen"),
            *("source", "registered_at", "registered_by", "promoted_at", "cancelled_at", "instead_of", "key"),
            "ticket",
        },
        why=WHY,
        until=UNTIL,
    )

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=~Q(status="CANCELLED") & Q(person__isnull=False),
                name="one_place_per_person",
            ),
            models.CheckConstraint(
                condition=Q(status="CANCELLED", cancelled_at__isnull=False)
                | (~Q(status="CANCELLED") & Q(cancelled_at=None)),
                name="cancelled_registration_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "status", "registered_at"], name="registration_queue"),
            models.Index(fields=["event", "email"], name="registration_address"),
            # Whether an organisation came to anything reads this alone, its newest activities first.
            models.Index(fields=["organisation", "status", "-event"], name="registration_of"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email or "zonder naam"

    @property
    def name(self) -> str:
        """The name as written down."""
        return str(self)


class AccessNeed(models.Model):
    """
    What someone needs to take part: a diet, an interpreter, a step-free way in.

    Kept apart with its own consent; only the leads of the event see it, and it is wiped seven days
    after the event.
    """

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="need")
    diet = models.CharField("dieet", max_length=300, blank=True)
    access = models.CharField("toegankelijkheid", max_length=500, blank=True)
    consent_text = models.TextField("tekst van de toestemming")
    consent_at = models.DateTimeField("moment van de toestemming")

    privacy = Privacy(
        personal={"diet": "", "access": ""},
        other={"id", "registration", "consent_text", "consent_at"},
        why="zodat je kunt meedoen en meeëten",
        until="tot zeven dagen na de activiteit",
        removed_whole=True,
    )

    class Meta:
        verbose_name = "nood"
        verbose_name_plural = "noden"

    def __str__(self) -> str:
        return f"nood {self.pk}"
