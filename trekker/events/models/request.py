"""Requests of others for a session: an info session, a presentation or a workshop."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from trekker.events.models.event import Event
from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation


class SessionRequestQuerySet(models.QuerySet["SessionRequest"]):
    """Requests that are …."""

    def visible_to(self, user: Any) -> SessionRequestQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.IDEAS_VIEW) else self.none()

    def matching(self, text: str) -> SessionRequestQuerySet:
        """Narrow to those that have every word of the text in what they ask or the organisation."""
        rows = self
        for word in text.split():
            rows = rows.filter(
                Q(subject__icontains=word)
                | Q(wish__icontains=word)
                | Q(audience__icontains=word)
                | Q(organisation_text__icontains=word)
                | Q(organisation__name__icontains=word)
            )
        return rows

    def open(self) -> SessionRequestQuerySet:
        return self.filter(state=SessionRequest.State.NEW)


GONE = "gewist@gewist.invalid"


class SessionRequest(models.Model):
    """
    A request for a session, how it was weighed, and what was decided with which reason.

    It is weighed by its importance for local governments (1 little, 4 a lot) and by how many more
    people in local governments it reaches. An accepted one becomes an event on request.
    """

    class State(models.TextChoices):
        """What became of it."""

        NEW = "NEW", "nieuw"
        ACCEPTED = "ACCEPTED", "aanvaard"
        DECLINED = "DECLINED", "niet aanvaard"

    KINDS = [
        (Event.Kind.INFO_SESSION.value, Event.Kind.INFO_SESSION.label),
        (Event.Kind.PRESENTATION.value, Event.Kind.PRESENTATION.label),
        (Event.Kind.WORKSHOP.value, Event.Kind.WORKSHOP.label),
    ]
    IMPORTANCE = [(1, "weinig"), (2, "eerder weinig"), (3, "eerder veel"), (4, "veel")]

    name = models.CharField("naam", max_length=150)
    email = models.EmailField("mailadres")
    phone = models.CharField("telefoon", max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="session_requests",
        verbose_name="organisatie",
    )
    organisation_text = models.CharField("organisatie zoals ingevuld", max_length=200)
    kind = models.CharField("soort", max_length=20, choices=KINDS, default="presentation")
    subject = models.CharField("onderwerp", max_length=200)
    wish = models.TextField("wat wil je bereiken")
    audience = models.CharField("voor wie", max_length=200)
    people = models.PositiveIntegerField("hoeveel mensen verwacht je", null=True, blank=True)
    when = models.CharField("wanneer", max_length=200, blank=True)
    received_at = models.DateTimeField("gevraagd op")
    state = models.CharField("stand", max_length=8, choices=State, default=State.NEW)
    importance = models.PositiveSmallIntegerField(
        "belang voor lokale besturen", choices=IMPORTANCE, null=True, blank=True
    )
    extra_reach = models.PositiveIntegerField("extra mensen in lokale besturen", null=True, blank=True)
    reason = models.TextField("reden van de beslissing", blank=True)
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslist door",
    )
    event = models.OneToOneField(
        Event, models.SET_NULL, null=True, blank=True, related_name="request", verbose_name="activiteit"
    )
    ticket = models.CharField(max_length=40, null=True, unique=True, editable=False)

    objects = SessionRequestQuerySet.as_manager()

    privacy = Privacy(
        personal={"name": "", "email": GONE, "phone": ""},
        other={
            *("id", "organisation", "organisation_text", "kind", "subject", "wish", "audience", "people"),
            *("when", "received_at", "state", "importance", "extra_reach", "reason", "decided_at"),
            *("decided_by", "event", "ticket"),
        },
        why="om je vraag te beantwoorden",
        until="tot 24 maanden na je vraag",
    )

    class Meta:
        verbose_name = "vraag om een sessie"
        verbose_name_plural = "vragen om een sessie"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="NEW") | (Q(decided_at__isnull=False) & ~Q(reason="")),
                name="decided_request_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return self.state == SessionRequest.State.NEW

    @property
    def can_be_mailed(self) -> bool:
        """Whether the address of who asked is still known."""
        return self.email != GONE

    @property
    def who(self) -> str:
        """The organisation: the one we know, else as it was typed."""
        return self.organisation.name if self.organisation else self.organisation_text
