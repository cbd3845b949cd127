"""An officer who may change the plan, and the channel that makes members of the network."""

import pytest


@pytest.fixture
def officer(as_role):
    from trekker.kernel.access import Role

    return as_role(Role.PROGRAMME_OFFICER)


@pytest.fixture(autouse=True)
def channel():
    from trekker.network.tests.factories import ChannelFactory

    return ChannelFactory(makes_members=True, words="netwerk")
