"""A forecast in plain Dutch."""

from decimal import Decimal

import pytest

from trekker.plan.forecast import Distribution, Outlook, Way, asked, words


def outlook(value="3", target="6", comparator=">=", days_left=245, **facts):
    way = facts.pop("way", Way.UNKNOWN)
    target = None if target is None else Decimal(target)
    return Outlook(
        way=way, value=Decimal(value), target=target, comparator=comparator, days_left=days_left, **facts
    )


def told(coming, **facts):
    return outlook(**facts).told(coming, Way.ASKED)


class TestTold:
    def test_says_it_all_in_four_sentences(self):
        found = told(asked.still_to_come(3, 120 / 365, 7), days_left=245)

        assert words.told(found) == (
            "3 van 6. Waarschijnlijk 5 tot 13. Kans op 6 of meer: waarschijnlijk (ongeveer 8 op 10). "
            "Nodig: 3 in 8 maanden."
        )

    def test_says_only_what_is_needed_where_nothing_is_known(self):
        assert words.told(outlook()) == "3 van 6. Nodig: 3 in 8 maanden."

    def test_says_only_the_range_without_a_target(self):
        assert words.told(told(Distribution.certain(4), target=None)) == "3. Waarschijnlijk 7."

    def test_says_only_the_range_once_it_is_reached(self):
        found = told(Distribution.binomial(2, 0.5), value="6")

        assert words.told(found) == "6 van 6. Waarschijnlijk 6 tot 8."

    def test_a_stock_has_no_chance(self):
        found = outlook("1040", "1100", days_left=60).ranged((1038.2, 1075.0, 1112.4))

        assert words.told(found) == "1.040 van 1.100. Waarschijnlijk 1.038 tot 1.113. Nodig: 60 in 2 maanden."
        assert found.way is Way.LEVEL

    def test_hours_are_rounded_outwards(self):
        found = told(Distribution.binomial(4, 0.5), value="80.42", target="100")

        assert words.span(found) == "Waarschijnlijk 81 tot 84."
        assert words.need(found) == "Nodig: 19,6 in 8 maanden."


class TestChance:
    @pytest.mark.parametrize(
        ("chance", "word", "number"),
        [
            (1.0, "bijna zeker", "meer dan 9 op 10"),
            (0.95, "bijna zeker", "meer dan 9 op 10"),
            (0.94, "waarschijnlijk", "ongeveer 9 op 10"),
            (0.8, "waarschijnlijk", "ongeveer 8 op 10"),
            (0.5, "kan beide kanten op", "ongeveer 5 op 10"),
            (0.2, "onwaarschijnlijk", "ongeveer 2 op 10"),
            (0.05, "onwaarschijnlijk", "ongeveer 1 op 10"),
            (0.01, "bijna uitgesloten", "minder dan 1 op 10"),
            (0.0, "bijna uitgesloten", "minder dan 1 op 10"),
        ],
    )
    def test_has_a_word_and_a_number(self, chance, word, number):
        assert (words.class_of(chance), words.in_ten(chance)) == (word, number)

    @pytest.mark.parametrize(
        ("comparator", "said"),
        [
            (">=", "Kans op 6 of meer"),
            (">", "Kans op meer dan 6"),
            ("<=", "Kans op 6 of minder"),
            ("<", "Kans op minder dan 6"),
            ("=", "Kans op precies 6"),
        ],
    )
    def test_names_what_the_figure_should_come_to(self, comparator, said):
        assert words.chance(told(Distribution.binomial(4, 0.5), comparator=comparator)).startswith(said)


class TestNeed:
    @pytest.mark.parametrize(
        ("value", "comparator", "days", "said"),
        [
            ("3", ">=", 245, "Nodig: 3 in 8 maanden."),
            ("3", ">", 31, "Nodig: 4 in 31 dagen."),
            ("3", ">=", 1, "Nodig: 3 in 1 dag."),
            ("3", ">=", 0, ""),
            ("6", ">=", 60, ""),
            ("4", "<=", 60, "Ruimte: nog 2 in 2 maanden."),
            ("4", "<", 60, "Ruimte: nog 1 in 2 maanden."),
            ("8", "<=", 60, "Al 2 te veel."),
            ("8", "=", 60, "Al 2 te veel."),
            ("6", "=", 60, ""),
        ],
    )
    def test_says_how_much_in_how_long(self, value, comparator, days, said):
        assert words.need(outlook(value, comparator=comparator, days_left=days)) == said

    def test_a_stock_that_is_too_high_may_still_fall(self):
        assert words.need(outlook("8", comparator="<=", way=Way.LEVEL)) == "Nu 2 te veel."

    def test_a_stock_that_is_high_enough_is_not_too_high(self):
        assert words.need(outlook("8", comparator=">=", way=Way.LEVEL)) == "Nu 2 boven het doel."

    def test_nothing_is_needed_without_a_target(self):
        assert words.need(outlook(target=None)) == words.pace(outlook(target=None)) == ""

    @pytest.mark.parametrize(
        ("target", "days", "said"),
        [("203", 245, "Dat is 25 per maand."), ("6", 245, ""), ("203", 20, ""), ("2", 245, "")],
    )
    def test_says_the_pace_where_that_helps(self, target, days, said):
        assert words.pace(outlook(target=target, days_left=days)) == said
