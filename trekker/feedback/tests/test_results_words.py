"""What people wrote: whose it is where they answered on name, and what is told where few wrote."""

from __future__ import annotations

import pytest
from django.urls import reverse

from trekker.feedback.models import Mode
from trekker.feedback.tests.factories import EvaluationFactory, QuestionnaireFactory, answers, asked
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db
SHUFFLED = "door elkaar geschud"
READ = "Lees wat ze schreven"


def page_of(evaluation) -> str:
    return reverse("results:evaluation", args=[evaluation.pk])


def texts_of(evaluation) -> str:
    return reverse("results:texts", args=[evaluation.pk])


def on_paper(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


class TestNames:
    @pytest.fixture
    def named(self):
        found = EvaluationFactory(mode=Mode.NAMED, title="Wat neem je mee?")
        answers(found, *[{"can_use": "ja", "intention": "Ik begin"}] * 5, name="Fien Peeters")
        return found

    def test_on_name_stands_beside_each_answer_for_who_may_read(self, as_role, named):
        page = as_role(Role.PARTNER_OFFICER).get(texts_of(named)).text

        assert page.count("Fien Peeters") == 5
        assert SHUFFLED not in page
        assert as_role(Role.MANAGEMENT).get(texts_of(named)).url == "/beheer/"

    def test_on_name_stands_in_the_file(self, as_role, named):
        text = on_paper(as_role(Role.PROGRAMME_OFFICER).get(texts_of(named), {"export": "csv"}))

        assert text.splitlines()[0] == "evaluatie;op;vraag;antwoord;labels;naam"
        assert text.count(";Fien Peeters") == 5

    @pytest.mark.parametrize("mode", [Mode.PSEUDONYM, Mode.ANONYMOUS])
    def test_otherwise_shows_no_name_even_if_one_were_kept(self, as_role, mode):
        found = EvaluationFactory(closed=True, mode=Mode.NAMED)
        answers(found, *[{"intention": "Ik begin"}] * 5, name="Fien Peeters")
        type(found).objects.filter(pk=found.pk).update(mode=mode, follow_up_weeks=None)
        officer = as_role(Role.PROGRAMME_OFFICER)

        page = officer.get(texts_of(found)).text

        assert SHUFFLED in page
        for text in (page, officer.get(page_of(found)).text, self.files(officer, texts_of(found))):
            assert "Ik begin" in text
            assert "Peeters" not in text

    def test_a_whole_year_shows_no_names(self, as_role, named):
        address = f"{reverse('results:year_texts')}?jaar=2026"
        officer = as_role(Role.PROGRAMME_OFFICER)

        for text in (officer.get(address).text, on_paper(officer.get(f"{address}&export=csv"))):
            assert named.title in text
            assert "Peeters" not in text

    def files(self, reader, address):
        return on_paper(reader.get(address, {"export": "csv"}))


class TestFew:
    def evaluation(self, many, **condition):
        form = QuestionnaireFactory(questions=["can_use", asked("Waarom?", **condition)])
        found = EvaluationFactory(closed=True, questionnaire=form)
        answers(found, *[{"can_use": "neen", "Waarom?": "Geen tijd"}] * many, *[{"can_use": "ja"}] * 8)
        return found

    @pytest.mark.parametrize("many", [1, 4])
    def test_who_all_could_write_is_read_however_few_did(self, as_role, many):
        found = self.evaluation(many)

        page = as_role(Role.PROGRAMME_OFFICER).get(page_of(found)).text

        assert "Enkele mensen schreven iets." in page
        assert READ in page
        assert "We tonen niets" not in page
        assert READ not in as_role(Role.MANAGEMENT).get(page_of(found)).text

    def test_who_were_asked_for_an_answer_are_not_told_by_it(self, as_role):
        found = self.evaluation(4, only_if=1, only_if_answer="neen")

        page = as_role(Role.PROGRAMME_OFFICER).get(page_of(found)).text

        assert "Geen 5 mensen antwoordden op deze vraag. We tonen niets" in page
        assert READ not in page
        assert "Geen tijd" not in page

    def test_five_who_were_asked_for_an_answer_are_quoted(self, as_role):
        found = self.evaluation(5, only_if=1, only_if_answer="neen")

        page = as_role(Role.MANAGEMENT).get(page_of(found)).text

        assert page.count("Geen tijd") == 5

    def test_of_more_evaluations_tells_where_few_wrote(self, as_role):
        form = QuestionnaireFactory(questions=["can_use", "intention"])
        for many in (6, 2):
            found = EvaluationFactory(closed=True, questionnaire=form)
            answers(found, *[{"can_use": "ja", "intention": "Ik begin"}] * many, *[{"can_use": "ja"}] * 5)

        page = " ".join(as_role(Role.MANAGEMENT).get(reverse("results:year"), {"jaar": "2026"}).text.split())

        assert "6 mensen antwoordden." in page
        assert "Bij nog 1 evaluatie schreven enkele mensen iets." in page
