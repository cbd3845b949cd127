"""Choosing what to read: what has nothing yet, what does not exist, where pages and files lead."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from trekker.feedback.models import Mode
from trekker.feedback.tests.factories import EvaluationFactory, QuestionnaireFactory, answers, asked
from trekker.feedback.tests.reading import closed
from trekker.kernel.access import Role
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db
YEAR = "/beheer/feedback/resultaten/"


def page_of(evaluation) -> str:
    return reverse("results:evaluation", args=[evaluation.pk])


def spaced(response) -> str:
    return " ".join(response.content.decode().split())


class TestChoices:
    def test_what_has_nothing_to_read_keeps_its_name(self, as_role):
        Theme.objects.create(name="Basis", code="basis")
        EvaluationFactory(closed=True, strand="course:1", strand_name="Starten met AI")
        manager = as_role(Role.MANAGEMENT)

        for way, key, name in (
            ("kind", "network_meeting", "Netwerkbijeenkomst"),
            ("theme", "basis", "Basis"),
            ("strand", "course:1", "Starten met AI"),
        ):
            page = spaced(manager.get(YEAR, {"jaar": "2026", "keuze": way, "sleutel": key}))
            assert f"Nog geen uitkomsten voor {name} in 2026.".lower() in page.lower()
            assert f'href="{YEAR}?jaar=2026&amp;keuze={way}">Kies iets anders' in page

    def test_says_how_many_do_not_count_of_a_selection(self, as_role):
        closed(yes=4, no=0)
        closed(yes=4, no=0, kind="training")
        asked_for = {"jaar": "2026", "keuze": "kind", "sleutel": "network_meeting"}
        manager = as_role(Role.MANAGEMENT)
        few = "1 evaluatie telt niet mee: daar antwoordden geen 5 mensen."

        assert few in spaced(manager.get(YEAR, asked_for))
        closed(yes=5)
        EvaluationFactory()  # runs still
        assert few in spaced(manager.get(YEAR, asked_for))

    @pytest.mark.parametrize("way", ["kind", "theme", "strand", "goal"])
    @pytest.mark.parametrize("address", [YEAR, f"{YEAR}open-antwoorden/"])
    def test_says_so_of_what_does_not_exist(self, as_role, way, address):
        closed()

        response = as_role(Role.PROGRAMME_OFFICER).get(
            address, {"jaar": "2026", "keuze": way, "sleutel": "<b>weg"}
        )

        assert response.status_code == 404
        assert "Die keuze kennen we niet." in response.text
        assert "<b>weg" not in response.text

    def test_a_year_without_evaluations_says_so(self, as_role):
        closed(about_on=date(2026, 5, 1))
        this_year = timezone.localdate().year
        manager = as_role(Role.MANAGEMENT)

        page = manager.get(YEAR, {"jaar": str(this_year + 1)}).text
        assert f"In {this_year + 1} zijn er nog geen evaluaties." in page
        assert f"jaar={this_year + 2}" not in page
        assert f"jaar={this_year + 1}" not in manager.get(YEAR, {"jaar": str(this_year)}).text
        assert "In 2011 waren er geen evaluaties." in manager.get(YEAR, {"jaar": "2011"}).text


class TestLinks:
    def test_leads_to_the_evaluation_and_to_a_lesson(self, as_role):
        few = closed(yes=4, no=0)
        officer, manager = as_role(Role.PROGRAMME_OFFICER), as_role(Role.MANAGEMENT)
        for evaluation in (closed(), few, EvaluationFactory()):
            lesson = f"{reverse('evaluations:new_lesson')}?evaluatie={evaluation.pk}"
            home = reverse("evaluation:inspect", args=[evaluation.pk])

            page = officer.get(page_of(evaluation)).text
            assert f'href="{home}"' in page
            assert f'href="{lesson}"' in page
            assert "Noteer een les" not in manager.get(page_of(evaluation)).text

    def test_does_not_wait_for_answers_once_closed(self, as_role):
        manager = as_role(Role.MANAGEMENT)

        assert "Er kwamen geen 5 antwoorden." in manager.get(page_of(closed(yes=4, no=0))).text
        assert "Nog geen 5 antwoorden" in manager.get(page_of(EvaluationFactory(mode=Mode.NAMED))).text


class TestWords:
    def test_one_person_can_in_part(self, as_role):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, *[{"can_use": "ja"}] * 5, {"can_use": "deels"})

        assert "1 kan dat deels." in as_role(Role.MANAGEMENT).get(page_of(evaluation)).text

    def test_ends_no_question_with_a_full_stop(self, as_role):
        evaluation = EvaluationFactory(closed=True, title="Wat mag je doen?")
        answers(evaluation, *[{"intention": "Ik begin"}] * 5)

        page = as_role(Role.PROGRAMME_OFFICER).get(reverse("results:texts", args=[evaluation.pk])).text

        assert "?." not in page

    def test_says_of_no_filter_that_it_may_stay_empty(self, as_role):
        address = reverse("results:texts", args=[closed().pk])

        assert "niet verplicht" not in as_role(Role.PROGRAMME_OFFICER).get(address).text


class TestFiles:
    def test_the_sheet_says_what_it_is_of(self, as_role):
        evaluation = closed(title="Hulp: [wat] mag je doen aan het loket van je stad?")
        manager = as_role(Role.MANAGEMENT)

        def names(address, **query):
            body = b"".join(manager.get(address, {"export": "xlsx", **query}).streaming_content)
            return CalamineWorkbook.from_filelike(io.BytesIO(body)).sheet_names

        assert names(page_of(evaluation)) == ["Hulp wat mag je doen aan het lo"]
        assert names(YEAR, jaar="2026") == ["Resultaten 2026"]

    def test_a_year_holds_the_questions_of_its_page(self, as_role):
        form = QuestionnaireFactory(questions=["can_use", asked("Eigen?", "YES_NO")])
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        answers(evaluation, *[{"can_use": "ja", "Eigen?": "ja"}] * 5)
        manager = as_role(Role.MANAGEMENT)

        def file(address, **query):
            body = manager.get(address, {"export": "csv", **query}).streaming_content
            return b"".join(body).decode()

        assert "Eigen?" in file(page_of(evaluation))
        assert "Eigen?" not in file(YEAR, jaar="2026")
        assert "Kun je hiermee aan de slag?" in file(YEAR, jaar="2026")
