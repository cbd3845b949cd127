"""The screens of an import, from file to report, without script."""

from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult
from python_calamine import CalamineWorkbook

from trekker.imports import forms
from trekker.imports.models import Import, Row
from trekker.imports.tests import files
from trekker.kernel import exports
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory
from trekker.people.models import Person

pytestmark = pytest.mark.django_db
START = "/beheer/inlezen/nieuw/"


@pytest.fixture
def officer(as_role):
    ChannelFactory()
    return as_role(Role.PROGRAMME_OFFICER)


def work():
    """Do the jobs that wait, as the worker does."""
    for job in DBTaskResult.objects.ready():
        job.task.func(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.delete()


def send(browser, path):
    with path.open("rb") as file:
        return browser.post(START, {"importer": "members", "file": file})


def listed(browser, rows, tmp_path, **options):
    """Send a list and compare it; gives the import."""
    send(browser, files.csv_file(tmp_path / "leden.csv", rows))
    draft = Import.objects.latest("pk")
    columns = {f"kolom-{code}": place for code, place in draft.mapping.items()}
    chosen = {"channel": "newsletter_digital_inclusion", "status": "SUBSCRIBED", "on": "2026-03-01"}
    browser.post(f"/beheer/inlezen/{draft.pk}/kolommen/", {**columns, **chosen, **options})
    work()
    draft.refresh_from_db()
    return draft


class TestFromFileToReport:
    def test_leads_through_all_steps(self, officer, tmp_path):
        stekene = OrganisationFactory(name="Stekene")
        ocmw = OrganisationFactory(name="OCMW Stekene", ocmw=True, counts_as=stekene)
        for organisation in (stekene, ocmw):
            MailDomainFactory(organisation=organisation, domain="stekene.example")
        MembershipFactory(person__email="weg@stad.example", person__first_name="Weg")
        rows = [["E-mail", "Naam"], ["an@stekene.example", "An Peeters"], ["fout", "Fout"]]

        draft = listed(officer, rows, tmp_path, complete="on")
        address = f"/beheer/inlezen/{draft.pk}"
        assert officer.get(f"{address}/").url == f"{address}/nakijken/"
        page = officer.get(f"{address}/nakijken/").content.decode()
        assert "@stekene.example" in page
        assert "OCMW Stekene" in page
        assert "weg@stad.example" in officer.get(f"{address}/nakijken/?tab=stopt").content.decode()
        row = Row.objects.get(key="an@stekene.example")
        officer.post(f"{address}/nakijken/", {f"groep-{row.pk}": ocmw.pk})
        assert "1 lidmaatschap stopt" in officer.get(f"{address}/opslaan/").content.decode()
        officer.post(f"{address}/opslaan/")
        assert officer.get(f"{address}/bezig/").status_code == 200
        work()

        assert officer.get(f"{address}/bezig/").url == f"{address}/"
        page = officer.get(f"{address}/verslag/").content.decode()
        assert "Het bestand is ingelezen" in page
        assert Person.objects.get(email="an@stekene.example").positions.get().organisation == ocmw
        assert Membership.objects.get(person__email="weg@stad.example").until_on == date(2026, 3, 1)
        assert Import.objects.get().stored_by_id == int(officer.session["_auth_user_id"])

    def test_says_that_all_was_there_already(self, officer, tmp_path):
        rows = [["E-mail"], ["an@gmail.com"]]
        first = listed(officer, rows, tmp_path)
        officer.post(f"/beheer/inlezen/{first.pk}/opslaan/")
        work()

        again = listed(officer, rows, tmp_path)
        officer.post(f"/beheer/inlezen/{again.pk}/opslaan/")
        work()

        page = officer.get(f"/beheer/inlezen/{again.pk}/verslag/").content.decode()
        assert "Alles stond er al" in page

    def test_chooses_an_organisation_by_searching(self, officer, tmp_path):
        hasselt = OrganisationFactory(name="Hasselt")
        draft = listed(officer, [["E-mail"], ["an@bureau.example"], ["bo@bureau.example"]], tmp_path)
        address = f"/beheer/inlezen/{draft.pk}/rij/{draft.rows.first().pk}/?zoek=hassel"

        assert "Hasselt" in officer.get(address).content.decode()
        officer.post(address, {"target": hasselt.pk, "alike": "group"})

        assert set(draft.rows.values_list("target", flat=True)) == {hasselt.pk}

    def test_refuses_an_organisation_that_was_not_offered(self, officer, tmp_path):
        draft = listed(officer, [["E-mail"], ["an@bureau.example"]], tmp_path)
        row = draft.rows.get()

        officer.post(f"/beheer/inlezen/{draft.pk}/nakijken/", {f"groep-{row.pk}": 999_999})

        row.refresh_from_db()
        assert not row.decided

    @pytest.mark.parametrize(("row", "choice"), [("9" * 23, "1"), ("{row}", "9" * 23)])
    def test_passes_by_what_is_no_id(self, officer, tmp_path, row, choice):
        draft = listed(officer, [["E-mail"], ["an@bureau.example"]], tmp_path)
        name = f"groep-{row.format(row=draft.rows.get().pk)}"

        response = officer.post(f"/beheer/inlezen/{draft.pk}/nakijken/", {name: choice})

        assert response.status_code == 302
        assert not draft.rows.get().decided

    def test_downloads_the_report(self, officer, tmp_path):
        rows = [["E-mail", "Naam"], ["an@gmail.com", "=1+1"], ["bo@gmail.com", "+32 475 12 34 56"]]
        draft = listed(officer, rows, tmp_path)
        officer.post(f"/beheer/inlezen/{draft.pk}/opslaan/")
        work()

        text = officer.get(f"/beheer/inlezen/{draft.pk}/verslag/csv/").getvalue().decode("utf-8-sig")
        book = tmp_path / "verslag.xlsx"
        book.write_bytes(officer.get(f"/beheer/inlezen/{draft.pk}/verslag/xlsx/").getvalue())

        assert text.splitlines()[1].startswith("2;an@gmail.com;'=1+1;nieuw")
        sheet = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
        assert sheet[2][1:4] == ["bo@gmail.com", "+32 475 12 34 56", "nieuw"]

    def test_writes_in_the_log_who_downloaded_the_report(self, officer, tmp_path):
        draft = listed(officer, [["E-mail"], ["an@gmail.com"]], tmp_path)
        officer.post(f"/beheer/inlezen/{draft.pk}/opslaan/")
        work()

        officer.get(f"/beheer/inlezen/{draft.pk}/verslag/csv/")

        line = lines_of([draft]).first()
        assert (line.action, line.data) == ("imports.downloaded", {"rows": 1})
        assert line.user_id == int(officer.session["_auth_user_id"])

    def test_a_phone_number_survives_export_and_import(self, officer, tmp_path):
        rows = [
            ["E-mail", "Telefoon"],
            ["an@gmail.com", "+32 475/12.34.56"],
            ["bo@gmail.com", "+32475123456"],
        ]
        exported = [[exports.inert(cell) for cell in row] for row in rows]
        draft = listed(officer, exported, tmp_path)
        officer.post(f"/beheer/inlezen/{draft.pk}/opslaan/")
        work()

        assert list(Person.objects.order_by("email").values_list("phone", flat=True)) == [
            "+32 475/12.34.56",
            "+32475123456",
        ]


class TestProgress:
    def test_offers_to_try_again_when_the_work_was_killed(self, officer, tmp_path):
        draft = listed(officer, [["E-mail"], ["an@gmail.com"]], tmp_path)
        officer.post(f"/beheer/inlezen/{draft.pk}/opslaan/")
        DBTaskResult.objects.all().delete()
        Import.objects.update(began_at="2026-01-01T00:00:00Z", beat_at="2026-01-01T00:00:00Z")

        page = officer.get(f"/beheer/inlezen/{draft.pk}/bezig/").content.decode()
        assert "Probeer opnieuw" in page
        officer.post(f"/beheer/inlezen/{draft.pk}/opnieuw/")
        work()

        assert Import.objects.get().status == Import.Status.DONE

    def test_says_how_to_go_on_when_the_work_failed(self, officer, tmp_path):
        draft = listed(officer, [["E-mail"], ["an@gmail.com"]], tmp_path)
        officer.post(f"/beheer/inlezen/{draft.pk}/opslaan/")
        Import.objects.update(failure="Er liep iets mis.")

        page = officer.get(f"/beheer/inlezen/{draft.pk}/bezig/").content.decode()

        assert "Er liep iets mis." in page
        assert "Probeer opnieuw" in page


class TestUpload:
    def test_refuses_a_large_file_before_reading_it(self, officer, tmp_path, monkeypatch):
        monkeypatch.setattr(forms, "FILE_SIZE", 10)

        response = send(officer, files.csv_file(tmp_path / "a.csv", [["E-mail"], ["an@gmail.com"]]))

        assert "Dit bestand is te groot." in response.content.decode()
        assert "file" in response.context["form"].errors


class TestColumns:
    def test_says_how_many_rows_there_are_below_the_headings(self, officer, tmp_path):
        send(officer, files.csv_file(tmp_path / "a.csv", [["E-mail"], ["an@gmail.com"], ["bo@gmail.com"]]))

        page = officer.get(f"/beheer/inlezen/{Import.objects.get().pk}/kolommen/").content.decode()

        assert "De eerste van 2 rijen" in page

    def test_asks_for_the_column_of_the_address(self, officer, tmp_path):
        send(officer, files.csv_file(tmp_path / "a.csv", [["x", "y"], ["1", "2"]]))
        draft = Import.objects.get()

        page = officer.post(
            f"/beheer/inlezen/{draft.pk}/kolommen/",
            {"channel": "newsletter_digital_inclusion", "status": "SUBSCRIBED", "on": "2026-03-01"},
        )

        assert "Zonder die kolom lukt het niet." in page.content.decode()

    def test_takes_another_row_with_headings(self, officer, tmp_path):
        send(
            officer,
            files.csv_file(tmp_path / "a.csv", [["x", "y"], ["E-mail", "Naam"], ["a@b.example", "A"]]),
        )
        draft = Import.objects.get()

        officer.post(f"/beheer/inlezen/{draft.pk}/titels/", {"header_row": 2})

        draft.refresh_from_db()
        assert draft.mapping == {"email": 0, "full_name": 1}

    def test_shows_a_hostile_file_name_harmless(self, officer, tmp_path):
        path = files.csv_file(tmp_path / "<img src=x onerror=alert(1)>.csv", [["E-mail"], ["a@b.example"]])

        send(officer, path)

        assert Import.objects.get().file_name == "_img src_x onerror_alert(1)_.csv"


class TestListing:
    def test_says_what_to_do_when_there_is_none(self, officer):
        assert "Er is nog niets ingelezen." in officer.get("/beheer/inlezen/").content.decode()

    def test_lists_and_throws_away_a_draft(self, officer, tmp_path):
        draft = listed(officer, [["E-mail"], ["an@gmail.com"]], tmp_path)
        assert "leden.csv" in officer.get("/beheer/inlezen/").content.decode()

        assert officer.get(f"/beheer/inlezen/{draft.pk}/schrappen/").status_code == 200
        officer.post(f"/beheer/inlezen/{draft.pk}/schrappen/")

        assert not Import.objects.exists()


class TestAccess:
    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    def test_is_closed_to_who_may_not_read_files_in(self, as_role, role):
        browser = as_role(role)

        for address in ("", "nieuw/", "1/", "1/nakijken/", "1/verslag/csv/"):
            assert browser.get(f"/beheer/inlezen/{address}").status_code in {302, 403, 404}
