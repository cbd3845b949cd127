"""The screens on which another plan is tried."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from trekker.kernel.access import Role
from trekker.network.tests.factories import MembershipFactory
from trekker.plan import actions
from trekker.plan.models import Action, IndicatorLine, PlanVersion
from trekker.plan.tests.factories import NOW
from trekker.plan.tests.test_diff import a_plan, copied
from trekker.plan.tests.trials.trying import promises, revise, tried

pytestmark = pytest.mark.django_db


class TestScreens:
    def test_from_a_name_to_targets_to_a_concept(self, officer):
        MembershipFactory.create_batch(4, from_on=date(2026, 1, 5))
        version = a_plan(goals=1)
        address = reverse("plan:trials", args=[version.pk])
        assert address in officer.get(version.get_absolute_url()).text

        page = officer.post(address, {"label": "minder"}, follow=True)
        trial = PlanVersion.objects.trials().get()
        assert page.redirect_chain == [(reverse("plan:change_trial", args=[trial.pk]), 302)]
        one, two = promises(trial)
        fields = {f"doel-{one.lines.get().pk}": "3", f"schrap-belofte-{two.pk}": "on"}
        page = officer.post(page.redirect_chain[0][0], fields, follow=True)

        assert "Van 2 beloften blijven er 1." in page.text
        assert "<strong>3 leden</strong>" in page.text
        assert "Vandaag: 4 leden." in page.text
        asked = officer.get(reverse("plan:promote", args=[trial.pk])).text
        assert "wordt een gewoon concept" in asked
        page = officer.post(reverse("plan:promote", args=[trial.pk]), follow=True)
        assert "Stel vast" in page.text
        assert PlanVersion.objects.get(pk=trial.pk).is_concept

    def test_what_is_no_number_is_said_and_nothing_is_kept(self, officer):
        trial = tried(a_plan(goals=1))
        line = promises(trial)[0].lines.get()

        page = officer.post(reverse("plan:change_trial", args=[trial.pk]), {f"doel-{line.pk}": "veel"})

        assert "Kijk dit nog eens na" in page.text
        line.refresh_from_db()
        assert line.target == 10

    def test_of_two_who_change_targets_neither_puts_back_that_of_the_other(self, officer):
        trial = tried(a_plan(goals=1))
        mine, theirs = (each.lines.get() for each in promises(trial))
        address = reverse("plan:change_trial", args=[trial.pk])
        page = officer.get(address).text
        shown = dict(re.findall(r'name="((?:initial-)?doel-\d+)" value="([^"]*)"', page))
        revise(trial, targets={theirs.pk: Decimal(99)})

        officer.post(address, {**shown, f"doel-{mine.pk}": "3"})

        assert [IndicatorLine.objects.get(pk=each.pk).target for each in (mine, theirs)] == [3, 99]

    def test_several_are_laid_beside_each_other(self, officer):
        version = a_plan(goals=1)
        one, two = tried(version, "een"), tried(version, "twee")
        revise(one, targets={promises(one)[0].lines.get().pk: Decimal(7)})
        revise(two, dropped=promises(two)[:1])

        page = officer.get(reverse("plan:trials", args=[version.pk])).text

        assert "7 leden" in page
        assert page.count("geschrapt") == 1
        assert "wat als: een" in page

    def test_a_taken_name_is_said(self, officer):
        version = a_plan(goals=1)
        tried(version, "een")

        page = officer.post(reverse("plan:trials", args=[version.pk]), {"label": "een"}).text

        assert "heet al zo" in page

    def test_says_when_the_plan_moved_on(self, officer):
        version = a_plan(goals=1)
        trial = tried(version)
        actions.adopt(version=copied(version), in_force_from=date(2026, 7, 1), reason="x", by=None, now=NOW)

        assert "Intussen geldt versie 2." in officer.get(reverse("plan:trial", args=[trial.pk])).text

    def test_is_thrown_away_after_a_question(self, officer):
        trial = tried(a_plan(goals=1))
        address = reverse("plan:discard", args=[trial.pk])

        assert "Wil je dit probeersel weggooien?" in officer.get(address).text
        officer.post(address)

        assert not PlanVersion.objects.trials().exists()

    def test_its_parts_are_mended_as_those_of_a_concept(self, officer):
        trial = tried(a_plan(goals=1))
        action = Action.objects.filter(goal__version=trial).first()

        officer.post(reverse("plan:action", args=[action.pk]), {"goal": action.goal_id, "text": "Anders"})

        action.refresh_from_db()
        assert action.text == "Anders"

    @pytest.mark.parametrize("name", ["trial", "change_trial", "promote", "version", "adopt"])
    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    def test_nobody_else_sees_it(self, as_role, role, name):
        trial = tried(a_plan(goals=1), "geheim voornemen")
        browser = as_role(role)

        answer = browser.get(reverse(f"plan:{name}", args=[trial.pk]))

        assert answer.status_code in (302, 403, 404)
        assert "geheim voornemen" not in browser.get(reverse("plan:versions")).text

    def test_cannot_be_adopted_by_accident(self, officer):
        trial = tried(a_plan(goals=1))

        assert officer.get(reverse("plan:adopt", args=[trial.pk])).status_code == 404
        assert reverse("plan:adopt", args=[trial.pk]) not in officer.get(trial.get_absolute_url()).text

    @pytest.mark.parametrize("size", [1, 8])
    def test_changing_costs_as_many_queries_for_many_promises_as_for_one(
        self, officer, size, django_assert_max_num_queries
    ):
        trial = tried(a_plan(goals=1, promises=size))

        with django_assert_max_num_queries(22):
            officer.get(reverse("plan:change_trial", args=[trial.pk]))
