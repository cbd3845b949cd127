"""Mails on their way, the addresses that stopped working, senders, and texts that staff changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.db import models
from django.db.models import Q

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy


class SenderQuerySet(models.QuerySet["Sender"]):
    """Senders that are …."""

    def visible_to(self, user: Any) -> SenderQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.MAIL_VIEW) else self.none()


class Sender(models.Model):
    """In whose name a programme mails: the visible name, the address, and where answers go."""

    name = models.CharField("naam", max_length=120, unique=True)
    address = models.EmailField("adres")
    reply_to = models.EmailField("antwoordadres", blank=True)
    signature = models.TextField("ondertekening", blank=True, help_text="Staat onder elke mail.")
    is_default = models.BooleanField("standaard", default=False)

    objects = SenderQuerySet.as_manager()

    privacy = Privacy(other={"id", "name", "address", "reply_to", "signature", "is_default"})

    class Meta:
        verbose_name = "afzender"
        verbose_name_plural = "afzenders"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_sender"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Let a form make another the default: the action takes it away from the former one."""
        super().validate_constraints(exclude={*(exclude or ()), "is_default"})


class Wording(models.Model):
    """
    The subject and text that staff chose for one kind of mail, in place of the ones in the code.

    Marked text with placeholders such as ``[activiteit]``, from the fixed list of its kind.
    """

    kind = models.CharField("soort mail", max_length=60, unique=True)
    subject = models.CharField("onderwerp", max_length=150)
    text = models.TextField("tekst")

    privacy = Privacy(other={"id", "kind", "subject", "text"})

    class Meta:
        verbose_name = "mailtekst"
        verbose_name_plural = "mailteksten"

    def __str__(self) -> str:
        return self.kind


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages that are …."""

    def visible_to(self, user: Any) -> MessageQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.MAIL_VIEW) else self.none()

    def about(self, topic: str) -> MessageQuerySet:
        return self.filter(topic=topic)

    def waiting_at(self, now: datetime) -> MessageQuerySet:
        queued = self.filter(status=Message.Status.QUEUED, due_at__lte=now)
        return queued.filter(Q(until_at=None) | Q(until_at__gt=now))

    def past_at(self, now: datetime) -> MessageQuerySet:
        """Narrow to what did not leave while it still made sense."""
        return self.filter(status=Message.Status.QUEUED, until_at__lte=now)

    def in_doubt(self) -> MessageQuerySet:
        return self.filter(status=Message.Status.DOUBT)


def new_message_id() -> str:
    """Give a local part for a Message-ID; the domain follows from the sender's address."""
    return token_hex(16)


class Message(models.Model):
    """
    One mail to one address, as it will be or was sent.

    ``occasion`` says what it is for, such as ``events.registered:123``; one occasion reaches an
    address once. ``topic`` groups the mails of one subject, such as ``event:12``. ``claim`` names the
    process that is sending it. From ``until_at`` on it makes no sense any more, and does not leave.
    What stands in doubt after a crash is sent again when ``sends_again`` (the same Message-ID lets the
    receiver see that it is one mail), else shown to a person.
    """

    class Status(models.TextChoices):
        """How far it has come."""

        QUEUED = "QUEUED", "klaar om te vertrekken"
        SENDING = "SENDING", "vertrekt"
        SENT = "SENT", "verstuurd"
        DOUBT = "DOUBT", "in twijfel"
        FAILED = "FAILED", "mislukt"
        STOPPED = "STOPPED", "niet verstuurd: adres werkt niet"
        WITHDRAWN = "WITHDRAWN", "ingetrokken"

    occasion = models.CharField("aanleiding", max_length=120)
    address = models.EmailField("naar")
    kind = models.CharField("soort", max_length=60)
    topic = models.CharField("gaat over", max_length=60, blank=True, db_index=True)
    sender = models.ForeignKey(Sender, models.PROTECT, null=True, related_name="+", verbose_name="afzender")
    reply_to = models.EmailField("antwoordadres", blank=True)
    subject = models.CharField("onderwerp", max_length=250)
    text = models.TextField("tekst")
    html = models.TextField("opgemaakte tekst")
    message_id = models.CharField(max_length=60, unique=True, default=new_message_id, editable=False)
    sends_again = models.BooleanField(default=True, editable=False)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.QUEUED)
    created_at = models.DateTimeField("gemaakt op")
    due_at = models.DateTimeField("vertrekt vanaf")
    until_at = models.DateTimeField("vertrekt voor", null=True)
    claim = models.CharField(max_length=40, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    tried_since = models.DateTimeField("lukt niet sinds", null=True, editable=False)
    sent_at = models.DateTimeField("verstuurd op", null=True)
    bounced_at = models.DateTimeField("teruggekomen op", null=True)
    problem = models.TextField("wat misliep", blank=True)

    objects = MessageQuerySet.as_manager()

    privacy = Privacy(
        personal={"address": "gewist@gewist.invalid", "subject": "", "text": "", "html": "", "problem": ""},
        other={
            *("id", "occasion", "kind", "topic", "sender", "reply_to", "message_id", "sends_again", "status"),
            *(
                "created_at",
                "due_at",
                "until_at",
                "claim",
                "claimed_at",
                "attempts",
                "tried_since",
                "sent_at",
                "bounced_at",
            ),
        },
        why="om te tonen welke mail vertrok en of ze aankwam",
        until="tot twaalf maanden na het versturen",
    )

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mails"
        constraints = [
            models.UniqueConstraint(fields=["occasion", "address"], name="one_mail_per_occasion_and_address"),
            models.CheckConstraint(
                condition=~Q(status="SENT") | Q(sent_at__isnull=False), name="sent_mail_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at", "id"], name="mail_to_send"),
            models.Index(fields=["address", "created_at"], name="mail_per_address"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} aan {self.address}"


class Attachment(models.Model):
    """A file that goes along with a mail: an invitation for a calendar, a certificate."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    name = models.CharField("bestandsnaam", max_length=120)
    content_type = models.CharField("soort", max_length=80)
    content = models.BinaryField("inhoud")

    privacy = Privacy(
        personal={"content": b""},
        other={"id", "message", "name", "content_type"},
        why="omdat het bij de mail hoort",
        until="tot twaalf maanden na het versturen",
    )

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"

    def __str__(self) -> str:
        return self.name


class StoppedAddressQuerySet(models.QuerySet["StoppedAddress"]):
    """Addresses that are …."""

    def visible_to(self, user: Any) -> StoppedAddressQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.MAIL_VIEW) else self.none()


class StoppedAddress(models.Model):
    """An address that mail cannot reach for good; nothing is sent to it until a person lifts the stop."""

    address = models.EmailField("adres", unique=True)
    since = models.DateTimeField("sinds")
    reason = models.CharField("reden", max_length=300)

    objects = StoppedAddressQuerySet.as_manager()

    privacy = Privacy(
        personal={"address": "gewist@gewist.invalid", "reason": ""},
        other={"id", "since"},
        why="om niet te blijven mailen naar een adres dat niet bestaat",
        until="tot het adres weer werkt",
        removed_whole=True,
    )

    class Meta:
        verbose_name = "adres dat niet werkt"
        verbose_name_plural = "adressen die niet werken"

    def __str__(self) -> str:
        return self.address
