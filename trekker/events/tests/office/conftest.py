"""An officer who is signed in."""

import pytest


@pytest.fixture
def officer():
    from trekker.events.tests.office.forms import OFFICER
    from trekker.people.tests.factories import AccountFactory

    return AccountFactory(role=OFFICER, email="pim@koepel.example", first_name="Pim", last_name="Programma")


@pytest.fixture
def browser(officer, client):
    client.force_login(officer)
    return client
