"""Erasing someone while a list with them is on its way in, and throwing away what stopped."""

import json
from datetime import timedelta

import pytest

from trekker.imports import actions
from trekker.imports.models import Block, Import, Row
from trekker.imports.tests import files
from trekker.network.tests.factories import ChannelFactory
from trekker.network.tests.importing import NOW, compare, row_of, store
from trekker.people.actions import erase_person
from trekker.people.models import Person
from trekker.people.tests.factories import AliasFactory, PersonFactory

pytestmark = pytest.mark.django_db
ROWS = [
    ["E-mail", "Naam"],
    ["jan@stad.example", "Jan Kort"],
    ["an@stad.example", "An Lang"],
    ["An@Thuis.example", "An Lang"],
]


@pytest.fixture
def an():
    ChannelFactory()
    person = PersonFactory(email="an@stad.example", first_name="An", last_name="")
    AliasFactory(person=person, email="an@thuis.example")
    return person


@pytest.fixture
def path(tmp_path):
    return files.csv_file(tmp_path / "leden.csv", ROWS)


def in_blocks():
    return json.dumps(list(Block.objects.values_list("rows", flat=True))).casefold()


class TestErasingDuringAnImport:
    def test_stores_the_others(self, an, path):
        draft = compare(path)

        erase_person(person=an, by=None, now=NOW)
        draft = store(draft)

        assert draft.status == Import.Status.DONE
        assert Person.objects.get(email="jan@stad.example").last_name == "Kort"
        assert not Person.objects.filter(email__startswith="an@").exists()
        assert draft.counts == {"NEW": 1, "REFUSED": 2}

    def test_empties_the_rows_as_they_stood_in_the_file(self, an, path):
        draft = compare(path)

        erase_person(person=an, by=None, now=NOW)

        assert "lang" not in in_blocks()
        assert "jan kort" in in_blocks()
        actions.settle(draft=draft, mapping=draft.mapping, options=draft.options, now=NOW)
        draft.refresh_from_db()
        actions.match(draft=draft.pk, attempt=draft.attempt, clock=lambda: NOW)
        assert [row.key for row in Row.objects.filter(of=draft)] == ["jan@stad.example"]

    def test_empties_them_before_the_columns_are_chosen(self, an, path):
        actions.take_in(importer="members", path=path, file_name="leden.csv", by=None, now=NOW)

        erase_person(person=an, by=None, now=NOW)

        assert "lang" not in in_blocks()
        assert "jan kort" in in_blocks()

    def test_empties_the_row_of_a_guest(self, an, tmp_path):
        rows = [files.ENTRA, ["an_stad.example#EXT#@huis.example", "An Lang"]]
        path = files.csv_file(tmp_path / "gasten.csv", rows)
        actions.take_in(importer="members", path=path, file_name=path.name, by=None, now=NOW)

        erase_person(person=an, by=None, now=NOW)

        assert "lang" not in in_blocks()

    def test_leaves_how_a_stored_row_ended(self, an, path):
        draft = store(compare(path))
        outcome = row_of(draft, "an@stad.example").outcome

        erase_person(person=an, by=None, now=NOW)

        row = Row.objects.get(of=draft, number=3)
        assert (row.label, row.values, row.outcome) == ("gewist", {}, outcome)


class TestAnImportWhoseStoringStopped:
    @pytest.fixture
    def draft(self, path):
        ChannelFactory()
        return actions.confirm(draft=compare(path), by=None, now=NOW)

    def test_is_not_thrown_away_while_it_works(self, draft):
        assert not actions.discard(draft=draft, by=None, now=NOW)

    def test_is_thrown_away_after_a_failure(self, draft):
        actions.fail(draft=draft.pk, attempt=draft.attempt, sentence="Er liep iets mis.")

        assert actions.discard(draft=draft, by=None, now=NOW)
        assert not Row.objects.exists()

    def test_is_thrown_away_when_it_gives_no_sign_of_life(self, draft):
        assert actions.discard(draft=draft, by=None, now=NOW + timedelta(hours=1))

    @pytest.mark.usefixtures("draft")
    def test_is_forgotten_by_the_next_file_past_its_term(self, path):
        later = NOW + timedelta(days=91)

        actions.take_in(importer="members", path=path, file_name="later.csv", by=None, now=later)

        assert [each.file_name for each in Import.objects.all()] == ["later.csv"]

    def test_is_forgotten_in_time(self, draft):
        actions.fail(draft=draft.pk, attempt=draft.attempt, sentence="Er liep iets mis.")

        actions.forget_old(now=NOW + timedelta(days=91))

        assert not Import.objects.exists()
