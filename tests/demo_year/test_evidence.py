"""The rows behind every figure of the demo year: they add up to it, for every measure with a register."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trekker.events.models import Attendance, Event, Registration
from trekker.kernel.measures import catalogue, evidence_of, percent_of
from trekker.kernel.periods import Period
from trekker.network.models import Membership
from trekker.organisations.models import Organisation
from trekker.people.models import Position
from trekker.plan.queries.figures import dashboard, flat
from trekker.reports.formats import canonical
from trekker.reports.models import Snapshot
from trekker.reports.queries.contents import contents
from trekker.reports.queries.since import since
from trekker.reports.queries.verify import verify

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
YEAR = Period.year(2026).until(DAY)
COUNTED = [code for code, measure in catalogue.items() if measure.has_register]


@pytest.fixture(scope="module")
def said(demo):
    """What the report says on the day of the demo."""
    return contents(demo, DAY, today=DAY, now=NOW)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("code", COUNTED)
class TestTheRowsOfEveryMeasure:
    def test_are_the_rows_that_are_counted_each_once(self, code):
        rows = evidence_of(catalogue[code], YEAR, {})

        assert list(rows.pks) == sorted({row.pk for row in catalogue[code].rows(YEAR, {})})
        assert len(rows.organisations) == len(rows.pks)

    def test_add_up_to_the_figure(self, code):
        measure = catalogue[code]
        value, rows = measure.value(YEAR, {}), evidence_of(measure, YEAR, {})

        if measure.adds_up:
            assert rows.added() == value
        elif measure.is_share:
            assert percent_of(rows.added(), sum(rows.wholes, Decimal(0))) == value
        else:
            assert rows.added() >= value

    def test_count_something_in_the_demo(self, code):
        assert len(evidence_of(catalogue[code], YEAR, {}).pks) > 0

    def test_cost_one_question(self, code):
        with CaptureQueriesContext(connection) as asked:
            evidence_of(catalogue[code], YEAR, {})

        assert len(asked) == 1


@pytest.mark.usefixtures("demo")
class TestTheOrganisationOfARow:
    def test_is_that_of_the_registration(self):
        rows = evidence_of(catalogue["participations.count"], YEAR, {})
        known = dict(Registration.objects.filter(pk__in=rows.pks).values_list("pk", "organisation"))

        assert dict(zip(rows.pks, rows.organisations, strict=True)) == {
            pk: at or 0 for pk, at in known.items()
        }

    def test_of_hours_is_that_of_the_registration(self):
        rows = evidence_of(catalogue["participations.hours"], YEAR, {})
        known = Attendance.objects.filter(pk__in=rows.pks).values_list("pk", "registration__organisation")

        assert dict(zip(rows.pks, rows.organisations, strict=True)) == {pk: at or 0 for pk, at in known}

    def test_of_a_member_is_the_first_place_held_on_the_day(self):
        rows = evidence_of(catalogue["members.count"], YEAR, {})
        places = {}
        for place in Position.objects.active_on(DAY).order_by("-pk"):
            places[place.person_id] = place.organisation_id

        assert {pk: places.get(pk, 0) for pk in rows.pks} == dict(
            zip(rows.pks, rows.organisations, strict=True)
        )
        assert Membership.objects.active_on(DAY).values("person").distinct().count() == len(rows.pks)

    @pytest.mark.parametrize("code", ["members.organisations", "participations.organisations"])
    def test_of_an_organisation_is_itself(self, code):
        rows = evidence_of(catalogue[code], YEAR, {})

        assert list(rows.pks) == list(rows.organisations)


class TestTheReport:
    def test_says_what_the_dashboard_says(self, demo, said):
        goals = dashboard(demo, DAY, today=DAY)
        figures = [each for goal in flat(goals) for promise in goal.promises for each in promise.figures]

        lines = [line for _goal, _promise, line in said.every_line()]
        assert [(line.key, line.value, line.state[0]) for line in lines] == [
            (each.line.pk, each.value, str(each.state)) for each in figures
        ]

    def test_shows_for_every_figure_rows_that_add_up(self, said):
        lines = [line for _goal, _promise, line in said.every_line() if line.value is not None]

        assert len(lines) > 15
        assert all(line.evidence.added() == line.value for line in lines if line.adds_up)
        assert all(line.rows_are for line in lines)

    def test_names_every_organisation_in_the_rows_and_no_other(self, said):
        used = Counter(
            organisation
            for _goal, _promise, line in said.every_line()
            for organisation in line.evidence.organisations
            if organisation
        )

        assert set(said.organisations) == set(used)
        assert said.organisations == dict(Organisation.objects.filter(pk__in=used).values_list("pk", "name"))

    def test_shows_no_effect_of_fewer_than_five(self, said):
        parts = [part for goal in said.every_goal() for part in goal.effect]

        assert parts
        assert all(part.of >= 5 for part in parts)

    def test_comes_back_from_its_bytes(self, said):
        data = canonical.to_bytes(said)

        assert canonical.to_bytes(canonical.from_bytes(data)) == data
        assert len(data) < 1_000_000

    def test_costs_few_questions_more_than_the_dashboard(self, demo):
        lines = sum(
            len(each.figures) for goal in flat(dashboard(demo, DAY, today=DAY)) for each in goal.promises
        )

        with CaptureQueriesContext(connection) as without:
            contents(demo, DAY, today=DAY, now=NOW, with_rows=False)
        with CaptureQueriesContext(connection) as whole:
            contents(demo, DAY, today=DAY, now=NOW)

        # One for the rows of each line, one for the names, eight for the map.
        assert len(whole) - len(without) <= lines + 10

    def test_leaves_out_what_happens_later(self, demo):
        june = contents(demo, date(2026, 6, 30), today=DAY, now=NOW)
        events = [
            pk
            for _goal, _promise, line in june.every_line()
            if line.measure == "events.held"
            for pk in line.evidence.pks
        ]

        assert june.last_day == date(2026, 6, 30)
        assert all(each.starts_at.month <= 6 for each in Event.objects.filter(pk__in=events))


@pytest.mark.usefixtures("demo")
class TestTheReportThatTheDemoFixed:
    def test_is_untouched_and_tells_of_the_list_that_came_late(self):
        verdict = verify(Snapshot.objects.get())

        other = [each for each in since(verdict.contents) if not each.is_same]
        assert verdict.is_untouched
        assert [(each.goal, each.line.measure, each.words) for each in other] == [
            ("OD1.1", "participations.count", "Sinds vaststelling +1/-0.")
        ]

    def test_is_of_the_plan_as_it_was_before_it_was_revised(self, demo):
        assert Snapshot.objects.get().version.number < demo.number
