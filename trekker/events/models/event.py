"""Events: what happens on a day, in what state it is, and the sessions it is made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from trekker.events.models.course import Course, OurRole
from trekker.feedback.catalogue import declare_kinds
from trekker.feedback.models import Evaluation
from trekker.ideas.models import Idea
from trekker.kernel.access import Permission, may
from trekker.kernel.periods import Period
from trekker.kernel.privacy import Privacy
from trekker.kernel.states import Table, declare_states
from trekker.organisations.models import Organisation
from trekker.themes.models import Audience, Theme


class Series(models.Model):
    """Events that belong together because they come back: the intervisions of a year."""

    name = models.CharField("naam", max_length=120, unique=True)

    privacy = Privacy(other={"id", "name"})

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"

    def __str__(self) -> str:
        return self.name


class EventQuerySet(models.QuerySet["Event"]):
    """Events that are …."""

    def visible_to(self, user: Any) -> EventQuerySet:
        """Narrow to what this user may see in the back office; every view there starts from here."""
        return self if may(user, Permission.EVENTS_VIEW) else self.none()

    def changeable_by(self, user: Any) -> EventQuerySet:
        """Narrow to what this user may change, with the people in it: all of it, or what they lead."""
        if may(user, Permission.EVENTS_CHANGE):
            return self
        return self.filter(leads=user) if may(user, Permission.EVENTS_LEAD) else self.none()

    def announced(self) -> EventQuerySet:
        """Narrow to what has a page on the public site; what happens by link only has one too."""
        return self.exclude(state__in=[Event.State.IDEA]).exclude(visibility=Event.Visibility.INTERNAL)

    def listed(self) -> EventQuerySet:
        """Narrow to what stands in the public agenda."""
        states = [Event.State.PLANNED, Event.State.OPEN, Event.State.CONFIRMED, Event.State.HELD]
        return self.filter(visibility=Event.Visibility.PUBLIC, state__in=states)

    def taking_registrations(self, now: datetime) -> EventQuerySet:
        """Narrow to what people can register for at this moment, full or not."""
        return self.filter(
            Q(deadline_at=None) | Q(deadline_at__gt=now),
            state__in=[Event.State.OPEN, Event.State.CONFIRMED],
            external_url="",
            starts_at__gt=now,
        )

    def starting_within(self, period: Period) -> EventQuerySet:
        return self.filter(starts_at__gte=period.from_at, starts_at__lt=period.until_at)

    def held(self) -> EventQuerySet:
        return self.filter(state=Event.State.HELD)


class Event(models.Model):
    """
    Something that people come to, with one or more sessions.

    ``starts_at`` and ``ends_at`` follow from the sessions; ``region`` follows from the
    municipality unless it lies abroad. The values of ``kind``, ``our_role``, ``format``, ``region``
    and ``purpose`` are those that lines of plans name. ``max_registrations`` is for those who come
    in person, or for all when everyone is online; a hybrid event has ``max_online`` beside it.
    Once it is held, people are asked what they thought of it, unless not ``asks_feedback``.
    """

    class Kind(models.TextChoices):
        """What sort of event it is."""

        NETWORK_MEETING = "network_meeting", "netwerkbijeenkomst"
        INTERVISION = "intervision", "intervisie"
        INFO_SESSION = "info_session", "infosessie"
        INSPIRATION_EVENT = "inspiration_event", "inspiratiemoment"
        TRAINING = "training", "opleiding"
        FOCUS_GROUP = "focus_group", "focusgroep"
        PRESENTATION = "presentation", "presentatie"
        WORKSHOP = "workshop", "workshop"
        STUDY_VISIT = "study_visit", "studiebezoek"

    class State(models.TextChoices):
        """How far it has come; see ``STEPS`` for what may follow what."""

        IDEA = "IDEA", "idee"
        PLANNED = "PLANNED", "gepland"
        OPEN = "OPEN", "inschrijven kan"
        CONFIRMED = "CONFIRMED", "gaat door"
        HELD = "HELD", "gehouden"
        CANCELLED = "CANCELLED", "geannuleerd"

    class Format(models.TextChoices):
        """Where people are."""

        PHYSICAL = "physical", "ter plaatse"
        ONLINE = "online", "online"
        HYBRID = "hybrid", "ter plaatse en online"

    class Visibility(models.TextChoices):
        """Who finds its public page."""

        PUBLIC = "PUBLIC", "in de openbare agenda"
        BY_LINK = "BY_LINK", "enkel voor wie de link heeft"
        INTERNAL = "INTERNAL", "enkel in de jaarkalender"

    class Purpose(models.TextChoices):
        """What a focus group is for; it has one purpose."""

        EVALUATE_TOOLS = "evaluate_tools", "tools evalueren"
        OUTREACH = "outreach", "outreaching en digihulp aan huis"
        NEEDS = "needs", "noden in kaart brengen"
        OTHER = "other", "iets anders"

    title = models.CharField("titel", max_length=200)
    slug = models.SlugField("adres op de website", max_length=120, unique=True, editable=False)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    state = models.CharField("stand", max_length=10, choices=State, default=State.IDEA, editable=False)
    our_role = models.CharField("onze rol", max_length=12, choices=OurRole, default=OurRole.ORGANISER)
    organisers = models.ManyToManyField(
        Organisation, blank=True, related_name="organised", verbose_name="organisatoren"
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_in", verbose_name="partners"
    )
    leads = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="leading", verbose_name="trekkers"
    )
    format = models.CharField("vorm", max_length=8, choices=Format, default=Format.ONLINE)
    visibility = models.CharField("zichtbaar", max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    on_request = models.BooleanField("op vraag van anderen", default=False)
    purpose = models.CharField("doel van de focusgroep", max_length=16, choices=Purpose, blank=True)
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="editions", verbose_name="editie van"
    )
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name="reeks"
    )
    idea = models.ForeignKey(
        Idea, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name="uit het idee"
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thema's")
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+", verbose_name="doelgroepen")

    summary = models.CharField("korte uitleg", max_length=300, blank=True)
    description = models.TextField("beschrijving", blank=True)
    starts_at = models.DateTimeField("begint op", null=True, editable=False)
    ends_at = models.DateTimeField("eindigt op", null=True, editable=False)
    place = models.CharField("zaal of gebouw", max_length=150, blank=True)
    address = models.CharField("straat en nummer", max_length=200, blank=True)
    municipality = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gemeente"
    )
    region = models.CharField(
        "gewest", max_length=30, choices=Organisation.Region, blank=True, help_text="Volgt de gemeente."
    )
    access_note = models.TextField(
        "toegankelijkheid", blank=True, help_text="Lift, ringleiding, tolk, ondertiteling, parking."
    )
    online_link = models.URLField("link om online mee te doen", max_length=500, blank=True)
    contact_name = models.CharField("contactpersoon", max_length=120, blank=True)
    contact_email = models.EmailField("mail van de contactpersoon", blank=True)
    contact_phone = models.CharField("telefoon van de contactpersoon", max_length=40, blank=True)
    price = models.CharField("prijs", max_length=150, blank=True, help_text="Leeg is gratis.")

    external_url = models.URLField(
        "inschrijven op een andere website",
        max_length=300,
        blank=True,
        help_text="Dan schrijf je hier niet in.",
    )
    min_registrations = models.PositiveIntegerField("minimum aantal inschrijvingen", null=True, blank=True)
    max_registrations = models.PositiveIntegerField(
        "plaatsen", null=True, blank=True, help_text="Leeg is onbeperkt."
    )
    max_online = models.PositiveIntegerField(
        "plaatsen online", null=True, blank=True, help_text="Enkel als het ook ter plaatse is."
    )
    waiting_list = models.BooleanField("wachtlijst als het volzet is", default=True)
    deadline_at = models.DateTimeField("inschrijven tot", null=True, blank=True)
    asks_case = models.BooleanField("vraag om een vraagstuk", default=False)
    asks_diet = models.BooleanField("vraag naar dieet", default=False)
    consent_text = models.TextField("extra uitleg bij het inschrijven", blank=True)
    asks_feedback = models.BooleanField("vraag na afloop feedback", default=True)
    evaluation = models.OneToOneField(
        Evaluation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="event",
        editable=False,
        verbose_name="evaluatie",
    )
    cancelled_because = models.CharField("reden van annuleren", max_length=300, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField("gemaakt op", editable=False)

    objects = EventQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "title", "slug", "kind", "state", "our_role", "format", "visibility", "on_request"),
            *(
                "purpose",
                "course",
                "series",
                "idea",
                "summary",
                "description",
                "starts_at",
                "ends_at",
                "place",
            ),
            *("address", "municipality", "region", "access_note", "online_link", "contact_name"),
            *("contact_email", "contact_phone", "price", "external_url", "min_registrations"),
            *("max_registrations", "max_online", "waiting_list", "deadline_at", "asks_case", "asks_diet"),
            *("consent_text", "asks_feedback", "evaluation", "cancelled_because", "created_by", "created_at"),
        }
    )

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["IDEA", "PLANNED", "CANCELLED"]) | Q(starts_at__isnull=False),
                name="event_people_can_come_to_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="event_state_start"),
            models.Index(fields=["starts_at"], name="event_start"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Give the address of its public page."""
        return reverse("agenda:event", args=[self.slug])

    @property
    def topic(self) -> str:
        """The name under which its mails are kept together."""
        return f"event:{self.pk}"


