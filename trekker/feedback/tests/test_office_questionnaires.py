from datetime import timedelta

import pytest
from django.urls import reverse

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.models import Mode, Questionnaire
from trekker.feedback.tests.factories import NOW, EvaluationFactory, QuestionnaireFactory, asked, core
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/feedback/vragenlijsten/", "/beheer/feedback/vragenlijsten/new/"
OFFICER, MANAGEMENT = Role.PROGRAMME_OFFICER, Role.MANAGEMENT
Kind = QuestionKind
FORM = {
    "title": "Na een netwerk",
    "intro": "",
    "mode": Mode.PSEUDONYM,
    "open_days": 21,
    "remind_after_days": 7,
    "follow_up_weeks": 10,
}


def page_of(form) -> str:
    return reverse("questionnaire:inspect", args=[form.pk])


def edit_of(form) -> str:
    return reverse("questionnaire:edit", args=[form.pk])


def sent(*questions, before=0, **facts):
    """Give what the form sends: each question a mapping, in this order unless it says another."""
    given = FORM | facts
    given |= {"questions-TOTAL_FORMS": len(questions), "questions-INITIAL_FORMS": before}
    for place, question in enumerate(questions):
        row = {"code": "", "label": "", "kind": Kind.LONG, "steps": 5, "ORDER": place + 1} | question
        given |= {f"questions-{place}-{name}": value for name, value in row.items()}
    return given


def rows_of(form):
    """Give the questions of a form as its own form would send them back."""
    names = ("code", "label", "help_text", "kind", "options", "low", "high", "steps", "only_if_answer")
    return [
        {name: getattr(each, name) for name in names} | {"id": each.pk, "only_if": each.only_if or ""}
        for each in form.questions.all()
    ]


def errors(response, place=0):
    formset = response.context["form"].formsets["questions"]
    return formset.forms[place].errors


CHOICE = {"label": "Welke dag?", "kind": Kind.ONE, "options": "maandag\nvrijdag"}


class TestMaking:
    def test_stores_the_questions_in_order_and_core_ones_with_their_own_words(self, as_role):
        core = {"code": "can_use", "label": "Iets anders", "kind": Kind.SHORT, "required": "on"}

        response = as_role(OFFICER).post(
            NEW, sent(CHOICE | {"ORDER": 2}, core | {"ORDER": 1}, kinds=["training", "study_visit"])
        )

        made = Questionnaire.objects.get()
        assert response.headers["Location"] == page_of(made)
        first, second = made.questions.all()
        assert (first.label, first.kind) == ("Kun je hiermee aan de slag?", Kind.ONE)
        assert first.required
        assert second.choices == ["maandag", "vrijdag"]
        assert made.kinds == ["training", "study_visit"]
        assert lines_of([made]).get().action == "feedback.form_added"

    def test_takes_over_as_standard_of_a_kind(self, as_role):
        before = QuestionnaireFactory(kinds=["training", "tool"])

        as_role(OFFICER).post(NEW, sent(CHOICE, kinds=["training"]))

        before.refresh_from_db()
        assert before.kinds == ["tool"]

    def test_needs_a_title_and_a_question(self, as_role):
        response = as_role(OFFICER).post(NEW, sent(title=""))

        assert "Geef de vragenlijst een titel." in response.text
        assert "Voeg minstens één vraag toe." in response.text
        assert not Questionnaire.objects.exists()

    def test_refuses_to_ask_later_what_was_answered_anonymously(self, as_role):
        response = as_role(OFFICER).post(NEW, sent(CHOICE, mode=Mode.ANONYMOUS))

        assert "Wie anoniem antwoordt, kun je later niets vragen." in response.text

    def test_takes_an_anonymous_form_without_follow_up(self, as_role):
        as_role(OFFICER).post(NEW, sent(CHOICE, mode=Mode.ANONYMOUS, follow_up_weeks=""))

        assert Questionnaire.objects.get().follow_up_weeks is None

    def test_reminds_before_it_closes(self, as_role):
        response = as_role(OFFICER).post(NEW, sent(CHOICE, open_days=7, remind_after_days=7))

        assert "Herinner mensen voor de vragenlijst sluit." in response.text


