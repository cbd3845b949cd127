"""What keeps work on records by the hundred thousand at pace: Python's collector, PostgreSQL's planner."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Search for cycles seldom within the block; records have none, and it took a fifth of the time."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def count_anew(*models: type[Model]) -> None:
    """
    Let PostgreSQL look at how many records these tables hold now.

    It plans by what it counted last, and its own round comes later than the job that just wrote: a
    join planned for no rows took five minutes for 30,000. SQLite plans well without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
