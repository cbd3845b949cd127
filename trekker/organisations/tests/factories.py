"""Organisations for tests; each has its standings."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from trekker.organisations.actions import settle_standings
from trekker.organisations.models import MailDomain, Organisation, Partnership

Kind = Organisation.Kind


class OrganisationFactory(DjangoModelFactory):
    """
    A Flemish municipality that counts for itself, unless told otherwise.

    ``counts_as``, or ``merged_into`` with ``merged_on``, is settled at once.
    """

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    class Params:
        ocmw = factory.Trait(kind=Kind.OCMW)
        igs = factory.Trait(kind=Kind.IGS)
        partner = factory.Trait(kind=Kind.PARTNER)

    name = factory.Sequence(lambda number: f"Bestuur {number}")
    kind = Kind.MUNICIPALITY
    region = Organisation.Region.FLANDERS
    province = "Limburg"

    @factory.post_generation
    def standings(self: Any, create: bool, _extracted: Any, **_options: Any) -> None:
        if create:
            settle_standings(organisations=[self])


class MailDomainFactory(DjangoModelFactory):
    class Meta:
        model = MailDomain

    organisation = factory.SubFactory(OrganisationFactory)
    domain = factory.Sequence(lambda number: f"bestuur{number}.example")


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = Partnership

    association = factory.SubFactory(OrganisationFactory, igs=True)
    participant = factory.SubFactory(OrganisationFactory)
