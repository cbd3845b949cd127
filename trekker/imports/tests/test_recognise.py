"""Recognising lists by their headings."""

import pytest

from trekker.imports.registry import importers, recognise, signature
from trekker.imports.tests import files

MEMBERS = importers["members"]
PERSON = ["An", "an@stad.example"]


class TestRecognise:
    def test_passes_over_lines_above_the_headings(self):
        rows = [["Leden van de nieuwsbrief"], ["Gemaakt op", "1/3/2026"], [], ["Naam", "E-mailadres"], PERSON]

        found = recognise(MEMBERS, rows, "leden.xlsx")

        assert (found.header_row, found.mapping) == (4, {"full_name": 0, "email": 1})

    def test_takes_a_list_without_headings(self):
        found = recognise(MEMBERS, [PERSON, ["Bo", "bo@stad.example"]], "leden.csv")

        assert (found.header_row, found.headings) == (0, ["Kolom 1", "Kolom 2"])
        assert found.mapping == {"email": 1}

    def test_proposes_nothing_for_headings_it_does_not_know(self):
        found = recognise(MEMBERS, [["a", "b", "c"], ["1", "2", "3"]], "x.csv")

        assert (found.header_row, found.mapping) == (1, {})

    def test_gives_each_column_one_meaning(self):
        headings = [
            "Voornaam",
            "Naam",
            "Mail",
            "Gemeente of OCMW",
            "Gsm-nummer",
            "Functie",
            "Datum inschrijving",
        ]

        found = recognise(MEMBERS, [headings, ["An"]], "x.csv")

        assert {headings[place]: code for code, place in found.mapping.items()} == {
            "Voornaam": "first_name",
            "Naam": "full_name",
            "Mail": "email",
            "Gemeente of OCMW": "organisation",
            "Gsm-nummer": "phone",
            "Functie": "function",
            "Datum inschrijving": "since",
        }

    def test_takes_the_row_that_someone_points_at(self):
        found = recognise(MEMBERS, [["Naam"], ["E-mail"], PERSON], "x.csv", header_row=2)

        assert found.headings == ["E-mail", "Kolom 2"]

    def test_adds_own_columns_of_a_known_format(self):
        row = files.mailchimp_row("an@stad.example")

        found = recognise(MEMBERS, [[*files.MAILCHIMP, "Organisatie"], [*row, "Gent"]], "subscribed.csv")

        assert found.format.code == "mailchimp"
        assert found.headings[found.mapping["organisation"]] == "Organisatie"

    @pytest.mark.parametrize("headings", [["e-mail ", "NAAM"], ["E mail", "Naâm"]])
    def test_knows_headings_however_they_are_written(self, headings):
        assert signature(headings) == signature(["E-mail", "naam"])
