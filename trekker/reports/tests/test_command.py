"""``trekker report``: the right file, said in words, and clear words when it cannot be."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from trekker.plan.tests.factories import LineFactory
from trekker.reports.tests.factories import ReportFactory, fixed, write
from trekker.reports.tests.reading import pdf_pages, sheets, word_text

pytestmark = pytest.mark.django_db


def report(*arguments: str, **options) -> tuple[str, str]:
    """Run the command; gives what it printed, and what it told meanwhile."""
    printed, told = StringIO(), StringIO()
    call_command("report", *arguments, stdout=printed, stderr=told, **options)
    return printed.getvalue(), told.getvalue()


class TestReport:
    @pytest.fixture(autouse=True)
    def plan(self):
        return LineFactory(indicator__goal__version__year=2026).indicator.goal.version

    @pytest.mark.parametrize("code", ["pdf", "docx", "xlsx", "html"])
    def test_writes_each_format(self, code, tmp_path):
        target = tmp_path / f"rapport.{code}"

        printed, told = report("2026", "--format", code, "--out", str(target))

        starts = {"pdf": b"%PDF-1.7", "docx": b"PK", "xlsx": b"PK", "html": b"<!doctype html>"}
        assert target.read_bytes().startswith(starts[code])
        assert str(target) in printed
        assert "Cijfers van 2026 verzamelen" in told
        assert list(tmp_path.iterdir()) == [target]

    def test_names_the_file_itself_in_a_folder(self, tmp_path):
        report("2026", "--as-of", "2026-06-30", "--out", str(tmp_path))

        assert [each.name for each in tmp_path.iterdir()] == ["jaarrapport-2026-stand-2026-06-30.pdf"]

    def test_takes_the_figures_of_the_day_asked_for(self, tmp_path):
        printed, _told = report("2026", "--as-of", "2026-03-31", "--out", str(tmp_path / "r.pdf"))

        assert "met de cijfers van 31 maart 2026" in printed
        assert "Concept, stand van 31 maart 2026" in pdf_pages((tmp_path / "r.pdf").read_bytes())[0]

    def test_ends_a_report_of_half_a_year_in_june(self, tmp_path):
        printed, _told = report("2026", "--mid-year", "--out", str(tmp_path / "r.pdf"))

        assert "Halfjaarrapport 2026" in printed
        first = pdf_pages((tmp_path / "r.pdf").read_bytes())[0]
        assert f"{min(date(2026, 6, 30), timezone.localdate()).year}" in first

    def test_tells_the_stories_of_a_report_under_way(self, tmp_path, plan):
        write(ReportFactory(plan=plan.plan), "Dit jaar ging goed.")

        report("2026", "--format", "docx", "--out", str(tmp_path / "r.docx"))

        assert "Dit jaar ging goed." in word_text((tmp_path / "r.docx").read_bytes())

    def test_says_so_when_a_folder_may_not_be_written_in(self, tmp_path, monkeypatch):
        def refuse(*_arguments, **_options):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("pathlib.Path.open", refuse)
        with pytest.raises(CommandError, match="mag je niet schrijven"):
            report("2026", "--out", str(tmp_path / "r.pdf"))

    def test_keeps_an_earlier_file_when_writing_fails(self, tmp_path, monkeypatch):
        target = tmp_path / "rapport.pdf"
        target.write_text("vorige")

        def stop(*_arguments):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("trekker.reports.formats.writing.write", stop)
        with pytest.raises(CommandError, match="kan niet geschreven worden"):
            report("2026", "--out", str(target))

        assert target.read_text() == "vorige"
        assert list(tmp_path.iterdir()) == [target]


class TestWhatWasFixed:
    @pytest.fixture(autouse=True)
    def snapshot(self):
        version = LineFactory(indicator__goal__version__year=2026).indicator.goal.version
        under_way = ReportFactory(plan=version.plan)
        write(under_way, "Zo was het.")
        write(under_way, "Het netwerk groeide.", version.goals.get().code)
        return fixed(under_way)

    def test_is_written_rather_than_the_figures_of_today(self, tmp_path):
        printed, _told = report("2026", "--out", str(tmp_path / "r.pdf"))

        assert "zoals vastgesteld op 11 januari 2027" in printed
        assert "Vastgesteld op 11 januari 2027" in pdf_pages((tmp_path / "r.pdf").read_bytes())[0]

    def test_is_passed_by_when_a_day_is_asked_for(self, tmp_path):
        printed, _told = report(
            "2026", "--as-of", "2026-05-31", "--format", "xlsx", "--out", str(tmp_path / "r.xlsx")
        )

        assert "met de cijfers van 31 mei 2026" in printed
        about = dict(row[:2] for row in sheets((tmp_path / "r.xlsx").read_bytes())["Over dit rapport"])
        assert about["Stand"] == "concept, stand van 31 mei 2026"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("20x6",), "«20x6» is geen jaar"),
        (("99999999999999999999",), "is geen jaar"),
        (("1999",), "is geen jaar"),
        (("2026", "--format", "odt"), "«odt» is geen formaat. Kies pdf, docx, xlsx, html."),
        (("2026", "--as-of", "30 juni"), "«30 juni» is geen dag"),
        (("2031",), "nog geen vastgesteld plan voor 2031"),
        (("2026", "--as-of", "2025-12-31"), "een dag in 2026"),
        (("2026", "--as-of", "2026-06-30", "--out", "/bestaat/niet/r.pdf"), "bestaat niet"),
    ],
)
def test_says_in_dutch_what_is_wrong(arguments, said):
    LineFactory(indicator__goal__version__year=2026)

    with pytest.raises(CommandError) as error:
        report(*arguments)

    assert said in str(error.value)
