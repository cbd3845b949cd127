"""Someone makes the report of today, reads it on the screen, and takes it along as PDF and as Word."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from trekker.kernel.access import Role
from trekker.plan.tests.factories import LineFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

NARROW = 320


def work() -> None:
    """Do the jobs that wait, as the worker does."""
    call_command("db_worker", batch=True, interval=0.01, startup_delay=False, reload=False, verbosity=0)


def ask(page: Page, format_name: str) -> None:
    page.goto("/beheer/rapporten/")
    page.get_by_role("link", name="Rapport van vandaag").click()
    page.get_by_role("radio", name=format_name).check()
    page.get_by_role("button", name="Maak het rapport").click()
    expect(page.get_by_text("Het werk begint zo.")).to_be_visible()


def test_makes_the_report_of_today_and_reads_it(window, signed_in, inspect):
    LineFactory()
    page = signed_in(window(), Role.MANAGEMENT)

    page.goto("/beheer/rapporten/bestanden/")
    inspect(page, "rapport-van-vandaag", wagtail=True)
    ask(page, "Webpagina")
    inspect(page, "rapport-bezig", wagtail=True)
    work()
    expect(page.get_by_text("Dit bestand is klaar")).to_be_visible()  # the page looks again by itself
    inspect(page, "rapport-klaar", wagtail=True)

    page.get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", name="In het kort")).to_be_visible()
    inspect(page, "rapport-webpagina")
    page.set_viewport_size({"width": NARROW, "height": 900})
    inspect(page, "rapport-webpagina-320")


@pytest.mark.parametrize(("format_name", "ending"), [("PDF", "pdf"), ("Word", "docx")])
def test_takes_a_file_along_on_a_phone(window, signed_in, format_name, ending):
    LineFactory()
    page = signed_in(window(width=NARROW), Role.PROGRAMME_OFFICER)

    ask(page, format_name)
    work()
    expect(page.get_by_text("Dit bestand is klaar")).to_be_visible()

    with page.expect_download() as taken:
        page.get_by_role("link", name="Downloaden").click()
    assert taken.value.suggested_filename.startswith("jaarrapport-2026-stand-")
    assert taken.value.suggested_filename.endswith(f".{ending}")
