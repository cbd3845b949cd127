"""The gallery shows every component, and the browser that opens it checks every state."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.page import Page
from trekker.kernel.access import Role
from trekker.ui.templatetags.ui import register

SOURCE = Path(__file__).parents[1]
MOST_CSS = 8 * 1024


@pytest.mark.django_db
def test_shows_every_component(as_role):
    browser = as_role(Role.MANAGEMENT)

    assert browser.get(reverse("ui:gallery")).status_code == 200
    assert browser.get(reverse("office_gallery")).status_code == 200
    shown = (SOURCE / "templates/ui/gallery.html").read_text()
    shown += (SOURCE / "templates/ui/_gallery.html").read_text()
    shell = (SOURCE / "templates/ui/page.html").read_text() + (SOURCE / "templates/ui/form.html").read_text()
    for name in register.tags:
        assert re.search(rf"{{% {name}\b", shown + shell), name


def test_all_styles_together_stay_under_eight_kilobytes():
    styles = b"".join(path.read_bytes() for path in sorted((SOURCE / "static").rglob("*.css")))

    assert len(gzip.compress(styles)) <= MOST_CSS


def test_no_style_names_a_colour_outside_the_tokens():
    for path in (SOURCE / "static/ui").rglob("*.css"):
        if path.name not in {"tokens.css", "office.css"}:
            assert not re.findall(r"(?<!-)\b(?:rgb|hsl)a?\(|:\s*#[0-9a-f]{3,8}\b", path.read_text()), (
                path.name
            )


@pytest.mark.parametrize(
    ("status", "template"), [(400, "400.html"), (403, "403.html"), (404, "404.html"), (500, "500.html")]
)
def test_an_error_page_says_how_to_go_on(status, template, rf):
    html = render_to_string(template, request=rf.get("/"))

    Page(html, f"/{status}/").check()
    assert "Hulp nodig?" in html


def test_the_page_for_a_fault_needs_no_database(settings):
    settings.ROOT_URLCONF = "trekker.ui.tests.faults"
    visitor = Client(raise_request_exception=False)

    response = visitor.get("/stuk/")

    assert response.status_code == 500
    assert "Er ging bij ons iets fout" in response.text


def test_an_address_that_does_not_exist_gets_our_page(client):
    response = client.get("/bestaat-niet/")

    assert response.status_code == 404
    assert "We vinden deze pagina niet" in response.text


@pytest.mark.django_db
def test_a_form_without_its_token_gets_our_page():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@b.example"})

    assert response.status_code == 403
    assert "laad de pagina opnieuw" in response.text
