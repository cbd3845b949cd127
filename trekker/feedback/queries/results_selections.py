"""The ways to read evaluations together that need nothing but evaluations: by kind, theme and strand."""

from __future__ import annotations

from collections.abc import Sequence

from trekker.feedback.catalogue import KINDS
from trekker.feedback.models import Evaluation, EvaluationQuerySet
from trekker.feedback.registry import Selection
from trekker.kernel.periods import Period
from trekker.themes.models import Theme


def _of(period: Period) -> EvaluationQuerySet:
    rows = Evaluation.objects.readable()
    return rows.filter(about_on__gte=period.start, about_on__lt=period.end)


def kinds(period: Period) -> Sequence[tuple[str, str]]:
    """Give the kinds of activity that were evaluated."""
    found = {each.kind for each in _of(period).only("kind")}
    return sorted(((kind, KINDS.get(kind, kind)) for kind in found), key=lambda pair: pair[1])


def of_kind(key: str, _period: Period) -> EvaluationQuerySet:
    """Give the evaluations of a kind of activity."""
    return Evaluation.objects.filter(kind=key)


def themes(period: Period) -> Sequence[tuple[str, str]]:
    """Give the themes that were evaluated, themselves or in a part."""
    read = Theme.objects.filter(
        pk__in=Evaluation.themes.through.objects.filter(evaluation__in=_of(period).values("pk")).values(
            "theme"
        )
    )
    found = {(each.code, each.name) for each in read}
    wider = Theme.objects.filter(parts__in=read.values("pk"))
    return sorted(found | {(each.code, each.name) for each in wider}, key=lambda pair: pair[1])


def of_theme(key: str, _period: Period) -> EvaluationQuerySet:
    """Give the evaluations about a theme or a part of it."""
    within = Evaluation.themes.through.objects.filter(theme__in=Theme.objects.within([key]))
    return Evaluation.objects.filter(pk__in=within.values("evaluation"))


def strands(period: Period) -> Sequence[tuple[str, str]]:
    """Give the courses and series that were evaluated, each by its newest name."""
    rows = _of(period).exclude(strand="").order_by("about_on", "pk").only("strand", "strand_name")
    found = {each.strand: each.strand_name or each.strand for each in rows}
    return sorted(found.items(), key=lambda pair: pair[1])


def of_strand(key: str, _period: Period) -> EvaluationQuerySet:
    """Give the evaluations of a course or series."""
    return Evaluation.objects.filter(strand=key).exclude(strand="")


def name_of_kind(key: str) -> str:
    """Name a kind of activity."""
    return KINDS.get(key, "")


def name_of_theme(key: str) -> str:
    """Name a theme."""
    return Theme.objects.filter(code=key).values_list("name", flat=True).first() or ""


def name_of_strand(key: str) -> str:
    """Name a course or series that anything was asked about, by its newest name."""
    rows = Evaluation.objects.filter(strand=key).exclude(strand="").order_by("-about_on", "-pk")
    newest = rows.only("strand", "strand_name").first()
    return (newest.strand_name or newest.strand) if newest else ""


OWN = (
    Selection("kind", "Soort", kinds, of_kind, name_of_kind),
    Selection("theme", "Thema", themes, of_theme, name_of_theme),
    Selection("strand", "Reeks of opleiding", strands, of_strand, name_of_strand),
)
