"""Each way to foretell: what is planned, what is asked, how many come, where a stock will stand."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trekker.plan.forecast import Distribution, asked, attendance, planned, stock
from trekker.plan.forecast.attendance import Before, Planned, Unplanned

COUNTS = st.integers(0, 60)


class TestPlanned:
    @pytest.mark.parametrize(("took_place", "of", "chance"), [(0, 0, 1 / 2), (3, 3, 4 / 5), (0, 2, 1 / 4)])
    def test_a_chance_follows_from_our_own_history(self, took_place, of, chance):
        assert planned.chance_of(took_place, of) == chance

    @given(st.integers(0, 500), st.integers(0, 500))
    def test_a_chance_is_never_certain(self, took_place, dropped):
        assert 0 < planned.chance_of(took_place, took_place + dropped) < 1

    def test_more_cannot_take_place_than_was_planned(self):
        with pytest.raises(ValueError, match="more"):
            planned.chance_of(3, 2)

    def test_what_is_planned_twice_counts_once(self):
        found = planned.still_to_come([2], 0.5)

        assert found.chance("=", 1) == pytest.approx(0.75)
        assert found.chance(">", 1) == 0

    @pytest.mark.parametrize(
        ("leads", "held", "beyond"),
        [
            ([], 0, 0.0),
            ([], 4, 0.0),
            ([10.0, 30.0], 2, 80.0),
            ([10.0, 30.0], 4, 40.0),
            ([-5.0], 1, 100.0),
        ],
    )
    def test_the_calendar_tells_as_far_ahead_as_things_were_planned(self, leads, held, beyond):
        assert planned.beyond_the_calendar(100.0, leads, held) == pytest.approx(beyond)

    @given(st.lists(st.floats(0, 90), min_size=1, max_size=9), st.integers(0, 9))
    def test_is_never_beyond_the_time_ahead(self, leads, planned_long_before):
        beyond = planned.beyond_the_calendar(90.0, leads, len(leads) + planned_long_before)

        assert 0 <= beyond <= 90

    @given(st.lists(st.integers(1, 3), max_size=8), st.floats(0.05, 0.9))
    def test_a_better_history_never_lowers_the_chance(self, times, chance):
        worse, better = (planned.still_to_come(times, each) for each in (chance, chance + 0.05))

        assert better.chance(">=", 2) >= worse.chance(">=", 2) - 1e-12

    def test_says_how_many_to_plan_to_be_sure_enough(self):
        coming = planned.still_to_come([1], 0.9)

        assert planned.to_plan(coming, 1, 0.9) == 0
        assert planned.to_plan(coming, 2, 0.9) == 1
        assert planned.to_plan(coming, 3, 0.8) == 3
        assert planned.to_plan(coming, 90, 0.9) is None


class TestAsked:
    def test_learns_from_this_year_and_half_of_the_last(self):
        found = asked.still_to_come(3, 0.25, 8)

        assert found.mean == pytest.approx((3 + 4 + 0.5) / 0.75 * 0.75)

    @given(COUNTS, st.floats(0.1, 0.9), st.one_of(st.none(), COUNTS))
    @settings(max_examples=60, deadline=None)
    def test_the_more_came_the_more_will_come(self, so_far, elapsed, last_year):
        one, more = (asked.still_to_come(so_far + extra, elapsed, last_year) for extra in (0, 1))

        assert more.chance(">=", 5) >= one.chance(">=", 5) - 1e-9

    @given(COUNTS, st.one_of(st.none(), COUNTS))
    def test_nothing_comes_once_the_year_is_over(self, so_far, last_year):
        assert asked.still_to_come(so_far, 1.0, last_year) == Distribution.certain()

    def test_is_never_less_than_what_was_agreed(self):
        found = asked.still_to_come(0, 0.9, 0, agreed=[1.0, 1.0, 1.0])

        assert found.chance("<", 3) == 0

    def test_a_last_year_without_count_is_not_a_year_of_nothing(self):
        assert asked.still_to_come(3, 0.5).mean > asked.still_to_come(3, 0.5, 0).mean

    def test_a_part_of_the_year_brings_a_part(self):
        whole, part = (asked.at_pace(6, 0.5, 10, ahead) for ahead in (0.5, 0.1))

        assert part.mean == pytest.approx(whole.mean / 5)

    def test_without_any_knowledge_it_says_so(self):
        with pytest.raises(ValueError, match="known"):
            asked.still_to_come(0, 0.0)

    def test_bears_the_numbers_of_a_country(self):
        found = asked.still_to_come(90_000, 0.5, 170_000, agreed=[0.9] * 30)

        assert found.mean == pytest.approx(175_000 / 2, rel=0.01)


class TestAttendance:
    def test_counts_the_registrations_with_our_own_share_who_come(self):
        found = attendance.still_to_come([Planned(20, is_complete=True)], 1.0, None, came=78, registered=98)

        assert found.mean == pytest.approx(20 * 79 / 100)
        assert found.chance(">", 20) == 0

    def test_goes_by_earlier_times_while_registrations_still_come(self):
        before = Before.of([30, 26, 34])

        found = attendance.still_to_come([Planned(2)], 1.0, before, came=9, registered=10)

        assert found.mean == pytest.approx(30, rel=0.02)

    def test_takes_registrations_that_are_more_than_usual(self):
        found = attendance.still_to_come([Planned(80)], 1.0, Before.of([10, 12]), came=98, registered=98)

        assert found.mean > 70

    def test_what_may_not_take_place_weighs_by_its_chance(self):
        found = attendance.still_to_come([Planned(), Planned()], 0.5, Before.of([30, 26, 34]))

        assert found.mean == pytest.approx(30, rel=0.02)
        assert found.chance("=", 0) == pytest.approx(0.25, abs=0.01)

    def test_gives_hours_where_each_person_gets_hours(self):
        hours = Fraction(5, 2)
        found = attendance.still_to_come([Planned(10, True, hours)], 1.0, None, came=998, registered=998)

        assert found.quantile(0.5) == 25
        assert found.mean == pytest.approx(25, rel=0.01)

    def test_adds_up_sessions_of_different_length(self):
        before = Before.of([20, 24, 16, 20])
        sessions = [Planned(hours=Fraction(2)), Planned(hours=Fraction(7, 2)), Planned(hours=Fraction(2))]

        found = attendance.still_to_come(sessions, 1.0, before)

        assert found.mean == pytest.approx(20 * 7.5, rel=0.02)

    def test_says_nothing_where_nothing_tells(self):
        assert attendance.still_to_come([Planned()], 0.9, None) is None
        assert Before.of([]) is None
        assert Before.of([0, 0]) is None

    def test_nothing_planned_brings_nobody(self):
        assert attendance.still_to_come([], 0.9, Before.of([10])) == Distribution.certain()

    def test_what_is_not_planned_yet_brings_people_as_before(self):
        times = asked.at_pace(3, 0.25, None, 0.5)

        found = attendance.still_to_come(
            [], 0.9, Before.of([30, 30, 30]), unplanned=Unplanned(times, Fraction(2))
        )

        assert found.mean == pytest.approx(times.mean * 60, rel=0.02)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.integers(1, 80), min_size=1, max_size=8), st.integers(1, 12), st.floats(0.3, 1))
    def test_the_mean_is_that_of_the_parts(self, came, times, chance):
        before = Before.of(came)

        found = before.sum_of(Distribution.binomial(times, chance), before.mean)

        assert found.mean == pytest.approx(times * chance * before.mean, rel=0.02)
        assert sum(found.chances) == pytest.approx(1)

    def test_the_mean_and_variance_of_many_tell_enough(self, monkeypatch):
        before, times = Before(30.0, 0.25, 0.1), Distribution.binomial(30, 0.8)
        quick = before.sum_of(times, 30.0)
        monkeypatch.setattr(attendance, "MANY", 10**6)

        exact = before.sum_of(times, 30.0)

        assert quick.mean == pytest.approx(exact.mean, rel=0.01)
        for part in (0.1, 0.5, 0.9):
            assert float(quick.quantile(part)) == pytest.approx(float(exact.quantile(part)), rel=0.01)

    def test_few_times_tell_less_of_the_mean(self):
        assert Before.of([30]).doubt > Before.of([30] * 10).doubt

    def test_the_means_stand_around_the_one_that_was_seen(self):
        before = Before.of([30, 20, 40])

        means = before.means()

        assert means == sorted(means)
        assert sum(means) / len(means) == pytest.approx(30, rel=0.02)


class TestStock:
    def test_goes_on_as_it_went(self):
        low, middle, high = stock.at_the_end(100.0, [4.0, 6.0, 5.0, 5.0], 6)

        assert middle == pytest.approx(130)
        assert low < middle < high

    @pytest.mark.parametrize("changes", [[], [1.0], [1.0, 2.0]])
    def test_says_nothing_from_few_changes(self, changes):
        assert stock.at_the_end(100.0, changes, 6) is None

    def test_is_sure_of_what_never_changes(self):
        assert stock.at_the_end(100.0, [2.0] * 6, 3) == pytest.approx((106, 106, 106))

    def test_is_never_below_zero(self):
        assert stock.at_the_end(4.0, [-3.0, -5.0, -1.0], 6)[:2] == (0.0, 0.0)

    def test_holds_eight_in_ten(self):
        # Student's 90 % point with 5 degrees of freedom is 1.476.
        changes = [1.0, 3.0, 2.0, 4.0, 2.0, 3.0]
        low, middle, _high = stock.at_the_end(50.0, changes, 1)

        spread = (sum((each - 2.5) ** 2 for each in changes) / 5 * (1 + 1 / 6)) ** 0.5
        assert (middle - low) / spread == pytest.approx(1.476, rel=0.01)
