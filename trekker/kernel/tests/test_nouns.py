"""A figure of one is said with the noun for one."""

from decimal import Decimal

import pytest

from trekker.kernel.measures import noun


class TestNoun:
    @pytest.mark.parametrize(
        ("unit", "one"),
        [
            ("leden", "lid"),  # of a measure
            ("bijeenkomsten", "bijeenkomst"),  # of a kind of activity
            ("lokale besturen", "lokaal bestuur"),
            ("artikels", "artikel"),  # of a measure that is only announced
        ],
    )
    def test_fits_the_figure(self, unit, one):
        assert noun(unit, Decimal("1.00")) == noun(unit, 1) == one
        assert noun(unit, 0) == noun(unit, 2) == noun(unit, Decimal("1.5")) == noun(unit, None) == unit

    def test_leaves_words_of_someone_else_as_they_are(self):
        assert noun("stoelen", 1) == "stoelen"
