import pytest
from django.urls import reverse

from trekker.feedback.actions import lessons
from trekker.feedback.models import Answer, Lesson
from trekker.feedback.tests.factories import NOW, EvaluationFactory, QuestionnaireFactory, answers, asked
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/feedback/lessen/", "/beheer/feedback/lessen/nieuw/"
OFFICER, PARTNER, MANAGEMENT = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER, Role.MANAGEMENT
State = Lesson.State


def page_of(lesson) -> str:
    return reverse("lesson:inspect", args=[lesson.pk])


def to(name, lesson) -> str:
    return reverse(f"evaluations:{name}", args=[lesson.pk])


def learnt(text="Korter", **more) -> Lesson:
    kinds = more.pop("kinds", ["tool"])
    return lessons.add_lesson(text=text, kinds=kinds, by=None, now=NOW, **more)


def said(many=5, **more):
    """Give an evaluation and its open answers."""
    evaluation = EvaluationFactory(closed=True, **more)
    answers(evaluation, *[{"intention": f"Plan {number}"} for number in range(many)])
    return evaluation, list(Answer.objects.filter(response__evaluation=evaluation).order_by("pk"))


class TestTheActions:
    def test_add_and_change_with_the_answers_they_come_from(self):
        evaluation, (first, second, *_) = said()

        lesson = learnt(evaluation=evaluation, answers=[first])
        lessons.change_lesson(
            lesson=lesson, text="Trager", kinds=["other"], evaluation=None, answers=[second], by=None, now=NOW
        )

        lesson.refresh_from_db()
        assert (lesson.text, lesson.kinds, lesson.evaluation) == ("Trager", ["other"], None)
        assert list(lesson.answers.all()) == [second]
        assert [each.action for each in lines_of([lesson])] == [
            "feedback.lesson_changed",
            "feedback.lesson_added",
        ]

    def test_changing_without_answers_keeps_them(self):
        evaluation, (first, *_) = said()
        lesson = learnt(answers=[first])

        lessons.change_lesson(
            lesson=lesson, text="x", kinds=["tool"], evaluation=evaluation, by=None, now=NOW
        )

        assert list(lesson.answers.all()) == [first]

    @pytest.mark.parametrize("state", [State.APPLIED, State.DROPPED])
    def test_an_end_says_what_came_of_it(self, state):
        lesson = learnt()

        with pytest.raises(lessons.OutcomeMissing):
            lessons.conclude_lesson(lesson=lesson, state=state, outcome="  ", by=None, now=NOW)
        lessons.conclude_lesson(lesson=lesson, state=state, outcome=" Het hielp. ", by=None, now=NOW)

        lesson.refresh_from_db()
        assert (lesson.state, lesson.outcome) == (state, "Het hielp.")
        assert Lesson.objects.all().for_kind("tool") == []

    def test_keeping_in_mind_again_needs_no_words(self):
        lesson = learnt()
        lessons.conclude_lesson(lesson=lesson, state=State.APPLIED, outcome="Ja.", by=None, now=NOW)

        lessons.conclude_lesson(lesson=lesson, state=State.KEPT_IN_MIND, outcome="", by=None, now=NOW)

        assert Lesson.objects.all().for_kind("tool") == [lesson]


