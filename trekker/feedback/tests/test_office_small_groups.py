"""Who asks so few people that nobody will read anything hears it while it can still be changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.feedback.models import Evaluation, Mode
from trekker.feedback.tests.factories import EvaluationFactory, QuestionnaireFactory, answers
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db
NEW = "/beheer/feedback/evaluaties/nieuw/"
FACTS = {"title": "Gesprek met Gent", "kind": "conversation", "about_on": "2026-05-04", "has_open_link": "on"}
FEW = "Je vraagt minder dan 5 mensen. Onder 5 antwoorden zie je nooit iets."
NEVER = "Er kwamen geen 5 antwoorden. We tonen niets, zodat niemand herkenbaar is."


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


def opened(browser, people=0, **facts):
    QuestionnaireFactory(kinds=["conversation"])
    listed = "\n".join(f"a{number}@gent.be" for number in range(people))
    return browser.post(NEW, FACTS | {"addresses": listed} | facts, follow=True).text


@pytest.mark.parametrize(
    ("people", "words"),
    [(0, "Niemand krijgt een mail."), (1, "1 mens krijgt een mail."), (6, "6 mensen krijgen een mail.")],
)
def test_opening_says_how_many_mails_leave(officer, people, words):
    assert f"De evaluatie is open. {words}" in opened(officer, people)


@pytest.mark.parametrize(
    ("people", "facts"), [(1, {}), (4, {}), (0, {"audience_size": 3}), (4, {"mode": Mode.NAMED})]
)
def test_opening_warns_of_few(officer, people, facts):
    assert FEW in opened(officer, people, **facts)


@pytest.mark.parametrize(("people", "facts"), [(5, {}), (2, {"audience_size": 9}), (0, {})])
def test_opening_warns_of_nothing_where_five_can_answer(officer, people, facts):
    assert FEW not in opened(officer, people, **facts)


def test_opening_says_nothing_of_few_where_it_failed(officer):
    response = officer.post(NEW, FACTS | {"title": ""})

    assert "Dit lukte nog niet. Kijk hieronder wat er fout is." in response.text
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (0, "Er zijn nog geen antwoorden."),
        (1, "Er is 1 antwoord. Sluit je nu, dan kan niemand dat ooit lezen."),
        (2, "Er zijn 2 antwoorden. Sluit je nu, dan kan niemand ze ooit lezen."),
        (5, "Alle antwoorden gaan samen open, en we vergeten wie uitgenodigd was."),
    ],
)
def test_closing_says_what_is_lost(officer, many, words):
    evaluation = EvaluationFactory()
    answers(evaluation, *[{"can_use": "ja"}] * many)

    text = officer.get(reverse("evaluations:close", args=[evaluation.pk])).text

    assert words in text
    assert ("ooit lezen" in text) is (0 < many < 5)


@pytest.mark.parametrize(("many", "is_said"), [(4, True), (5, False)])
def test_a_closed_one_says_that_there_will_be_nothing_to_read(officer, many, is_said):
    evaluation = EvaluationFactory(closed=True)
    answers(evaluation, *[{"can_use": "ja"}] * many)

    text = officer.get(reverse("evaluation:inspect", args=[evaluation.pk])).text

    assert (NEVER in text) is is_said
    assert "Nog geen 5 antwoorden" not in text


def test_a_closed_one_is_done_and_an_open_one_is_under_way(officer):
    now = timezone.now()
    closed = EvaluationFactory(closed=True)
    under_way = EvaluationFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))

    def tone(evaluation):
        text = officer.get(reverse("evaluation:inspect", args=[evaluation.pk])).text
        return text.split("record__lead", 1)[1].split("</p>", 1)[0]

    assert "--good" in tone(closed)
    assert "--good" not in tone(under_way)
