"""From an export of Microsoft Forms to answers: what is read, and what is asked."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.importers.answers import Asked
from trekker.feedback.models import Answer, Response, SealedAnswer
from trekker.feedback.tests.factories import (
    NOW,
    EvaluationFactory,
    QuestionnaireFactory,
    asked,
    core,
)
from trekker.feedback.tests.importing import (
    HEADINGS,
    an,
    compare,
    decide,
    exported,
    given,
    opened,
    store,
    take_in,
    written,
)
from trekker.imports import actions as imports
from trekker.imports.models import Block, Decision, Import, Layout, Row
from trekker.imports.reading import Unreadable
from trekker.imports.registry import importers
from trekker.imports.tests import files

pytestmark = pytest.mark.django_db
State, Outcome, Kind = Row.State, Row.Outcome, QuestionKind


def form(*questions):
    return QuestionnaireFactory(questions=questions)


class TestTwoThousandRows:
    HEADINGS = (
        "Hoe tevreden ben je?",
        "Wat houdt je tegen?",
        "Hoe tevreden ben je?2",
        "Wat houdt je tegen?2",
    )

    @pytest.fixture
    def evaluation(self):
        return EvaluationFactory(
            questionnaire=form(
                asked("Hoe tevreden ben je?", Kind.SCALE),
                asked("Wat houdt je tegen?"),
                asked("Hoe tevreden ben je?", Kind.SCALE),
                asked("Wat houdt je tegen?"),
            )
        )

    def rows(self, count=2_000):
        return [[1 + n % 5, f"eerste {n}", 5 - n % 5, f"tweede {n}"] for n in range(count)]

    def test_with_doubled_texts_come_in_once(self, evaluation, tmp_path):
        path = written(tmp_path, self.rows(), headings=self.HEADINGS, who=an)

        first = store(compare(path, evaluation))
        again = store(compare(path, evaluation))

        assert first.counts == {"NEW": 2_000}
        assert again.counts == {"UNCHANGED": 2_000}
        assert SealedAnswer.objects.count() == 2_000
        opened(evaluation)
        assert Response.objects.filter(source="FILE").count() == 2_000
        assert store(compare(path, evaluation)).counts == {"UNCHANGED": 2_000}
        places = {each.pk: place for place, each in enumerate(evaluation.questionnaire.questions.all())}
        texts = {"": "", "eerste": 1, "tweede": 3}
        for answer in Answer.objects.exclude(text=""):
            assert places[answer.question_id] == texts[answer.text.split()[0]]
        by_person = Answer.objects.filter(number__isnull=False).values_list("response", "question", "number")
        sums = {}
        for response, _question, number in by_person:
            sums[response] = sums.get(response, 0) + number
        assert set(sums.values()) == {6}

    def test_cost_no_query_each(self, evaluation, tmp_path):
        counts = []
        for many in (500, 1_000):
            path = written(tmp_path, self.rows(many), headings=self.HEADINGS, name=f"{many}.xlsx")
            fresh = EvaluationFactory(questionnaire=evaluation.questionnaire)
            with CaptureQueriesContext(connection) as queries:
                store(compare(path, fresh))
            counts.append(len(queries))

        assert counts[1] - counts[0] < 25
        assert counts[0] < 100

    def test_a_longer_export_adds_only_what_is_new(self, evaluation, tmp_path):
        store(compare(written(tmp_path, self.rows(20), headings=self.HEADINGS), evaluation))

        longer = store(compare(written(tmp_path, self.rows(30), headings=self.HEADINGS), evaluation))

        assert longer.counts == {"NEW": 10, "UNCHANGED": 20}


class TestReading:
    def test_every_kind_of_question(self, tmp_path):
        evaluation = EvaluationFactory(
            named=True,
            questionnaire=form(
                core("satisfaction"),
                asked("Was het lang?", Kind.YES_NO),
                asked("Wat gebruik je?", Kind.MANY, options="Een tool\nEen boek; of meer\nNiets"),
                asked("Wat telt meest?", Kind.RANKING, options="Tijd\nGeld\nMensen"),
                asked("Hoeveel mensen bereik je?", Kind.NUMBER),
                asked("Wanneer begin je?", Kind.SHORT),
            ),
        )
        row = ["heel erg", "Yes", "Een boek; of meer;een  TOOL;", "Mensen;Tijd;Geld;", "2,5", NOW.date()]
        headings = [each.label for each in evaluation.questionnaire.questions.all()]

        store(compare(written(tmp_path, [row], headings=headings), evaluation))

        by_label = {label: [] for label in headings}
        for each in Answer.objects.select_related("question").order_by("number", "choice"):
            by_label[each.question.label].append((each.choice, each.number, each.text))
        assert by_label == {
            headings[0]: [("", 5, "")],
            headings[1]: [("ja", None, "")],
            headings[2]: [("Een boek; of meer", None, ""), ("Een tool", None, "")],
            headings[3]: [("Mensen", 1, ""), ("Tijd", 2, ""), ("Geld", 3, "")],
            headings[4]: [("", 2.5, "")],
            headings[5]: [("", None, "2026-05-04")],
        }

    def test_choices_that_differ_by_a_sign_stay_apart(self):
        question = asked("Hoeveel?", Kind.ONE, options="< 5\n> 5\n👍\n👎")
        question.pk = 1
        ready = Asked(question, 1)

        assert [ready.read(word, {}).replies for word in ("> 5", "👎")] == [
            [[1, "> 5", None, ""]],
            [[1, "👎", None, ""]],
        ]
        assert ready.read("5", {}).doubts[0].word == "5"

    @pytest.mark.parametrize("word", ["veel", "1.000", "12 of 13", "1e9", "12345678901", "€ 5"])
    def test_what_is_no_plain_number_stays_out_and_the_rest_comes_in(self, tmp_path, word):
        evaluation = EvaluationFactory(
            named=True, questionnaire=form(asked("Hoeveel?", Kind.NUMBER), asked("Waarom?"))
        )
        path = written(tmp_path, [[word, "Daarom"], ["3", "Zo"]], headings=("Hoeveel?", "Waarom?"))

        draft = compare(path, evaluation)

        row = Row.objects.get(of=draft, number=2)
        assert row.state == State.CERTAIN
        assert "is geen getal" in row.message
        assert "Sommige antwoorden blijven weg" in dict(importers["forms"].notices(draft))
        stored = store(draft)
        assert sorted(each.text or str(each.number) for each in given(evaluation)) == ["3.00", "Daarom", "Zo"]
        assert ("Antwoorden die wegbleven", "1") in importers["forms"].summary(stored)

    def test_a_table_saved_as_csv_is_the_same_file(self, tmp_path):
        evaluation = EvaluationFactory()
        rows = [[4, "ja", "Proberen"], [2, "neen", "Niets"]]
        store(compare(written(tmp_path, rows), evaluation))
        head, *below = exported(rows, headings=HEADINGS)
        text = [
            [f"{each:%d/%m/%Y %H:%M}" if hasattr(each, "hour") else each for each in row] for row in below
        ]

        again = store(compare(files.csv_file(tmp_path / "zelfde.csv", [head, *text]), evaluation))

        assert again.counts == {"UNCHANGED": 2}

    def test_hostile_cells_are_texts(self, tmp_path):
        evaluation = EvaluationFactory()
        texts = ["=cmd|'/c calc'!A1", "<script>alert(1)</script>", "a" * 10_000, "x\x00y", "@SUM(1)"]
        rows = exported([[4, "ja", text] for text in texts], headings=HEADINGS)

        store(compare(files.csv_file(tmp_path / "vijandig.csv", rows, "\t", "utf-16"), evaluation))
        opened(evaluation)

        kept = [each.text for each in given(evaluation, question__code="intention")]
        assert sorted(kept) == sorted([*texts[:3], "xy", texts[4]])

    def test_ragged_and_empty_rows(self, tmp_path):
        rows = [["Uitslag"], [], *exported([[4], [], ["", "ja", "Zo", "te veel"]], headings=HEADINGS)]
        evaluation = EvaluationFactory(named=True)

        draft = compare(files.csv_file(tmp_path / "ragged.csv", rows), evaluation)

        states = {each.number: (each.state, each.outcome) for each in Row.objects.filter(of=draft)}
        assert states == {
            4: (State.CERTAIN, Outcome.NEW),
            5: (State.ERROR, Outcome.REFUSED),
            6: (State.CERTAIN, Outcome.NEW),
        }

    @pytest.mark.parametrize(
        "headings", [["E-mail", "Voornaam", "Achternaam"], ["Email Address", "MEMBER_RATING", "LEID"]]
    )
    def test_a_list_of_members_changes_nothing(self, tmp_path, headings):
        evaluation = EvaluationFactory()
        path = files.csv_file(tmp_path / "leden.csv", [headings, ["an@stad.example", "An", "Peeters"]])

        with pytest.raises(Unreadable, match="Kies"):
            take_in(path, evaluation)

        assert not Import.objects.exists()
        assert not Block.objects.exists()

    def test_of_another_form_no_column_is_proposed_and_how_to_go_on_is_said(self, tmp_path):
        path = written(tmp_path, [["Gent", "Ja"]], headings=("Waar woon je?", "Kom je met de trein?"))

        draft = take_in(path, EvaluationFactory())

        assert draft.mapping == {"mark": 0}
        assert "vragenlijst" in importers["forms"].notices(draft)[0][1]

    def test_columns_that_no_question_wants_are_named(self, tmp_path):
        path = written(tmp_path, [[4, "ja", "Zo", "Trein"]], headings=(*HEADINGS, "Hoe kwam je?"))

        draft = compare(path, EvaluationFactory())

        said = dict(importers["forms"].notices(draft))
        assert said["Deze kolommen komen niet mee"] == "Je koos er geen vraag bij: “Hoe kwam je?”."

    def test_the_officer_chooses_other_columns_and_they_are_remembered(self, tmp_path):
        evaluation = EvaluationFactory()
        key = evaluation.questionnaire.questions.get(code="intention").key
        path = written(tmp_path, [[4, "ja", "Zo", "Anders"]], headings=(*HEADINGS, "Wat nog?"))
        draft = take_in(path, evaluation)

        compare(path, evaluation, mapping={**draft.mapping, key: 4})

        assert take_in(path, evaluation).mapping[key] == 4
        assert Layout.objects.get().mapping[key] == 4
        other = take_in(path, EvaluationFactory())
        assert other.mapping[other_key(other)] == 3


def other_key(draft):
    fields = importers["forms"].fields_for(draft.options)
    return next(field.code for field in fields if "ermee doen" in field.label)


class TestWords:
    @pytest.fixture
    def evaluation(self):
        return EvaluationFactory(named=True)

    @pytest.fixture
    def path(self, tmp_path):
        rows = [["tevreden", "Misschien", "Zo"], ["Zeer tevreden", "misschien ", "Zus"], [3, "deels", "Zie"]]
        return written(tmp_path, rows)

    def question(self, evaluation, code):
        return Asked(evaluation.questionnaire.questions.get(code=code), 1)

    def test_that_fit_no_choice_are_asked_together(self, evaluation, path):
        draft = compare(path, evaluation)

        doubtful = Row.objects.filter(of=draft, state=State.DOUBTFUL)
        assert {(each.values["word"], each.number, each.target) for each in doubtful} == {
            ("Misschien", 2, None),
            ("misschien", 3, None),
            ("tevreden", 2, self.question(evaluation, "satisfaction").target("4")),
            ("Zeer tevreden", 3, self.question(evaluation, "satisfaction").target("5")),
        }
        assert len({each.group for each in doubtful}) == 3
        assert Row.objects.filter(of=draft, outcome=Outcome.NEW, state=State.CERTAIN).count() == 3

    def test_are_what_was_decided_and_so_again_later(self, evaluation, path, tmp_path):
        draft = compare(path, evaluation)
        imports.accept_proposals(draft=draft, by=None, now=NOW)
        decide(draft, "Misschien", self.question(evaluation, "can_use").target("weet ik nog niet"))

        store(draft)

        assert [each.choice for each in given(evaluation, question__code="can_use")] == [
            "deels",
            "weet ik nog niet",
            "weet ik nog niet",
        ]
        assert [each.number for each in given(evaluation, question__code="satisfaction")] == [3, 4, 5]
        later = written(tmp_path, [["tevreden", "misschien", "Later"]], name="later.xlsx", first=90)
        draft = compare(later, evaluation)
        assert not Row.objects.filter(of=draft).undecided().exists()
        store(draft)
        assert len(given(evaluation, choice="weet ik nog niet")) == 3
        assert not [each for each in Decision.objects.all() if "isschien" in each.group]

    def test_without_decision_stay_out_while_the_rest_comes_in(self, evaluation, path):
        stored = store(compare(path, evaluation))

        assert stored.counts == {"NEW": 3}
        assert stored.options["left_out"] == 4
        assert len(given(evaluation, question__code="intention")) == 3
        assert [each.choice for each in given(evaluation, question__code="can_use")] == ["deels"]

    def test_cannot_become_the_choice_of_another_question(self, evaluation, path):
        draft = compare(path, evaluation)
        decide(draft, "Misschien", self.question(evaluation, "satisfaction").target("1"))

        store(draft)

        assert not given(evaluation, question__code="satisfaction", number=1)
        assert len(given(evaluation, question__code="can_use")) == 1

    def test_one_row_can_be_decided_alone(self, evaluation, path):
        draft = compare(path, evaluation)
        row = Row.objects.get(of=draft, number=2, group__gt="", label__contains="aan de slag")

        imports.decide_row(row=row, target=self.question(evaluation, "can_use").target("neen"))
        store(draft)

        assert [each.choice for each in given(evaluation, question__code="can_use")] == ["deels", "neen"]

    def test_a_wrong_column_does_not_ask_a_thousand_things(self, evaluation, tmp_path):
        draft = compare(written(tmp_path, [[4, f"zin {n}", "Zo"] for n in range(300)]), evaluation)

        assert Row.objects.filter(of=draft, state=State.DOUBTFUL).count() == 100
        assert Row.objects.filter(of=draft, differs=True).count() == 200
