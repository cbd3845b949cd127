"""How long the rows of a file are kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.module_loading import autodiscover_modules

from trekker.imports.models import Import, Row
from trekker.kernel.clock import CHORES

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_rows_go_after_ninety_days_without_anybody_doing_something():
    autodiscover_modules("chores")
    draft = Import.objects.create(
        importer="attendance", file_name="lijst.csv", status="DONE", created_at=NOW, stored_at=NOW
    )
    Row.objects.create(of=draft, number=2, label="An")
    (chore,) = [each for code, each in CHORES.items() if code == "imports.forget_old"]

    chore.work(NOW + timedelta(days=89))
    kept = Row.objects.count()
    chore.work(NOW + timedelta(days=91))

    assert (kept, Row.objects.count(), chore.every) == (1, 0, timedelta(days=1))
