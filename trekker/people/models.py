"""Accounts, persons, the addresses they are known by, and their positions over time."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation
from trekker.people.addresses import normal


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts that are known by their mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account; without a password it signs in by mailed code only."""
        account = self.model(email=normal(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def changeable_by(self, user: Any) -> models.QuerySet[Account]:
        """Narrow to whom this user may change: a superuser only by another."""
        return self.all() if user.is_superuser else self.filter(is_superuser=False)

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find an account by its address, however it is written."""
        return self.get(email=normal(username or ""))


class Account(AbstractUser):
    """Someone who signs in; what they may do follows from their roles."""

    username = None  # type: ignore[assignment]
    email = models.EmailField("mailadres", unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # Rights come from the closed list alone, and no role has any on web pages and collections: Wagtail,
    # which remembers its answers here, need not ask the database on every page of the back office.
    _page_permission_cache: ClassVar[tuple[()]] = ()
    _collection_permission_cache: ClassVar[tuple[()]] = ()
    objects: ClassVar[AccountManager] = AccountManager()  # type: ignore[assignment]

    privacy = Privacy(
        personal={"email": "", "first_name": "", "last_name": "", "password": "", "last_login": None},
        other={"id", "is_superuser", "is_staff", "is_active", "date_joined"},
        why="om aan te melden en te weten wie wat deed",
        until="tot de account stopt",
    )

    class Meta:
        verbose_name = "account"
        verbose_name_plural = "accounts"

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons who are …."""

    def visible_to(self, user: Any) -> PersonQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self.filter(erased_at=None) if may(user, Permission.PEOPLE_VIEW) else self.none()

    def matching(self, text: str) -> PersonQuerySet:
        """Narrow to those that have every word of the text in name, address or organisation."""
        rows = self
        for word in text.split():
            by_alias = Alias.objects.filter(email__icontains=word).values("person")
            by_place = Position.objects.filter(organisation__name__icontains=word).values("person")
            rows = rows.filter(
                Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
                | Q(email__icontains=word)
                | Q(pk__in=by_alias)
                | Q(pk__in=by_place)
            )
        return rows

    def known_by(self, email: str) -> PersonQuerySet:
        """Narrow to whom this address belongs to, as main or other address."""
        return self.filter(Q(email=normal(email)) | Q(aliases__email=normal(email))).distinct()


class Person(models.Model):
    """Someone the programme knows, by mail address, with or without an account."""

    first_name = models.CharField("voornaam", max_length=100, blank=True)
    last_name = models.CharField("achternaam", max_length=100, blank=True)
    email = models.EmailField("mailadres", unique=True, null=True, blank=True)
    phone = models.CharField("telefoon", max_length=40, blank=True)
    note = models.TextField("notitie", blank=True)
    bounced_on = models.DateField("mail onbestelbaar sinds", null=True, blank=True)
    erased_at = models.DateTimeField("gewist op", null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    privacy = Privacy(
        personal={"first_name": "", "last_name": "", "email": None, "phone": "", "note": ""},
        other={"id", "bounced_on", "erased_at"},
        why="om uit te nodigen, te berichten en deelnames te tellen",
        until="zolang je lid bent of meewerkt, of tot je vraagt om gewist te worden",
    )

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"

    def __str__(self) -> str:
        if self.erased_at:
            return "gewist persoon"
        return f"{self.first_name} {self.last_name}".strip() or self.email or "zonder naam"

    @property
    def chooser_line(self) -> str:
        """What tells this person apart from others of the same name."""
        return self.email or ""


class Alias(models.Model):
    """Another mail address by which the same person is known."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases")
    email = models.EmailField("ander mailadres", unique=True)

    privacy = Privacy(
        personal={"email": ""},
        other={"id", "person"},
        why="om iemand te herkennen die een ander adres gebruikt",
        until="zolang de persoon bekend is",
        removed_whole=True,
    )

    class Meta:
        verbose_name = "ander mailadres"
        verbose_name_plural = "andere mailadressen"

    def __str__(self) -> str:
        return self.email


class Erasure(models.Model):
    """
    An address whose person was erased, readable by nobody; kept outside backups too.

    It lets an erasure be done again after a restore, and an import say that someone asked to be
    erased.
    """

    fingerprint = models.CharField("vingerafdruk van het adres", max_length=64, unique=True)
    erased_at = models.DateTimeField("gewist op")

    privacy = Privacy(other={"id", "fingerprint", "erased_at"})

    class Meta:
        verbose_name = "wissing"
        verbose_name_plural = "wissingen"

    def __str__(self) -> str:
        return f"wissing van {self.erased_at:%d/%m/%Y}"


class PositionQuerySet(models.QuerySet["Position"]):
    """Positions that are …."""

    def active_on(self, day: date) -> PositionQuerySet:
        return self.filter(Q(from_on=None) | Q(from_on__lte=day), Q(until_on=None) | Q(until_on__gt=day))


class Position(models.Model):
    """A person's place in an organisation, from a day up to a day; an empty day is not known."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="positions", verbose_name="organisatie"
    )
    function = models.CharField("functie", max_length=150, blank=True)
    policy_domain = models.CharField("beleidsdomein", max_length=100, blank=True)
    is_manager = models.BooleanField("geeft leiding", default=False)
    from_on = models.DateField("van", null=True, blank=True)
    until_on = models.DateField("tot", null=True, blank=True, help_text="De eerste dag zonder functie.")

    objects = PositionQuerySet.as_manager()

    privacy = Privacy(
        personal={"function": "", "policy_domain": "", "is_manager": False},
        other={"id", "person", "organisation", "from_on", "until_on"},
        why="om te weten welke organisatie iemand op een dag had",
        until="zolang de persoon bekend is",
    )

    class Meta:
        verbose_name = "functie"
        verbose_name_plural = "functies"
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gt=F("from_on")),
                name="position_ends_later",
            )
        ]
        # Counting the places of members on a day reads this index alone.
        indexes = [
            models.Index(fields=["person", "from_on", "until_on", "organisation"], name="position_days")
        ]

    def __str__(self) -> str:
        return f"{self.function or 'medewerker'} bij {self.organisation}"
