"""Storing passes over no row, however many speak of one row of the file."""

from datetime import UTC, datetime

import pytest

from trekker.imports.actions.storing import _blocks_of
from trekker.imports.models import Import, Row
from trekker.imports.reading import BLOCK

pytestmark = pytest.mark.django_db


def test_rows_of_one_number_are_all_given_in_blocks():
    draft = Import.objects.create(
        importer="members", file_name="x.csv", created_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    numbers = [1] * (BLOCK + 1) + [2]
    Row.objects.bulk_create(Row(of=draft, number=number, outcome="NEW") for number in numbers)

    blocks = list(_blocks_of(draft))

    assert [row.number for rows in blocks for row in rows] == numbers
    assert [len(rows) for rows in blocks] == [BLOCK, 2]
