"""Answers about organisations that need more than one table."""

from __future__ import annotations

from collections.abc import Sequence

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
