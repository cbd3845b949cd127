"""The plan of the next year starts from that of this one."""

import pytest
from django.urls import reverse

from trekker.plan import actions
from trekker.plan.models import PlanVersion
from trekker.plan.queries.diff import diff
from trekker.plan.tests.factories import NOW
from trekker.plan.tests.test_diff import a_plan, copied

pytestmark = pytest.mark.django_db


class TestNextYear:
    def test_takes_every_promise_along_and_asks_for_days(self, officer):
        version = a_plan(goals=2)
        address = reverse("plan:next_year", args=[version.pk])

        assert "Geplande momenten verliezen hun dag." in officer.get(address).text
        page = officer.post(address, {"title": "Digitale inclusie"}, follow=True)

        made = PlanVersion.objects.get(year=2027)
        assert (made.is_concept, made.number, made.based_on) == (True, 1, version)
        assert "«op dag 0» stond op 1 mei 2026. Kies een dag in 2027." in page.text
        found = diff(version, made)
        assert {each.what for each in found.changes} == {"moment"}
        assert {field.label for each in found.changes for field in each.fields} == {"Wanneer"}

    def test_a_rhythm_stays(self):
        version = a_plan(goals=1)
        version.goals.get().moments.update(start=None, times=4)

        made = actions.start_next_year(version=version, title="P", by=None, now=NOW)

        assert diff(version, made).changes == []
        assert made.remarks.count() == 1

    def test_a_year_that_has_a_plan_is_not_started_again(self, officer):
        version = a_plan(goals=1)
        actions.start_next_year(version=version, title="Digitale inclusie", by=None, now=NOW)

        page = officer.post(reverse("plan:next_year", args=[version.pk]), {"title": "Digitale inclusie"})

        assert "Dit plan heeft al een versie voor 2027." in page.text
        assert PlanVersion.objects.filter(year=2027).count() == 1

    def test_starts_from_what_holds(self):
        concept = copied(a_plan(goals=1))

        with pytest.raises(actions.NotAConcept):
            actions.start_next_year(version=concept, title="P", by=None, now=NOW)

    def test_is_compared_with_the_year_before(self, officer):
        version = a_plan(goals=1)
        actions.start_next_year(version=version, title="Plan 2027", by=None, now=NOW)

        page = officer.get("/beheer/plan/versies/vergelijken/")

        assert page.context["before"] == version