class TestJudgingAQuestion:
    @pytest.mark.parametrize(
        ("question", "field", "sentence"),
        [
            ({"label": " "}, "label", "Schrijf de vraag, of kies een vaste vraag."),
            (CHOICE | {"options": "een"}, "options", "Schrijf minstens twee keuzes"),
            (CHOICE | {"options": "Ja\n ja "}, "options", "Er staat een keuze dubbel."),
            (CHOICE | {"options": f"ja\n{'x' * 201}"}, "options", "Maak deze keuze korter: xxx"),
            (
                CHOICE | {"kind": Kind.RANKING, "options": "\n".join("abcdefghijk")},
                "options",
                "Laat hoogstens 10 keuzes rangschikken.",
            ),
            ({"label": "Tempo?", "kind": Kind.SCALE, "low": "traag"}, "high", "Schrijf wat dit uiterste"),
            (
                {"label": "T?", "kind": Kind.SCALE, "low": "a", "high": "b", "steps": 11},
                "steps",
                "Vul een getal in van 3 tot 10.",
            ),
        ],
    )
    def test_says_what_is_missing(self, as_role, question, field, sentence):
        response = as_role(OFFICER).post(NEW, sent(question))

        assert errors(response)[field][0].startswith(sentence)
        assert not Questionnaire.objects.exists()

    def test_asks_a_core_question_once(self, as_role):
        response = as_role(OFFICER).post(NEW, sent({"code": "relevance"}, {"code": "relevance"}))

        assert "code" not in errors(response)
        assert errors(response, 1)["code"] == ["Deze vaste vraag staat er al. Stel ze één keer."]

    @pytest.mark.parametrize(
        ("condition", "field", "sentence"),
        [
            ({"only_if": 3, "only_if_answer": "ja"}, "only_if", "Kies een vraag die eerder komt."),
            ({"only_if": 4, "only_if_answer": "ja"}, "only_if", "Kies een vraag die eerder komt."),
            ({"only_if": 2, "only_if_answer": "ja"}, "only_if", "Bij vraag 2 kiest niemand iets."),
            (
                {"only_if": 1, "only_if_answer": "Ja"},
                "only_if_answer",
                "Neem een keuze van vraag 1: ja, deels",
            ),
            ({"only_if_answer": "ja"}, "only_if", "Vul het nummer van de vraag in"),
        ],
    )
    def test_lets_a_condition_point_back_to_a_choice(self, as_role, condition, field, sentence):
        last = {"label": "Waarom?"} | condition

        response = as_role(OFFICER).post(NEW, sent({"code": "can_use"}, {"code": "intention"}, last))

        assert errors(response, 2)[field][0].startswith(sentence)

    def test_counts_places_without_what_is_deleted(self, as_role):
        form = QuestionnaireFactory(questions=[asked("Weg"), asked("Kom je terug?", Kind.YES_NO)])
        gone, choice = rows_of(form)
        follows = {"label": "Waarom niet?", "only_if": 1, "only_if_answer": "neen"}

        as_role(OFFICER).post(edit_of(form), sent(gone | {"DELETE": "on"}, choice, follows, before=2))

        assert [each.label for each in form.questions.all()] == ["Kom je terug?", "Waarom niet?"]


