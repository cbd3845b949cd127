"""What if: another plan is tried beside the plan, weighed, and taken over or thrown away."""

import re
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan import actions
from trekker.plan.forecast import Outlook, Way
from trekker.plan.models import Action, Indicator, IndicatorLine, PlanVersion
from trekker.plan.queries.diff import diff
from trekker.plan.queries.figures import Figure, State, current_version, years
from trekker.plan.queries.trials import Standing, outcomes, standing_of
from trekker.plan.tests.factories import NOW, TEXT
from trekker.plan.tests.test_actions import store
from trekker.plan.tests.test_diff import a_plan, copied

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


@pytest.fixture(autouse=True)
def channel():
    return ChannelFactory(makes_members=True, words="netwerk")


def tried(version, label="minder middelen"):
    return actions.start_trial(version=version, label=label, by=None, now=NOW)


def promises(version):
    return list(Indicator.objects.filter(goal__version=version).order_by("pk"))


def revise(trial, *, targets=None, dropped=()):
    actions.revise_trial(trial=trial, targets=targets or {}, dropped=dropped, by=None, now=NOW)


class TestATrial:
    def test_is_a_copy_that_never_counts_as_the_plan(self):
        version = a_plan(goals=1)

        trial = tried(version)

        assert diff(version, trial).changes == []
        assert str(trial).endswith("wat als: minder middelen")
        assert current_version(PlanVersion.objects.all(), year=2026, day=TODAY) == version
        assert years(PlanVersion.objects.all()) == [2026]
        with pytest.raises(actions.NotAConcept):
            actions.adopt(version=trial, in_force_from=TODAY, reason="x", by=None, now=NOW)

    def test_takes_no_number_and_no_place_in_reading(self):
        first = store()
        tried(first)

        assert copied(first).number == 2
        with pytest.raises(actions.NothingChanged):
            store(TEXT)

    def test_has_a_name_of_its_own(self):
        version = a_plan(goals=1)
        tried(version)

        with pytest.raises(actions.NameTaken):
            tried(version)
        assert tried(version, "iets anders").label == "iets anders"

    def test_changes_targets_and_drops_parts_at_once(self):
        version = a_plan(goals=1)
        trial = tried(version)
        one, two = promises(trial)

        revise(
            trial,
            targets={one.lines.get().pk: Decimal(3), promises(version)[0].lines.get().pk: Decimal(1)},
            dropped=[two, Action.objects.filter(goal__version=trial).first()],
        )

        assert {(each.what, each.kind) for each in diff(version, trial).changes} == {
            ("belofte", "gewijzigd"),
            ("belofte", "geschrapt"),
            ("actie", "geschrapt"),
        }
        assert promises(version)[0].lines.get().target == 10

    def test_what_is_adopted_is_no_trial_to_revise_or_take_over(self):
        version = a_plan(goals=1)

        for act in (lambda: revise(version), lambda: actions.promote(trial=version, by=None, now=NOW)):
            with pytest.raises(actions.NotAConcept):
                act()

    def test_becomes_a_concept_and_then_the_plan(self):
        version = a_plan(goals=1)
        trial = tried(version)
        revise(trial, targets={promises(trial)[0].lines.get().pk: Decimal(1)})

        concept = actions.promote(trial=trial, by=None, now=NOW)
        held = actions.adopt(
            version=concept, in_force_from=date(2026, 7, 1), reason="minder", by=None, now=NOW
        )

        assert (held.number, held.state) == (2, PlanVersion.State.ADOPTED)
        assert len(diff(version, held).changes) == 1

    def test_may_start_from_another_trial(self):
        version = a_plan(goals=1)
        first = tried(version)
        revise(first, dropped=promises(first)[:1])

        second = tried(first, "verder")

        assert second.based_on == version
        assert diff(first, second).changes == []
        actions.discard(version=first, by=None, now=NOW)
        assert len(diff(version, second).changes) == 1


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


def in_parallel(work, things):
    faults, barrier = [], threading.Barrier(len(things))

    def run(thing):
        try:
            barrier.wait()
            work(thing)
        except Exception as fault:  # noqa: BLE001 - shown by the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[each]) for each in things]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtTheSameTime:
    def test_versions_that_are_started_get_numbers_of_their_own(self):
        ChannelFactory()
        first = a_plan(goals=1, promises=1)

        in_parallel(lambda _place: copied(first), range(4))

        assert sorted(PlanVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]

    def test_of_two_who_take_a_trial_over_one_does(self):
        ChannelFactory()
        trial = tried(a_plan(goals=1, promises=1))
        done = []

        def take(_place):
            try:
                done.append(actions.promote(trial=trial, by=None, now=NOW).number)
            except actions.NotAConcept:
                done.append(0)

        in_parallel(take, range(3))

        assert sorted(done) == [0, 0, 2]

    def test_of_two_versions_laid_beside_the_same_plan_one_is_adopted(self):
        ChannelFactory()
        first = a_plan(goals=1)
        ready = [copied(first) for _ in range(4)]
        done = []

        def decide(version):
            try:
                actions.adopt(
                    version=version,
                    in_force_from=date(2026, 7, 1),
                    reason="x",
                    instead_of=first.pk,
                    by=None,
                    now=datetime(2026, 6, 1, tzinfo=UTC),
                )
                done.append("adopted")
            except actions.Overtaken:
                done.append("overtaken")

        in_parallel(decide, ready)

        assert sorted(done) == ["adopted", "overtaken", "overtaken", "overtaken"]
        assert PlanVersion.objects.adopted().count() == 2
        assert timezone.is_aware(first.made_at)
