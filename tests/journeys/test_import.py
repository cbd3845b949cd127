"""An officer reads a list of members in: columns, doubts, report; then the same list once more."""

import csv

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from trekker.imports.tests import files
from trekker.kernel.access import Role
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory
from trekker.people.models import Person, Position

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

NARROW = 320
ROWS = [
    ["E-mail", "Voornaam", "Achternaam", "Organisatie"],
    ["an@stekene.example", "An", "Voorbeeld", ""],
    ["bo@gmail.com", "Bo", "Voorbeeld", "OCMW Gennt"],
    ["cleo@bureau.example", "Cleo", "Voorbeeld", "Bureau zonder naam"],
    ["geen adres", "Dirk", "Voorbeeld", ""],
]


@pytest.fixture
def network() -> None:
    """A channel, and the two organisations that the list names."""
    ChannelFactory(makes_members=True)
    MailDomainFactory(organisation=OrganisationFactory(name="Stekene"), domain="stekene.example")
    OrganisationFactory(name="OCMW Gent", ocmw=True, counts_as=OrganisationFactory(name="Gent"))


def work() -> None:
    """Do the jobs that wait, as the worker does."""
    call_command("db_worker", batch=True, interval=0.01, startup_delay=False, reload=False, verbosity=0)


def upload(page: Page, path) -> None:
    page.goto("/beheer/inlezen/")
    page.get_by_role("link", name="Lees een bestand in").click()
    page.get_by_label("Bestand", exact=True).set_input_files(path)
    page.get_by_role("button", name="Lees het bestand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies de kolommen")


def compare(page: Page) -> None:
    page.get_by_label("Kanaal").select_option(index=1)
    page.get_by_role("button", name="Vergelijk met wat er al is").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezig met vergelijken")
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk na wat er zal gebeuren")


def store(page: Page) -> None:
    page.get_by_role("link", name="Ga naar opslaan").click()
    page.get_by_role("button", name="Ja, sla op").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezig met opslaan")
    work()


@pytest.mark.usefixtures("network")
def test_reads_a_list_in_and_the_same_list_again(window, signed_in, inspect, tmp_path):
    path = files.csv_file(tmp_path / "leden.csv", ROWS)
    page = signed_in(window(), Role.PROGRAMME_OFFICER)

    upload(page, path)
    inspect(page, "import-columns", wagtail=True)
    compare(page)
    for tab in ("Twijfel (1)", "Onbekend (1)", "Zeker (1)", "Fout (1)"):
        expect(page.get_by_role("link", name=tab)).to_be_visible()
    inspect(page, "import-preview", wagtail=True)

    page.get_by_role("combobox", name="OCMW Gennt").select_option(label="OCMW Gent")
    page.get_by_role("button", name="Bewaar deze keuzes").click()
    expect(page.get_by_role("link", name="Twijfel (0)")).to_be_visible()
    store(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Het bestand is ingelezen")
    inspect(page, "import-report", wagtail=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    download.value.save_as(tmp_path / "verslag.csv")
    with (tmp_path / "verslag.csv").open(encoding="utf-8-sig", newline="") as file:
        outcomes = [row[3] for row in csv.reader(file, delimiter=";")][1:]
    assert outcomes == ["nieuw", "nieuw", "nieuw", "niet ingelezen"]
    assert Position.objects.get(person__email="bo@gmail.com").organisation.name == "OCMW Gent"

    upload(page, path)
    compare(page)
    store(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Alles stond er al")
    assert Person.objects.count() == Membership.objects.count() == len(ROWS) - 2


@pytest.mark.usefixtures("network")
def test_reviews_a_list_on_a_phone(window, signed_in, inspect, tmp_path):
    path = files.csv_file(tmp_path / "leden.csv", ROWS)
    page = signed_in(window(width=NARROW), Role.PROGRAMME_OFFICER)

    upload(page, path)
    compare(page)

    for tab in ("twijfel", "onbekend", "zeker", "fout"):
        page.goto(f"{page.url.split('?')[0]}?tab={tab}")
        inspect(page, f"import-preview-{tab}-{NARROW}", wagtail=True)
