"""Forecasts are kept each week as they were made, and scored once the year is over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from trekker.kernel.access import Role
from trekker.network.tests.factories import MembershipFactory
from trekker.plan import chores
from trekker.plan.actions import copy_version, keep_forecasts
from trekker.plan.models import Forecast, IndicatorLine
from trekker.plan.queries.scores import ALWAYS_HALF, earlier, monday_of, scores
from trekker.plan.tests.factories import LineFactory
from trekker.plan.tests.test_forecast import ASKED, MEETINGS, event, held

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 30, 9, tzinfo=UTC)  # a Thursday
JANUARY = date(2027, 1, 5)


def kept(line, chance=None, *, low=0, high=9, week=date(2026, 4, 27), target=2):
    return Forecast.objects.create(
        line=line,
        week=week,
        made_on=week,
        value=0,
        low=low,
        middle=low,
        high=high,
        chance=chance,
        target=target,
    )


class TestKeep:
    def test_keeps_what_was_said_with_the_figure_of_that_day(self):
        held("2026-02-10")
        event("2026-09-10")
        line = LineFactory(**MEETINGS, target=2)
        version = line.indicator.goal.version

        assert keep_forecasts(version=version, by=None, now=NOW) == 1

        found = line.forecasts.get()
        assert (found.week, found.made_on) == (date(2026, 4, 27), date(2026, 4, 30))
        assert (found.value, found.low, found.middle, found.high, found.target) == (1, 1, 2, 2, 2)
        assert found.chance == pytest.approx(2 / 3)
        assert ModelLogEntry.objects.for_instance(version).get().action == "plan.forecasts_kept"

    def test_again_in_the_same_week_changes_nothing(self):
        event("2026-09-10")
        version = LineFactory(**MEETINGS).indicator.goal.version
        keep_forecasts(version=version, by=None, now=NOW)
        event("2026-10-10")

        assert keep_forecasts(version=version, by=None, now=NOW + timedelta(days=3)) == 0
        assert keep_forecasts(version=version, by=None, now=NOW + timedelta(days=4)) == 1
        assert Forecast.objects.count() == 2

    def test_leaves_out_what_cannot_be_foretold(self):
        version = LineFactory(**MEETINGS).indicator.goal.version

        assert keep_forecasts(version=version, by=None, now=NOW) == 0
        assert not ModelLogEntry.objects.for_instance(version).exists()

    def test_happens_by_itself_once_a_week(self):
        event("2026-09-10")
        LineFactory(**MEETINGS)

        chores.keep(NOW)
        chores.keep(NOW + timedelta(hours=12))

        assert Forecast.objects.count() == 1

    def test_keeps_nothing_without_a_plan(self):
        chores.keep(NOW)

        assert not Forecast.objects.exists()

    def test_the_database_holds_one_a_line_a_week(self):
        line = LineFactory()
        kept(line)

        with pytest.raises(IntegrityError):
            kept(line)


class TestScores:
    def test_sets_the_chance_beside_what_came(self):
        line = LineFactory(**ASKED, target=2)
        held("2026-02-10", on_request=True)
        held("2026-11-10", on_request=True)
        kept(line, 0.8, low=1, high=3)
        kept(line, 0.6, low=3, high=5, week=date(2026, 5, 4))

        (found,) = scores(today=JANUARY)

        assert found.brier == pytest.approx((0.2**2 + 0.4**2) / 2)
        assert (found.within, found.ranges, found.percent_within, found.lines) == (1, 2, 50, 1)
        assert [(each.word, each.times, each.came_true) for each in found.said] == [
            ("waarschijnlijk", 1, 1),
            ("kan beide kanten op", 1, 1),
        ]

    def test_always_half_gives_a_quarter(self):
        line = LineFactory(**ASKED, target=2)
        kept(line, 0.5)

        assert scores(today=JANUARY)[0].brier == ALWAYS_HALF

    def test_judges_by_the_target_of_that_moment(self):
        line = LineFactory(**ASKED, target=2)
        held("2026-02-10", on_request=True)
        kept(line, 1.0, target=1)

        assert scores(today=JANUARY)[0].brier == 0

    def test_a_stock_has_a_range_and_no_score(self):
        MembershipFactory(from_on=date(2026, 2, 1))
        kept(LineFactory(filters={}))

        (found,) = scores(today=JANUARY)

        assert (found.brier, found.written, found.within, found.said) == (None, "", 1, ())

    def test_waits_until_the_year_is_over(self):
        kept(LineFactory(**ASKED), 0.5)

        assert scores(today=date(2026, 12, 31)) == []

    @pytest.mark.parametrize(
        "line", [{"unset": True}, {"no_register": True}, {"filters": {"kleur": ["rood"]}}]
    )
    def test_leaves_out_lines_that_count_nothing_any_more(self, line):
        kept(LineFactory(**line), 0.5)

        assert scores(today=JANUARY) == []

    @pytest.mark.parametrize("weeks", [1, 20])
    def test_costs_one_question_and_one_for_a_line(self, django_assert_num_queries, weeks):
        line = LineFactory(**ASKED)
        for week in range(weeks):
            kept(line, 0.5, week=date(2026, 1, 5) + timedelta(weeks=week))

        with django_assert_num_queries(2):
            scores(today=JANUARY)

    @pytest.mark.parametrize("day", ["2026-04-27", "2026-04-30", "2026-05-03"])
    def test_a_week_starts_on_monday(self, day):
        assert monday_of(date.fromisoformat(day)) == date(2026, 4, 27)


class TestScreens:
    @pytest.fixture
    def officer(self, as_role):
        return as_role(Role.PROGRAMME_OFFICER)

    def test_the_dashboard_says_it_in_words_with_what_counts_towards_it(self, officer):
        planned = event("2026-09-10", title="Netwerk in Gent")
        LineFactory(**MEETINGS, target=3)

        page = officer.get("/beheer/", {"op": "2026-04-30"}).text

        assert "Kans op 3 of meer: bijna uitgesloten (minder dan 1 op 10)." in page
        assert "Nodig: 3 in 8 maanden." in page
        assert "Netwerk in Gent" in page
        assert reverse("event:inspect", args=[planned.pk]) in page
        assert "Plan er nog 7 bij. Dan is de kans op 3 of meer minstens 8 op 10." in page
        assert "te gaan" not in page

    def test_the_dashboard_shows_the_first_five_and_how_many_more(self, officer):
        for month in range(5, 12):
            event(f"2026-{month:02}-10")
        LineFactory(**MEETINGS)

        page = officer.get("/beheer/", {"op": "2026-04-30"}).text

        assert "Nog 7 gepland" in page
        assert "En nog 2." in page

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (MEETINGS, "Dit doen we zelf."),
            (ASKED, "Anderen vragen dit aan ons."),
            ({"measure": "feedback.responses", "filters": {}}, "We weten te weinig om te voorspellen."),
        ],
    )
    def test_a_page_explains_how_it_is_reckoned(self, officer, line, said):
        held("2026-02-10", on_request=True)
        event("2026-09-10", on_request=True)
        made = LineFactory(**line, target=5)
        made.indicator.goal.moments.create(text="Intervisie in het najaar", start=date(2026, 10, 1))
        kept(made, 0.7, low=2, high=4)

        page = officer.get(reverse("plan:forecast", args=[made.pk]), {"op": "2026-04-30"}).text

        assert said in page
        assert "van 5." in page
        assert "Intervisie in het najaar" in page
        assert "2 tot 4" in page

    def test_a_stock_is_explained_by_its_months(self, officer):
        for month in ("2025-12-10", "2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"):
            MembershipFactory.create_batch(2, from_on=date.fromisoformat(month))
        line = LineFactory(filters={}, target=20)

        page = officer.get(reverse("plan:forecast", args=[line.pk]), {"op": "2026-04-30"}).text

        assert "Verschil per maand: 2; 2; 2; 2." in page

    def test_says_so_where_there_is_nothing_to_foretell(self, officer):
        line = LineFactory(no_register=True)

        assert "Hier valt niets te voorspellen" in officer.get(reverse("plan:forecast", args=[line.pk])).text

    def test_a_concept_is_for_who_may_change_the_plan(self, as_role):
        line = LineFactory(concept=True)

        answer = as_role(Role.PARTNER_OFFICER).get(reverse("plan:forecast", args=[line.pk]))

        assert answer.status_code == 404

    def test_the_page_of_scores_is_empty_in_the_first_year(self, officer):
        kept(LineFactory(**ASKED, indicator__goal__version__this_year=True), 0.5)

        page = officer.get(reverse("plan:forecasts")).text

        assert "Nog geen jaar om na te kijken" in page
        assert "We bewaarden al 1 voorspelling." in page

    def test_the_page_of_scores_shows_a_year_that_is_over(self, officer):
        line = LineFactory(**ASKED, indicator__goal__version__year=2025)
        kept(line, 0.1, week=date(2025, 5, 5), low=0, high=1)

        page = officer.get(reverse("plan:forecasts")).text

        assert "<strong>0,01</strong>" in page
        assert "<strong>100 %</strong>" in page
        assert "onwaarschijnlijk" in page


def test_what_was_said_before_a_revision_stays_readable_with_its_target():
    line = LineFactory()
    version = line.indicator.goal.version
    kept(line, 0.9, week=date(2026, 4, 20), target=12)
    second = copy_version(version=version, by=None, now=NOW)
    after = IndicatorLine.objects.get(indicator__goal__version=second)
    kept(after, 0.2, week=date(2026, 4, 27), target=3)

    assert [row.target for row, _word in earlier(after)] == [3, 12]
    IndicatorLine.objects.filter(pk=line.pk).update(filters={})
    assert [row.target for row, _word in earlier(after)] == [3]
