"""Arithmetic by hand, and the law that no difference tells of fewer than five people."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import chain, combinations
from statistics import NormalDist
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trekker.feedback.models import Question, Response
from trekker.feedback.queries import results
from trekker.feedback.queries.results_counting import Cell, Counts, count
from trekker.feedback.queries.results_questions import merge
from trekker.feedback.queries.results_sizes import LABELS, OF_OTHERS, OF_SIZES, divide, sizes
from trekker.feedback.queries.results_spread import Difference, Share, Z, compare, difference, spread
from trekker.feedback.tests.factories import EvaluationFactory, QuestionnaireFactory, answers
from trekker.kernel.access import Role
from trekker.organisations.tests.factories import OrganisationFactory


class TestSpread:
    @pytest.mark.parametrize(
        ("steps", "lower", "middle", "upper"),
        [
            ([3], 3, (3,), 3),
            ([1, 5], 1, (1, 5), 5),
            ([1, 2, 3], 1, (2,), 3),
            ([1, 2, 3, 4], 1, (2, 3), 3),
            ([1, 1, 2, 4, 5], 1, (2,), 4),
            ([2, 3, 3, 3, 4, 5, 5, 5], 3, (3, 4), 5),
        ],
    )
    def test_by_hand(self, steps, lower, middle, upper):
        found = spread((step, steps.count(step)) for step in set(steps))

        assert (found.lower, found.middle, found.upper) == (lower, middle, upper)

    def test_without_answers_there_is_none(self):
        assert spread([(3, 0)]) is None

    @given(st.lists(st.integers(1, 7), min_size=1, max_size=40))
    def test_at_least_half_of_all_lie_between_the_quartiles(self, steps):
        found = spread((step, steps.count(step)) for step in set(steps))

        assert {found.lower, found.upper, *found.middle} <= set(steps)
        assert 2 * sum(found.lower <= step <= found.upper for step in steps) >= len(steps)
        assert 2 * sum(step <= found.low_middle for step in steps) >= len(steps)
        assert 2 * sum(step >= found.high_middle for step in steps) >= len(steps)


class TestChance:
    def test_uses_the_quantile_of_95_percent(self):
        assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-6) == Z

    def test_gives_the_interval_in_the_book(self):
        # Newcombe 1998, table I of the companion paper: 81 of 263 gives 0.2553 to 0.3662.
        assert Share(81, 263).interval == pytest.approx((25.53, 36.62), abs=0.01)

    @pytest.mark.parametrize("count", [0, 5])
    def test_stays_between_nobody_and_all(self, count):
        low, high = Share(count, 5).interval

        assert 0 <= low < high <= 100

    def test_gives_the_difference_in_the_book(self):
        # Newcombe 1998, table II, contrast (a), method 10: 56/70 - 48/80 is 0.0524 to 0.3339.
        assert difference(Share(56, 70), Share(48, 80)) == pytest.approx((0.0524, 0.3339), abs=0.0001)

    def test_says_what_is_larger_than_chance(self):
        assert compare(Share(56, 70), Share(48, 80)) is Difference.HIGHER
        assert compare(Share(48, 80), Share(56, 70)) is Difference.LOWER
        assert compare(Share(4, 5), Share(3, 5)) is Difference.CHANCE


ANSWERED = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=7)


@given(ANSWERED)
def test_two_readings_never_differ_by_fewer_than_five_answers_to_a_question(rounds):
    """Each round has so many who answered, and so many of them who said yes; any set may be read."""
    question = Question(pk=1, code="can_use", kind="ONE", options="ja\nneen", label="Kan je?")
    readable = [
        SimpleNamespace(pk=place, questionnaire_id=1, answered=max(people, 5), yes=min(people, yes))
        for place, (people, yes) in enumerate(rounds)
    ]
    people = {Cell(each.pk, 1): rounds[each.pk][0] for each in readable}
    chosen = {
        Cell(each.pk, 1): [("ja", None, each.yes), ("neen", None, rounds[each.pk][0] - each.yes)]
        for each in readable
    }
    counts = Counts({1: [question]}, people, chosen, {}, [])
    sets = chain.from_iterable(combinations(readable, many) for many in range(len(readable) + 1))
    totals = {frozenset(each.pk for each in some): merge(some, counts)[0].answered for some in sets}

    for one, more in totals.items():
        for other, fewer in totals.items():
            if other < one:
                assert more - fewer == 0 or more - fewer >= 5


class TestReadable(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.integers(1, 12), min_size=1, max_size=5))
    def test_what_is_shown_is_all_of_evaluations_with_five_or_more(self, sizes_of):
        form = QuestionnaireFactory()
        kinds = ("network_meeting", "training")
        for place, many in enumerate(sizes_of):
            evaluation = EvaluationFactory(closed=True, questionnaire=form, kind=kinds[place % 2])
            answers(evaluation, *[{"can_use": "ja", "satisfaction": 3}] * many)
        reader = SimpleNamespace(is_active=True, has_perm=lambda _name: True)
        rows = list(results.readable(reader))

        counts = count(rows)
        whole = results.read(rows, counts).reach.answered
        for kind in kinds:
            part = results.read([each for each in rows if each.kind == kind], counts).reach.answered
            assert part == 0 or part >= 5
            assert whole - part == 0 or whole - part >= 5
        assert whole == sum(many for many in sizes_of if many >= 5)


def differences(rows: list[dict[str, int]], division) -> list[int]:
    """
    List what someone can learn who knows the sums of rows and of shown classes, and which cells are empty.

    It is any weighing of rows and classes by which each cell with people counts for nothing or once.
    """
    classes = [c for c in division if any(row.get(size, 0) for row in rows for size in c)]
    cells = [
        (place, at, sum(row.get(size, 0) for size in c))
        for place, row in enumerate(rows)
        for at, c in enumerate(classes)
    ]
    cells = [each for each in cells if each[2]]
    learnt = []
    weights = (-1, 0, 1, 2)
    for of_classes in _all(weights, len(classes)):
        for of_rows in _all(weights, len(rows)):
            seen = [(of_classes[at] - of_rows[place], many) for place, at, many in cells]
            if all(weight in {0, 1} for weight, _many in seen):
                learnt.append(sum(many for weight, many in seen if weight))
    return learnt


def _all(values, length):
    if not length:
        yield ()
        return
    for rest in _all(values, length - 1):
        for value in values:
            yield (*rest, value)


ROW = st.dictionaries(
    st.sampled_from(["small", "medium", "large", "other", "unknown"]), st.integers(1, 9), min_size=1
).filter(lambda row: sum(row.values()) >= 5)


class TestSizes:
    def test_shows_all_classes_that_are_large_enough(self):
        rows = [{"small": 6, "medium": 7, "large": 8, "other": 5, "unknown": 5}]

        assert divide(rows) == (("small",), ("medium",), ("large",), ("other",), ("unknown",))

    def test_takes_a_small_class_with_its_neighbour(self):
        rows = [{"small": 2, "medium": 7, "large": 8}]

        assert divide(rows)[:2] == (("small", "medium"), ("large",))

    def test_folds_a_few_others_into_what_is_not_known(self):
        rows = [{"small": 6, "other": 2, "unknown": 4}]

        assert divide(rows)[-1] == ("other", "unknown")

    def test_shows_nothing_where_a_class_stays_too_small(self):
        assert divide([{"small": 6, "medium": 9, "unknown": 3}]) == ()

    def test_shows_nothing_where_an_evaluation_taken_away_leaves_a_few(self):
        # All who are small are 5 + 2; the first evaluation has only these: 2 would remain.
        assert divide([{"small": 5}, {"small": 2, "large": 8}]) == ()

    def test_one_class_alone_is_no_division(self):
        assert divide([{"small": 9}]) == ()

    @settings(max_examples=60, deadline=None)
    @given(st.lists(ROW, min_size=1, max_size=3))
    def test_no_sum_of_evaluations_and_classes_tells_of_fewer_than_five(self, rows):
        division = divide(rows)

        for learnt in differences(rows, division) if division else []:
            assert learnt == 0 or learnt >= 5

    def test_has_words_for_each_class(self):
        assert {classes for each in (*OF_SIZES, *OF_OTHERS) for classes in each} == LABELS.keys()


@pytest.mark.django_db
class TestSizesOfYear:
    def answers_from(self, evaluation, *organisations, choice="ja"):
        for organisation in organisations:
            (number,) = answers(evaluation, {"can_use": choice})
            Response.objects.filter(pk=number).update(organisation=organisation)

    def test_counts_an_ocmw_for_its_municipality(self):
        town = OrganisationFactory(kind="MUNICIPALITY", population=9_000)
        centre = OrganisationFactory(kind="OCMW", counts_as=town)
        city = OrganisationFactory(kind="MUNICIPALITY", population=80_000)
        partner = OrganisationFactory(kind="PARTNER")
        evaluation = EvaluationFactory(closed=True)
        self.answers_from(evaluation, *[town] * 3, *[centre] * 3)
        self.answers_from(evaluation, *[city] * 5, choice="neen")
        self.answers_from(evaluation, *[partner] * 2, *[None] * 4)
        reader = SimpleNamespace(is_active=True, has_perm=lambda _name: True)

        rows = list(results.readable(reader))
        found = sizes(results.read(rows, count(rows, with_sizes=True)))

        by_label = {each.label.split(" (")[0]: each.can_use for each in found.rows}
        assert by_label == {
            "klein": Share(6, 6),
            "groot": Share(0, 5),
            "andere organisatie of niet gekend": Share(6, 6),
        }

    def test_is_shown_of_the_whole_year_only(self, as_role):
        evaluation = EvaluationFactory(closed=True, about_on=date(2025, 5, 1))
        town = OrganisationFactory(kind="MUNICIPALITY", population=9_000)
        self.answers_from(evaluation, *[town] * 6, *[OrganisationFactory(kind="PARTNER")] * 6)
        manager = as_role(Role.MANAGEMENT)
        address = "/beheer/feedback/resultaten/?jaar=2025"

        assert "Naar grootte" in manager.get(address).content.decode()
        for other in (
            f"{address}&keuze=kind&sleutel=network_meeting",
            f"/beheer/feedback/evaluaties/{evaluation.pk}/resultaten/",
        ):
            assert "Naar grootte" not in manager.get(other).content.decode()

    def test_says_why_nothing_is_shown(self, as_role):
        evaluation = EvaluationFactory(closed=True, about_on=date(2025, 5, 1))
        town = OrganisationFactory(kind="MUNICIPALITY", population=9_000)
        self.answers_from(evaluation, *[town] * 6, OrganisationFactory(kind="PARTNER"))

        page = as_role(Role.MANAGEMENT).get("/beheer/feedback/resultaten/?jaar=2025").content.decode()

        assert "De groepen zijn te klein om te tonen." in page

    def test_says_nothing_where_no_organisation_is_known(self, as_role):
        self.answers_from(EvaluationFactory(closed=True, about_on=date(2025, 5, 1)), *[None] * 6)

        page = as_role(Role.MANAGEMENT).get("/beheer/feedback/resultaten/?jaar=2025").content.decode()

        assert "Naar grootte" not in page


def test_patterns_of_empty_cells_are_counted_together():
    rows = [{"small": 5}] * 40 + [{"small": 3, "large": 4}] * 30
    pattern = defaultdict(int)
    for row in rows:
        pattern[frozenset(row)] += 1

    assert len(pattern) == 2
    assert divide(rows)[0] == ("small",)
