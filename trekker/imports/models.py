"""A file on its way in: its rows as they came, what was judged of each, and what was decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy

WHY = "om een bestand na te kijken en te tonen wat ermee gebeurde"
UNTIL = "tot 90 dagen na het inlezen"


# Of each importer: which of its files belong to what someone leads; the registry fills this.
OWN: dict[str, Callable[[Any], Q]] = {}


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports that are …."""

    def visible_to(self, user: Any) -> ImportQuerySet:
        """Narrow to what this user may see; every view starts from here: all, or those of what they lead."""
        if may(user, Permission.IMPORT):
            return self
        if not may(user, Permission.EVENTS_LEAD):
            return self.none()
        theirs = Q(pk__in=())
        for importer, own in OWN.items():
            theirs |= Q(importer=importer) & own(user)
        return self.filter(theirs)


class Import(models.Model):
    """
    One file, from the moment it was read until its rows are stored.

    ``attempt`` counts the jobs that were started for it: an older job finds that it is no longer
    the one and stops. ``beat_at`` is the last sign of life of the job at work.
    """

    class Status(models.TextChoices):
        """How far it has come."""

        MAPPING = "MAPPING", "kolommen kiezen"
        MATCHING = "MATCHING", "wordt vergeleken"
        REVIEW = "REVIEW", "na te kijken"
        STORING = "STORING", "wordt opgeslagen"
        DONE = "DONE", "opgeslagen"

    importer = models.CharField("soort", max_length=40)
    file_name = models.CharField("bestand", max_length=200)
    sheet = models.CharField("blad", max_length=100, blank=True)
    format = models.CharField("herkend als", max_length=40, blank=True)
    header_row = models.PositiveIntegerField("rij met de titels", default=0)
    headings = models.JSONField("titels", default=list)
    mapping = models.JSONField("kolommen", default=dict)
    options = models.JSONField("keuzes", default=dict, encoder=DjangoJSONEncoder)
    rows_read = models.PositiveIntegerField("rijen", default=0)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.MAPPING)
    failure = models.TextField("wat misliep", blank=True)
    attempt = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField("rijen klaar", default=0)
    seconds = models.FloatField("duur van het vergelijken", default=0)
    began_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    counts = models.JSONField("uitkomst", default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="begonnen door"
    )
    created_at = models.DateTimeField("begonnen op")
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="bevestigd door"
    )
    stored_at = models.DateTimeField("opgeslagen op", null=True)

    objects = ImportQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "importer", "file_name", "sheet", "format", "header_row", "headings", "mapping"),
            *("options", "rows_read", "status", "failure", "attempt", "rows_done", "seconds"),
            *("began_at", "beat_at", "counts", "created_by", "created_at", "stored_by", "stored_at"),
        }
    )

    class Meta:
        verbose_name = "ingelezen bestand"
        verbose_name_plural = "ingelezen bestanden"
        constraints = [
            models.CheckConstraint(
                condition=Q(status="DONE", stored_at__isnull=False) | (~Q(status="DONE") & Q(stored_at=None)),
                name="stored_import_says_when",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        """Whether a job should be at work for it."""
        return self.status in {self.Status.MATCHING, self.Status.STORING}


class Block(models.Model):
    """A run of rows as they stood in the file; gone once the import is stored."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="blocks")
    first = models.PositiveIntegerField("nummer van de eerste rij")
    rows = models.JSONField("rijen")

    privacy = Privacy(
        personal={"rows": []}, other={"id", "of", "first"}, why=WHY, until="tot het is opgeslagen"
    )

    class Meta:
        verbose_name = "blok rijen"
        verbose_name_plural = "blokken rijen"

    def __str__(self) -> str:
        return f"{self.of}, vanaf rij {self.first}"


class RowQuerySet(models.QuerySet["Row"]):
    """Rows that are …."""

    def sound(self) -> RowQuerySet:
        return self.exclude(state=Row.State.ERROR)

    def undecided(self) -> RowQuerySet:
        return self.filter(state__in=[Row.State.DOUBTFUL, Row.State.UNKNOWN], decided=False)

    def repeating(self) -> RowQuerySet:
        """Narrow to rows about whom another row speaks first, by the same key or the same match."""
        before = Q(precedence__gt=OuterRef("precedence")) | Q(
            precedence=OuterRef("precedence"), number__lt=OuterRef("number")
        )
        others = Row.objects.sound().filter(before, of=OuterRef("of"))
        same_key = others.filter(key=OuterRef("key"))
        same_match = others.filter(match=OuterRef("match"))
        return self.sound().filter(Exists(same_key) | Q(match__isnull=False) & Exists(same_match))


class Row(models.Model):
    """
    One row: whom it speaks of, how sure that is, and what storing it does or did.

    ``key`` identifies the subject (a mail address); ``match`` is the record it is about, when
    known; ``target`` is what it is tied to (an organisation), proposed or decided, with ``choices``
    where several could be. Rows with the same ``group`` are decided together. A row without a number stood
    not in the file: storing the file ended something of it. A row without an outcome only asks what a
    word in the row of that number means.
    """

    class State(models.TextChoices):
        """How sure the target is."""

        CERTAIN = "CERTAIN", "zeker"
        DOUBTFUL = "DOUBTFUL", "twijfel"
        UNKNOWN = "UNKNOWN", "onbekend"
        ERROR = "ERROR", "fout"

    class Outcome(models.TextChoices):
        """What storing it does."""

        NEW = "NEW", "nieuw"
        CHANGED = "CHANGED", "aangevuld"
        UNCHANGED = "UNCHANGED", "stond er al"
        ENDED = "ENDED", "beëindigd"
        STAYS_OUT = "STAYS_OUT", "blijft uitgeschreven"
        REFUSED = "REFUSED", "niet ingelezen"

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField("rij", null=True)
    key = models.CharField("mailadres", max_length=254, blank=True)
    label = models.CharField("naam", max_length=250, blank=True)
    values = models.JSONField("gegevens", default=dict)
    state = models.CharField("zekerheid", max_length=10, choices=State, default=State.CERTAIN)
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome)
    message = models.TextField("uitleg", blank=True)
    differs = models.BooleanField("verschilt", default=False)
    group = models.CharField("samen te beslissen", max_length=300, blank=True)
    target = models.BigIntegerField(null=True)
    choices = models.JSONField(default=list)
    decided = models.BooleanField("beslist", default=False)
    match = models.BigIntegerField(null=True)
    precedence = models.SmallIntegerField(default=0)

    objects = RowQuerySet.as_manager()

    privacy = Privacy(
        personal={"key": "", "label": "", "values": {}, "message": ""},
        other={
            *("id", "of", "number", "state", "outcome", "differs", "group", "target", "choices"),
            *("decided", "match", "precedence"),
        },
        why=WHY,
        until=UNTIL,
    )

    class Meta:
        verbose_name = "rij van een bestand"
        verbose_name_plural = "rijen van een bestand"
        indexes = [
            models.Index(fields=["of", "number"], name="row_number"),
            models.Index(fields=["of", "key"], name="row_key"),
            models.Index(fields=["of", "match"], name="row_match"),
            models.Index(fields=["of", "group"], name="row_group", condition=~Q(group="")),
        ]

    def __str__(self) -> str:
        return self.label or self.key


class Decision(models.Model):
    """What a person decided for all rows of a group, in this file and in every later one."""

    importer = models.CharField("soort", max_length=40)
    group = models.CharField("tekst of maildomein", max_length=300)
    target = models.BigIntegerField("waarde", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField("beslist op")

    privacy = Privacy(other={"id", "importer", "group", "target", "decided_by", "decided_at"})

    class Meta:
        verbose_name = "onthouden beslissing"
        verbose_name_plural = "onthouden beslissingen"
        constraints = [models.UniqueConstraint(fields=["importer", "group"], name="one_decision_per_group")]

    def __str__(self) -> str:
        return self.group


class Layout(models.Model):
    """Which column holds what, as chosen the last time a file with these headings came in."""

    importer = models.CharField("soort", max_length=40)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField("kolommen", default=dict)

    privacy = Privacy(other={"id", "importer", "signature", "mapping"})

    class Meta:
        verbose_name = "onthouden kolommen"
        verbose_name_plural = "onthouden kolommen"
        constraints = [
            models.UniqueConstraint(fields=["importer", "signature"], name="one_layout_per_headings")
        ]

    def __str__(self) -> str:
        return self.signature[:8]
