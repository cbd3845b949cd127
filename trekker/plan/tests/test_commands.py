import json

import pytest
from django.core.management import CommandError, call_command

from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan.models import PlanVersion
from trekker.plan.tests.factories import TEXT, LineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    ChannelFactory()
    path = tmp_path / "plan.txt"
    path.write_text(TEXT)
    return str(path)


class TestImportPlan:
    def test_prints_the_proposal_and_stores_nothing(self, file, capsys):
        call_command("import_plan", file, year=2026, json=True)

        proposal = json.loads(capsys.readouterr().out)
        assert {"goals", "indicators", "moments", "warnings"} <= set(proposal)
        assert {"code", "title", "level", "parent", "leads", "source_lines"} <= set(proposal["goals"][0])
        assert {"goal", "text", "source_lines", "certainty", "lines", "narrative"} <= set(
            proposal["indicators"][0]
        )
        assert not PlanVersion.objects.exists()

    def test_prints_words_for_people(self, file, capsys):
        call_command("import_plan", file, year=2026)

        assert ">= 1100 leden" in capsys.readouterr().out

    def test_stores_and_adopts_on_request(self, file):
        call_command("import_plan", file, year=2026, confirm=True, title="Digitale inclusie")

        version = PlanVersion.objects.get()
        assert not version.is_concept
        assert version.in_force_from.isoformat() == "2026-01-01"

    def test_the_same_file_again_changes_nothing(self, file, capsys):
        call_command("import_plan", file, year=2026, confirm=True)
        call_command("import_plan", file, year=2026, confirm=True)

        assert "niets gewijzigd" in capsys.readouterr().err
        assert PlanVersion.objects.count() == 1

    @pytest.mark.parametrize(("name", "content"), [("weg.txt", None), ("melk.txt", "melk en brood")])
    def test_says_why_it_cannot(self, tmp_path, name, content):
        if content:
            (tmp_path / name).write_text(content)

        with pytest.raises(CommandError):
            call_command("import_plan", str(tmp_path / name), year=2026, confirm=True)

        assert not PlanVersion.objects.exists()


class TestIndicators:
    def test_prints_figures_as_json(self, capsys):
        MembershipFactory()
        LineFactory()

        call_command("indicators", "--year=2026", "--as-of=2026-06-30", "--json")

        (promise,) = json.loads(capsys.readouterr().out)
        assert promise["lines"][0]["value"] == 1

    def test_prints_words_for_people(self, capsys):
        LineFactory(no_register=True)

        call_command("indicators", year=2026)

        assert "– van 2 leden (no_register)" in capsys.readouterr().out

    def test_says_that_there_is_no_plan(self):
        with pytest.raises(CommandError, match="nog geen vastgesteld plan voor 2031"):
            call_command("indicators", year=2031)
