from datetime import timedelta

import pytest
from django.utils import timezone

from trekker.feedback.actions import evaluations
from trekker.feedback.forms.answering import FIELD
from trekker.feedback.models import Response
from trekker.feedback.tests.factories import QuestionnaireFactory
from trekker.feedback.tests.test_office_evaluations import OFFICER, page_of, running, to
from trekker.kernel import tickets
from trekker.kernel.audit import lines_of

pytestmark = pytest.mark.django_db


class TestTypingIn:
    def sent(self, evaluation, **more):
        question = evaluation.questionnaire.questions.get(code="can_use")
        ticket = tickets.issue("feedback.answer", timezone.now() - timedelta(minutes=1))
        return {
            "ticket": ticket,
            "form": evaluation.promise,
            FIELD.format(question.pk): "ja",
        } | more

    def test_keeps_a_paper_and_goes_on_with_the_next(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)
        address = to("type_in", evaluation)

        assert browser.get(address).status_code == 200
        on = browser.post(address, self.sent(evaluation) | {"nog-een": "ja"})
        done = browser.post(address, self.sent(evaluation))

        assert on.headers["Location"] == address
        assert done.headers["Location"] == page_of(evaluation)
        assert evaluation.sealed.count() == 2
        evaluations.close_evaluation(evaluation=evaluation, by=None, now=timezone.now())
        assert set(Response.objects.values_list("source", flat=True)) == {"PAPER"}

    def test_keeps_a_paper_that_is_sent_twice_once(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)
        paper = self.sent(evaluation)

        for _ in range(2):
            browser.post(to("type_in", evaluation), paper)

        assert evaluation.sealed.count() == 1

    def test_misses_an_empty_paper_only(self, as_role):
        evaluation = running()
        empty = {key: value for key, value in self.sent(evaluation).items() if value != "ja"}

        response = as_role(OFFICER).post(to("type_in", evaluation), empty)

        assert "Vul minstens één antwoord in." in response.text

    def test_leads_back_when_it_is_not_open(self, as_role):
        evaluation = running(closes_at=timezone.now() - timedelta(hours=1))

        page = as_role(OFFICER).get(to("type_in", evaluation), follow=True)

        assert "Antwoorden kan nu niet: de evaluatie is niet open." in page.text

    def test_keeps_what_was_typed_when_it_closed_meanwhile(self, as_role):
        evaluation = running(closed=True)

        response = as_role(OFFICER).post(to("type_in", evaluation), self.sent(evaluation))

        assert "Antwoorden kan nu niet: de evaluatie is niet open." in response.text
        assert "checked" in response.text

    def test_asks_again_when_the_questions_changed_or_the_form_is_none_of_ours(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)
        address = to("type_in", evaluation)
        other = QuestionnaireFactory()

        changed = browser.post(address, self.sent(evaluation, form=other.pk))
        foreign = browser.post(address, {"ticket": "x"})

        assert "De vragen veranderden intussen." in changed.text
        assert foreign.headers["Location"] == address
        assert not evaluation.sealed.exists()


class TestNotes:
    def test_are_added_corrected_and_removed(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)

        browser.post(to("add_note", evaluation), {"text": "Te snel.", "heard_on": "2026-05-01"})
        note = evaluation.notes.get()
        assert "Te snel." in browser.get(to("correct_note", note)).text
        browser.post(to("correct_note", note), {"text": "Veel te snel.", "heard_on": "2026-05-01"})
        assert "Veel te snel." in browser.get(to("remove_note", note)).text
        browser.post(to("remove_note", note))

        assert not evaluation.notes.exists()
        assert [each.action for each in lines_of([evaluation])] == [
            "feedback.note_removed",
            "feedback.note_corrected",
            "feedback.note_added",
        ]

    def test_come_from_a_day_that_was(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)
        tomorrow = {"text": "x", "heard_on": timezone.localdate() + timedelta(days=1)}
        note = evaluation.notes.create(text="Goed", heard_on="2026-05-01", noted_at=timezone.now())

        for address in (to("add_note", evaluation), to("correct_note", note)):
            assert "Deze dag moet nog komen." in browser.post(address, tomorrow).text
        assert evaluation.notes.get().text == "Goed"
