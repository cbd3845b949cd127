"""The screens to read answers in, from the page of an evaluation to the report, without script."""

import pytest

from trekker.feedback.models import SealedAnswer
from trekker.feedback.tests.factories import EvaluationFactory
from trekker.feedback.tests.importing import HEADINGS, an, written
from trekker.imports.models import Import, Row
from trekker.imports.tests import files
from trekker.imports.tests.test_views import work
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


@pytest.fixture
def evaluation():
    return EvaluationFactory(title="Dag van de e-inclusie")


def start(evaluation):
    return f"/beheer/feedback/evaluaties/{evaluation.pk}/inlezen/"


def send(browser, evaluation, path):
    with path.open("rb") as file:
        return browser.post(start(evaluation), {"file": file})


def compared(browser, evaluation, path):
    """Send a file, take the columns as proposed, and compare; gives the address of the import."""
    send(browser, evaluation, path)
    draft = Import.objects.latest("pk")
    columns = {f"kolom-{code}": place for code, place in draft.mapping.items() if code != "mark"}
    browser.post(f"/beheer/inlezen/{draft.pk}/kolommen/", columns)
    work()
    return f"/beheer/inlezen/{draft.pk}"


def text_of(browser, address):
    return browser.get(address).content.decode()


class TestFromThePageOfAnEvaluation:
    def test_leads_to_the_file_and_says_what_becomes_of_it(self, officer, evaluation):
        assert start(evaluation) in text_of(officer, f"/beheer/feedback/evaluaties/inspect/{evaluation.pk}/")

        page = text_of(officer, start(evaluation))

        assert "Namen en mailadressen uit het bestand bewaren we niet" in page
        assert "zodra de evaluatie sluit" in page
        assert "op naam" in text_of(officer, start(EvaluationFactory(named=True)))
        assert "zodra" not in text_of(officer, start(EvaluationFactory(closed=True)))

    def test_of_another_list_says_what_to_choose(self, officer, evaluation, tmp_path):
        path = files.csv_file(tmp_path / "leden.csv", [["E-mail", "Naam"], ["an@stad.example", "An"]])

        page = send(officer, evaluation, path).content.decode()

        assert "geen antwoorden uit Microsoft Forms" in page
        assert not Import.objects.exists()

    def test_reads_compares_decides_and_stores(self, officer, evaluation, tmp_path):
        headings = (*HEADINGS, "Hoe kwam je?", "Naam2")
        rows = [
            [4, "ja", "Zo", "Trein", "An"],
            ["tevreden", "mischien", "<b>Zus</b>", "Bus", "Bo"],
            [3, "mischien", "", "Bus", "Bo"],
        ]
        path = written(tmp_path, rows, headings=headings, who=an)
        address = send(officer, evaluation, path).url.removesuffix("/kolommen/")

        page = text_of(officer, f"{address}/kolommen/")
        assert "1. Hoe tevreden ben je?" in page
        assert "Wie antwoordde, bewaren we niet" in page
        assert "Kenmerk van de rij" not in page
        assert "Verbrugghen" not in page

        address = compared(officer, evaluation, path)
        page = text_of(officer, f"{address}/nakijken/")
        assert "Antwoorden voor Dag van de e-inclusie" in page
        assert "Deze kolommen komen niet mee" in page
        assert "mischien" in page
        assert "Zoek een andere" not in page
        row = Row.objects.filter(values__word="mischien").first()
        assert "weet ik nog niet" in page
        officer.post(f"{address}/nakijken/", {f"groep-{row.pk}": row.choices[3]})
        assert "Zoek op naam" not in text_of(officer, f"{address}/rij/{row.pk}/")
        assert "weet ik nog niet" in text_of(officer, f"{address}/nakijken/?tab=zeker")
        page = text_of(officer, f"{address}/opslaan/")
        assert "1 rij wacht nog op een beslissing" in page
        officer.post(f"{address}/opslaan/")
        work()

        assert SealedAnswer.objects.count() == 3
        page = text_of(officer, f"{address}/verslag/")
        assert "Het bestand is ingelezen" in page
        assert f"/beheer/feedback/evaluaties/inspect/{evaluation.pk}/" in page
        assert "mischien" not in page
        assert "1 antwoord blijft weg" in page
        assert not Row.objects.exclude(values={}).exists()

    def test_the_same_file_again_changes_nothing(self, officer, evaluation, tmp_path):
        path = written(tmp_path, [[4, "ja", "Zo"]] * 3)
        for _ in range(2):
            address = compared(officer, evaluation, path)
            officer.post(f"{address}/opslaan/")
            work()

        assert "Alles stond er al" in text_of(officer, f"{address}/verslag/")
        assert SealedAnswer.objects.count() == 3

    def test_of_another_form_says_how_to_make_a_questionnaire(self, officer, evaluation, tmp_path):
        path = written(tmp_path, [["Gent"]], headings=("Waar woon je?",))

        address = send(officer, evaluation, path).url

        assert "Geen enkele titel lijkt op een vraag" in text_of(officer, address)

    def test_a_stored_import_of_a_removed_evaluation_can_still_be_read(self, officer, evaluation, tmp_path):
        address = compared(officer, evaluation, written(tmp_path, [[4, "ja", "Zo"]]))
        evaluation.delete()

        assert officer.get(f"{address}/nakijken/").status_code == 200

    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    def test_is_for_who_manages_evaluations(self, as_role, evaluation, role):
        assert as_role(role).get(start(evaluation)).status_code in {302, 403}
