"""The regular talk about the plan: what it sees, what it writes down, and that nothing is lost."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from trekker.events.tests.factories import EventFactory
from trekker.kernel.access import Role
from trekker.people.tests.factories import AccountFactory
from trekker.plan import actions
from trekker.plan.actions.meetings import (
    About,
    DayTaken,
    IsClosed,
    ReasonMissing,
    SettledBefore,
    WrittenMeanwhile,
    agree,
    change_meeting,
    close_meeting,
    correct_agreement,
    reopen_meeting,
    settle_agreement,
    start_meeting,
    unsettle_agreement,
    write_minute,
)
from trekker.plan.actions.progress import note_progress, plan_action
from trekker.plan.models import Agreement, Forecast, Meeting, Minute
from trekker.plan.models.meeting import GENERAL
from trekker.plan.queries.meetings import carried_over, next_day, overview, to_do
from trekker.plan.tests.factories import GoalFactory, LineFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


NOW = at(DAY)


@pytest.fixture
def goal():
    return GoalFactory(code="OD1.1", title="Een netwerk")


@pytest.fixture
def meeting(goal):
    plan = goal.version.plan
    start_meeting(plan=plan, held_on=DAY - timedelta(days=14), present=[], by=None, now=NOW)
    return start_meeting(plan=plan, held_on=DAY, present=[], by=None, now=NOW)


@pytest.fixture
def about(goal):
    return About(goal.thread, str(goal))


def agreed(meeting, about=None, **facts):
    facts = {"owner": None, "due_on": None, "by": None, "now": NOW, **facts}
    return agree(meeting=meeting, about=about or About(), **facts)


def seen(meeting, today=DAY):
    (found,) = overview(meeting, today)
    return {name: [item.text for item in getattr(found, name)] for name in ("done", "coming", "asks")}


def questions(client, meeting):
    """Count the questions to the database behind the page of a meeting."""
    client.get(meeting.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(meeting.get_absolute_url())
    return len(asked)


class TestTheOverview:
    def test_tells_what_was_noted_since_the_meeting_before(self, meeting, goal):
        action = goal.actions.create(text="VVSG vraagt rond")
        facts = {"action": action, "by": None}
        note_progress(edition=0, text="Lang geleden", now=at(date(2026, 5, 1)), **facts)
        note_progress(edition=1, text="De vragen staan klaar", to="BUSY", now=at(date(2026, 6, 8)), **facts)
        note_progress(edition=2, text="Pas later", now=at(date(2026, 6, 20)), **facts)

        assert seen(meeting)["done"] == ["VVSG vraagt rond: Nu bezig. De vragen staan klaar"]

    def test_tells_what_was_held_and_what_is_planned(self, meeting, goal):
        LineFactory(indicator__goal=goal, measure="events.held", filters={"kind": ["network_meeting"]})
        EventFactory(title="Vorige maand", held=True, starts_at=at(date(2026, 5, 10)))
        EventFactory(title="Over AI", held=True, starts_at=at(date(2026, 6, 9)))
        EventFactory(title="Over bibs", starts_at=at(date(2026, 6, 25)))
        EventFactory(title="Na de zomer", starts_at=at(date(2026, 9, 25)))
        EventFactory(title="Focusgroep", kind="focus_group", starts_at=at(date(2026, 6, 26)))

        told = seen(meeting)

        assert told["done"] == ["Gehouden op 9 juni: Over AI"]
        assert told["coming"] == ["Gepland op 25 juni: Over bibs"]

    def test_tells_which_actions_and_moments_come(self, meeting, goal):
        action = goal.actions.create(text="VVSG vraagt rond")
        days = {"starts_on": date(2026, 6, 20), "ends_on": date(2026, 7, 1)}
        plan_action(action=action, edition=0, in_charge=None, by=None, now=NOW, **days)
        goal.moments.create(text="een infosessie in juni", start=date(2026, 6, 30), end=date(2026, 6, 30))

        assert seen(meeting)["coming"] == [
            "30 juni: een infosessie in juni",
            "20 juni, begin: VVSG vraagt rond",
            "1 juli, klaar: VVSG vraagt rond",
        ]

    def test_asks_about_what_is_late_or_stuck(self, meeting, goal):
        late, stuck = goal.actions.create(text="Te laat"), goal.actions.create(text="Vast")
        facts = {"edition": 0, "by": None, "now": NOW}
        plan_action(action=late, starts_on=None, ends_on=DAY - timedelta(days=1), in_charge=None, **facts)
        note_progress(action=stuck, to="STUCK", text="Geen geld", **facts)

        assert seen(meeting)["asks"] == ["Moest al klaar zijn: Te laat", "Loopt vast: Vast"]

    def test_asks_about_a_promise_that_will_likely_not_be_kept_and_tells_that_the_chance_turned(
        self, meeting, goal
    ):
        line = LineFactory(indicator__goal=goal, indicator__text="minstens 1100 leden", no_register=True)
        for day, chance in ((date(2026, 5, 25), 0.8), (date(2026, 6, 8), 0.2)):
            ends = dict.fromkeys(("value", "low", "middle", "high"), Decimal(1))
            Forecast.objects.create(line=line, week=day, made_on=day, chance=chance, **ends)

        told = seen(meeting)

        assert told["asks"] == ["Minstens 1100 leden: onwaarschijnlijk (ongeveer 2 op 10)."]
        assert told["done"] == ["Minstens 1100 leden: de kans was waarschijnlijk en is nu onwaarschijnlijk."]

    def test_asks_to_complete_rows_that_are_unknown(self, meeting, goal):
        LineFactory(indicator__goal=goal, measure="events.held", filters={"kind": ["network_meeting"]})
        EventFactory(state="CONFIRMED", starts_at=at(date(2026, 6, 9)))

        assert seen(meeting)["asks"] == ["1 activiteit zonder uitkomst: vul aan."]

    def test_leaves_out_goals_that_only_hold_others(self, meeting, goal):
        GoalFactory(version=goal.version, level="strategic", code="SD1")

        assert [each.label for each in overview(meeting, DAY)] == ["OD1.1 Een netwerk"]


class TestMinutes:
    def test_never_overwrite_what_someone_else_wrote(self, meeting, about):
        write_minute(meeting=meeting, about=about, text="Eerst", edition=0, by=None, now=NOW)

        with pytest.raises(WrittenMeanwhile):
            write_minute(meeting=meeting, about=about, text="Tweede", edition=0, by=None, now=NOW)

        assert Minute.objects.get().text == "Eerst"

    def test_keep_their_earlier_words_in_the_log(self, meeting, about):
        for edition, text in enumerate(["Eerst", "Daarna"]):
            write_minute(meeting=meeting, about=about, text=text, edition=edition, by=None, now=NOW)

        line = ModelLogEntry.objects.filter(action="plan.minute_written").order_by("-pk").first()
        assert (line.data["before"], line.data["after"]) == ("Eerst", "Daarna")

    def test_outlive_a_revision_of_the_plan(self, as_role, meeting, goal, about):
        write_minute(meeting=meeting, about=about, text="Wij kiezen", edition=0, by=None, now=NOW)
        copy = actions.copy_version(version=goal.version, by=None, now=NOW)
        copy.goals.update(code="OD7.7", title="Heet nu anders")
        actions.adopt(version=copy, in_force_from=date(2026, 6, 1), reason="Minder geld", by=None, now=NOW)

        page = as_role(Role.PARTNER_OFFICER).get(meeting.get_absolute_url())

        assert "OD7.7 Heet nu anders" in page.text
        assert "Wij kiezen" in page.text


class TestClosing:
    def test_makes_all_of_it_read_only(self, meeting, about):
        task = agreed(meeting, text="Bellen", due_on=DAY)
        close_meeting(meeting=meeting, by=None, now=NOW)
        facts = {"by": None, "now": NOW}

        with pytest.raises(IsClosed):
            write_minute(meeting=meeting, about=about, text="Nog iets", edition=0, **facts)
        with pytest.raises(IsClosed):
            agreed(meeting, text="Nog iets")
        with pytest.raises(IsClosed):
            correct_agreement(agreement=task, edition=0, text="Anders", owner=None, due_on=None, **facts)
        with pytest.raises(IsClosed):
            change_meeting(meeting=meeting, edition=0, held_on=DAY, present=[], **facts)
        with pytest.raises(IsClosed):
            close_meeting(meeting=meeting, **facts)

    def test_keeps_what_the_page_showed_that_day(self, as_role, meeting, goal):
        action = goal.actions.create(text="VVSG vraagt rond")
        note_progress(action=action, edition=0, to="STUCK", text="Geen geld", by=None, now=NOW)
        close_meeting(meeting=meeting, by=None, now=NOW)
        note_progress(action=action, edition=1, to="DONE", text="Opgelost", by=None, now=NOW)

        page = as_role(Role.PARTNER_OFFICER).get(meeting.get_absolute_url())

        assert "Loopt vast: VVSG vraagt rond" in page.text
        assert "Opgelost" not in page.text

    def test_is_undone_with_a_reason_only(self, meeting):
        close_meeting(meeting=meeting, by=None, now=NOW)

        with pytest.raises(ReasonMissing):
            reopen_meeting(meeting=meeting, because=" ", by=None, now=NOW)
        reopen_meeting(meeting=meeting, because="Een naam stond fout", by=None, now=NOW)

        assert Meeting.objects.get(pk=meeting.pk).is_open
        line = ModelLogEntry.objects.get(action="plan.meeting_reopened")
        assert line.data["because"] == "Een naam stond fout"


class TestAgreements:
    def test_with_an_owner_or_a_day_are_tasks_and_without_are_decisions(self, meeting):
        decision = agreed(meeting, text="We doen het online")
        task = agreed(meeting, text="Zaal zoeken", owner=AccountFactory())

        assert list(to_do()) == [task]
        assert not decision.is_task

    def test_go_along_to_the_next_meeting_until_they_are_done(self, meeting):
        done, open_ = agreed(meeting, text="Bellen", due_on=DAY), agreed(meeting, text="Mailen", due_on=DAY)
        close_meeting(meeting=meeting, by=None, now=NOW)
        plan = meeting.plan
        second = start_meeting(plan=plan, held_on=DAY + timedelta(days=14), present=[], by=None, now=NOW)
        third = start_meeting(plan=plan, held_on=DAY + timedelta(days=28), present=[], by=None, now=NOW)

        settle_agreement(agreement=done, outcome="Ja gezegd", by=None, now=at(DAY + timedelta(days=3)))

        assert carried_over(second) == [done, open_]
        assert carried_over(third) == [open_]

    def test_are_done_once_and_can_be_put_back(self, meeting):
        task = agreed(meeting, text="Bellen", due_on=DAY)
        settle_agreement(agreement=task, by=None, now=NOW)

        with pytest.raises(SettledBefore):
            settle_agreement(agreement=task, by=None, now=NOW)
        unsettle_agreement(agreement=task, by=None, now=NOW)

        assert list(to_do()) == [task]

    def test_are_not_overwritten_by_who_saw_an_older_one(self, meeting):
        task = agreed(meeting, text="Bellen", due_on=DAY)
        facts = {"agreement": task, "edition": 0, "owner": None, "by": None, "now": NOW}
        correct_agreement(text="Mailen", due_on=DAY, **facts)

        with pytest.raises(WrittenMeanwhile):
            correct_agreement(text="Schrijven", due_on=None, **facts)

        assert Agreement.objects.get().text == "Mailen"


class TestTheNextMeeting:
    def test_is_proposed_two_weeks_after_the_last(self, meeting):
        assert next_day(meeting.plan, DAY) == DAY + timedelta(days=14)

    def test_is_never_proposed_in_the_past(self, meeting):
        assert next_day(meeting.plan, DAY + timedelta(days=30)) == DAY + timedelta(days=42)

    def test_is_not_on_a_day_that_has_one(self, meeting):
        with pytest.raises(DayTaken):
            start_meeting(plan=meeting.plan, held_on=DAY, present=[], by=None, now=NOW)


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
