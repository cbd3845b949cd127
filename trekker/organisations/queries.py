"""Answers about organisations that need more than one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from trekker.kernel.measures import Choice
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation, Standing

Kind = Organisation.Kind
# What plans and figures mean by a kind: an organisation is asked as what it counts for, so that
# an OCMW is already its municipality here; one that counts for nothing else stands in its own group.
GROUPS: dict[str, tuple[Kind, ...]] = {
    "local_government": (Kind.MUNICIPALITY, Kind.OCMW, Kind.DISTRICT, Kind.MUNICIPAL_AGENCY),
    "igs": (Kind.IGS,),
    "welfare_association": (Kind.WELFARE_ASSOCIATION,),
    "province": (Kind.PROVINCE, Kind.PROVINCIAL_AGENCY),
    "authority": (Kind.AUTHORITY, Kind.COMMUNITY_COMMISSION),
    "partner": (Kind.PARTNER,),
}
KIND_CHOICES = (
    Choice(
        value="local_government",
        label="lokaal bestuur",
        words=(r"loka(?:al|le) bestu(?:ur|ren)", r"gemeente(?:n|besturen)?\b", r"ocmw"),
    ),
    Choice(
        value="igs",
        label="intergemeentelijk samenwerkingsverband",
        words=(r"intergemeentelijke? samenwerkingsverband(?:en)?", r"samenwerkingsverband(?:en)?", r"\bigs"),
    ),
    Choice(value="welfare_association", label="welzijnsvereniging", words=(r"welzijnsvereniging",)),
    Choice(value="province", label="provincie", words=(r"provincie",)),
    Choice(value="authority", label="andere overheid", words=(r"centrale overhe", r"federale overhe")),
    Choice(value="partner", label="partner", words=(r"partnerorganisatie",)),
)

PROVINCES = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")  # of Flanders


class Size(NamedTuple):
    """A class of municipalities by their inhabitants: from ``least`` up to, not including, ``below``."""

    code: str
    label: str
    least: int
    below: int | None


SIZES = (
    Size("small", "klein (tot 15.000 inwoners)", 0, 15_000),
    Size("medium", "middelgroot (15.000 tot 35.000)", 15_000, 35_000),
    Size("large", "groot (vanaf 35.000 inwoners)", 35_000, None),
)


def size_of(population: int | None) -> Size | None:
    """Give the class of a number of inhabitants; none where nobody knows it."""
    if population is None:
        return None
    return next(size for size in reversed(SIZES) if population >= size.least)


def kinds(groups: Sequence[object]) -> list[Kind]:
    """Give the kinds of organisation that belong to these groups."""
    return [kind for group in groups for kind in GROUPS.get(str(group), ())]


def counted(period: Period, organisations: QuerySet) -> QuerySet[Organisation]:
    """
    Give, each once, what these organisations count for on the last day of the period.

    ``organisations`` is any queryset of one column with organisation ids.
    """
    standings = Standing.objects.on(period.last_day).filter(organisation__in=organisations)
    return Organisation.objects.filter(pk__in=standings.values("counted"))


def counting_as(period: Period, groups: Sequence[object]) -> QuerySet:
    """Give the ids of all organisations that count as one of these groups on the last day."""
    standings = Standing.objects.on(period.last_day).filter(counted__kind__in=kinds(groups))
    return standings.values("organisation")


def provinces() -> list[tuple[str, str]]:
    """Give the provinces that organisations lie in, as choices of a filter."""
    found = Organisation.objects.exclude(province="").order_by("province").values_list("province", flat=True)
    return [(province, province) for province in found.distinct()]


@dataclass(frozen=True)
class Merger:
    """One merger in the history of an organisation."""

    day: date
    gone: Organisation
    into: Organisation


def mergers(organisation: Organisation) -> list[Merger]:
    """Give the mergers that led to this organisation and those it went into, the oldest first."""
    found: dict[int, Merger] = {}
    here: Organisation | None = organisation
    while here and here.merged_into and here.merged_on and here.pk not in found:
        found[here.pk] = Merger(here.merged_on, here, here.merged_into)
        here = here.merged_into
    fresh = [organisation]
    while fresh:
        before = Organisation.objects.filter(merged_into__in=fresh).exclude(pk__in=found)
        fresh = list(before.select_related("merged_into").order_by("name"))
        found |= {each.pk: Merger(each.merged_on, each, each.merged_into) for each in fresh}  # type: ignore[arg-type]
    return sorted(found.values(), key=lambda each: (each.day, each.gone.name))


@dataclass(frozen=True)
class CountedFor:
    """One period in which an organisation counted for one and the same; open ends are ``None``."""

    counted: Organisation
    from_day: date | None
    until_day: date | None
    is_now: bool


def counting_history(organisation: Organisation, today: date) -> list[CountedFor]:
    """Give what an organisation counted for, the newest first."""
    standings = organisation.standings.select_related("counted").order_by("-from_on")
    return [
        CountedFor(
            counted=each.counted,
            from_day=each.from_on if each.from_on > date.min else None,
            until_day=each.until_on if each.until_on < date.max else None,
            is_now=each.from_on <= today < each.until_on,
        )
        for each in standings
    ]