class TestWritingOne:
    def test_starts_from_an_evaluation_and_its_answers(self, as_role):
        evaluation, found = said(kind="tool")
        browser = as_role(OFFICER)

        form = browser.get(NEW, {"evaluatie": evaluation.pk, "antwoord": found[1].pk}).context["form"]

        assert form.initial["evaluation"] == evaluation
        assert form.initial["kinds"] == ["tool"]
        assert form.initial["answers"] == [found[1].pk]
        assert set(form.fields["answers"].queryset) == set(found)

    def test_groups_answers_by_question_and_puts_what_it_came_from_first(self, as_role):
        evaluation = EvaluationFactory(
            closed=True, questionnaire=QuestionnaireFactory(questions=["intention", asked("Wat kan beter?")])
        )
        answers(
            evaluation, *[{"intention": f"Plan {each}", "Wat kan beter?": f"Tip {each}"} for each in "abcde"]
        )
        answers(evaluation, {"Wat kan beter?": " tip  A "})
        chosen = Answer.objects.get(text="Tip c")

        response = as_role(OFFICER).get(NEW, {"evaluatie": evaluation.pk, "antwoord": chosen.pk})

        better, plans = response.context["form"].fields["answers"].choices
        labels = [" ".join(label.lower().split()) for _key, label in better[1]]
        assert (better[0], labels[0]) == ("Wat kan beter?", "tip c")
        assert sorted(labels) == [f"tip {each}" for each in "abcde"]
        assert plans[0] == "Wat ga je ermee doen?"
        assert sorted(label for _key, label in plans[1]) == [f"Plan {each}" for each in "abcde"]
        assert 'aria-label="Wat kan beter?"' in response.text

    def test_keeps_doubles_that_were_chosen(self, as_role):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, *[{"intention": "Korter"}] * 5)
        found = list(Answer.objects.order_by("pk"))
        lesson = learnt(evaluation=evaluation, answers=found[1:3])

        form = as_role(OFFICER).get(to("edit_lesson", lesson)).context["form"]

        ((_question, choices),) = form.fields["answers"].choices
        assert [key.value for key, _label in choices] == [found[1].pk, found[2].pk]

    def test_comes_from_what_can_be_read_or_where_it_was_tied_to(self, as_role):
        readable, _ = said()
        small, _ = said(many=4)
        browser = as_role(OFFICER)

        def offered(address):
            return set(browser.get(address).context["form"].fields["evaluation"].queryset)

        assert offered(NEW) == {readable}
        assert offered(to("edit_lesson", learnt(evaluation=small))) == {readable, small}

    def test_starts_from_an_answer_alone(self, as_role):
        evaluation, found = said()

        form = as_role(OFFICER).get(NEW, {"antwoord": [each.pk for each in found[:2]]}).context["form"]

        assert form.initial["evaluation"] == evaluation
        assert set(form.initial["answers"]) == {found[0].pk, found[1].pk}

    def test_offers_no_answers_of_a_small_group(self, as_role):
        evaluation, found = said(many=4)
        browser, address = as_role(OFFICER), f"{NEW}?evaluatie={evaluation.pk}&antwoord={found[0].pk}"

        shown = browser.get(address)
        browser.post(address, {"text": "x", "kinds": ["tool"], "answers": [found[0].pk]})

        assert "answers" not in shown.context["form"].fields
        assert "Plan 0" not in shown.text
        assert not Lesson.objects.get().answers.exists()

    def test_warns_before_what_was_typed_is_lost(self, as_role):
        browser = as_role(OFFICER)

        assert 'data-w-unsaved-force-value="false"' in browser.get(NEW).text
        assert 'data-w-unsaved-force-value="true"' in browser.post(NEW, {"text": ""}).text

    def test_makes_nothing_of_an_odd_address(self, as_role):
        form = as_role(OFFICER).get(NEW, {"evaluatie": "x", "antwoord": "y"}).context["form"]

        assert form.initial == {"evaluation": None, "kinds": [], "answers": []}

    def test_stores_it(self, as_role):
        evaluation, found = said()
        address = f"{NEW}?evaluatie={evaluation.pk}"
        given = {"text": "Korter", "kinds": ["tool", "other"], "evaluation": evaluation.pk}

        response = as_role(OFFICER).post(address, given | {"answers": [found[0].pk]})

        lesson = Lesson.objects.get()
        assert response.headers["Location"] == page_of(lesson)
        assert (lesson.kinds, lesson.evaluation) == (["tool", "other"], evaluation)
        assert list(lesson.answers.all()) == [found[0]]

    def test_asks_what_and_for_what(self, as_role):
        response = as_role(OFFICER).post(NEW, {})

        assert "Schrijf op wat jullie anders doen." in response.text
        assert "Kies waarvoor de les geldt." in response.text

    def test_shortens_a_long_answer_in_the_list(self, as_role):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, *[{"intention": "lang " * 100}] * 5)

        assert "…" in as_role(OFFICER).get(NEW, {"evaluatie": evaluation.pk}).text

    def test_is_corrected(self, as_role):
        lesson, browser = learnt(), as_role(OFFICER)

        assert "Korter" in browser.get(to("edit_lesson", lesson)).text
        browser.post(to("edit_lesson", lesson), {"text": "Nog korter", "kinds": ["tool"]})

        assert Lesson.objects.get().text == "Nog korter"

    def test_is_concluded(self, as_role):
        lesson, browser = learnt(), as_role(OFFICER)
        address = to("conclude", lesson)

        refused = browser.post(address, {"state": State.APPLIED})
        assert "Schrijf op wat ervan kwam, of waarom het niet meer hoeft." in refused.text
        browser.post(address, {"state": State.APPLIED, "outcome": "Iedereen bleef wakker."})

        assert "Iedereen bleef wakker." in browser.get(page_of(lesson)).text


class TestReading:
    def test_the_page_shows_answers_to_who_may_read_them(self, as_role):
        evaluation, found = said()
        lesson = learnt(evaluation=evaluation, answers=found[:1])

        assert found[0].text in as_role(PARTNER).get(page_of(lesson)).text
        page = as_role(MANAGEMENT).get(page_of(lesson)).text
        assert found[0].text not in page
        assert evaluation.title in page

    def test_the_list_narrows_and_searches(self, as_role):
        learnt("Korter")
        done = learnt("Meer pauzes", kinds=["other", "tool"])
        lessons.conclude_lesson(lesson=done, state=State.APPLIED, outcome="Ja.", by=None, now=NOW)
        browser = as_role(MANAGEMENT)

        def found(**query):
            return [each.text for each in browser.get(LIST, query).context["object_list"]]

        assert found(state="APPLIED") == found(kind="other") == found(q="pauzes") == ["Meer pauzes"]
        assert found() == ["Meer pauzes", "Korter"]

    def test_an_evaluation_shows_what_was_learnt(self, as_role):
        evaluation, _ = said()
        learnt(evaluation=evaluation)

        page = as_role(OFFICER).get(reverse("evaluation:inspect", args=[evaluation.pk])).text

        assert "Korter" in page
        assert f"{NEW}?evaluatie={evaluation.pk}" in page


@pytest.mark.parametrize("name", ["antwoord", "evaluatie"])
def test_a_number_that_no_record_has_starts_an_empty_lesson(as_role, name):
    response = as_role(OFFICER).get(NEW, {name: "9" * 4000})

    assert response.status_code == 200
