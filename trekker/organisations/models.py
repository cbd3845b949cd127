"""Organisations, what each counts for on which day, and how they hang together."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations that are …."""

    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.ORGANISATIONS_VIEW) else self.none()

    def matching(self, text: str) -> OrganisationQuerySet:
        """Narrow to those that have every word of the text in name, place, number or mail domain."""
        rows = self
        for word in text.split():
            by_domain = MailDomain.objects.filter(domain__icontains=word).values("organisation")
            rows = rows.filter(
                Q(name__icontains=word)
                | Q(locality__icontains=word)
                | Q(postal_code=word)
                | Q(nis_code=word)
                | Q(kbo_number=word.replace(".", ""))
                | Q(pk__in=by_domain)
            )
        return rows

    def active_on(self, day: date) -> OrganisationQuerySet:
        return self.filter(
            Q(founded_on=None) | Q(founded_on__lte=day),
            Q(is_closed=False) | Q(closed_on__gt=day),
            Q(merged_on=None) | Q(merged_on__gt=day),
        )


class Organisation(models.Model):
    """
    A local government, an association of them, a partner or an authority.

    ``closed_on`` may be unknown for one that ``is_closed``; a merger is no closing.

    What an organisation counts for follows from ``counts_as`` (an OCMW counts for its
    municipality) and from ``merged_into`` as of ``merged_on``; :class:`Standing` keeps the result
    per period. ``loaded`` remembers what the register of organisations last said, so that a
    refresh leaves alone what people changed.
    """

    class Kind(models.TextChoices):
        """What sort of body it is, after its legal form."""

        MUNICIPALITY = "MUNICIPALITY", "gemeente"
        OCMW = "OCMW", "OCMW"
        DISTRICT = "DISTRICT", "district"
        MUNICIPAL_AGENCY = "MUNICIPAL_AGENCY", "autonoom gemeentebedrijf"
        IGS = "IGS", "intergemeentelijk samenwerkingsverband"
        WELFARE_ASSOCIATION = "WELFARE_ASSOCIATION", "welzijnsvereniging"
        PROVINCE = "PROVINCE", "provincie"
        PROVINCIAL_AGENCY = "PROVINCIAL_AGENCY", "autonoom provinciebedrijf"
        COMMUNITY_COMMISSION = "COMMUNITY_COMMISSION", "gemeenschapscommissie"
        AUTHORITY = "AUTHORITY", "andere overheid"
        PARTNER = "PARTNER", "partner"

    class Region(models.TextChoices):
        """The region of Belgium it lies in."""

        FLANDERS = "flanders", "Vlaams Gewest"
        BRUSSELS = "brussels_capital_region", "Brussels Hoofdstedelijk Gewest"
        WALLONIA = "wallonia", "Waals Gewest"

    name = models.CharField("naam", max_length=200)
    kind = models.CharField("soort", max_length=24, choices=Kind, default=Kind.PARTNER)
    legal_form = models.CharField("rechtsvorm", max_length=100, blank=True)
    nis_code = models.CharField("NIS-code", max_length=5, blank=True, db_index=True)
    kbo_number = models.CharField("KBO-nummer", max_length=10, blank=True, db_index=True)
    ovo_code = models.CharField("OVO-code", max_length=10, blank=True)
    province = models.CharField("provincie", max_length=40, blank=True)
    region = models.CharField("gewest", max_length=30, choices=Region, blank=True)
    postal_code = models.CharField("postcode", max_length=4, blank=True)
    locality = models.CharField("plaats", max_length=80, blank=True)
    website = models.URLField("website", max_length=300, blank=True)
    population = models.PositiveIntegerField("inwoners (schatting)", null=True, blank=True)
    counts_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counting_for_it",
        verbose_name="telt voor",
        help_text="De gemeente waarvoor een OCMW, district of agentschap meetelt.",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name="gefuseerd tot",
    )
    merged_on = models.DateField("fusie op", null=True, blank=True)
    founded_on = models.DateField("opgericht op", null=True, blank=True)
    is_closed = models.BooleanField("gestopt", default=False, help_text="Ook als niemand weet op welke dag.")
    closed_on = models.DateField("gestopt op", null=True, blank=True)
    note = models.TextField("notitie", blank=True)
    uri = models.CharField("bron", max_length=200, null=True, blank=True, unique=True, editable=False)
    loaded = models.JSONField(default=dict, editable=False)

    objects = OrganisationQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "name", "kind", "legal_form", "nis_code", "kbo_number", "ovo_code", "province"),
            *("region", "postal_code", "locality", "website", "population", "counts_as", "note"),
            *("merged_into", "merged_on", "founded_on", "is_closed", "closed_on", "uri", "loaded"),
        }
    )

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_on=None)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
                name="merger_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(counts_as=F("id")) & ~Q(merged_into=F("id")),
                name="organisation_counts_for_another",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(is_closed=True), name="closing_day_means_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def chooser_line(self) -> str:
        """What tells it apart from others of the same name."""
        ended = (
            f"gefuseerd in {self.merged_on.year}" if self.merged_on else "gestopt" if self.is_closed else ""
        )
        return ", ".join(filter(None, [self.get_kind_display(), self.province, ended]))


class StandingQuerySet(models.QuerySet["Standing"]):
    """Standings that are …."""

    def on(self, day: date) -> StandingQuerySet:
        return self.filter(from_on__lte=day, until_on__gt=day)


class Standing(models.Model):
    """
    What one organisation counts for in one period: itself, its municipality, or its successor.

    Derived from the organisations by ``actions.settle_standings``; every organisation has exactly
    one standing on any day. The periods are half-open and bounded by ``date.min`` and ``date.max``.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="standings")
    counted = models.ForeignKey(Organisation, models.CASCADE, related_name="counted_standings")
    from_on = models.DateField("van")
    until_on = models.DateField("tot")

    objects = StandingQuerySet.as_manager()

    privacy = Privacy(other={"id", "organisation", "counted", "from_on", "until_on"})

    class Meta:
        verbose_name = "telregel van een organisatie"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "from_on"], name="one_standing_a_day"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="standing_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} telt voor {self.counted}"


class OtherSource(models.Model):
    """The source of a double record that was merged into this one; a refresh passes it by."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_sources")
    uri = models.CharField("bron", max_length=200, unique=True)

    privacy = Privacy(other={"id", "organisation", "uri"})

    class Meta:
        verbose_name = "andere bron"
        verbose_name_plural = "andere bronnen"

    def __str__(self) -> str:
        return self.uri


class MailDomain(models.Model):
    """A mail domain that proposes an organisation; several organisations may share one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mail_domains")
    domain = models.CharField("maildomein", max_length=120, db_index=True)
    is_loaded = models.BooleanField(default=False, editable=False)

    privacy = Privacy(other={"id", "organisation", "domain", "is_loaded"})

    class Meta:
        verbose_name = "maildomein"
        verbose_name_plural = "maildomeinen"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "domain"], name="domain_once_per_organisation")
        ]

    def __str__(self) -> str:
        return self.domain


class Partnership(models.Model):
    """One organisation takes part in an intermunicipal or welfare association."""

    association = models.ForeignKey(Organisation, models.CASCADE, related_name="participants")
    participant = models.ForeignKey(Organisation, models.CASCADE, related_name="associations")

    privacy = Privacy(other={"id", "association", "participant"})

    class Meta:
        verbose_name = "samenwerking"
        verbose_name_plural = "samenwerkingen"
        constraints = [
            models.UniqueConstraint(fields=["association", "participant"], name="partnership_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant} in {self.association}"
