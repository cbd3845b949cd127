"""The figures of what activities bring about equal their rows, and tell of no fewer than five people."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from trekker.feedback.models import FollowUp, Mode
from trekker.feedback.queries.effect import added, counted
from trekker.feedback.tests.factories import EvaluationFactory, InvitationFactory, answers
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.plan.reader import read
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
COUNTS = ("responses", "can_use", "applied", "applied_organisations")
SHARES = {
    "response_rate": ("responses_in", "asked"),
    "can_use_share": ("can_use", "can_use_in"),
    "applied_share": ("applied", "followed_in"),
}


def measure(name):
    return catalogue[f"feedback.{name}"]


def value(name, filters=None, period=YEAR):
    return measure(name).value(period, filters or {})


def rows(name, filters=None):
    return list(measure(name).rows(YEAR, filters or {}).order_by("pk"))


def unknown(name, filters=None):
    found = measure(name)
    return {each.unit.one: found.unknown_rows(each, YEAR, filters or {}).count() for each in found.unknowns}


def evaluated(yes, no=0, *, outcomes="", asked=None, organisation=None, **facts):
    """Make an evaluation that is over; ``outcomes`` has a letter for each follow-up: d, p, n(ot yet)."""
    evaluation = EvaluationFactory(closed=True, audience_size=asked, **facts)
    organisations = organisation or OrganisationFactory()
    given = [{"can_use": "ja"}] * yes + [{"can_use": "deels"}] * no
    numbers = answers(evaluation, *given, address="an@stad.example", organisation=organisations.pk)
    words = {"d": "DONE", "p": "PARTLY", "n": "NOT_YET"}
    for number, letter in zip(numbers, outcomes, strict=False):
        FollowUp.objects.filter(pk=number).update(outcome=words[letter], answered_on=date(2026, 7, 20))
    FollowUp.objects.filter(pk__in=numbers).update(address=None)  # the round is over
    return evaluation


@pytest.fixture
def two():
    """Two evaluations that count in all, and what does not: open, too small, of another year."""
    place = OrganisationFactory()
    first = evaluated(5, 1, outcomes="ddpnn", asked=12, organisation=place, kind="training")
    second = evaluated(4, 4, outcomes="dnnnnn", asked=10, organisation=place)
    evaluated(4, outcomes="dddd", asked=9)
    open_still = EvaluationFactory()
    answers(open_still, *[{"can_use": "ja"}] * 6)
    evaluated(9, about_on=date(2025, 12, 31), outcomes="ddddddd")
    return first, second


class TestFigures:
    def test_add_up_whole_evaluations_with_at_least_five_answers(self, two):
        assert {name: value(name) for name in COUNTS} == {
            "responses": 14,
            "can_use": 9,
            "applied": 4,
            "applied_organisations": 1,
        }
        assert [row.pk for row in rows("responses")] == [each.pk for each in two]

    @pytest.mark.usefixtures("two")
    def test_of_a_share_are_rounded_down(self):
        assert value("response_rate") == Decimal("63.6")  # 14 of 22
        assert value("can_use_share") == Decimal("64.2")  # 9 of 14
        assert value("applied_share") == Decimal("36.3")  # 4 of 11

    @pytest.mark.usefixtures("two")
    @pytest.mark.parametrize("filters", [{}, {"kind": ["training"]}, {"kind": {"not_in": ["training"]}}])
    def test_equal_the_sum_of_exactly_their_rows(self, filters):
        for name, column in {"responses": "responses_in", "can_use": "can_use", "applied": "applied"}.items():
            assert value(name, filters) == sum(getattr(row, column) for row in rows(name, filters))
        for name, (count, of) in SHARES.items():
            found = rows(name, filters)
            tenths = (
                1000 * sum(getattr(row, count) for row in found) // sum(getattr(row, of) for row in found)
            )
            assert value(name, filters) == Decimal(tenths) / 10

    @pytest.mark.usefixtures("two")
    @pytest.mark.parametrize("name", [*COUNTS, *SHARES])
    def test_are_the_same_month_by_month(self, name):
        periods = [YEAR.until(day) for day in YEAR.month_ends()]

        assert measure(name).series(periods, {}) == [value(name, period=period) for period in periods]

    @pytest.mark.parametrize("name", SHARES)
    def test_of_a_share_are_not_known_while_nothing_counts(self, name):
        assert value(name) is None
        assert measure(name).series([YEAR], {}) == [None]

    def test_go_by_kind_and_by_theme_with_its_parts(self, two):
        first, _second = two
        first.themes.set(Theme.objects.filter(code="online_safety"))

        assert value("responses", {"kind": ["training"]}) == 6
        assert value("responses", {"theme": ["digital_inclusion"]}) == 6
        assert value("responses", {"theme": ["inclusive_communication"]}) == 0

    @pytest.mark.usefixtures("two")
    def test_count_an_organisation_once(self):
        evaluated(5, outcomes="dnnnn")

        assert value("applied_organisations") == 2
        assert [row.organisations for row in rows("applied_organisations")] == [1, 1, 1]

    def test_count_answers_on_name_while_it_is_open(self):
        answers(EvaluationFactory(mode=Mode.NAMED), *[{"can_use": "ja"}] * 5)

        assert value("can_use") == 5

    def test_take_nobody_for_asked_who_was_not(self):
        evaluation = evaluated(6, asked=5)
        InvitationFactory.create_batch(2, evaluation=evaluation)

        assert value("response_rate") == 100


class TestFewerThanFive:
    @pytest.mark.parametrize("name", [*COUNTS, *SHARES])
    def test_are_in_no_row(self, name):
        evaluated(4, outcomes="dddd", asked=9)
        EvaluationFactory()

        assert rows(name) == []

    def test_who_answered_the_question_keep_it_out(self):
        evaluation = EvaluationFactory(closed=True, audience_size=9)
        answers(evaluation, *[{"can_use": "ja"}] * 4, *[{"satisfaction": 4}] * 3)

        assert rows("can_use") == rows("can_use_share") == []
        assert value("responses") == 7

    def test_who_were_followed_up_keep_it_out(self):
        evaluated(7, outcomes="dddd", asked=9)

        assert rows("applied") == rows("applied_share") == rows("applied_organisations") == []


class TestUnknown:
    @pytest.mark.usefixtures("two")
    def test_is_what_is_open_and_what_has_too_few(self):
        assert list(unknown("responses").values()) == [1, 1]
        assert list(unknown("can_use").values()) == [1, 1]
        assert list(unknown("applied").values()) == [1, 1]

    @pytest.mark.usefixtures("two")
    def test_is_narrowed_by_the_filters_of_the_line(self):
        assert list(unknown("responses", {"kind": ["training"]}).values()) == [0, 0]

    def test_is_how_many_could_answer_where_nobody_was_invited(self):
        evaluated(6)

        assert value("response_rate") is None
        assert unknown("response_rate")["evaluatie zonder aantal gevraagde mensen"] == 1

    def test_lists_no_figure_of_what_is_small(self):
        for name in (*COUNTS, *SHARES):
            for each in measure(name).unknowns:
                labels = [column.label for column in each.listing.columns]
                assert labels == ["datum", "waarover", "soort"]


@pytest.mark.usefixtures("two")
def test_rows_lead_to_the_page_of_the_evaluation():
    _day, title, *_rest = measure("can_use").listing.columns
    row = rows("can_use")[0]

    assert title.address(row) == reverse("evaluation:inspect", args=[row.pk])


class TestTogether:
    def test_gives_counts_with_what_they_are_of_and_what_does_not_count(self, two):
        everything = type(two[0]).objects.filter(about_on__year=2026)

        effect = added(counted(everything).values())

        assert (effect.response.count, effect.response.of, effect.response.unknown) == (14, 22, 1)
        assert (effect.can_use.count, effect.can_use.of, effect.can_use.unknown) == (9, 14, 1)
        assert (effect.applied.count, effect.applied.of, effect.applied.unknown) == (4, 11, 1)
        assert (effect.organisations, effect.still_open, effect.sizeless) == (1, 1, 0)

    def test_equals_the_measures(self, two):
        effect = added(counted(type(two[0]).objects.filter(about_on__year=2026)).values())

        assert effect.response.count == value("responses")
        assert effect.can_use.count == value("can_use")
        assert effect.applied.count == value("applied")
        assert effect.organisations == value("applied_organisations")

    @pytest.mark.parametrize("many", [1, 12])
    def test_asks_two_questions_however_many(self, many, django_assert_num_queries):
        for _ in range(many):
            evaluated(5, outcomes="ddddd")

        with django_assert_num_queries(2):
            assert len(counted(EvaluationFactory._meta.model.objects.all())) == many


@pytest.mark.parametrize(
    ("promise", "code"),
    [
        ("minstens 80 % van de deelnemers kan ermee aan de slag", "feedback.can_use_share"),
        ("minstens 60 procent van de deelnemers past het geleerde toe", "feedback.applied_share"),
        ("minstens 100 ingevulde evaluaties", "feedback.responses"),
        ("een respons van minstens 50 %", "feedback.response_rate"),
        ("minstens vier bijeenkomsten van het netwerk", "events.held"),
    ],
)
def test_plans_speak_of_them(promise, code):
    text = ["OD1.1 VVSG leert mensen bij", "", "Indicatoren 2026:", "", f"• {promise}."]

    (indicator,) = read(text, measures=catalogue, owner="VVSG", year=2026).indicators

    assert [line.measure for line in indicator.lines] == [code]
