"""The pages of a meeting, and that nothing typed is lost."""

from datetime import date

import pytest

from trekker.kernel.access import Role
from trekker.people.tests.factories import AccountFactory
from trekker.plan.actions.meetings import (
    agree,
    close_meeting,
    write_minute,
)
from trekker.plan.actions.progress import note_progress
from trekker.plan.models import Agreement, Meeting, Minute
from trekker.plan.models.meeting import GENERAL
from trekker.plan.tests.factories import GoalFactory, LineFactory
from trekker.plan.tests.meetings.talking import DAY, NOW, agreed, questions

pytestmark = pytest.mark.django_db


class TestThePages:
    @pytest.fixture
    def partner(self, as_role):
        return as_role(Role.PARTNER_OFFICER)

    def test_say_what_to_do_without_a_plan_and_without_a_meeting(self, partner):
        assert "Stel eerst een plan vast." in partner.get("/beheer/overleg/").text
        GoalFactory()
        assert "Er was nog geen overleg." in partner.get("/beheer/overleg/").text

    def test_propose_the_same_people_for_the_next_meeting(self, partner, meeting):
        mia = AccountFactory()
        meeting.present.add(mia)

        form = partner.get("/beheer/overleg/nieuw/").context["form"]

        assert form.initial["present"] == [mia]

    def test_plan_a_meeting_write_agree_and_close(self, partner, goal):
        plan = goal.version.plan
        partner.post("/beheer/overleg/nieuw/", {"plan": plan.pk, "held_on": "2026-06-15"})
        meeting = Meeting.objects.get()
        home = meeting.get_absolute_url()

        partner.post(f"{home}verslag/{goal.thread}/", {"text": "Wij kiezen", "edition": 0})
        partner.post(f"{home}afspraak/{GENERAL}/", {"text": "Zaal zoeken", "due_on": "2026-07-01"})
        partner.post(f"{home}sluiten/")

        page = partner.get(home)
        assert "Wij kiezen" in page.text
        assert "Zaal zoeken" in page.text
        assert "Schrijf verslag" not in page.text
        assert "Zaal zoeken" in partner.get("/beheer/overleg/").text

    def test_show_both_texts_to_who_was_overtaken(self, partner, meeting, goal, about):
        write_minute(meeting=meeting, about=about, text="Van Mia", edition=0, by=None, now=NOW)
        address = f"{meeting.get_absolute_url()}verslag/{goal.thread}/"

        page = partner.post(address, {"text": "Van Pat", "edition": 0})

        assert "Van Mia" in page.text
        assert "Van Pat" in page.text
        partner.post(address, {"text": "Van beiden", "edition": page.context["form"]["edition"].value()})
        assert Minute.objects.get().text == "Van beiden"

    def test_know_no_goal_that_is_not_of_the_plan(self, partner, meeting):
        stranger = GoalFactory(version__plan__title="Een ander plan")

        address = f"{meeting.get_absolute_url()}verslag/{stranger.thread}/"

        assert partner.get(address).status_code == 404

    def test_show_an_agreement_as_a_task_to_its_owner(self, partner, account_of, meeting, goal):
        goal.actions.create(text="VVSG vraagt rond")
        owner = account_of(Role.PARTNER_OFFICER, "mia@voorbeeld.example")
        agreed(meeting, text="Zaal zoeken", owner=owner)
        assert "Zaal zoeken" not in partner.get("/beheer/plan/voortgang/", {"toon": "mijn"}).text

        partner.force_login(owner)

        assert "Zaal zoeken" in partner.get("/beheer/plan/voortgang/", {"toon": "mijn"}).text

    def test_are_not_for_management(self, as_role, meeting):
        response = as_role(Role.MANAGEMENT).get(meeting.get_absolute_url())

        assert response.status_code == 302

    def test_ask_as_many_questions_for_much_as_for_little(
        self, partner, meeting, goal, about, django_assert_max_num_queries
    ):
        for number in range(20):
            action = goal.actions.create(text=f"Actie {number}")
            note_progress(action=action, edition=0, text="Iets", by=None, now=NOW)
            agreed(meeting, about, text=f"Afspraak {number}", owner=AccountFactory())
        partner.get(meeting.get_absolute_url())

        with django_assert_max_num_queries(45):
            partner.get(meeting.get_absolute_url())

    def test_ask_of_a_promise_what_happened_and_what_is_unknown_and_measure_no_figure(
        self, partner, meeting, goal
    ):
        goal.moments.create(text="een infosessie in mei", start=date(2026, 5, 5), end=date(2026, 5, 5))
        kinds = ["network_meeting", "training", "focus_group", "info_session"]
        LineFactory(indicator__goal=goal, measure="events.held", filters={"kind": kinds})
        few = questions(partner, meeting)
        for kind in kinds:
            LineFactory(indicator__goal=goal, measure="events.held", filters={"kind": [kind]})

        assert questions(partner, meeting) - few == 2 * len(kinds)


class TestWhatWasTyped:
    """Of who is overtaken, nothing they typed is lost."""

    @pytest.fixture
    def officer(self, as_role):
        return as_role(Role.PROGRAMME_OFFICER)

    @pytest.mark.parametrize("name", ["write", "agree"])
    def test_stays_when_the_meeting_was_closed_meanwhile(self, officer, meeting, goal, name):
        close_meeting(meeting=meeting, by=None, now=NOW)

        page = officer.post(
            f"/beheer/overleg/{meeting.pk}/{'verslag' if name == 'write' else 'afspraak'}/{goal.thread}/",
            {"text": "Een uur werk.", "edition": 0},
        )

        assert "Een uur werk." in page.text
        assert "Je tekst is niet bewaard." in page.text
        assert not meeting.minutes.exists()
        assert not meeting.agreements.exists()

    def test_of_an_agreement_stays_too(self, officer, meeting, about):
        made = agree(meeting=meeting, about=about, text="bellen", owner=None, due_on=None, by=None, now=NOW)
        close_meeting(meeting=meeting, by=None, now=NOW)

        page = officer.post(
            f"/beheer/overleg/afspraken/{made.pk}/", {"text": "Twee keer bellen.", "edition": 0}
        )

        assert "Twee keer bellen." in page.text
        assert Agreement.objects.get().text == "bellen"

    def test_a_number_that_no_account_has_is_no_fault(self, officer, goal):
        typed = {"held_on": "2026-07-01", "plan": goal.version.plan_id, "present": ["9" * 40]}

        page = officer.post("/beheer/overleg/nieuw/", typed)

        assert page.status_code == 200
        assert page.context["form"].has_error("present")


class TestSayingThatATaskIsDone:
    @pytest.mark.parametrize(
        ("came_from", "leads_to"),
        [
            ("{now}", "/beheer/overleg/{now}/"),
            ("maand", "/beheer/plan/voortgang/?toon=maand"),
            ("", "/beheer/overleg/"),
            ("0", "/beheer/overleg/"),
            ("9" * 40, "/beheer/overleg/"),
            ("//elders.example", "/beheer/overleg/"),
        ],
    )
    def test_leads_back_to_where_one_was(self, as_role, meeting, about, came_from, leads_to):
        before = Meeting.objects.exclude(pk=meeting.pk).get()
        made = agree(meeting=before, about=about, text="bellen", owner=None, due_on=DAY, by=None, now=NOW)
        asked = {"van": came_from.format(now=meeting.pk)}

        page = as_role(Role.PROGRAMME_OFFICER).post(
            f"/beheer/overleg/afspraken/{made.pk}/gedaan/", {"outcome": ""}, query_params=asked
        )

        assert page.url == leads_to.format(now=meeting.pk)