declare_kinds(Event.Kind.choices)


class Transition(NamedTuple):
    """One step from a state to another; ``label`` is the button that takes it."""

    source: str
    target: str
    label: str


_S = Event.State
STEPS = (
    Transition(_S.IDEA, _S.PLANNED, "Zet in de planning"),
    Transition(_S.PLANNED, _S.IDEA, "Maak er weer een idee van"),
    Transition(_S.PLANNED, _S.OPEN, "Open de inschrijvingen"),
    Transition(_S.OPEN, _S.PLANNED, "Sluit de inschrijvingen"),
    Transition(_S.OPEN, _S.CONFIRMED, "Bevestig dat het doorgaat"),
    Transition(_S.PLANNED, _S.CONFIRMED, "Bevestig dat het doorgaat"),
    Transition(_S.CONFIRMED, _S.OPEN, "Neem de bevestiging terug"),
    Transition(_S.PLANNED, _S.HELD, "Het is gehouden"),
    Transition(_S.OPEN, _S.HELD, "Het is gehouden"),
    Transition(_S.CONFIRMED, _S.HELD, "Het is gehouden"),
    Transition(_S.HELD, _S.CONFIRMED, "Het is toch niet gehouden"),
    Transition(_S.IDEA, _S.CANCELLED, "Annuleer"),
    Transition(_S.PLANNED, _S.CANCELLED, "Annuleer"),
    Transition(_S.OPEN, _S.CANCELLED, "Annuleer"),
    Transition(_S.CONFIRMED, _S.CANCELLED, "Annuleer"),
    Transition(_S.CANCELLED, _S.PLANNED, "Plan opnieuw"),
)
declare_states(
    Table(
        title="een activiteit",
        place="trekker/events/models/event.py",
        states=_S.choices,
        starts=((_S.IDEA, ""), (_S.PLANNED, "Met een dag")),
        steps=STEPS,
    )
)


class Session(models.Model):
    """
    One sitting of an event, with the hours that count and its own theme.

    ``hours`` are what a participant gets who is there from start to end: breaks left out.
    ``attendance_at`` says when someone settled who was there; without it nobody knows.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions", verbose_name="activiteit")
    title = models.CharField("titel", max_length=200, blank=True)
    starts_at = models.DateTimeField("begint op")
    ends_at = models.DateTimeField("eindigt op")
    hours = models.DecimalField("uren die tellen", max_digits=5, decimal_places=2)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thema"
    )
    attendance_at = models.DateTimeField("aanwezigheid bekend sinds", null=True, editable=False)

    privacy = Privacy(
        other={"id", "event", "title", "starts_at", "ends_at", "hours", "theme", "attendance_at"}
    )

    class Meta:
        verbose_name = "sessie"
        verbose_name_plural = "sessies"
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="session_hours_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.event} ({self.starts_at:%d/%m/%Y})"

    @property
    def minutes(self) -> int:
        """How long it lasts by the clock, breaks included."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
