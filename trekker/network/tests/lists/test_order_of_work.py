"""Jobs that stop or start again, and lists that are thrown away."""

import pytest

from trekker.imports import actions
from trekker.imports.models import Import, Row
from trekker.imports.tests import files
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory
from trekker.network.tests.importing import NOW, compare, store
from trekker.people.models import Person

pytestmark = pytest.mark.django_db


class TestTheOrderOfWork:
    def test_a_job_that_was_passed_by_changes_nothing(self, sheet):
        draft = compare(sheet(["an@stad.example"]))
        first = actions.confirm(draft=draft, by=None, now=NOW)
        second = actions.retry(draft=first, now=NOW)

        actions.store(draft=draft.pk, attempt=first.attempt, now=NOW)
        assert not Person.objects.exists()
        actions.store(draft=draft.pk, attempt=second.attempt, now=NOW)
        actions.store(draft=draft.pk, attempt=second.attempt, now=NOW)

        assert Membership.objects.count() == 1

    def test_comparing_again_starts_over(self, sheet):
        draft = compare(sheet(["an@stad.example"], ["bo@stad.example"]))
        Import.objects.filter(pk=draft.pk).update(status=Import.Status.MATCHING)

        again = actions.retry(draft=draft, now=NOW)
        actions.match(draft=draft.pk, attempt=again.attempt, clock=lambda: NOW)

        assert Row.objects.filter(of=draft).count() == 2

    def test_remembers_the_columns_of_a_list(self, tmp_path):
        path = files.csv_file(tmp_path / "a.csv", [["Kolom x", "Kolom y"], ["An", "an@stad.example"]])
        draft = actions.take_in(importer="members", path=path, file_name="a.csv", by=None, now=NOW)
        options = {"channel": ChannelFactory().code, "status": "SUBSCRIBED", "on": "2026-03-01"}
        actions.settle(draft=draft, mapping={"email": 1, "first_name": 0}, options=options, now=NOW)

        again = actions.take_in(importer="members", path=path, file_name="b.csv", by=None, now=NOW)

        assert again.mapping == {"email": 1, "first_name": 0}

    def test_nothing_is_stored_of_a_list_without_one_good_row(self, sheet):
        with pytest.raises(actions.NothingToStore):
            store(compare(sheet(["geen adres"])))

    def test_a_draft_can_be_thrown_away(self, sheet):
        draft = compare(sheet(["an@stad.example"]))

        assert actions.discard(draft=draft, by=None, now=NOW)

        assert not Import.objects.exists()
        assert not Row.objects.exists()
