"""
The figures of what activities bring about: who answered, who can use it, and who did something with it.

Their rows are evaluations, each as a whole and only where at least five people answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter

from django.db.models import (
    BigIntegerField,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Cast, NullIf
from django.urls import reverse

from trekker.feedback.catalogue import kind_choices
from trekker.feedback.models import Evaluation, FollowUp
from trekker.feedback.queries.effect import OPEN, shown, too_few
from trekker.kernel.access import Permission
from trekker.kernel.measures import Choice, Column, Control, Filter, Kind, Listing, Unit, Unknown, measure
from trekker.kernel.measures.filters import Value as Asked
from trekker.kernel.periods import Period
from trekker.themes.models import Theme, choices

P = Permission
THOUSAND = 1000
# Measures are read once all models are: higher rooms have declared their kinds by then.
KINDS = tuple(Choice(value=code, label=label) for code, label in kind_choices())
PERCENT = Unit("procent", "procent")


def _themes() -> Iterable[Choice]:
    return choices(Theme)


def _of_kind(_period: Period, kinds: Sequence[Asked]) -> Q:
    return Q(kind__in=kinds)


def _on_theme(_period: Period, codes: Sequence[Asked]) -> Q:
    links = Evaluation.themes.through.objects.filter(theme__in=Theme.objects.within(codes).values("pk"))
    return Q(pk__in=links.values("evaluation"))


FILTERS = (
    Filter(code="kind", label="soort activiteit", choices=KINDS, condition=_of_kind, beside=_of_kind),
    Filter(code="theme", label="thema", choices=_themes, condition=_on_theme, beside=_on_theme),
)


def _page_of(evaluation: Evaluation) -> str:
    return reverse("evaluation:inspect", args=[evaluation.pk])


ABOUT = (
    Column("datum", lambda evaluation: evaluation.about_on),
    Column("waarover", str, _page_of),
    Column("soort", lambda evaluation: evaluation.get_kind_display()),
)
NAMED_ONLY = Listing(columns=ABOUT, seen_by=P.FEEDBACK_VIEW, exported_by=P.FEEDBACK_VIEW)


def _listing(*counts: tuple[str, str]) -> Listing:
    """List evaluations with these counts as (heading, name of the count)."""
    columns = [Column(label, attrgetter(name)) for label, name in counts]
    return Listing(columns=(*ABOUT, *columns), seen_by=P.FEEDBACK_VIEW, exported_by=P.FEEDBACK_VIEW)


def _about(period: Period) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(about_on__gte=period.start, about_on__lt=period.end)


def _still_open(period: Period) -> QuerySet[Evaluation]:
    return _about(period).filter(OPEN)


def _as_is(_period: Period, evaluations: QuerySet) -> QuerySet[Evaluation]:
    return evaluations


def _unknowns(least: str, one: str, many: str) -> tuple[Unknown, ...]:
    """Say what could still change a figure: what is open yet, and what has too few answers."""

    def few(period: Period) -> QuerySet[Evaluation]:
        return too_few(_about(period), least=least)

    return (
        Unknown(
            Unit("evaluatie die nog loopt", "evaluaties die nog lopen"), _as_is, NAMED_ONLY, base=_still_open
        ),
        Unknown(Unit(one, many), _as_is, NAMED_ONLY, base=few),
    )


def _without_size(period: Period) -> QuerySet[Evaluation]:
    return shown(_about(period), least="responses_in").filter(asked=0)  # type: ignore[misc]  # annotated


NO_SIZE = Unknown(
    Unit("evaluatie zonder aantal gevraagde mensen", "evaluaties zonder aantal gevraagde mensen"),
    _as_is,
    NAMED_ONLY,
    base=_without_size,
)
FEW = _unknowns(
    "responses_in", "evaluatie met minder dan 5 antwoorden", "evaluaties met minder dan 5 antwoorden"
)
FEW_SAY = _unknowns(
    "can_use_in",
    "evaluatie met minder dan 5 antwoorden op deze vraag",
    "evaluaties met minder dan 5 antwoorden op deze vraag",
)
FEW_FOLLOWED = _unknowns(
    "followed_in", "evaluatie met minder dan 5 opvolgingen", "evaluaties met minder dan 5 opvolgingen"
)


def _whole(name: str) -> Cast:
    """Add up counts as a whole number: a sum of counts has fractions on PostgreSQL."""
    return Cast(Sum(name), BigIntegerField())


def _percent(count: str, of: str) -> ExpressionWrapper:
    """Give one count as a part of another in percents, rounded down to a tenth."""
    tenths = ExpressionWrapper(
        THOUSAND * _whole(count) / NullIf(_whole(of), Value(0)), output_field=BigIntegerField()
    )
    return ExpressionWrapper(
        tenths * Value(Decimal("0.1")), output_field=DecimalField(max_digits=6, decimal_places=1)
    )


USERS = _listing(("kan ermee aan de slag", "can_use"), ("antwoorden op de vraag", "can_use_in"))
APPLIERS = _listing(("deed er iets mee", "applied"), ("antwoorden op de opvolging", "followed_in"))


@measure(
    "feedback.responses",
    label="Antwoorden op evaluaties",
    kind=Kind.FLOW,
    unit=Unit("antwoord", "antwoorden"),
    control=Control.ASKED,
    filters=FILTERS,
    words=(r"ingevulde (?:evaluaties|vragenlijsten|formulieren)\b", r"antwoorden op (?:de )?evaluaties?\b"),
    moment="about_on",
    total=Sum("responses_in"),
    rows_are="evaluaties, elk met het aantal mensen dat antwoordde",
    listing=_listing(("antwoorden", "responses_in")),
    unknowns=FEW,
)
def responses(period: Period) -> QuerySet[Evaluation]:
    """
    Antwoorden op evaluaties, volgens de dag van de activiteit.

    Een evaluatie telt mee als ze gesloten is en minstens vijf mensen antwoordden. Op naam telt ze ook
    mee terwijl ze open is.
    """
    return shown(_about(period), least="responses_in")


@measure(
    "feedback.response_rate",
    label="Respons op evaluaties",
    kind=Kind.FLOW,
    unit=PERCENT,
    control=Control.ASKED,
    filters=FILTERS,
    words=(r"respons(?:graad|percentage)?\b",),
    total=_percent("responses_in", "asked"),
    part_of=("responses_in", "asked"),
    rows_are="evaluaties, elk met wie antwoordde van wie we het vroegen",
    is_share=True,
    listing=_listing(("antwoorden", "responses_in"), ("gevraagd", "asked")),
    unknowns=(*FEW, NO_SIZE),
)
def response_rate(period: Period) -> QuerySet[Evaluation]:
    """
    Hoeveel procent antwoordde van wie we het vroegen.

    Enkel evaluaties met minstens vijf antwoorden tellen mee, als we weten aan hoeveel mensen we het vroegen.
    Antwoordden er meer, dan is iedereen die antwoordde ook gevraagd. Afgerond naar beneden.
    """
    return shown(_about(period), least="responses_in").filter(asked__gt=0)  # type: ignore[misc]  # annotated


@measure(
    "feedback.can_use",
    label="Mensen die ermee aan de slag kunnen",
    kind=Kind.FLOW,
    unit=Unit("persoon", "mensen"),
    control=Control.ASKED,
    filters=FILTERS,
    words=(r"(?:deelnemers|mensen|medewerkers) (?:die )?(?:er|hier)mee aan de slag (?:kunnen|gaan)\b",),
    moment="about_on",
    total=Sum("can_use"),
    rows_are="evaluaties, elk met het aantal mensen dat ermee aan de slag kan",
    listing=USERS,
    unknowns=FEW_SAY,
)
def can_use(period: Period) -> QuerySet[Evaluation]:
    """
    Mensen die «ja» antwoordden op de vraag of ze ermee aan de slag kunnen.

    Een evaluatie telt mee als minstens vijf mensen de vraag beantwoordden. Wie na twee activiteiten ja zegt,
    telt twee keer.
    """
    return shown(_about(period), least="can_use_in")


@measure(
    "feedback.can_use_share",
    label="Aandeel dat ermee aan de slag kan",
    kind=Kind.FLOW,
    unit=PERCENT,
    control=Control.ASKED,
    filters=FILTERS,
    words=(r"(?:kan|kunnen|gaat|gaan|zegt|zeggen)\b.{0,50}?aan de slag\b",),
    total=_percent("can_use", "can_use_in"),
    part_of=("can_use", "can_use_in"),
    rows_are="evaluaties, elk met wie ermee aan de slag kan van wie antwoordde",
    is_share=True,
    listing=USERS,
    unknowns=FEW_SAY,
)
def can_use_share(period: Period) -> QuerySet[Evaluation]:
    """
    Hoeveel procent «ja» antwoordde op de vraag of ze ermee aan de slag kunnen.

    Van wie de vraag beantwoordde. Een evaluatie telt mee als dat minstens vijf mensen zijn. Afgerond naar
    beneden.
    """
    return shown(_about(period), least="can_use_in")


@measure(
    "feedback.applied",
    label="Mensen die er iets mee deden",
    kind=Kind.FLOW,
    unit=Unit("persoon", "mensen"),
    control=Control.ASKED,
    filters=FILTERS,
    words=(r"(?:deelnemers|mensen|medewerkers) .{0,50}?(?:toegepast|toepassen|in (?:de )?praktijk)\b",),
    moment="about_on",
    total=Sum("applied"),
    rows_are="evaluaties, elk met het aantal mensen dat er iets mee deed",
    listing=APPLIERS,
    unknowns=FEW_FOLLOWED,
)
def applied(period: Period) -> QuerySet[Evaluation]:
    """
    Mensen die weken later «gedaan» of «deels» antwoordden op de vraag wat ervan kwam.

    Ze tellen bij de dag van de activiteit. Een evaluatie telt mee als minstens vijf mensen die vraag
    beantwoordden.
    """
    return shown(_about(period), least="followed_in")


@measure(
    "feedback.applied_share",
    label="Aandeel dat er iets mee deed",
    kind=Kind.FLOW,
    unit=PERCENT,
    control=Control.ASKED,
    filters=FILTERS,
    words=(
        r"(?:past|passen|paste|pasten)\b.{0,50}?toe\b",
        r"(?:heeft|hebben|brengt|brengen)\b.{0,50}?(?:toegepast|in (?:de )?praktijk)\b",
    ),
    total=_percent("applied", "followed_in"),
    part_of=("applied", "followed_in"),
    rows_are="evaluaties, elk met wie er iets mee deed van wie antwoordde",
    is_share=True,
    listing=APPLIERS,
    unknowns=FEW_FOLLOWED,
)
def applied_share(period: Period) -> QuerySet[Evaluation]:
    """
    Hoeveel procent «gedaan» of «deels» antwoordde op de vraag wat ervan kwam.

    Van wie die vraag beantwoordde. Een evaluatie telt mee als dat minstens vijf mensen zijn. Afgerond naar
    beneden.
    """
    return shown(_about(period), least="followed_in")


DONE = Q(responses__follow_up__outcome__in=FollowUp.APPLIED)


@measure(
    "feedback.applied_organisations",
    label="Organisaties die er iets mee deden",
    kind=Kind.FLOW,
    unit=Unit("organisatie", "organisaties"),
    control=Control.ASKED,
    filters=FILTERS,
    words=(r"(?:organisaties|besturen) .{0,50}?(?:toegepast|toepassen|in (?:de )?praktijk)\b",),
    total=Count(F("responses__organisation"), distinct=True, filter=DONE),
    overlaps=True,
    rows_are="evaluaties, elk met het aantal organisaties; een organisatie kan in meer evaluaties zitten",
    listing=_listing(("organisaties", "organisations"), ("antwoorden op de opvolging", "followed_in")),
    unknowns=FEW_FOLLOWED,
)
def applied_organisations(period: Period) -> QuerySet[Evaluation]:
    """
    Organisaties waarvan iemand «gedaan» of «deels» antwoordde op de vraag wat ervan kwam.

    Elke organisatie telt één keer, ook na meer activiteiten. Een evaluatie telt mee als minstens vijf mensen
    die vraag beantwoordden.
    """
    return shown(_about(period), least="followed_in")
