"""Channels and memberships for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from trekker.network.models import Channel, Membership
from trekker.people.tests.factories import PersonFactory

NEWSLETTER = "newsletter_digital_inclusion"
TEAMS = "teams_channel"


class ChannelFactory(DjangoModelFactory):
    """The newsletter channel that every installation has, unless another code is given."""

    class Meta:
        model = Channel
        django_get_or_create = ("code",)

    code = NEWSLETTER
    name = factory.LazyAttribute(lambda channel: f"Kanaal {channel.code}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    channel = factory.SubFactory(ChannelFactory)
    from_on = date(2024, 1, 1)
    source = "ingevoerd"
