"""An activity of yesterday with one participant, and an officer who is signed in."""

import pytest


@pytest.fixture
def event():
    from trekker.events.tests.attending.screens import YESTERDAY
    from trekker.events.tests.factories import EventFactory

    return EventFactory(starts_at=YESTERDAY, session__hours=2)


@pytest.fixture
def session(event):
    return event.sessions.get()


@pytest.fixture
def jan(event):
    from trekker.events.tests.factories import RegistrationFactory

    return RegistrationFactory(
        event=event, first_name="Jan", last_name="Janssens", person__email="jan@gemeente.example"
    )


@pytest.fixture
def officer(as_role):
    from trekker.kernel.access import Role

    return as_role(Role.PROGRAMME_OFFICER)
