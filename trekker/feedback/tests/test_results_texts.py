"""Open answers: to read, search and tag, without a way back to who wrote them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from trekker.feedback.models import Answer, AnswerTag
from trekker.feedback.queries import results_texts
from trekker.feedback.tests.factories import EvaluationFactory, QuestionnaireFactory, answers, asked
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db
WORDS = ("Ik bel de bib", "Ik maak een folder", "Ik vraag raad", "Ik oefen thuis", "Ik leen een toestel")


@pytest.fixture
def evaluation():
    found = EvaluationFactory(closed=True, title="Netwerkdag")
    answers(found, *[{"intention": text, "can_use": "ja"} for text in WORDS])
    return found


@pytest.fixture
def address(evaluation):
    return reverse("results:texts", args=[evaluation.pk])


def shown(response) -> set[str]:
    return {each.text for each in response.context["page"]}


def test_only_who_may_read_them_sees_them(as_role, address):
    assert as_role(Role.MANAGEMENT).get(address).url == "/beheer/"
    assert shown(as_role(Role.PARTNER_OFFICER).get(address)) == set(WORDS)


def test_finds_every_word(as_role, address):
    assert shown(as_role(Role.PROGRAMME_OFFICER).get(address, {"zoek": "een IK toe"})) == {WORDS[4]}


def test_finds_a_tag(as_role, address):
    officer = as_role(Role.PROGRAMME_OFFICER)
    answer = Answer.objects.get(text=WORDS[0])

    response = officer.post(reverse("results:tag", args=[answer.pk]), {"naam": "  Bib ", "terug": address})

    assert response.url == f"{address}#antwoord-{answer.pk}"
    assert shown(officer.get(address, {"label": "Bib"})) == {WORDS[0]}
    assert shown(officer.get(address, {"label": "iets anders"})) == set(WORDS)


def test_a_tag_stands_once_whatever_its_capitals(as_role):
    evaluation = EvaluationFactory(closed=True)
    answers(evaluation, *[{"intention": text} for text in WORDS])
    answer = Answer.objects.get(text=WORDS[0])
    officer = as_role(Role.PROGRAMME_OFFICER)

    for name in ("Bib", "bib", "BIB"):
        officer.post(reverse("results:tag", args=[answer.pk]), {"naam": name})

    assert [item.tag.name for item in AnswerTag.objects.all()] == ["Bib"]
    lines = ModelLogEntry.objects.filter(action="feedback.tagged")
    assert [(line.label, line.data) for line in lines] == [(evaluation.title, {"tag": "Bib"})]


def test_a_tag_goes_away(as_role, address):
    answer = Answer.objects.get(text=WORDS[0])
    officer = as_role(Role.PROGRAMME_OFFICER)
    officer.post(reverse("results:tag", args=[answer.pk]), {"naam": "Bib"})

    for _ in range(2):
        officer.post(reverse("results:untag", args=[answer.pk]), {"naam": "Bib", "terug": address})

    assert not AnswerTag.objects.exists()
    assert ModelLogEntry.objects.filter(action="feedback.untagged").count() == 1


@pytest.mark.parametrize("name", ["", "x" * 101, "a\0b"])
def test_a_tag_without_a_fit_name_is_not_taken_off(as_role, evaluation, name):
    answer = Answer.objects.get(text=WORDS[0])

    response = as_role(Role.PROGRAMME_OFFICER).post(
        reverse("results:untag", args=[answer.pk]), {"naam": name}
    )

    assert evaluation
    assert response.status_code == 302
    assert not ModelLogEntry.objects.filter(action="feedback.untagged").exists()


@pytest.mark.parametrize("name", ["", "x" * 101])
def test_a_tag_without_a_fit_name_is_refused(as_role, evaluation, name):
    answer = Answer.objects.get(text=WORDS[0])

    as_role(Role.PROGRAMME_OFFICER).post(reverse("results:tag", args=[answer.pk]), {"naam": name})

    assert evaluation
    assert not AnswerTag.objects.exists()


@pytest.mark.parametrize("role", [Role.MANAGEMENT, Role.PARTNER_OFFICER])
def test_only_who_may_change_gives_tags(as_role, evaluation, role):
    answer = Answer.objects.get(text=WORDS[0])

    response = as_role(role).post(reverse("results:tag", args=[answer.pk]), {"naam": "Bib"})

    assert evaluation
    assert response.url == "/beheer/"
    assert not AnswerTag.objects.exists()


def test_never_leads_to_another_site(as_role, evaluation, address):
    answer = Answer.objects.get(text=WORDS[0])

    response = as_role(Role.PROGRAMME_OFFICER).post(
        reverse("results:tag", args=[answer.pk]), {"naam": "Bib", "terug": "https://kwaad.example/"}
    )

    assert evaluation
    assert response.url.startswith(address)


def test_an_answer_of_a_small_group_cannot_be_tagged(as_role):
    small = EvaluationFactory(closed=True)
    answers(small, *[{"intention": "Klein"}] * 4)

    response = as_role(Role.PROGRAMME_OFFICER).post(
        reverse("results:tag", args=[Answer.objects.first().pk]), {"naam": "Bib"}
    )

    assert response.status_code == 404


def test_search_and_tag_find_nothing_of_small_groups(as_role, evaluation):
    small = EvaluationFactory(closed=True)
    answers(small, *[{"intention": "Ik bel stiekem"}] * 4)
    officer = as_role(Role.PROGRAMME_OFFICER)

    found = officer.get(reverse("results:year_texts"), {"jaar": "2026", "zoek": "bel"})

    assert evaluation
    assert shown(found) == {WORDS[0]}


def test_leads_to_a_lesson_from_an_answer(as_role, evaluation, address):
    page = as_role(Role.PROGRAMME_OFFICER).get(address, {"zoek": "bib"}).content.decode()
    answer = Answer.objects.get(text=WORDS[0])

    lesson = reverse("evaluations:new_lesson")
    assert f"{lesson}?evaluatie={evaluation.pk}&amp;antwoord={answer.pk}" in page


def test_texts_on_the_same_place_are_not_of_the_same_person(django_user_model):
    form = QuestionnaireFactory(questions=["intention", asked("Nog iets?")])
    evaluation = EvaluationFactory(closed=True, questionnaire=form)
    answers(evaluation, *[{"intention": f"{n}", "Nog iets?": f"{n}"} for n in range(40)])
    everyone = django_user_model.objects.create_superuser("alles@voorbeeld.example", "een goed wachtwoord")

    rows = list(results_texts.texts(everyone, [evaluation.pk]))

    first, second = rows[:40], rows[40:]
    assert {each.question_id for each in first}.isdisjoint({each.question_id for each in second})
    same = sum(one.text == two.text for one, two in zip(first, second, strict=True))
    assert same < 8
    assert [each.text for each in first] != [f"{n}" for n in range(40)]


def test_the_download_holds_no_person_and_goes_in_the_log(as_role, address):
    response = as_role(Role.PARTNER_OFFICER).get(address, {"export": "csv", "zoek": "bib"})

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "evaluatie;op;vraag;antwoord;labels"
    assert text.splitlines()[1] == "Netwerkdag;2026-05-01;Wat ga je ermee doen?;Ik bel de bib;"
    assert len(text.splitlines()) == 2
    line = ModelLogEntry.objects.get(action="kernel.downloaded")
    assert line.data == {"list": "open antwoorden Netwerkdag", "rows": 1}


def test_texts_are_paged_at_the_same_cost(as_role, django_assert_max_num_queries):
    evaluation = EvaluationFactory(closed=True)
    answers(evaluation, *[{"intention": f"Plan {n}"} for n in range(60)])
    address = reverse("results:texts", args=[evaluation.pk])
    officer = as_role(Role.PROGRAMME_OFFICER)
    pages = [shown(officer.get(address, {"p": page})) for page in (1, 2, 3)]

    assert [len(each) for each in pages] == [25, 25, 10]
    assert len(set.union(*pages)) == 60
    with django_assert_max_num_queries(14):
        officer.get(address)


class TestAskedOfSome:
    def test_texts_of_fewer_than_five_are_nowhere(self, django_user_model):
        form = QuestionnaireFactory(
            questions=["can_use", asked("Wat houdt je tegen?", only_if=1, only_if_answer="neen")]
        )
        few, many = (EvaluationFactory(closed=True, questionnaire=form) for _ in range(2))
        for evaluation, number in ((few, 4), (many, 5)):
            answers(evaluation, *[{"can_use": "ja"}] * 5)
            answers(
                evaluation, *[{"can_use": "neen", "Wat houdt je tegen?": f"tijd {evaluation.pk}"}] * number
            )
        everyone = django_user_model.objects.create_superuser(
            "alles@voorbeeld.example", "een goed wachtwoord"
        )
        both = [few.pk, many.pk]

        read = {each.text for each in results_texts.texts(everyone, both)}

        assert read == {f"tijd {many.pk}"}
        assert {each.text for each in results_texts.quotes(both)} == {f"tijd {many.pk}"}

    def test_a_person_is_quoted_once(self):
        form = QuestionnaireFactory(questions=["intention", asked("Nog iets?")])
        evaluation = EvaluationFactory(closed=True, questionnaire=form)
        answers(evaluation, *[{"intention": "Bellen", "Nog iets?": "Neen"}] * 3)

        assert len(results_texts.quotes([evaluation.pk])) == 3
