import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan.tests.factories import LineFactory, VersionFactory

pytestmark = pytest.mark.django_db
HOME = "/beheer/"


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


@pytest.fixture(autouse=True)
def channel():
    return ChannelFactory()


class TestDashboard:
    def test_leads_a_newcomer_to_reading_a_plan(self, officer):
        page = officer.get(HOME)

        assert "Er is nog geen vastgesteld plan." in page.text
        assert reverse("plan:upload") in page.text

    def test_points_to_a_concept_that_waits(self, officer):
        version = VersionFactory(concept=True)

        assert version.get_absolute_url() in officer.get(HOME).text

    def test_shows_figure_target_and_state(self, officer):
        LineFactory()
        MembershipFactory(from_on=date(2026, 1, 5))

        page = officer.get(HOME, {"op": "2026-06-30"})

        assert "<strong>1</strong>" in page.text
        assert "van 2 leden" in page.text
        assert "Stand van 30 juni 2026." in page.text

    def test_says_nog_geen_register_and_not_zero(self, officer):
        LineFactory(no_register=True)

        page = officer.get(HOME)

        assert "nog geen register" in page.text
        assert "<strong>0</strong>" not in page.text

    def test_a_day_outside_the_year_becomes_the_nearest_day_in_it(self, officer):
        LineFactory()

        page = officer.get(HOME, {"op": "2031-01-01", "jaar": "2026"})

        assert (
            f"Stand van {date_format(min(timezone.localdate(), date(2026, 12, 31)), 'j F Y')}." in page.text
        )

    @pytest.mark.parametrize("query", [{"op": "gisteren"}, {"jaar": "x"}, {"jaar": "1999"}, {"doel": "?"}])
    def test_odd_questions_get_a_page(self, officer, query):
        LineFactory()

        assert officer.get(HOME, query).status_code == 200

    def test_a_choice_without_goals_leads_back(self, officer):
        LineFactory()

        assert "Geen doelstelling past bij deze keuze." in officer.get(HOME, {"trekker": "X"}).text

    @pytest.mark.parametrize("role", Role)
    def test_every_role_sees_it(self, as_role, role):
        LineFactory()

        assert as_role(role).get(HOME).status_code == 200

    def test_a_visitor_signs_in_first(self, client):
        assert client.get(HOME).url.startswith("/aanmelden/")


class TestRows:
    def test_lists_who_is_behind_the_figure(self, officer):
        membership = MembershipFactory(from_on=date(2026, 1, 5))
        line = LineFactory()

        page = officer.get(reverse("plan:rows", args=[line.pk]), {"op": "2026-06-30"})

        assert membership.person.email in page.text
        assert "<h1>1 leden</h1>" in page.text

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_as_many_queries_for_many_rows_as_for_one(
        self, officer, django_assert_max_num_queries, count
    ):
        MembershipFactory.create_batch(count)
        line = LineFactory()

        with django_assert_max_num_queries(22):
            officer.get(reverse("plan:rows", args=[line.pk]))

    def test_downloads_the_same_rows(self, officer):
        people = [membership.person for membership in MembershipFactory.create_batch(3)]
        line = LineFactory()

        answer = officer.get(reverse("plan:rows", args=[line.pk]), {"formaat": "csv"})

        assert ModelLogEntry.objects.for_instance(line.indicator).get().action == "plan.rows_exported"
        rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
        assert [row[1] for row in rows[1:]] == [person.email for person in people]

    def test_downloads_a_sheet(self, officer):
        MembershipFactory()
        line = LineFactory()

        answer = officer.get(reverse("plan:rows", args=[line.pk]), {"formaat": "xlsx"})

        assert answer.getvalue().startswith(b"PK")

    def test_an_empty_list_says_how_to_go_on(self, officer):
        line = LineFactory()

        assert "Nog geen rijen op deze dag." in officer.get(reverse("plan:rows", args=[line.pk])).text

    def test_an_unknown_that_was_completed_says_so(self, officer):
        line = LineFactory(organisations=True)

        page = officer.get(reverse("plan:rows", args=[line.pk]), {"onbekend": "0"}).text

        assert "Alles is ingevuld." in page
        assert "Nog geen rijen" not in page

    @pytest.mark.parametrize("query", [{}, {"onbekend": "9"}])
    def test_a_line_that_counts_nothing_is_not_found(self, officer, query):
        line = LineFactory(no_register=not query)

        assert officer.get(reverse("plan:rows", args=[line.pk]), query).status_code == 404

    @pytest.mark.parametrize(
        ("role", "query", "seen"),
        [
            (Role.MANAGEMENT, {}, False),
            (Role.PARTNER_OFFICER, {}, True),
            (Role.PARTNER_OFFICER, {"formaat": "csv"}, False),
        ],
    )
    def test_names_are_for_who_may_see_names(self, as_role, role, query, seen):
        email = MembershipFactory().person.email
        line = LineFactory()

        answer = as_role(role).get(reverse("plan:rows", args=[line.pk]), query, follow=True)

        assert (email in answer.text) is seen

    def test_a_concept_is_for_who_may_change_the_plan(self, as_role):
        line = LineFactory(indicator__goal__version__concept=True)

        answer = as_role(Role.PARTNER_OFFICER).get(reverse("plan:rows", args=[line.pk]))

        assert answer.status_code == 404
