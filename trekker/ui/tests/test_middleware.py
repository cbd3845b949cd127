"""What holds for every page, whatever address is asked."""

import pytest
from django.test import Client

from trekker.kernel.tickets import FIELD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/inschrijving/%00/",
        "/vraag-een-sessie/ontvangen/a%00/",
        "/materiaal/1/?sleutel=%00",
        "/agenda/organisaties.json?zoek=ab%00",
        "/agenda/organisaties.json?domein=a%00.be",
    ],
)
def test_an_address_with_a_nul_is_answered_calmly(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert "default-src" in response.headers["Content-Security-Policy"]


def test_a_cookie_with_a_nul_is_answered_calmly(client):
    client.cookies["sessionid"] = "abcdefgh\x00"

    assert client.get("/beheer/").status_code == 400


def test_a_form_refuses_a_nul_itself():
    client = Client()
    form = client.get("/vraag-een-sessie/").context["form"]

    again = client.post("/vraag-een-sessie/", {FIELD: form.ticket, **dict.fromkeys(form.fields, "a\x00")})

    assert "subject" in again.context["form"].errors


def test_the_words_of_a_percent_sign_are_no_nul(client):
    assert client.get("/agenda/organisaties.json?zoek=ab%2500").status_code == 200
