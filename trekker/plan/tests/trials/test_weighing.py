"""What would remain promised of another plan, and how likely it is kept."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trekker.network.tests.factories import MembershipFactory
from trekker.plan.forecast import Outlook, Way
from trekker.plan.models import IndicatorLine
from trekker.plan.queries.figures import Figure, State
from trekker.plan.queries.trials import Standing, outcomes, standing_of
from trekker.plan.tests.test_diff import a_plan
from trekker.plan.tests.trials.trying import promises, revise, tried

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


class TestWeighing:
    def test_says_how_many_promises_remain_and_are_likely_kept(self):
        MembershipFactory.create_batch(5, from_on=date(2026, 1, 5))
        version = a_plan(goals=1, promises=3)  # 10, 11 and 12 members
        trial = tried(version)
        one, two, _three = promises(trial)
        revise(trial, targets={one.lines.get().pk: Decimal(2)}, dropped=[two])

        now, (then,) = outcomes(version, [trial], today=TODAY)

        assert (len(now.promises), now.likely) == (3, 0)
        assert (len(then.promises), then.remaining, then.likely) == (2, 2, 1)
        assert [each.standing for changed in then.changed for each in changed.then] == [Standing.LIKELY]
        assert [each.indicator.text for each in then.same] == ["belofte 0 2"]

    @pytest.mark.parametrize("trials", [1, 3])
    def test_asks_the_registers_once_for_what_stays_the_same(self, trials, django_assert_max_num_queries):
        version = a_plan(goals=2, promises=2)
        copies = [tried(version, str(number)) for number in range(trials)]

        with django_assert_max_num_queries(32):
            outcomes(version, copies, today=TODAY)

    @given(chance=st.floats(0, 1))
    def test_says_a_chance_as_two_thirds_have_it(self, chance):
        outlook = Outlook(
            way=Way.PLANNED,
            value=Decimal(1),
            target=Decimal(3),
            comparator=">=",
            days_left=90,
            chance=chance,
        )
        found = standing_of(figure_of(outlook))

        assert (found is Standing.LIKELY) is (chance >= 2 / 3)
        assert (found is Standing.UNLIKELY) is (chance < 1 / 3)

    @pytest.mark.parametrize(
        ("ends", "standing"),
        [((8, 9, 12), Standing.UNLIKELY), ((8, 14, 18), Standing.OPEN), ((14, 15, 18), Standing.LIKELY)],
    )
    def test_says_a_stock_by_its_whole_range(self, ends, standing):
        low, middle, high = map(Decimal, ends)
        outlook = Outlook(
            way=Way.LEVEL,
            value=Decimal(9),
            target=Decimal(13),
            comparator=">=",
            days_left=90,
            low=low,
            middle=middle,
            high=high,
        )

        assert standing_of(figure_of(outlook)) is standing

    @pytest.mark.parametrize(
        ("state", "standing"),
        [
            (State.REACHED, Standing.LIKELY),
            (State.MISSED, Standing.UNLIKELY),
            (State.NO_REGISTER, Standing.UNKNOWN),
        ],
    )
    def test_says_what_is_over_by_how_it_ended(self, state, standing):
        assert standing_of(Figure(IndicatorLine(), state)) is standing


def figure_of(outlook):
    return Figure(IndicatorLine(), State.RUNNING, outlook.value, foretold=SimpleNamespace(outlook=outlook))
