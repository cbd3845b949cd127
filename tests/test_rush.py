"""The real server when everyone wants the same at the same moment, or sends the same twice."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.load import registration as load
from tests.load.server import KEY, Server, prepare, serving, within

# The server has a database of its own, of the kind that these tests run on.
pytestmark = pytest.mark.usefixtures("django_db_setup")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("rush")
    prepare(place)
    within(place, load.STAGE.format(places=load.PLACES))
    return place


@pytest.fixture(scope="module")
def server(folder):
    with serving(folder) as running:
        yield running


@pytest.fixture(autouse=True)
def _same_key(settings):
    settings.SECRET_KEY = KEY


@pytest.mark.parametrize("waiting_list", [False, True])
def test_500_people_at_once_get_40_places(server: Server, folder, waiting_list):
    slug = "wachtlijst" if waiting_list else "vol"

    answers = load.rush(server, slug)

    within(folder, load.WELCOME)
    counted = within(folder, load.COUNT.format(slug=slug))
    expected = (
        {"REGISTERED": 40, "WAITING": 460, "mails": 500} if waiting_list else {"REGISTERED": 40, "mails": 40}
    )
    assert counted == expected
    assert {answer.status for answer in answers} <= {200, 302}


@pytest.mark.parametrize("times", [2, 50])
def test_equal_forms_at_once_are_one_registration_and_one_mail(server: Server, folder, times):
    before = Counter(within(folder, load.COUNT.format(slug="dubbel")))

    answers = load.doubles(server, times)

    within(folder, load.WELCOME)
    after = Counter(within(folder, load.COUNT.format(slug="dubbel")))
    assert after - before == {"REGISTERED": 1, "mails": 1}
    assert {answer.status for answer in answers} == {302}
