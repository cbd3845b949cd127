"""Ideas and consultations to set the stage of a test."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from trekker.ideas.models import Consultation, Idea

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


class IdeaFactory(DjangoModelFactory):
    """An idea just noted."""

    title = factory.Sequence("Opleiding {}".format)
    created_at = NOW

    class Meta:
        model = Idea

    class Params:
        goes_ahead = factory.Trait(state="GOES_AHEAD", reason="Veel vraag.", decided_at=NOW)
        later = factory.Trait(state="LATER", reason="Eerst de bevraging.", decided_at=NOW)
        weighed = factory.Trait(need=4, reach=3, effort=2, weighing="Veel nood, weinig werk.")


class ConsultationFactory(DjangoModelFactory):
    idea = factory.SubFactory(IdeaFactory, state="CONSULTING")
    who = "team digitale transformatie"
    on = date(2026, 2, 10)
    view = Consultation.View.FOR
    said = "Zij zien hier een grote nood."

    class Meta:
        model = Consultation
