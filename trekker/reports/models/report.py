"""A report of one year of a plan, from concept to fixed."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from trekker.kernel.access import Permission, may
from trekker.kernel.periods import Period
from trekker.kernel.privacy import Privacy
from trekker.kernel.states import Table, declare_states
from trekker.plan.models import Plan

P = Permission


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports that are …."""

    def visible_to(self, user: Any) -> ReportQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.OFFICE) else self.none()


class Report(models.Model):
    """
    What will be told of one year of a plan: written, checked, then fixed once.

    Its figures are those of ``last_day``. What was fixed stands in its snapshots; ``restating`` is the reason
    why it is under way again after it was fixed. ``edition`` goes up with each step, so that nobody takes one
    from a page that is out of date.
    """

    class Kind(models.TextChoices):
        """Which part of the year it tells of."""

        ANNUAL = "annual", "jaarrapport"
        MID_YEAR = "mid_year", "halfjaarrapport"

    class State(models.TextChoices):
        """How far it has come; see ``STEPS`` for what may follow what."""

        CONCEPT = "CONCEPT", "concept"
        OFFERED = "OFFERED", "na te kijken"
        CHECKED = "CHECKED", "nagekeken"
        FIXED = "FIXED", "vastgesteld"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reports", verbose_name="plan")
    year = models.PositiveSmallIntegerField(
        "jaar", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    kind = models.CharField("soort", max_length=8, choices=Kind, default=Kind.ANNUAL)
    state = models.CharField("stand", max_length=8, choices=State, default=State.CONCEPT, editable=False)
    last_day = models.DateField("cijfers tot en met")
    restating = models.TextField("reden van de herziening", blank=True, editable=False)
    edition = models.PositiveIntegerField("stap", default=0, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="nagekeken door",
    )
    checked_at = models.DateTimeField("nagekeken op", null=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField("gestart op", editable=False)

    objects = ReportQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "plan", "year", "kind", "state", "last_day", "restating", "edition"),
            *("checked_by", "checked_at", "made_by", "made_at"),
        }
    )

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporten"
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "kind"], name="report_once_a_year_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.plan}"

    def get_absolute_url(self) -> str:
        """Give its page in the back office."""
        return reverse("reports:show", args=[self.pk])

    @property
    def title(self) -> str:
        """What it is called on its cover: *Jaarrapport 2026*."""
        return f"{self.get_kind_display().capitalize()} {self.year}"

    @property
    def period(self) -> Period:
        """The days that its figures are of."""
        return Period.year(self.year).until(self.last_day)

    @property
    def is_fixed(self) -> bool:
        """Whether nothing in it is under way."""
        return self.state == self.State.FIXED

    @property
    def may_be_written(self) -> bool:
        """Whether its narratives may be changed."""
        return self.state == self.State.CONCEPT

    def is_over(self, today: date) -> bool:
        """Tell whether the days its figures are of have passed."""
        return today > self.last_day


class ReportStep(NamedTuple):
    """One step from a state to another: the button that takes it, and what it takes to press it."""

    source: str
    target: str
    label: str
    permission: Permission


_S = Report.State
STEPS = (
    ReportStep(_S.CONCEPT, _S.OFFERED, "Laat nakijken", P.REPORTS_WRITE),
    ReportStep(_S.OFFERED, _S.CONCEPT, "Schrijf verder", P.REPORTS_WRITE),
    ReportStep(_S.OFFERED, _S.CHECKED, "Zet op nagekeken", P.REPORTS_CHANGE),
    ReportStep(_S.CHECKED, _S.CONCEPT, "Maak er weer een concept van", P.REPORTS_CHANGE),
    ReportStep(_S.CHECKED, _S.FIXED, "Stel vast", P.REPORTS_CHANGE),
    ReportStep(_S.FIXED, _S.CONCEPT, "Herzie", P.REPORTS_CHANGE),
    ReportStep(_S.CONCEPT, _S.FIXED, "Stop de herziening", P.REPORTS_CHANGE),
)
declare_states(
    Table(
        title="een rapport",
        place="trekker/reports/models/report.py",
        states=_S.choices,
        starts=((_S.CONCEPT, "Start een rapport"),),
        steps=[step[:3] for step in STEPS],
    )
)
