"""The channel that makes members of the network."""

import pytest


@pytest.fixture(autouse=True)
def channel():
    from trekker.network.tests.factories import ChannelFactory

    return ChannelFactory(makes_members=True, words="netwerk")
