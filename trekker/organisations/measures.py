"""What measures of other rooms ask of the organisations they count, and how they list them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from trekker.kernel.access import Permission
from trekker.kernel.measures import Choice, Column, Filter, Listing, Unit
from trekker.kernel.measures.filters import Value
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation
from trekker.organisations.queries import KIND_CHOICES, PROVINCES, SIZES, kinds


def _of_kind(_period: Period, groups: Sequence[Value]) -> Q:
    return Q(kind__in=kinds(groups))


def _of_size(_period: Period, codes: Sequence[Value]) -> Q:
    wanted = Q(pk__in=())
    for size in SIZES:
        if size.code in codes:
            below = Q() if size.below is None else Q(population__lt=size.below)
            wanted |= Q(population__gte=size.least) & below
    return wanted


KIND = Filter(
    code="organisation_kind",
    label="soort organisatie",
    choices=KIND_CHOICES,
    condition=_of_kind,
    of_counted=True,
    units={
        "local_government": Unit("lokaal bestuur", "lokale besturen"),
        "igs": Unit("samenwerkingsverband", "samenwerkingsverbanden"),
    },
)
REGION = Filter(
    code="organisation_region",
    label="gewest van de organisatie",
    choices=tuple(Choice(value=value, label=label) for value, label in Organisation.Region.choices),
    lookup="region",
    of_counted=True,
    known=~Q(region=""),
)
PROVINCE = Filter(
    code="province",
    label="provincie",
    choices=tuple(Choice(value=name, label=name) for name in PROVINCES),
    lookup="province",
    of_counted=True,
    known=~Q(province=""),
)
SIZE = Filter(
    code="size",
    label="grootte van de gemeente",
    choices=tuple(Choice(value=size.code, label=size.label) for size in SIZES),
    condition=_of_size,
    of_counted=True,
    known=Q(population__isnull=False),
)
# Of the organisations that a figure counts, each once.
OF_COUNTED = (KIND, REGION, PROVINCE, SIZE)

LISTED = Listing(
    columns=(
        Column("naam", str),
        Column("soort", lambda organisation: organisation.get_kind_display()),
        Column("provincie", lambda organisation: organisation.province),
    ),
    seen_by=Permission.ORGANISATIONS_VIEW,
    exported_by=Permission.ORGANISATIONS_VIEW,
)
