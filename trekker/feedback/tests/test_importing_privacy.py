"""What is kept of whom when a file with answers is read in, and what the law of five refuses."""

from __future__ import annotations

import pytest
from django.db import connection

from trekker.feedback.actions.importing import FromFile, TooFew, add_from_file
from trekker.feedback.importers.judging import TOO_FEW
from trekker.feedback.models import Answer, Imprint, Response
from trekker.feedback.tests.factories import NOW, EvaluationFactory, InvitationFactory, answers
from trekker.feedback.tests.importing import (
    HEADINGS,
    an,
    compare,
    exported,
    given,
    opened,
    store,
    written,
    xlsx,
)
from trekker.imports import actions as imports
from trekker.imports.models import Row
from trekker.imports.registry import importers
from trekker.kernel.audit import lines_of
from trekker.people.actions import erase_person
from trekker.people.models import Alias
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def anywhere(*words):
    """Give the tables in which one of the words stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            text = " ".join(_said(cell) for record in cursor.fetchall() for cell in record).casefold()
            if any(word.casefold() in text for word in words):
                found.add(table)
    return found


def _said(cell):
    return bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)


class TestWhoAnswered:
    NAMES = ("stad.example", "Anneloes", "Verbrugghen")

    @pytest.mark.parametrize("trait", [{"anonymous": True}, {}])
    @pytest.mark.parametrize("closed", [False, True])
    def test_stands_in_no_table_unless_on_name(self, tmp_path, trait, closed):
        PersonFactory(email="bo@elders.example")
        evaluation = EvaluationFactory(closed=closed, **trait)
        headings = (*HEADINGS, "Naam2", "Je mailadres", "Bij welk bestuur werk je?")
        rows = [[4, "ja", f"Zo {n}", an(n)[1], an(n)[0], "Stad Verbrugghen"] for n in range(6)]
        path = written(tmp_path, rows, headings=headings, who=an)

        draft = compare(path, evaluation)
        assert not anywhere(*self.NAMES)
        store(draft)
        if not closed:
            opened(evaluation)

        assert Response.objects.filter(person=None, name="", organisation=None).count() == 6
        assert not anywhere(*self.NAMES)

    def test_answers_stay_in_the_evaluation_alone(self, tmp_path):
        evaluation = EvaluationFactory()
        rows = [[4, "ja", f"heimwee {n}"] for n in range(5)] + [["bijzonder woord", "ja", "heimwee"]]
        path = written(tmp_path, rows)

        store(compare(path, evaluation))

        assert not anywhere("heimwee", "bijzonder woord")
        opened(evaluation)
        assert anywhere("heimwee") == {"feedback_answer"}

    def test_the_order_of_the_file_is_not_the_order_of_the_answers(self, tmp_path):
        evaluation = EvaluationFactory(closed=True)

        store(compare(written(tmp_path, [[4, "ja", f"{n:03}"] for n in range(60)]), evaluation))

        in_order = [each.text for each in Answer.objects.exclude(text="").order_by("pk")]
        assert in_order != sorted(in_order)
        assert in_order != sorted(in_order, reverse=True)
        assert not Row.objects.exclude(values={}).exists()

    def test_on_name_is_kept_and_found(self, tmp_path):
        known = PersonFactory(email="an1@stad.example")
        Alias.objects.create(person=known, email="an2@stad.example")
        evaluation = EvaluationFactory(named=True)
        invitation = InvitationFactory(evaluation=evaluation, email="an3@stad.example", person=None)
        rows = [[4, "ja", "Zo"], [3, "neen", "Zus"], [2, "deels", "Niets"], [1, "neen", "Toch"]]
        people = {1: an(1), 2: ("anonymous", ""), 3: an(3), 4: an(1)}

        stored = store(compare(written(tmp_path, rows, who=people.get), evaluation))

        found = set(Response.objects.values_list("person", "name"))
        assert found == {(known.pk, an(1)[1]), (None, ""), (None, an(3)[1])}
        assert stored.counts == {"NEW": 3, "REFUSED": 1}
        invitation.refresh_from_db()
        assert invitation.answered

    def test_on_name_who_answered_already_does_not_count_twice(self, tmp_path):
        evaluation = EvaluationFactory(named=True)
        InvitationFactory(evaluation=evaluation, email="an1@stad.example", answered=True)
        other = PersonFactory(email="an2@stad.example")
        answers(evaluation, {"can_use": "ja"}, person=other.pk)

        stored = store(compare(written(tmp_path, [[4, "ja", "Zo"]] * 3, who=an), evaluation))

        assert stored.counts == {"NEW": 1, "UNCHANGED": 2}

    def test_who_was_erased_stays_nameless(self, tmp_path):
        person = PersonFactory(email="an1@stad.example")
        erase_person(person=person, by=None, now=NOW)
        evaluation = EvaluationFactory(named=True)

        store(compare(written(tmp_path, [[4, "ja", "Zo"]], who=an), evaluation))

        assert Response.objects.get().name == ""
        assert Response.objects.get().person is None
        assert not Row.objects.filter(key__contains="an1").exists()

    def test_who_is_erased_is_taken_out_of_a_file_that_waits(self, tmp_path):
        person = PersonFactory(email="an1@stad.example")
        draft = compare(written(tmp_path, [[4, "ja", "Zo"]] * 2, who=an), EvaluationFactory(named=True))

        erase_person(person=person, by=None, now=NOW)

        store(draft)
        assert Response.objects.get().name == an(2)[1]
        assert not Row.objects.filter(label__contains="Verbrugghen1").exists()

    def test_a_file_read_on_name_loses_names_when_the_mode_changes(self, tmp_path):
        evaluation = EvaluationFactory(named=True)
        draft = compare(written(tmp_path, [[4, "ja", "Zo"]] * 2, who=an), evaluation)
        type(evaluation).objects.update(mode="ANONYMOUS", follow_up_weeks=None)

        store(draft)
        opened(evaluation)

        assert Response.objects.filter(name="", person=None).count() == 2
        assert not anywhere(*self.NAMES)


class TestLaw:
    def test_few_answers_do_not_join_a_closed_evaluation(self, tmp_path):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, *[{"can_use": "ja"}] * 5)

        draft = compare(written(tmp_path, [[4, "ja", "Zo"]] * 4), evaluation)

        assert {row.message for row in Row.objects.filter(of=draft)} == {TOO_FEW}
        assert importers["forms"].notices(draft)[-1] == ("Er zijn te weinig nieuwe antwoorden", TOO_FEW)
        with pytest.raises(imports.NothingToStore):
            store(draft)
        assert evaluation.responses.count() == 5

    def test_rows_that_stood_there_do_not_make_few_into_many(self, tmp_path):
        evaluation = EvaluationFactory(closed=True)
        rows = [[4, "ja", "Zo"]] * 6
        assert store(compare(written(tmp_path, rows), evaluation)).counts == {"NEW": 6}

        stored = store(compare(written(tmp_path, [*rows, [1, "neen", "Niets"]]), evaluation))

        assert stored.counts == {"UNCHANGED": 6, "REFUSED": 1}
        assert evaluation.responses.count() == 6

    def test_the_law_holds_when_the_evaluation_closes_meanwhile(self, tmp_path):
        evaluation = EvaluationFactory()
        draft = compare(written(tmp_path, [[4, "ja", "Zo"]] * 3), evaluation)
        opened(evaluation)
        answers(evaluation, *[{"can_use": "ja"}] * 5)

        stored = store(draft)

        assert stored.counts == {"REFUSED": 3}
        assert set(Row.objects.values_list("message", flat=True)) == {TOO_FEW}
        assert not Imprint.objects.exists()

    def test_it_holds_for_the_act_itself(self):
        evaluation = EvaluationFactory(closed=True)
        answers(evaluation, {"can_use": "ja"})

        with pytest.raises(TooFew):
            add_from_file(evaluation=evaluation, answers=[FromFile("a", [])], by=None, now=NOW)

    @pytest.mark.parametrize("trait", [{"closed": True}, {"named": True}, {}])
    def test_few_may_join_where_nothing_could_be_read_or_all_are_named(self, tmp_path, trait):
        evaluation = EvaluationFactory(**trait)
        if not trait.get("closed"):
            answers(evaluation, *[{"can_use": "ja"}] * 5)

        assert store(compare(written(tmp_path, [[4, "ja", "Zo"]] * 2), evaluation)).counts == {"NEW": 2}

    def test_answers_in_an_open_evaluation_are_sealed_until_it_closes(self, tmp_path):
        evaluation = EvaluationFactory()

        store(compare(written(tmp_path, [[4, "ja", "geheim"]] * 2), evaluation))

        assert not Response.objects.exists()
        assert not anywhere("geheim")
        opened(evaluation)
        assert [each.text for each in given(evaluation, question__code="intention")] == ["geheim"] * 2
        assert not evaluation.responses.filter(may_quote=True).exists()

    def test_the_log_of_the_evaluation_says_how_many(self, tmp_path):
        evaluation = EvaluationFactory()

        store(compare(written(tmp_path, [[4, "ja", "Zo"]] * 2), evaluation))

        assert [(each.action, each.data["answers"]) for each in lines_of([evaluation])] == [
            ("feedback.file_read", 2)
        ]

    def test_the_same_row_twice_in_a_file_counts_once(self, tmp_path):
        head, row = exported([[4, "ja", "Zo"]], headings=HEADINGS)

        stored = store(compare(xlsx(tmp_path / "dubbel.xlsx", [head, row, row]), EvaluationFactory()))

        assert stored.counts == {"NEW": 1, "REFUSED": 1}
