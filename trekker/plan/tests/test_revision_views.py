"""A revision of the plan on the screens: laid beside the version before, on the dashboard, by origin."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.plan import actions
from trekker.plan.models import Indicator, IndicatorLine, PlanVersion
from trekker.plan.tests.factories import NOW, LineFactory, VersionFactory
from trekker.plan.tests.test_diff import a_plan, copied

pytestmark = pytest.mark.django_db
HOME, COMPARE = "/beheer/", "/beheer/plan/versies/vergelijken/"
REASON = "De middelen voor lokale projecten vielen weg."


@pytest.fixture
def officer(as_role):
    return as_role(Role.PROGRAMME_OFFICER)


@pytest.fixture(autouse=True)
def channel():
    return ChannelFactory()


def hold(version, since=date(2026, 7, 1), reason=REASON):
    return actions.adopt(version=version, in_force_from=since, reason=reason, by=None, now=NOW)


@pytest.fixture
def revised():
    """Give a plan of two promises; since 1 July the first promises 3 and the second is dropped."""
    first = a_plan(goals=1)
    second = copied(first)
    one, two = Indicator.objects.filter(goal__version=second).order_by("pk")
    one.lines.update(target=3)
    actions.remove_node(node=two, by=None, now=NOW)
    return first, hold(second)


class TestComparing:
    def test_shows_both_sides_with_counts(self, officer, revised):
        first, second = revised

        page = officer.get(COMPARE, {"van": first.pk, "naar": second.pk}).text

        assert "was <del>10</del>, wordt <ins>3</ins>" in page
        assert "<del>belofte 0 1</del>" in page
        assert "2 streefwaarden wijzigen, komen of vervallen." in page
        assert REASON in page

    def test_lays_a_version_beside_the_one_before_it_by_itself(self, officer, revised):
        assert officer.get(COMPARE).context["before"] == revised[0]
        assert officer.get(COMPARE, {"naar": revised[1].pk}).context["before"] == revised[0]

    @pytest.mark.usefixtures("revised")
    def test_narrows_to_one_kind(self, officer):
        page = officer.get(COMPARE, {"soort": "geschrapt"}).text

        assert "belofte 0 1" in page
        assert "wordt <ins>" not in page
        assert "Niets past bij deze keuze." in officer.get(COMPARE, {"soort": "nieuw"}).text

    @pytest.mark.usefixtures("revised")
    @pytest.mark.parametrize("query", [{"van": "x", "naar": "0"}, {"soort": "?", "wat": "?"}])
    def test_odd_questions_get_a_page(self, officer, query):
        assert officer.get(COMPARE, query).status_code == 200

    def test_says_that_nothing_differs(self, officer):
        first = a_plan(goals=1)
        copied(first)

        assert "Beide versies beloven hetzelfde." in officer.get(COMPARE).text

    def test_leads_on_where_there_is_nothing_to_compare(self, officer):
        assert "Er valt nog niets te vergelijken." in officer.get(COMPARE).text

    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    def test_a_concept_stays_with_who_may_change_the_plan(self, as_role, revised, role):
        concept = copied(revised[1])
        Indicator.objects.filter(goal__version=concept).update(text="geheim voornemen")

        page = as_role(role).get(COMPARE, {"van": revised[0].pk, "naar": concept.pk}).text

        assert "geheim voornemen" not in page
        assert "versie 3" not in page

    @pytest.mark.parametrize("size", [1, 10])
    def test_costs_as_many_queries_for_many_parts_as_for_one(
        self, officer, size, django_assert_max_num_queries
    ):
        copied(a_plan(goals=size))

        with django_assert_max_num_queries(32):
            officer.get(COMPARE)

    def test_is_found_from_the_list_and_from_the_version(self, officer, revised):
        address = f"{COMPARE}?naar={revised[1].pk}"

        assert address in officer.get(reverse("plan:versions")).text
        assert address in officer.get(revised[1].get_absolute_url()).text


class TestAdopting:
    def test_shows_what_will_change_before_it_does(self, officer):
        first = a_plan(goals=1)
        second = copied(first)
        IndicatorLine.objects.filter(indicator__goal__version=second).update(target=3)

        page = officer.get(reverse("plan:adopt", args=[second.pk])).text

        assert "was <del>11</del>, wordt <ins>3</ins>" in page

    def test_asks_again_when_another_version_came_in_between(self, officer):
        first = a_plan(goals=1)
        mine, theirs = copied(first), copied(first)
        address = reverse("plan:adopt", args=[mine.pk])
        typed = {"in_force_from": "2026-08-01", "reason": "Van mij", "instead_of": first.pk}
        Indicator.objects.filter(goal__version=theirs).update(text="van hen")
        hold(theirs)

        page = officer.post(address, typed)

        mine.refresh_from_db()
        assert mine.is_concept
        assert "Intussen is een andere versie vastgesteld." in page.text
        assert "van hen" in page.text
        assert "Van mij" in page.text
        officer.post(address, {**typed, "instead_of": theirs.pk})
        mine.refresh_from_db()
        assert not mine.is_concept

    def test_proposes_the_first_day_on_which_it_can_hold(self, officer, revised):
        third = hold(copied(revised[1]), since=date(2126, 1, 1))
        fourth = copied(third)

        page = officer.get(reverse("plan:adopt", args=[fourth.pk]))

        assert page.context["form"].initial["in_force_from"] == date(2126, 1, 1)

    @pytest.mark.parametrize(
        ("day", "said"),
        [("2026-03-01", "De vorige versie geldt pas later."), ("2027-01-01", "Kies een dag voor het einde")],
    )
    def test_refuses_a_day_on_which_it_cannot_hold(self, officer, revised, day, said):
        third = copied(revised[1])

        page = officer.post(reverse("plan:adopt", args=[third.pk]), {"in_force_from": day, "reason": "Later"})

        assert said in page.text
        third.refresh_from_db()
        assert third.is_concept


class TestDashboard:
    def test_says_which_target_held_before_and_why(self, officer, revised):
        page = officer.get(HOME, {"op": "2026-07-02"}).text

        assert "Doel was 10, sinds 1 juli 3." in page
        assert f"Reden: {REASON}" in page
        assert f"?van={revised[0].pk}&amp;naar={revised[1].pk}&amp;soort=streefwaarde" in page

    @pytest.mark.usefixtures("revised")
    def test_keeps_a_dropped_promise_readable_with_its_last_figure(self, officer):
        MembershipFactory(from_on=date(2026, 6, 1))
        MembershipFactory(from_on=date(2026, 7, 15))

        page = officer.get(HOME, {"op": "2026-08-01"}).text

        assert "Geschrapt sinds 1 juli 2026." in page
        assert "van 11 leden, op 30 juni" in page
        assert page.split("Geschrapt dit jaar")[1].count("<strong>1</strong>") == 1

    @pytest.mark.usefixtures("revised")
    def test_shows_on_an_earlier_day_what_held_then(self, officer):
        page = officer.get(HOME, {"op": "2026-06-30"}).text

        assert "van 10 leden" in page
        assert "Geschrapt" not in page
        assert "Doel was" not in page

    def test_what_comes_back_is_not_dropped(self, officer, revised):
        third = copied(revised[1])
        old = Indicator.objects.get(goal__version=revised[0], text="belofte 0 1")
        back = LineFactory(indicator__goal=third.goals.get(), indicator__text="belofte 0 1").indicator
        actions.set_origins(node=back, origins=[old], among=[revised[0]], by=None, now=NOW)
        hold(third, since=date(2026, 9, 1))

        assert "Geschrapt dit jaar" not in officer.get(HOME, {"op": "2026-09-02"}).text

    def test_a_plan_that_was_not_revised_says_nothing_of_it(self, officer):
        a_plan(goals=1)

        page = officer.get(HOME).text

        assert "Wat wijzigde er?" not in page
        assert "Geschrapt" not in page


class TestOrigins:
    def test_are_set_and_cleared_by_hand(self, officer):
        first = a_plan(goals=1)
        second = copied(first)
        one, two = Indicator.objects.filter(goal__version=second).order_by("pk")
        old = two.supersedes.get()
        address = reverse("plan:origins", args=["indicator", one.pk])

        assert "checked" in officer.get(address).text
        officer.post(address, {f"versie-{first.pk}": [one.supersedes.get().pk, old.pk]})
        assert one.supersedes.count() == 2
        officer.post(address, {})

        assert not one.supersedes.exists()

    def test_are_of_any_earlier_version_where_the_one_between_skipped_it(self, officer, revised):
        first, second = revised
        third = copied(second)
        back = LineFactory(indicator__goal=third.goals.get(), indicator__text="belofte 0 1").indicator
        stays, skipped = Indicator.objects.filter(goal__version=first).order_by("pk")
        address = reverse("plan:origins", args=["indicator", back.pk])

        offered = officer.get(address).context["form"].fields
        officer.post(address, {f"versie-{first.pk}": [skipped.pk]})

        assert [*offered] == [f"versie-{second.pk}", f"versie-{first.pk}"]
        choices = [pk for pk, _said in offered[f"versie-{first.pk}"].choices]
        assert choices == [str(skipped.pk)]  # the other went on, and is offered as such
        assert stays.pk in Indicator.objects.get(goal__version=second).supersedes.values_list("pk", flat=True)
        assert back.supersedes.get() == skipped
        assert back.lines.get().supersedes.get() == skipped.lines.get()
        assert "checked" in officer.get(address).text
        officer.post(address, {})
        assert not back.supersedes.exists()

    def test_are_of_the_year_before_too(self, officer, revised):
        third = actions.start_next_year(version=revised[1], title="Volgend jaar", by=None, now=NOW)
        node = third.goals.get().indicators.get()

        page = officer.get(reverse("plan:origins", args=["indicator", node.pk])).text

        assert "Uit 2026, versie 2" in page
        assert "Uit 2026, versie 1" in page

    @pytest.mark.parametrize("kind", ["doelstelling", "actie", "indicator", "moment"])
    def test_are_asked_of_every_sort_of_part(self, officer, kind):
        version = copied(a_plan(goals=1))
        goal = version.goals.get()
        node = {
            "doelstelling": goal,
            "actie": goal.actions.first(),
            "indicator": goal.indicators.first(),
            "moment": goal.moments.first(),
        }[kind]

        assert (
            "Duid aan in de plaats waarvan" in officer.get(reverse("plan:origins", args=[kind, node.pk])).text
        )

    def test_have_nothing_to_choose_from_in_a_first_version(self, officer):
        node = a_plan(goals=1).goals.get()

        page = officer.get(reverse("plan:origins", args=["doelstelling", node.pk])).text

        assert "Er is geen vroegere versie om uit te kiezen." in page

    def test_know_no_other_sorts(self, officer):
        assert officer.get(reverse("plan:origins", args=["versie", 1])).status_code == 404

    def test_are_for_who_may_change_the_plan(self, as_role):
        node = copied(a_plan(goals=1)).goals.get()

        answer = as_role(Role.MANAGEMENT).get(reverse("plan:origins", args=["doelstelling", node.pk]))

        assert answer.status_code in (302, 403)
        assert PlanVersion.objects.count() == 2


class TestTwoAtOnce:
    def test_what_another_adopted_first_is_not_replaced_unseen(self, officer):
        """Nothing held yet when the page was opened."""
        mine, theirs = VersionFactory(concept=True, number=2), VersionFactory(concept=True)
        address = reverse("plan:adopt", args=[mine.pk])
        shown = officer.get(address).context["form"].initial["instead_of"]
        hold(theirs, since=date(2026, 1, 1), reason="")

        page = officer.post(
            address, {"in_force_from": "2026-02-01", "reason": "Van mij", "instead_of": str(shown)}
        )

        mine.refresh_from_db()
        assert mine.is_concept
        assert "Intussen is een andere versie vastgesteld." in page.text

    def test_a_version_that_was_adopted_meanwhile_is_not_thrown_away(self):
        version = LineFactory(concept=True).indicator.goal.version
        as_seen = PlanVersion.objects.get(pk=version.pk)
        hold(version, reason="")

        with pytest.raises(actions.NotAConcept):
            actions.discard(version=as_seen, by=None, now=NOW)

        assert IndicatorLine.objects.filter(indicator__goal__version=version).exists()

    def test_throwing_the_same_concept_away_twice_is_throwing_it_away(self):
        version = VersionFactory(concept=True)
        as_seen = PlanVersion.objects.get(pk=version.pk)
        actions.discard(version=version, by=None, now=NOW)

        actions.discard(version=as_seen, by=None, now=NOW)

        assert not PlanVersion.objects.exists()

    def test_a_part_can_come_in_the_place_of_one_that_was_made_after_it(self, officer):
        """Two concepts; the one that was made last holds first, and the other will replace it."""
        first = a_plan(goals=1)
        mine = copied(first)
        theirs = actions.copy_version(version=first, by=None, now=NOW + timedelta(days=1))
        hold(theirs)
        part, origin = (Indicator.objects.filter(goal__version=each).first() for each in (mine, theirs))

        address = reverse("plan:origins", args=["indicator", part.pk])
        answer = officer.post(address, {f"versie-{theirs.pk}": [origin.pk]})

        assert answer.status_code == 302
        assert origin in part.supersedes.all()
