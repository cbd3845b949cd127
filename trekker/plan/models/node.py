"""What a version promises: goals, actions, indicators and their lines, and the rest of its text."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.template.defaultfilters import floatformat

from trekker.kernel.measures import Labels, Measure, catalogue, noun
from trekker.kernel.privacy import Privacy
from trekker.plan.models.version import PlanVersion

SURE, LIKELY = 0.9, 0.6  # from 0 to 1, as the reader gives it


class Node(models.Model):
    """
    Anything in a version that came from lines of its text, in the order of the text.

    ``certainty`` runs from 0 to 1: how sure the reader was.
    """

    position = models.PositiveIntegerField("plaats", default=0)
    source_lines = models.JSONField("bronregels", default=list, blank=True)
    certainty = models.FloatField("zekerheid", default=1.0, editable=False)

    class Meta:
        abstract = True

    @property
    def doubt(self) -> str:
        """Say how sure the reader of the text was, or nothing where it was sure."""
        return "" if self.certainty >= SURE else "waarschijnlijk" if self.certainty >= LIKELY else "twijfel"


class Lasting(models.Model):
    """
    What goes on from one version to the next.

    ``thread`` is the same in every version that takes it along, whatever its words or code become.
    What happens outside the plan's text (progress, minutes) hangs on the thread and so outlives a revision.
    """

    thread = models.UUIDField("draad", default=uuid4, editable=False, db_index=True)

    class Meta:
        abstract = True


class Heir(models.Model):
    """
    What may come in the place of something in an earlier version: one, several, or nothing.

    A copy fills it, a changed text fills it where the text goes on, and a person may set it. A code is never
    an identity.
    """

    supersedes = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="superseded_by",
        blank=True,
        verbose_name="komt in de plaats van",
        editable=False,
    )

    class Meta:
        abstract = True


class Goal(Heir, Lasting, Node):
    """A goal of the version; its code is a label, never an identity across versions."""

    class Level(models.TextChoices):
        """How high in the tree it stands."""

        STRATEGIC = "strategic", "strategische doelstelling"
        OPERATIONAL = "operational", "operationele doelstelling"
        ACTION = "action", "actie"

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="goals")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="hoort bij"
    )
    code = models.CharField("code", max_length=30)
    title = models.CharField("titel", max_length=500)
    level = models.CharField("niveau", max_length=12, choices=Level, default=Level.OPERATIONAL)
    text = models.TextField("toelichting", blank=True)

    privacy = Privacy(
        other={
            *("id", "version", "parent", "code", "title", "level", "text"),
            *("position", "source_lines", "certainty", "thread"),
        }
    )

    class Meta:
        verbose_name = "doelstelling"
        verbose_name_plural = "doelstellingen"
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="goal_code_once_a_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Action(Heir, Lasting, Node):
    """What will be done for a goal."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="actions", verbose_name="doelstelling")
    text = models.TextField("tekst")

    privacy = Privacy(
        other={
            *("id", "goal", "text"),
            *("position", "source_lines", "certainty", "thread"),
        }
    )

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"

    def __str__(self) -> str:
        return self.text


class Lead(models.Model):
    """The part one organisation plays in a goal or in one of its actions."""

    class Role(models.TextChoices):
        """The part it plays."""

        LEAD = "lead", "trekker"
        SUPPORT = "support", "ondersteunt"

    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="leads")
    action = models.ForeignKey(Action, models.CASCADE, null=True, blank=True, related_name="leads")
    party = models.CharField("organisatie", max_length=120)
    role = models.CharField("rol", max_length=8, choices=Role, default=Role.LEAD)

    privacy = Privacy(other={"id", "goal", "action", "party", "role"})

    class Meta:
        verbose_name = "trekker"
        verbose_name_plural = "trekkers"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(goal=None, action__isnull=False)
                | models.Q(goal__isnull=False, action=None),
                name="lead_of_goal_or_action",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.get_role_display()})"


