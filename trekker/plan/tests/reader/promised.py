"""What the tests compare of a proposal with the reference, and the catalogue they read with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from trekker.events.measures.filters import SPOKEN
from trekker.kernel.measures import Choice, Filter, Measure, catalogue

SHARED = Path(__file__).resolve().parents[5] / "shared"
INDICATORS = SHARED / "design" / "indicators.yaml"
LINE_KEYS = ("measure", "filters", "comparator", "target", "unit")
# The channels that a fresh database holds, so that reading needs none.
CHANNELS = (
    Choice(
        value="newsletter_digital_inclusion",
        label="Nieuwsbrief digitale inclusie",
        words=("nieuwsbrief", "netwerk"),
        default=True,
    ),
    Choice(value="teams_channel", label="Teamskanaal", words=("teams", "online kennisdeling")),
)


THEMES = (Choice(value="digital_inclusion", label="digitale inclusie", words=SPOKEN["digital_inclusion"]),)
AUDIENCES = tuple(
    Choice(value=code, label=code, words=SPOKEN[code]) for code in ("local_government_staff", "professionals")
)
REGISTERS = {"channel": CHANNELS, "theme": THEMES, "session_theme": THEMES, "audience": AUDIENCES}


def as_promised(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep of each line what the reference says of it."""
    return [{key: line[key] for key in LINE_KEYS} for line in lines]


def reference_indicators() -> list[dict[str, Any]]:
    """Give the indicators of the plan of 2026 as they should be measured; skip the test without them."""
    if not INDICATORS.exists():
        pytest.skip("the reference indicators do not lie beside the repository")
    return yaml.safe_load(INDICATORS.read_text(encoding="utf-8"))["indicators"]


def without_database() -> Mapping[str, Measure]:
    """Give the real catalogue, with choices from registers that ask nothing of a database."""
    return {code: replace(measure, filters=_fixed(measure)) for code, measure in catalogue.items()}


def _fixed(measure: Measure) -> tuple[Filter, ...]:
    return tuple(
        replace(each, choices=REGISTERS[each.code]) if callable(each.choices) else each
        for each in measure.filters
    )
