"""How far actions have come: what people note stays, and everyone sees what is late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from trekker.kernel.access import Role
from trekker.people.tests.factories import AccountFactory
from trekker.plan import actions
from trekker.plan.actions.progress import (
    ChangedMeanwhile,
    CorrectedBefore,
    NeedsWhy,
    NothingToSay,
    OutOfOrder,
    WrongStep,
    correct_note,
    note_progress,
    plan_action,
)
from trekker.plan.models import Action, Progress, ProgressNote
from trekker.plan.models.progress import STEPS
from trekker.plan.queries.progress import action_lines, notes_of_goal, standings, tallies
from trekker.plan.tests.factories import GoalFactory

pytestmark = pytest.mark.django_db
State = Progress.State
MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 30)


def at(month, day=1, hour=9):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def action():
    return GoalFactory(code="OD1.1").actions.create(text="VVSG vraagt leden wat ze nodig hebben")


def edition(action):
    found = Progress.objects.filter(thread=action.thread).first()
    return found.edition if found else 0


def note(action, *, now=None, by=None, **facts):
    return note_progress(action=action, edition=edition(action), by=by, now=now or at(3), **facts)


def planned(action, start=None, end=None, **facts):
    facts = {"in_charge": None, "by": None, "now": at(1), **facts}
    return plan_action(action=action, edition=edition(action), starts_on=start, ends_on=end, **facts)


def stands(action, day=JUNE):
    return next(each for each in standings(action.goal.version, day) if each.action == action)


class TestTheState:
    def test_starts_as_nog_te_starten(self, action):
        assert stands(action).state == State.PLANNED

    @pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.source}-{step.target}")
    def test_goes_along_every_step_of_the_table(self, action, step):
        Progress.objects.create(thread=action.thread, year=2026, state=step.source)

        note(action, to=step.target, text="Omdat het zo is")

        assert Progress.objects.get().state == step.target

    def test_takes_no_step_that_the_table_does_not_know(self, action):
        note(action, to=State.DONE)

        with pytest.raises(WrongStep):
            note(action, to=State.STUCK, text="?")

    @pytest.mark.parametrize("to", [State.STUCK, State.DROPPED])
    def test_asks_why_something_is_stuck_or_dropped(self, action, to):
        with pytest.raises(NeedsWhy):
            note(action, to=to, text="  ")

        assert not ProgressNote.objects.exists()

    def test_of_an_earlier_day_is_what_it_was_then(self, action):
        note(action, to=State.BUSY, now=at(3))
        note(action, to=State.DONE, now=at(5))

        assert [stands(action, day).state for day in (date(2026, 2, 1), MARCH, JUNE)] == [
            *(State.PLANNED, State.BUSY, State.DONE)
        ]


class TestTheLog:
    def test_keeps_who_wrote_what_and_when(self, action):
        mia = AccountFactory(first_name="Mia", last_name="Maas")

        note(action, text="De vragenlijst is klaar.", by=mia, now=at(3, 4))

        (entry,) = stands(action).log
        assert (entry.text, entry.by, entry.at) == ("De vragenlijst is klaar.", "Mia Maas", at(3, 4))
        assert ModelLogEntry.objects.filter(action="plan.progress_noted").count() == 1

    def test_keeps_the_old_words_beside_a_correction(self, action):
        wrong = note(action, text="12 antwoorden", for_report=True)
        note(action, text="Daarna rustig", now=at(4))

        correct_note(action=action, note=wrong, text="21 antwoorden", for_report=True, by=None, now=at(5))

        newest, corrected = stands(action).log
        assert newest.text == "Daarna rustig"
        assert (corrected.text, corrected.at) == ("21 antwoorden", at(3))
        assert [old.text for old in corrected.earlier] == ["12 antwoorden"]

    def test_corrects_a_note_once_and_then_its_correction(self, action):
        wrong = note(action, text="12")
        facts = {"action": action, "for_report": False, "by": None}
        right = correct_note(note=wrong, text="21", now=at(4), **facts)

        with pytest.raises(CorrectedBefore):
            correct_note(note=wrong, text="22", now=at(5), **facts)
        correct_note(note=right, text="23", now=at(5), **facts)

        (entry,) = stands(action).log
        assert [entry.text, *(old.text for old in entry.earlier)] == ["23", "21", "12"]

    def test_says_nothing_of_later_on_an_earlier_day(self, action):
        note(action, text="Pas in mei", now=at(5))

        assert stands(action, MARCH).log == ()

    def test_refuses_a_note_without_words_or_step(self, action):
        with pytest.raises(NothingToSay):
            note(action, text=" ")


class TestTwoAtOnce:
    def test_never_overwrite_each_other(self, action):
        note_progress(action=action, edition=0, to=State.BUSY, by=None, now=at(3))

        with pytest.raises(ChangedMeanwhile):
            note_progress(action=action, edition=0, to=State.DONE, by=None, now=at(3))
        with pytest.raises(ChangedMeanwhile):
            plan_action(
                action=action, edition=0, starts_on=None, ends_on=JUNE, in_charge=None, by=None, now=at(3)
            )

        assert Progress.objects.get().state == State.BUSY

    def test_keep_what_the_second_typed_and_let_them_save_it_knowingly(self, as_role, action):
        browser = as_role(Role.PARTNER_OFFICER)
        address = reverse("plan:note_progress", args=[action.pk])
        note(action, to=State.BUSY)

        page = browser.post(address, {"to": "", "text": "Mijn verhaal", "edition": 0})

        assert "Iemand anders wijzigde deze actie intussen" in page.text
        assert "Mijn verhaal" in page.text
        browser.post(
            address,
            {"to": "", "text": "Mijn verhaal", "edition": page.context["note_form"]["edition"].value()},
        )
        assert ProgressNote.objects.filter(text="Mijn verhaal").count() == 1


class TestLate:
    @pytest.mark.parametrize(
        ("start", "end", "to", "said"),
        [
            (None, date(2026, 6, 29), "", "moest al klaar zijn"),
            (None, JUNE, "", ""),
            (date(2026, 6, 29), None, "", "moest al begonnen zijn"),
            (date(2026, 6, 29), None, State.BUSY, ""),
            (None, date(2026, 6, 1), State.DONE, ""),
            (None, date(2026, 6, 1), State.DROPPED, ""),
            (JUNE, None, "", ""),
        ],
    )
    def test_is_what_passed_its_day_and_is_not_over(self, action, start, end, to, said):
        planned(action, start, end)
        if to:
            note(action, to=to, text="omdat")

        assert stands(action).late == said

    def test_never_ends_before_it_begins(self, action):
        with pytest.raises(OutOfOrder):
            planned(action, JUNE, MARCH)


class TestARevision:
    def test_leaves_progress_standing_also_with_other_words(self, action):
        copy = actions.copy_version(version=action.goal.version, by=None, now=at(4))
        note(action, text="Voor de herziening", to=State.BUSY, now=at(5))
        twin = Action.objects.get(goal__version=copy)
        Action.objects.filter(pk=twin.pk).update(text="VVSG bevraagt leden")
        actions.adopt(version=copy, in_force_from=date(2026, 6, 1), reason="Minder geld", by=None, now=at(6))

        note(twin, text="Na de herziening", now=at(6, 2))

        assert [entry.text for entry in stands(twin).log] == ["Na de herziening", "Voor de herziening"]
        assert stands(twin).state == State.BUSY

    def test_goes_away_with_a_trial_without_taking_notes_along(self, action):
        copy = actions.copy_version(version=action.goal.version, by=None, now=at(4))
        note(action, text="Blijft")

        actions.discard(version=copy, by=None, now=at(5))

        assert [entry.text for entry in stands(action).log] == ["Blijft"]

    def test_brings_notes_along_when_someone_says_later_what_an_action_comes_in_the_place_of(self, action):
        version = action.goal.version
        copy = actions.copy_version(version=version, by=None, now=at(4))
        new = copy.goals.get().actions.create(text="VVSG bevraagt")
        Action.objects.filter(goal__version=copy).exclude(pk=new.pk).delete()
        note(action, to=State.BUSY, text="Voor de herziening", now=at(4))
        note(new, to=State.DONE, text="Na de herziening", now=at(6))

        actions.set_origins(node=new, origins=[action], among=[version], by=None, now=at(7))

        new.refresh_from_db()
        assert [entry.text for entry in stands(new).log] == ["Na de herziening", "Voor de herziening"]
        assert Progress.objects.get().state == State.DONE

    def test_starts_anew_in_a_next_year(self, action):
        note(action, to=State.DONE)

        copy = actions.start_next_year(
            version=action.goal.version, title="Digitale inclusie", by=None, now=at(12)
        )

        twin = Action.objects.get(goal__version=copy)
        assert twin.thread == action.thread
        assert stands(twin, date(2027, 1, 5)).state == State.PLANNED


class TestForReports:
    def test_gives_each_action_with_its_state_in_words_and_the_newest_note_for_the_report(self, action):
        note(action, text="Oud", for_report=True, now=at(2))
        note(action, text="Voor het rapport", for_report=True, to=State.BUSY, now=at(3))
        note(action, text="Alleen voor ons", now=at(4))
        note(action, text="Te laat", for_report=True, now=at(7))

        lines = action_lines(action.goal.version, JUNE)

        assert lines == {action.goal.pk: ((action.text, "bezig", "Voor het rapport"),)}

    def test_proposes_for_a_narrative_what_was_noted_in_the_period_as_it_holds_now(self, action):
        before = note(action, text="Ervoor", now=at(1))
        wrong = note(action, text="Fout getal", now=at(3, 31, 20))
        note(action, to=State.BUSY, now=at(4))
        facts = {"action": action, "for_report": False, "by": None, "now": at(7)}
        correct_note(note=before, text="Ervoor, juister", **facts)
        correct_note(note=wrong, text="Juist getal", **facts)

        found = notes_of_goal(action.goal, date(2026, 2, 1), JUNE)

        assert [each.entry.text for each in found] == ["Juist getal"]
        assert found[0].action == action

    def test_tells_the_dashboard_how_many_of_a_goal_are_ready_and_late(self, action):
        others = [action.goal.actions.create(text=f"Actie {number}") for number in range(3)]
        note(action, to=State.DONE)
        planned(others[0], end=MARCH)
        note(others[1], to=State.STUCK, text="Geen geld")
        note(others[2], to=State.DROPPED, text="Niet meer nodig")

        told = tallies(action.goal.version, JUNE)

        assert told[action.goal.pk].said == "1 van 3 acties klaar, 1 te laat, 1 loopt vast"

    def test_asks_as_many_questions_for_many_actions_as_for_few(self, action, django_assert_num_queries):
        for number in range(20):
            another = action.goal.actions.create(text=f"Actie {number}")
            note(another, text="Iets", by=AccountFactory())

        with django_assert_num_queries(6):
            found = standings(action.goal.version, JUNE)
            assert sum(bool(entry.by) for each in found for entry in each.log) == 20


def test_the_planned_days_and_who_follows_up_stand_in_the_log_of_the_platform(action):
    planned(action, MARCH, JUNE, in_charge=AccountFactory())

    line = ModelLogEntry.objects.get(action="plan.progress_planned")
    assert line.data["after"] == {"starts_on": "2026-03-31", "ends_on": "2026-06-30"}
    assert Progress.objects.get().ends_on - Progress.objects.get().starts_on == timedelta(days=91)
