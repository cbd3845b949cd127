"""The back office looks like Trekker and its menu holds only what is used."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from trekker.kernel import audit
from trekker.kernel.access import Role
from trekker.organisations.actions.changing import CORRECTED
from trekker.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def menu(html: str) -> str:
    return re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.DOTALL).group(1)


def test_loads_the_tokens_and_components_after_wagtails_own_styles(as_role):
    html = as_role(Role.PROGRAMME_OFFICER).get("/beheer/").text

    own = [
        html.index(name)
        for name in ("wagtailadmin/css/core.css", "tokens.css", "components.css", "office.css")
    ]
    assert own == sorted(own)


def test_bears_our_name_and_mark(as_role):
    html = as_role(Role.PROGRAMME_OFFICER).get("/beheer/").text

    assert "- Trekker</title>" in html
    assert "tk-office-brand" in html
    assert "ui/logo.svg" in html


def test_the_menu_leaves_out_what_is_not_used(as_role):
    items = menu(as_role(Role.PROGRAMME_OFFICER).get("/beheer/").text)

    for unused in (
        '"explorer"',
        '"images"',
        '"documents"',
        '"snippets"',
        '"help"',
        '"groups"',
        '"workflows"',
    ):
        assert unused not in items


def test_only_administrators_see_accounts_and_the_log(as_role):
    administrator = menu(as_role(Role.ADMINISTRATOR).get("/beheer/").text)
    officer = menu(as_role(Role.PROGRAMME_OFFICER).get("/beheer/").text)

    assert json.loads(administrator)
    for item in ('"users"', '"log"'):
        assert item in administrator
        assert item not in officer


def test_an_administrator_opens_the_accounts(as_role):
    assert as_role(Role.ADMINISTRATOR).get(reverse("wagtailusers_users:index")).status_code == 200


def test_an_administrator_reads_in_the_log_who_did_what(as_role, account_of):
    officer = account_of(Role.PROGRAMME_OFFICER, "pim@voorbeeld.example")
    organisation = Organisation.objects.create(name="Gemeente Voorbeeld")
    audit.record(CORRECTED, organisation, by=officer, at=datetime(2026, 3, 1, tzinfo=UTC))

    log = as_role(Role.ADMINISTRATOR).get(reverse("wagtailadmin_reports:site_history")).text

    assert "Gemeente Voorbeeld" in log
    assert "pim@voorbeeld.example" in log