class TestChanging:
    def test_of_an_unused_form_writes_in_place(self, as_role):
        form = QuestionnaireFactory()

        response = as_role(OFFICER).post(edit_of(form), sent(*rows_of(form), before=3, title="Beter"))

        assert response.headers["Location"] == page_of(form)
        assert Questionnaire.objects.get().title == "Beter"

    def test_of_a_used_form_leaves_all_stored_rows_and_goes_to_the_next_version(self, as_role):
        form = EvaluationFactory().questionnaire
        before = list(form.questions.order_by("pk").values())
        rows = [rows_of(form)[0], rows_of(form)[1] | {"DELETE": "on"}, rows_of(form)[2], CHOICE]

        response = as_role(OFFICER).post(edit_of(form), sent(*rows, before=3, title="Beter"))

        following = Questionnaire.objects.get(version=2)
        assert response.headers["Location"] == page_of(following)
        assert list(form.questions.order_by("pk").values()) == before
        assert Questionnaire.objects.get(pk=form.pk).title == form.title
        assert [each.label for each in following.questions.all()] == [
            "Hoe tevreden ben je?",
            "Wat ga je ermee doen?",
            "Welke dag?",
        ]

    def test_gives_a_question_that_is_answered_otherwise_another_key(self, as_role):
        scale = asked("Tempo?", Kind.SCALE, low="traag", high="snel")
        questions = [scale, asked("Waarom?"), asked("Hoeveel?"), core("relevance")]
        form = EvaluationFactory(questionnaire=QuestionnaireFactory(questions=questions)).questionnaire
        first, second, third, fourth = rows_of(form)
        sent_back = [
            first | {"steps": 7},
            second | {"kind": Kind.SHORT},
            third | {"label": "Hoeveel?!"},
            fourth,
        ]

        as_role(OFFICER).post(edit_of(form), sent(*sent_back, before=4))

        following = Questionnaire.objects.get(version=2).questions.all()
        kept = [new.same_as == old.same_as for new, old in zip(following, form.questions.all(), strict=True)]
        assert kept == [False, False, True, True]

    def test_keeps_the_order_after_one_is_deleted_and_another_added(self, as_role):
        form = QuestionnaireFactory(questions=[asked(label) for label in "ABCD"])
        rows = rows_of(form)
        rows[1]["DELETE"] = "on"

        as_role(OFFICER).post(edit_of(form), sent(*rows, {"label": "E"}, before=4))

        assert [each.label for each in form.questions.all()] == list("ACDE")
        assert [each.sort_order for each in form.questions.all()] == [0, 1, 2, 3]

    def test_of_an_earlier_version_leads_to_the_newest(self, as_role):
        form = QuestionnaireFactory(is_current=False)

        browser = as_role(OFFICER)

        asked_for = browser.get(edit_of(form), follow=True)
        response = browser.post(edit_of(form), sent(*rows_of(form), before=3))

        assert asked_for.redirect_chain == [(page_of(form), 302)]
        assert "Deze versie is niet meer in gebruik. Verbeter de nieuwste." in asked_for.text
        assert "Deze versie is niet meer in gebruik. Verbeter de nieuwste." in response.text


class TestThePage:
    def test_shows_questions_versions_and_uses(self, as_role):
        form = EvaluationFactory(title="Netwerk in mei").questionnaire
        browser = as_role(OFFICER)
        browser.post(edit_of(form), sent(*rows_of(form), before=3, kinds=["tool"]))
        following = Questionnaire.objects.get(version=2)

        old, new = browser.get(page_of(form)).text, browser.get(page_of(following)).text

        assert "Netwerk in mei" in old
        assert "Netwerk in mei" not in new
        assert page_of(form) in new
        assert "Kun je hiermee aan de slag?" in new
        assert "Eén keuze" in new
        assert edit_of(following) in new
        assert edit_of(form) not in old

    def test_shows_what_would_be_asked_with_nothing_to_send_it_by(self, as_role):
        condition = asked("Waarom?", only_if=1, only_if_answer="neen")
        form = QuestionnaireFactory(questions=[asked("Kom je terug?", Kind.YES_NO), condition])

        response = as_role(MANAGEMENT).get(reverse("evaluations:preview", args=[form.pk]))

        assert "Enkel als je bij vraag 1 “neen” koos." in response.text
        assert "<form" not in response.text
        assert "<button" not in response.text

    def test_takes_a_form_out_of_use_after_asking(self, as_role):
        form, browser = QuestionnaireFactory(kinds=["tool"]), as_role(OFFICER)
        address = reverse("evaluations:retire", args=[form.pk])

        assert "geen standaard meer voor: tool" in browser.get(address).text
        assert Questionnaire.objects.current().exists()
        browser.post(address)
        assert not Questionnaire.objects.current().exists()


class TestTheList:
    def test_shows_those_in_use_unless_asked(self, as_role):
        QuestionnaireFactory(title="Nu")
        QuestionnaireFactory(title="Vroeger", is_current=False)
        browser = as_role(MANAGEMENT)

        def titles(**query):
            return [each.title for each in browser.get(LIST, query).context["object_list"]]

        assert titles() == ["Nu"]
        assert titles(which="vroeger") == ["Vroeger"]
        assert titles(which="alles", q="vroeg") == ["Vroeger"]
        assert titles(which="alles") == ["Nu", "Vroeger"]

    def test_counts_uses_and_questions_for_the_download(self, as_role):
        evaluation = EvaluationFactory(about_on=(NOW + timedelta(days=1)).date())
        EvaluationFactory(questionnaire=evaluation.questionnaire)

        response = as_role(MANAGEMENT).get(LIST, {"export": "csv"})

        assert b"".join(response.streaming_content).decode().splitlines()[1].split(";")[2:5:2] == ["3", "2"]
