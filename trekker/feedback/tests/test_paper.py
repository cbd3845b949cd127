"""What is hung up and handed out in the room: the QR code and the form on paper."""

from pathlib import Path

import pypdfium2
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.formats.paper import draw
from trekker.feedback.formats.qr import code_of
from trekker.feedback.models import Mode
from trekker.feedback.queries.paper import on_paper
from trekker.feedback.tests.factories import EvaluationFactory, QuestionnaireFactory, asked, core
from trekker.kernel.access import Role

pytestmark = pytest.mark.django_db
Kind = QuestionKind
QUESTIONS = (
    core("satisfaction"),
    core("can_use"),
    asked("Wat houdt je tegen?", only_if=2, only_if_answer="neen"),
    asked("Kom je terug?", Kind.YES_NO),
    asked("Welke #dagen passen?", Kind.MANY, options="maandag\nvrijdag"),
    asked("Wat eerst?", Kind.RANKING, options="hulp\ntoestel"),
    asked("Hoeveel mensen?", Kind.NUMBER, help_text="Een schatting is goed."),
    asked("In één woord?", Kind.SHORT),
)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = "\n".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(pages.split())


def evaluation_with(*questions, **more):
    return EvaluationFactory(questionnaire=QuestionnaireFactory(questions=questions), **more)


def test_letters_without_a_shape_keep_nobody_from_printing():
    evaluation = evaluation_with(asked("Blij 😀?"), title="Netwerk 李")

    text = text_of(draw(on_paper(evaluation, ""), timezone.now()))

    assert "Netwerk □" in text
    assert "Blij □?" in text


def test_paper_holds_every_question_in_order():
    evaluation = evaluation_with(*QUESTIONS, title="Netwerk in mei")

    made = draw(on_paper(evaluation, "https://trekker.example/vragen/x/"), timezone.now())

    text = text_of(made)
    in_order = [
        "Netwerk in mei, 1 mei 2026",
        "We bewaren je antwoord zonder je naam. Mogen we later vragen wat ervan kwam?",
        "Na die vraag wissen we het.",
        "1. Hoe tevreden ben je?",
        "1 2 3 4 5",
        "1: helemaal niet. 5: heel erg.",
        "2. Kun je hiermee aan de slag?",
        "weet ik nog niet",
        "3. Wat houdt je tegen?",
        "Enkel als je bij vraag 2 “neen” koos.",
        "4. Kom je terug?",
        "5. Welke #dagen passen?",
        "maandag",
        "6. Wat eerst?",
        "1 is het eerste",
        "7. Hoeveel mensen?",
        "Een schatting is goed.",
        "8. In één woord?",
        "Jullie mogen mijn woorden citeren, zonder mijn naam.",
        "Vraag me over 10 weken wat ervan kwam.",
        "Geef dit blad af voor je vertrekt.",
        "https://trekker.example/vragen/x/",
    ]
    places = [text.find(words) for words in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)


def test_paper_is_tagged_for_who_reads_by_ear():
    made = draw(on_paper(evaluation_with(*QUESTIONS)), timezone.now())

    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" in made
    assert b"/MarkInfo" in made


def test_the_same_form_and_moment_give_the_same_file():
    form, now = on_paper(evaluation_with(*QUESTIONS)), timezone.now()

    assert draw(form, now) == draw(form, now)


@pytest.mark.parametrize(
    ("more", "words", "not_there"),
    [
        ({"named": True}, "De organisator ziet wie wat antwoordde.", "achter slot "),
        ({"anonymous": True}, "Schrijf nergens je naam.", "Vraag me over"),
    ],
)
def test_paper_promises_what_the_mode_keeps(more, words, not_there):
    evaluation = evaluation_with(core("satisfaction"), **more)

    text = text_of(draw(on_paper(evaluation), timezone.now()))

    assert words in text
    assert not_there not in text
    assert ("Je naam" in text) is (evaluation.mode == Mode.NAMED)
    assert "citeren" not in text
    assert "Liever online?" not in text


def test_paper_comes_as_pdf(as_role):
    evaluation = evaluation_with(*QUESTIONS, title="Netwerk in mei")

    response = as_role(Role.MANAGEMENT).get(reverse("evaluations:paper", args=[evaluation.pk]))

    assert response.headers["Content-Type"] == "application/pdf"
    assert "vragen-netwerk-in-mei.pdf" in response.headers["Content-Disposition"]
    assert reverse("feedback:open", args=[evaluation.key])[:20] in text_of(response.content).replace(" ", "")


def test_a_poster_holds_the_link_as_code_and_in_words(as_role):
    evaluation = EvaluationFactory()
    address = reverse("evaluations:poster", args=[evaluation.pk])
    link = reverse("feedback:open", args=[evaluation.key])

    text = as_role(Role.MANAGEMENT).get(address).text

    assert link in text
    assert (
        ".poster__link a[href]::after { content: none; }"
        in Path(finders.find("feedback/poster.css")).read_text()
    )
    assert 'role="img"' in text
    assert code_of(f"http://127.0.0.1:8000{link}").side in {33, 37, 41}


def test_there_is_no_poster_without_a_link_for_all(as_role):
    browser = as_role(Role.MANAGEMENT)

    for evaluation in (EvaluationFactory(has_open_link=False), EvaluationFactory(closed=True)):
        assert browser.get(reverse("evaluations:poster", args=[evaluation.pk])).status_code == 404


def test_a_code_is_drawn_as_a_finder_expects():
    code = code_of("x")

    assert code.side == 21 + 2 * 4
    assert code.path.startswith("M4 4h7v1h-7z")
