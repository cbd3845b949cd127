"""Shaping an export of Microsoft Forms, in the process that reads it: no Django, no database."""

import pytest

from trekker.feedback.formats.formsfile import MARK, headings_of, minute_of, pair, shape
from trekker.feedback.tests.importing import DUTCH, ENGLISH
from trekker.imports.reading.limits import Unreadable

ASKED = [["a", "Hoe tevreden ben je?"], ["b", "Wat neem je mee?"], ["c", "Hoe tevreden ben je?"]]
ROW = ["1", "2026-05-02 09:00:00", "2026-05-02 09:04:00", "an@stad.example", "An Peeters"]


def shaped(*rows, named=False, questions=ASKED):
    return shape(rows, {"questions": questions, "named": named})


class TestHeadings:
    def test_a_doubled_text_is_the_same_question_again(self):
        row = ["Naam", "Keuze ", "Keuze 2", "Keuze\xa03", "Naam2", "Kies 2"]

        found = [(each.text, each.again) for each in headings_of(row)]

        assert found == [
            *(("Naam", 1), ("Keuze", 1), ("Keuze", 2), ("Keuze", 3), ("Naam", 2)),
            ("Kies 2", 1),
        ]

    def test_questions_of_the_same_text_get_their_columns_in_order(self):
        row = ["Wat neem je mee? ", "Hoe tevreden ben je?", "Hoe tevreden ben je?2"]

        assert pair(row, ASKED) == {"a": 1, "c": 2, "b": 0}

    def test_a_text_that_is_alike_is_proposed_and_another_is_not(self):
        row = ["1. Hoe tevreden ben je ", "Wat neem jij mee", "Waar woon je?"]

        assert pair(row, ASKED) == {"a": 0, "b": 1}

    def test_the_surest_column_wins(self):
        row = ["Hoe tevreden ben je nu?", "Hoe tevreden ben je?"]

        assert pair(row, ASKED[:1]) == {"a": 1}


class TestShape:
    @pytest.mark.parametrize("own", [DUTCH, ENGLISH])
    @pytest.mark.parametrize("changed", [[], ["Tijd van laatste wijziging"], ["Last modified time"]])
    def test_leaves_behind_what_the_program_added(self, own, changed):
        head = [*own, *changed, "Wat neem je mee?\xa0"]

        rows, _ = shaped(head, [*ROW, *["x"] * len(changed), "Alles"])

        assert rows[0] == [MARK, "Wat neem je mee?"]
        assert rows[1][1:] == ["Alles"]

    def test_leaves_behind_who_answered_unless_on_name(self):
        head = [*DUTCH, "Wat neem je mee?", "Naam2", "Op welk adres?", "Bij welke organisatie werk je?"]
        row = [*ROW, "Alles", "An", "an@thuis.example", "Stad"]

        rows, facts = shaped(head, row)

        assert rows[1][1:] == ["Alles"]
        assert facts["personal"] == ["E-mail", "Naam", *head[6:]]
        rows, facts = shaped(head, row, named=True)
        assert rows[1][1:] == ["an@stad.example", "An Peeters", *row[5:]]
        assert facts["personal"] == []

    def test_who_is_anonymous_has_no_address(self):
        rows, _ = shaped([*ENGLISH, "Wat neem je mee?"], [*ROW[:3], "anonymous", "", "Alles"], named=True)

        assert rows[1][1:] == ["", "", "Alles"]

    def test_a_question_by_the_name_of_a_column_of_forms_never_gets_that_column(self):
        rows, _ = shaped([*DUTCH, "Wat neem je mee?"], [*ROW, "Alles"], questions=[["n", "Naam"], *ASKED])

        assert rows[0] == [MARK, "Wat neem je mee?"]

    def test_rows_stand_where_they_stood(self):
        rows, _ = shaped(["Uitslag"], [], [*DUTCH, "Wat neem je mee?"], [], [*ROW], [*ROW, "Veel", "extra"])

        assert rows[:2] == [[], []]
        assert rows[3] == []
        assert [row[1:] for row in rows[4:]] == [["", ""], ["Veel", "extra"]]

    @pytest.mark.parametrize(
        "rows",
        [
            [
                ["E-mail", "Voornaam", "Achternaam", "Organisatie"],
                ["an@stad.example", "An", "Peeters", "Stad"],
            ],
            [["userPrincipalName", "displayName", "id"], ["an@stad.example", "An", "1"]],
            [["E-mail", "Naam", "Lid sinds", "Wat neem je mee?"], ["an@stad.example", "An", "2025", ""]],
            [["an@stad.example"]],
        ],
    )
    def test_refuses_another_list(self, rows):
        with pytest.raises(Unreadable, match="Kies"):
            shaped(*rows)

    def test_takes_a_bare_table_of_answers(self):
        rows, _ = shaped(["Hoe tevreden ben je?", "Waarom?"], ["4", "Leuk"])

        assert rows[0] == [MARK, "Hoe tevreden ben je?", "Waarom?"]


class TestMarks:
    def marks(self, *rows, own=DUTCH):
        shaped_rows, _ = shaped([*own, "Wat neem je mee?"], *rows)
        return [row[0] for row in shaped_rows[1:]]

    def test_are_the_same_however_the_sheet_was_saved(self):
        written = ["2026-05-02 09:04:31", "02/05/2026 9:04", "5/2/26 9:04:31 AM", "46144.37813"]

        found = {self.marks(["7", "", text, "", "", "Alles"])[0] for text in written}

        assert len(found) == 1

    def test_differ_by_number_and_by_minute(self):
        rows = [["7", "", "2026-05-02 09:04:31", "", "", "A"], ["8", "", "2026-05-02 09:04:31", "", "", "A"]]

        assert len({*self.marks(*rows), *self.marks(["7", "", "2026-05-02 09:05:31", "", "", "A"])}) == 3

    def test_equal_answers_without_number_are_different_people(self):
        once = [row[0] for row in shaped(["Wat neem je mee?"], ["Niets"], ["Niets"])[0][1:]]
        more = [row[0] for row in shaped(["Wat neem je mee?"], ["Niets"], ["Veel"], ["Niets"])[0][1:]]

        assert len(set(once)) == 2
        assert set(once) < set(more)

    def test_a_month_first_is_seen_by_the_other_rows(self):
        rows = [["1", "", "5/2/26 9:04:00", "", "", "A"], ["2", "", "5/22/26 9:04:00", "", "", "A"]]

        assert self.marks(*rows)[0] == self.marks(["1", "", "2026-05-02 09:04:00", "", "", "A"])[0]

    @pytest.mark.parametrize("text", ["", "gisteren", "2026", "1/2/3", "99999999"])
    def test_what_is_no_moment_is_none(self, text):
        assert minute_of(text, month_first=False) == ""