class Indicator(Heir, Node):
    """
    One promise, in the words of the plan.

    ``counting_note`` is the choice (*telregel*) that the text leaves open, with who settled it and
    when. A narrative indicator promises a description and has no lines.
    """

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="indicators", verbose_name="doelstelling")
    text = models.TextField("tekst")
    is_narrative = models.BooleanField("vraagt een beschrijving, geen cijfer", default=False)
    condition = models.CharField("voorwaarde, geen streefwaarde", max_length=300, blank=True)
    counting_note = models.TextField("telregel", blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    noted_at = models.DateTimeField("telregel gekozen op", null=True, editable=False)

    privacy = Privacy(
        other={
            *("id", "goal", "text", "is_narrative", "condition", "counting_note", "noted_by", "noted_at"),
            *("position", "source_lines", "certainty"),
        }
    )

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"

    def __str__(self) -> str:
        return self.text


class IndicatorLine(Heir, models.Model):
    """
    One question to the registers: measure, filters, comparator, target, unit.

    Without a measure the line still has to be set; its target then already stands.
    """

    class Comparator(models.TextChoices):
        """How the figure must stand to the target."""

        AT_LEAST = ">=", "minstens"
        MORE_THAN = ">", "meer dan"
        AT_MOST = "<=", "hoogstens"
        LESS_THAN = "<", "minder dan"
        EXACTLY = "=", "precies"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="lines")
    measure = models.CharField("maat", max_length=60, blank=True)
    filters = models.JSONField("filters", default=dict, blank=True)
    comparator = models.CharField("vergelijking", max_length=2, choices=Comparator, default=">=")
    target = models.DecimalField("streefwaarde", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("eenheid", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("plaats", default=0)

    privacy = Privacy(
        other={"id", "indicator", "measure", "filters", "comparator", "target", "unit", "position"}
    )

    # A page that shows many lines shares the labels among them.
    labels: Labels | None = None

    class Meta:
        verbose_name = "meetlijn"
        verbose_name_plural = "meetlijnen"

    def __str__(self) -> str:
        return self.sentence()

    @property
    def declared(self) -> Measure | None:
        """The measure as declared, or none while the line is to be set."""
        return catalogue.get(self.measure)

    def sentence(self) -> str:
        """Say in Dutch what is counted, against what."""
        measure = self.declared
        counted = measure.sentence(self.filters, self.labels) if measure else "Nog niet gekozen"
        if self.target is None:
            return counted
        return f"{counted}: {self.get_comparator_display()} {self.target_said}"

    @property
    def target_said(self) -> str:
        """The target with its noun: 1 opleiding, 1100 leden; nothing without a target."""
        if self.target is None:
            return ""
        return f"{floatformat(self.target, -2)} {self.target_unit}".strip()

    @property
    def target_unit(self) -> str:
        """The noun that fits the target."""
        return noun(self.unit, self.target)


class Moment(Heir, Node):
    """A planned moment of the text: a day, a month or a rhythm."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="moments")
    text = models.CharField("tekst", max_length=300)
    kind = models.CharField("soort", max_length=12, default="day")
    times = models.PositiveSmallIntegerField("aantal keer per jaar", null=True, blank=True)
    start = models.DateField("van", null=True, blank=True)
    end = models.DateField("tot en met", null=True, blank=True)

    privacy = Privacy(
        other={
            *("id", "goal", "text", "kind", "times", "start", "end"),
            *("position", "source_lines", "certainty"),
        }
    )

    class Meta:
        verbose_name = "gepland moment"
        verbose_name_plural = "geplande momenten"

    def __str__(self) -> str:
        return self.text


class Passage(Node):
    """Lines of the text that are no goal, action or indicator: introduction, closing, page rests."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="passages")
    kind = models.CharField("soort", max_length=20)
    text = models.TextField("tekst", blank=True)

    privacy = Privacy(other={"id", "version", "kind", "text", "position", "source_lines", "certainty"})

    class Meta:
        verbose_name = "passage"
        verbose_name_plural = "passages"

    def __str__(self) -> str:
        return self.text[:60]


class Remark(models.Model):
    """Something the reader of the text was not sure of, for a person to settle."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="remarks")
    text = models.CharField("tekst", max_length=500)
    source_lines = models.JSONField("bronregels", default=list)
    is_settled = models.BooleanField("bekeken", default=False)

    privacy = Privacy(other={"id", "version", "text", "source_lines", "is_settled"})

    class Meta:
        verbose_name = "opmerking bij het lezen"
        verbose_name_plural = "opmerkingen bij het lezen"

    def __str__(self) -> str:
        return self.text
