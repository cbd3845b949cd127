"""The ground itself: the browser checks pages, roles sign in, tests stay away from real data."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from tests.page import NotAsPromised
from trekker.kernel.access import Permission, Role, access, may


@access(Permission.PUBLIC)
def bare(_request):
    return HttpResponse("<!doctype html><html lang='nl'><head><title>x</title></head><body></body></html>")


@access(Permission.PUBLIC)
def piece(_request):
    return HttpResponse("<p>Een stuk.</p>")


@access(Permission.PUBLIC)
def tracking(_request):
    response = HttpResponse("ok", content_type="text/plain")
    response.set_cookie("gezien", "1")
    return response


urlpatterns = [path("kaal/", bare), path("stuk/", piece), path("volgen/", tracking)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "fault"),
    [("/kaal/", "heading"), ("/stuk/", "not a whole page"), ("/volgen/", "cookies for a visitor: gezien")],
)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="pages are read on SQLite")
def test_the_browser_refuses_a_page_that_breaks_a_promise(client, address, fault):
    with pytest.raises(NotAsPromised, match=fault):
        client.get(address)


@pytest.mark.urls(__name__)
def test_the_browser_takes_a_piece_that_a_script_asked_for(client):
    assert client.get("/stuk/", headers={"HX-Request": "true"}).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_a_role_signs_in_with_its_own_rights(account_of, role):
    account = account_of(role)

    assert may(account, Permission.OFFICE)
    assert may(account, Permission.USERS_CHANGE) == (role is Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", Role)
def test_each_role_enters_the_back_office(as_role, role):
    assert as_role(role).get("/beheer/").status_code == 200


def test_tests_keep_their_data_apart():
    assert "trekker-test-" in str(settings.DATA_DIR)
