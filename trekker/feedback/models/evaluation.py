"""One round of asking: what about, with which form, whom, and what came in while it is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from secrets import token_bytes, token_urlsafe
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from trekker.feedback.catalogue import kind_choices
from trekker.feedback.models.questionnaire import Mode, Questionnaire
from trekker.kernel.access import Permission, may
from trekker.kernel.privacy import Privacy
from trekker.organisations.models import Organisation
from trekker.people.models import Person
from trekker.themes.models import Theme

LEAST = 5  # answers; below it nothing is shown


def new_key() -> str:
    """Give an unguessable key for a link."""
    return token_urlsafe(18)


def new_salt() -> bytes:
    """Give what the seals of one evaluation are locked with, until it closes."""
    return token_bytes(32)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Evaluations that are …."""

    def visible_to(self, user: Any) -> EvaluationQuerySet:
        """Narrow to what this user may see; every view starts from here."""
        return self if may(user, Permission.FEEDBACK_VIEW) else self.none()

    def open_at(self, now: datetime) -> EvaluationQuerySet:
        return self.filter(opens_at__lte=now, closes_at__gt=now, closed_at=None)

    def readable(self) -> EvaluationQuerySet:
        """
        Narrow to those whose answers may be shown, each with ``answered``, the number of answers.

        Every figure over more than one evaluation adds up these alone, each as a whole: so no two
        figures differ by fewer than five people.
        """
        rows = self.filter(Q(mode=Mode.NAMED) | Q(closed_at__isnull=False))
        # Counted by itself: joined, an answer would count once for each theme that was filtered on.
        responses = apps.get_model("feedback", "Response").objects
        mine = responses.filter(evaluation=OuterRef("pk")).order_by().values("evaluation")
        counted = Subquery(mine.annotate(many=Count("pk")).values("many"), output_field=IntegerField())
        return rows.annotate(answered=Coalesce(counted, 0)).filter(answered__gte=LEAST)


class Evaluation(models.Model):
    """
    Asking a group of people about one thing: an activity, a conversation, a tool.

    ``kind`` is what sort of thing, ``about_on`` its day, which places it in a year. ``strand`` groups
    what comes back: the editions of a course, the activities of a series. ``key`` opens the link for
    everyone in the room. Unless on name, answers are sealed until it closes: ``salt`` locks them, and
    is thrown away then.
    """

    title = models.CharField("waarover", max_length=200)
    kind = models.CharField("soort", max_length=20, choices=kind_choices)
    about_on = models.DateField("op")
    strand = models.CharField(max_length=40, blank=True, editable=False, db_index=True)
    strand_name = models.CharField("reeks of opleiding", max_length=200, blank=True, editable=False)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thema's")
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="evaluations", verbose_name="vragenlijst"
    )
    mode = models.CharField("wie antwoordt", max_length=10, choices=Mode, default=Mode.PSEUDONYM)
    follow_up_weeks = models.PositiveSmallIntegerField("opvolging na weken", null=True, blank=True)
    audience_size = models.PositiveIntegerField("aantal mensen", null=True, blank=True)
    has_open_link = models.BooleanField("link en QR-code voor iedereen", default=True)
    opens_at = models.DateTimeField("open vanaf")
    closes_at = models.DateTimeField("open tot")
    remind_at = models.DateTimeField("herinnering op", null=True, blank=True)
    closed_at = models.DateTimeField("gesloten op", null=True, editable=False)
    reply_to = models.EmailField("antwoordadres", blank=True)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    salt = models.BinaryField(default=new_salt, editable=False)
    created_at = models.DateTimeField("gemaakt op", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = EvaluationQuerySet.as_manager()

    privacy = Privacy(
        other={
            *("id", "title", "kind", "about_on", "strand", "strand_name", "questionnaire", "mode"),
            *("follow_up_weeks", "audience_size", "has_open_link", "opens_at", "closes_at", "remind_at"),
            *("closed_at", "reply_to", "key", "salt", "created_at", "created_by"),
        }
    )

    class Meta:
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="evaluation_closes_later"),
            models.CheckConstraint(
                condition=~Q(mode=Mode.ANONYMOUS) | Q(follow_up_weeks=None),
                name="anonymous_evaluation_has_no_follow_up",
            ),
        ]
        indexes = [models.Index(fields=["about_on", "kind"], name="evaluation_in_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sealed(self) -> bool:
        """Whether answers that come in now are locked until it closes."""
        return self.mode != Mode.NAMED

    @property
    def promise(self) -> str:
        """What the form promises to who fills it in: its questions, and what is kept of whom."""
        return f"{self.questionnaire_id}.{self.mode}.{self.follow_up_weeks or 0}"

    @property
    def follow_up_on(self) -> date | None:
        """The first day on which we ask what came of it; none where we never do."""
        return self.about_on + timedelta(weeks=self.follow_up_weeks) if self.follow_up_weeks else None

    @property
    def asks_again_on(self) -> date | None:
        """The day around which who agreed gets that question: what is sealed waits for the end."""
        day = self.follow_up_on
        return max(day, timezone.localdate(self.closes_at)) if day and self.is_sealed else day

    def is_open_at(self, now: datetime) -> bool:
        """Tell whether answers are taken at this moment."""
        return self.closed_at is None and self.opens_at <= now < self.closes_at

    @property
    def topic(self) -> str:
        """What its mails are about."""
        return f"evaluation:{self.pk}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations that are …."""

    def unanswered(self) -> InvitationQuerySet:
        return self.filter(answered=False).exclude(email="")


class Invitation(models.Model):
    """
    A personal link to one evaluation; ``answered`` says that it served, never with what answer.

    ``draft`` are the answers someone saved to go on later, sealed; sending or closing throws them away.
    """

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="persoon")
    name = models.CharField("naam", max_length=200, blank=True)
    email = models.EmailField("mailadres", blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="organisatie"
    )
    answered = models.BooleanField("beantwoord", default=False)
    draft = models.BinaryField("bewaarde antwoorden", null=True)

    objects = InvitationQuerySet.as_manager()

    privacy = Privacy(
        personal={"name": "", "email": "", "draft": None},
        other={"id", "evaluation", "person", "organisation", "answered"},
        why="om je één keer om je mening te vragen",
        until="tot de bevraging sluit; op naam tot 24 maanden erna",
    )

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "email"], condition=~Q(email=""), name="one_invitation_per_address"
            )
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.pk}"


class SealedAnswer(models.Model):
    """
    What someone answered while the evaluation is open, locked; nothing says whose it is or when it came.

    The number follows from the form that was sent, so that sending it twice is one answer.
    """

    number = models.BigIntegerField(primary_key=True)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="sealed")
    content = models.BinaryField("inhoud")

    privacy = Privacy(other={"number", "evaluation", "content"})

    class Meta:
        verbose_name = "verzegeld antwoord"
        verbose_name_plural = "verzegelde antwoorden"

    def __str__(self) -> str:
        return f"verzegeld antwoord {self.pk}"
