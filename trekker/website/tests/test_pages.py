"""The public pages: open to all, without a cookie, and true to the declarations they come from."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.tests.factories import EventFactory
from trekker.kernel.access import ROLES, Permission, Role
from trekker.people.models import Person
from trekker.website import queries

pytestmark = pytest.mark.django_db
PAGES = ["website:home", "website:privacy", "website:accessibility", "website:who_can_what"]


@pytest.mark.parametrize("name", PAGES)
def test_anyone_may_read_it_and_gets_no_cookie(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("name", PAGES)
def test_help_and_statements_are_on_every_page(client, settings, name):
    settings.TREKKER_HELP_EMAIL = "hulp@voorbeeld.example"
    settings.TREKKER_HELP_PHONE = "02 123 45 67"

    html = client.get(reverse(name)).text

    assert 'href="mailto:hulp@voorbeeld.example"' in html
    assert 'href="tel:021234567"' in html
    for other in PAGES[1:]:
        assert f'href="{reverse(other)}"' in html


def test_home_shows_the_next_four_activities(client):
    soon = timezone.now() + timedelta(days=1)
    for number in range(5):
        EventFactory(title=f"Netwerk {number}", starts_at=soon + timedelta(days=number))
    EventFactory(title="Intern", starts_at=soon, visibility="INTERNAL")

    html = client.get("/").text

    assert [number for number in range(5) if f"Netwerk {number}" in html] == [0, 1, 2, 3]
    assert "Intern" not in html


def test_home_says_nothing_of_activities_while_there_are_none(client):
    assert "Komende activiteiten" not in client.get("/").text


def test_home_leads_visitors_to_the_agenda_and_staff_to_their_account(client):
    html = client.get("/").text

    assert 'class="tk-button ' in html.partition("Bekijk de agenda")[0].rpartition("<a")[2]
    assert "Medewerkers: meld je aan" in html
    assert "tk-button" not in html.partition("Medewerkers: meld je aan")[0].rpartition("<a")[2]


def test_help_without_a_phone_number_only_offers_mail(client, settings):
    settings.TREKKER_HELP_PHONE = ""

    assert "tel:" not in client.get("/").text


@pytest.mark.django_db
def test_who_is_signed_in_goes_on_from_the_home_page(as_role):
    html = as_role(Role.MANAGEMENT).get("/").text

    assert "Naar het dashboard" in html
    assert "Afmelden" in html


def test_privacy_names_every_kind_of_personal_data(client):
    html = client.get(reverse("website:privacy")).text

    assert Person.privacy.why.capitalize() in html
    assert Person.privacy.until.capitalize() in html
    assert {"persoon", "account", "functie"} <= {kept.name for kept in queries.kept_data()}
    assert all(kept.why and kept.until and kept.fields for kept in queries.kept_data())


def test_who_can_what_is_the_table_of_the_kernel():
    for right, permission in zip(queries.rights(), Permission, strict=True):
        assert right.name == permission.value
        assert dict(right.held) == {role: permission in ROLES[role] for role in Role}


def test_who_can_what_shows_each_role_and_permission(client):
    html = client.get(reverse("website:who_can_what")).text

    assert all(role.value in html for role in Role)
    assert html.count("<tr>") == 1 + len(Permission)
