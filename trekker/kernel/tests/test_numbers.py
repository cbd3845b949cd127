"""Whole numbers as an address or a form sends them."""

import pytest

from trekker.kernel.access import Role
from trekker.kernel.numbers import whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("0042", 42), ("9" * 18, 10**18 - 1)])
def test_are_read(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "twee", "²", "٣", "9" * 19, "9" * 5000])
def test_are_nothing_when_no_database_would_take_them(text):
    assert whole_number(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/beheer/?jaar={}", "/beheer/plan/voortgang/?jaar={}", "/beheer/kalender/?jaar={}"]
)
def test_too_long_for_python_are_no_error_of_the_server(as_role, address):
    page = as_role(Role.PROGRAMME_OFFICER).get(address.format("9" * 5000))

    assert page.status_code == 200
