"""Plans for tests, and a short plan as text."""

from datetime import UTC, date, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from trekker.network.tests.factories import NEWSLETTER
from trekker.plan.models import Goal, Indicator, IndicatorLine, Plan, PlanVersion

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 6, 30)
TEXT = """SD1 VVSG brengt mensen samen

OD1.1 VVSG organiseert een netwerk

VVSG organiseert de bijeenkomsten. Mediawijs ondersteunt VVSG daarbij.

Indicatoren 2026:

• minstens vier bijeenkomsten van het netwerk.
• minstens 1100 leden van het netwerk.

OD1.2 VVSG geeft advies

Indicator 2026:

• VVSG voert minstens zes adviesgesprekken met lokale besturen.
"""


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan
        django_get_or_create = ("title",)

    title = "Digitale inclusie"
    owner = "VVSG"


class VersionFactory(DjangoModelFactory):
    """An adopted version for 2026, in force from 1 January."""

    class Meta:
        model = PlanVersion

    class Params:
        concept = factory.Trait(state="CONCEPT", adopted_on=None, in_force_from=None)
        this_year = factory.Trait(year=factory.LazyFunction(lambda: timezone.localdate().year))

    plan = factory.SubFactory(PlanFactory)
    year = 2026
    state = "ADOPTED"
    adopted_on = date(2025, 12, 1)
    in_force_from = factory.LazyAttribute(lambda version: date(version.year, 1, 1))
    source = factory.LazyFunction(TEXT.splitlines)
    made_at = NOW


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    version = factory.SubFactory(VersionFactory)
    code = factory.Sequence(lambda number: f"OD9.{number}")
    title = "VVSG organiseert een netwerk"
    position = factory.Sequence(int)


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    class Params:
        concept = factory.Trait(goal__version__concept=True)

    goal = factory.SubFactory(GoalFactory)
    text = "minstens 2 leden van het netwerk"


class LineFactory(DjangoModelFactory):
    """A line that counts the members of the newsletter against a target of two."""

    class Meta:
        model = IndicatorLine

    class Params:
        concept = factory.Trait(indicator__concept=True)
        no_register = factory.Trait(measure="conversations.held", filters={"mode": ["conversation"]})
        unset = factory.Trait(measure="", filters={})
        organisations = factory.Trait(
            measure="members.organisations",
            filters={"channel": [NEWSLETTER], "organisation_kind": ["local_government"]},
            unit="lokale besturen",
        )

    indicator = factory.SubFactory(IndicatorFactory)
    measure = "members.count"
    filters = factory.LazyFunction(lambda: {"channel": [NEWSLETTER]})
    target = 2
    unit = "leden"
