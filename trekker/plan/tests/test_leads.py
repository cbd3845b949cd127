"""Who works for which party of the plan, and what they lead."""

import pytest

from trekker.kernel.access import Role
from trekker.people.tests.factories import AccountFactory
from trekker.plan import actions
from trekker.plan.models import Action, Goal, Lead, Representative
from trekker.plan.queries.leads import leads_of, parties_of, people_of
from trekker.plan.reader import read
from trekker.plan.tests.factories import NOW, TEXT, GoalFactory, VersionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/beheer/plan/wie-werkt-voor-wie/"


@pytest.fixture
def colleague():
    account = AccountFactory(first_name="Mia", last_name="Maas")
    actions.set_parties(account=account, parties=["Mediawijs"], by=None, now=NOW)
    return account


def led(goal, party, role=Lead.Role.LEAD, action=None):
    Lead.objects.create(goal=None if action else goal, action=action, party=party, role=role)


class TestMine:
    def test_is_what_my_party_leads_and_not_what_it_supports(self, colleague):
        version = VersionFactory()
        pulled, supported = GoalFactory.create_batch(2, version=version)
        led(pulled, "Mediawijs")
        led(supported, "VVSG")
        led(supported, "Mediawijs", Lead.Role.SUPPORT)

        assert leads_of(colleague, version).goals == {pulled.pk}

    def test_is_an_action_that_names_my_party_or_names_nobody_under_a_goal_of_mine(self, colleague):
        ours, theirs = GoalFactory.create_batch(2, version=VersionFactory())
        led(ours, "Mediawijs")
        led(theirs, "VVSG")
        silent, away = [ours.actions.create(text=text) for text in ("zonder naam", "van een ander")]
        led(ours, "VVSG", action=away)
        here = theirs.actions.create(text="op naam")
        led(theirs, "Mediawijs", action=here)

        assert leads_of(colleague, ours.version).actions == {silent.pk, here.pk}

    def test_is_nothing_for_who_works_for_no_party(self):
        goal = GoalFactory()
        led(goal, "Mediawijs")

        assert not leads_of(AccountFactory(), goal.version)

    def test_knows_only_active_people_of_a_party(self, colleague):
        gone = AccountFactory(is_active=False)
        actions.set_parties(account=gone, parties=["Mediawijs"], by=None, now=NOW)

        assert list(people_of("Mediawijs")) == [colleague]


class TestThePage:
    def test_lets_an_officer_choose_for_whom_someone_works(self, as_role, colleague):
        for party in ("VVSG", "Mediawijs"):
            led(GoalFactory(version=VersionFactory(number=1 if party == "VVSG" else 2)), party)
        browser = as_role(Role.PROGRAMME_OFFICER)
        assert "Voor deze organisaties werkt nog niemand: VVSG." in browser.get(ADDRESS).content.decode()

        browser.post(f"{ADDRESS}{colleague.pk}/", {"parties": ["VVSG"]})

        assert parties_of(colleague) == ["VVSG"]
        assert "werkt nog niemand: Mediawijs" in browser.get(ADDRESS).content.decode()

    def test_offers_only_what_the_plan_names(self, as_role, colleague):
        browser = as_role(Role.PROGRAMME_OFFICER)

        response = browser.post(f"{ADDRESS}{colleague.pk}/", {"parties": ["Bedacht"]})

        assert "parties" in response.context["form"].errors
        assert not Representative.objects.filter(party="Bedacht").exists()


class TestAThread:
    def test_goes_on_in_a_copy_of_a_version(self):
        action = GoalFactory().actions.create(text="VVSG vraagt rond")

        copy = actions.copy_version(version=action.goal.version, by=None, now=NOW)

        assert Action.objects.get(goal__version=copy).thread == action.thread
        assert copy.goals.get().thread == action.goal.thread

    def test_goes_on_in_a_text_that_says_it_otherwise(self):
        facts = {
            "title": "Inclusie",
            "owner": "VVSG",
            "year": 2026,
            "file_name": "a.txt",
            "by": None,
            "now": NOW,
        }
        first = actions.store_proposal(proposal=read(TEXT.splitlines(), year=2026, measures={}), **facts)
        changed = TEXT.replace("Mediawijs ondersteunt VVSG daarbij", "Mediawijs ondersteunt VVSG hierbij")

        second = actions.store_proposal(proposal=read(changed.splitlines(), year=2026, measures={}), **facts)

        threads = dict(Goal.objects.filter(version=first).values_list("code", "thread"))
        assert dict(Goal.objects.filter(version=second).values_list("code", "thread")) == threads
        before, after = (
            set(Action.objects.filter(goal__version=version).values_list("thread", flat=True))
            for version in (first, second)
        )
        assert before
        assert before == after
