"""The catalogue and the texts that the tests of the reader share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[5] / "shared"
SEED = SHARED / "seeds" / "001_71d85e7fc259d98f.txt"


@pytest.fixture(scope="session")
def measures():
    """Give the real catalogue, with channels that ask nothing of a database."""
    from trekker.plan.tests.reader.promised import without_database

    return without_database()


@pytest.fixture(scope="session")
def seed_lines() -> list[str]:
    """Give the lines of the plan of 2026, where it lies beside the repository."""
    if not SEED.exists():
        pytest.skip("the plan of 2026 does not lie beside the repository")
    return SEED.read_text(encoding="utf-8").split("\n")


@pytest.fixture(scope="session")
def seed(seed_lines, measures):
    """Give the plan of 2026 as the reader proposes it."""
    from trekker.plan.reader import read

    return read(seed_lines, measures=measures)


@pytest.fixture(scope="session")
def reference() -> list[dict[str, Any]]:
    """Give the indicators of the plan of 2026 as they should be measured."""
    from trekker.plan.tests.reader.promised import reference_indicators

    return reference_indicators()
