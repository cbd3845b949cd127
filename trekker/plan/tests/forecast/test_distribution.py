"""Chances add up, agree with counting every case by hand, and fall as the target rises."""

from fractions import Fraction
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trekker.plan.forecast.distribution import MEETS, MOST_CELLS, Distribution

CHANCE = st.floats(0, 1)
CHANCES = st.lists(CHANCE, max_size=9)
SMALL = st.lists(st.floats(0.01, 1), min_size=1, max_size=6).map(
    lambda parts: Distribution(tuple(part / sum(parts) for part in parts))
)
ANY = st.one_of(
    CHANCES.map(Distribution.poisson_binomial),
    st.builds(Distribution.binomial, st.integers(0, 9_000), CHANCE),
    st.builds(Distribution.negative_binomial, st.floats(0.2, 900), st.floats(0, 40_000)),
    st.builds(Distribution.poisson, st.floats(0, 40_000)),
    st.builds(Distribution.plus, SMALL, SMALL.map(lambda each: each.times(Fraction(5, 2)))),
    st.builds(Distribution.if_happens, SMALL, CHANCE),
    st.builds(Distribution.at_least, SMALL, SMALL),
)


def brute_force(chances):
    """Give the chance of each count by going through every case."""
    found = [0.0] * (len(chances) + 1)
    for happens in product((True, False), repeat=len(chances)):
        found[sum(happens)] += prod(p if yes else 1 - p for yes, p in zip(happens, chances, strict=True))
    return found


class TestEveryDistribution:
    @settings(max_examples=150, deadline=None)
    @given(ANY)
    def test_adds_up_to_one_in_few_values(self, found):
        assert sum(found.chances) == pytest.approx(1)
        assert min(found.chances) >= -1e-12
        assert len(found.chances) <= MOST_CELLS + 1

    @settings(max_examples=60, deadline=None)
    @given(ANY, st.integers(0, 60), st.sampled_from([">=", ">"]))
    def test_a_higher_target_is_never_more_likely(self, found, target, comparator):
        assert found.chance(comparator, target + 1) <= found.chance(comparator, target) + 1e-12

    @settings(max_examples=60, deadline=None)
    @given(ANY, st.integers(0, 60))
    def test_the_comparators_fit_together(self, found, target):
        chance = {comparator: found.chance(comparator, target) for comparator in MEETS}

        assert chance[">="] + chance["<"] == pytest.approx(1)
        assert chance[">"] + chance["<="] == pytest.approx(1)
        assert chance[">="] - chance[">"] == pytest.approx(chance["="], abs=1e-9)

    @settings(max_examples=60, deadline=None)
    @given(ANY)
    def test_eight_in_ten_lie_between_the_ends(self, found):
        low, middle, high = (found.quantile(part) for part in (0.1, 0.5, 0.9))

        assert low <= middle <= high
        assert found.chance("<=", high) - found.chance("<", low) >= 0.8 - 1e-9


class TestPoissonBinomial:
    @settings(max_examples=100, deadline=None)
    @given(CHANCES)
    def test_is_exactly_what_counting_every_case_gives(self, chances):
        found = Distribution.poisson_binomial(chances)

        every = brute_force(chances)
        assert [found.chance("=", count) for count in range(len(every))] == pytest.approx(every, abs=1e-9)

    @given(st.integers(0, 40), st.floats(0.01, 0.99))
    def test_with_equal_chances_is_binomial(self, times, chance):
        found = Distribution.poisson_binomial([chance] * times)

        every = [comb(times, n) * chance**n * (1 - chance) ** (times - n) for n in range(times + 1)]
        assert [found.chance("=", count) for count in range(times + 1)] == pytest.approx(every, abs=1e-9)


class TestSums:
    @settings(max_examples=60, deadline=None)
    @given(SMALL, SMALL, st.sampled_from([Fraction(1), Fraction(3, 2), Fraction(1, 4)]))
    def test_is_exactly_what_every_pair_gives(self, one, other, hours):
        other = other.times(hours)
        pairs = list(
            product(zip(one.values, one.chances, strict=True), zip(other.values, other.chances, strict=True))
        )

        found = one.plus(other)

        for value in {mine + theirs for (mine, _), (theirs, _) in pairs}:
            by_hand = sum(p * q for (mine, p), (theirs, q) in pairs if mine + theirs == value)
            assert found.chance("=", value) == pytest.approx(by_hand)

    @settings(max_examples=40, deadline=None)
    @given(SMALL, SMALL)
    def test_the_larger_of_two_is_what_every_pair_gives(self, one, other):
        found = one.at_least(other)

        for value in range(6):
            below = one.chance("<=", value) * other.chance("<=", value)
            assert found.chance("<=", value) == pytest.approx(below)

    def test_a_coarser_grid_keeps_the_mean(self):
        fine = Distribution.negative_binomial(3, 40)

        coarse = fine.on_step(Fraction(7, 2))

        assert coarse.mean == pytest.approx(fine.mean)
        assert coarse.variance == pytest.approx(fine.variance, rel=0.01)

    def test_very_many_values_stay_few_with_the_same_mean(self):
        one = Distribution.binomial(6_000, 0.5).times(Fraction(1, 4))
        other = Distribution.negative_binomial(50, 3_000)

        found = one.plus(other)

        assert len(found.chances) <= MOST_CELLS
        assert found.mean == pytest.approx(one.mean + other.mean)


class TestMoments:
    @settings(max_examples=50, deadline=None)
    @given(st.floats(1, 500), st.floats(0.5, 9_000))
    def test_a_negative_binomial_has_the_variance_of_its_formula(self, shape, mean):
        found = Distribution.negative_binomial(shape, mean)

        assert found.mean == pytest.approx(mean, rel=0.01)
        assert found.variance == pytest.approx(mean + mean**2 / shape, rel=0.05)

    @settings(max_examples=50, deadline=None)
    @given(st.floats(0.5, 9_000))
    def test_a_poisson_has_its_mean_as_variance(self, mean):
        found = Distribution.poisson(mean)

        assert (found.mean, found.variance) == (pytest.approx(mean), pytest.approx(mean, rel=0.01))

    @settings(max_examples=30, deadline=None)
    @given(SMALL, CHANCE)
    def test_what_may_not_happen_weighs_by_its_chance(self, found, chance):
        assert found.if_happens(chance).mean == pytest.approx(chance * found.mean)
