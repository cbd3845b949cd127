"""After an event the right people are asked what they thought of it, by itself and once."""

from datetime import timedelta

import pytest

from trekker.events.actions.feedback import NoForm, NotHeld, ask_feedback, choose_asking
from trekker.events.actions.repeating import copy_event
from trekker.events.actions.states import move
from trekker.events.chores.feedback import ask
from trekker.events.models import Event, Series
from trekker.events.queries.feedback import audience, to_ask_about
from trekker.events.tests.factories import (
    STARTS,
    TWO_HOURS,
    AttendanceFactory,
    CourseFactory,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
)
from trekker.feedback.actions.evaluations import remove_evaluation
from trekker.feedback.models import Evaluation
from trekker.feedback.tests.factories import QuestionnaireFactory
from trekker.mail.models import Message
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db
ENDED = STARTS + TWO_HOURS
NEXT_DAY = STARTS + timedelta(hours=20)  # half past nine
THIRD_DAY = NEXT_DAY + timedelta(days=2)


@pytest.fixture(autouse=True)
def form():
    return QuestionnaireFactory(kinds=["network_meeting"])


def settled(event, at=NEXT_DAY):
    event.sessions.update(attendance_at=at)


def present(event, **more):
    registration = RegistrationFactory(event=event, **more)
    AttendanceFactory(registration=registration, session=event.sessions.first())
    return registration


def absent(event, session=None):
    registration = RegistrationFactory(event=event)
    AttendanceFactory(registration=registration, session=session or event.sessions.first(), present=False)
    return registration


def asked(event):
    event.refresh_from_db()
    return sorted(event.evaluation.invitations.values_list("email", flat=True)) if event.evaluation else None


def addresses(*registrations):
    return sorted(each.email for each in registrations)


class TestWhoIsAsked:
    def test_only_who_was_there_once_that_is_settled(self):
        event = EventFactory(held=True)
        came = present(event)
        absent(event)
        RegistrationFactory(event=event)
        settled(event)

        ask_feedback(event=event, by=None, now=NEXT_DAY)

        assert asked(event) == addresses(came)
        assert Message.objects.get(kind="feedback.invite").address == came.email

    def test_everyone_with_a_place_while_nobody_knows(self):
        event = EventFactory(held=True)
        people = RegistrationFactory.create_batch(2, event=event)

        ask_feedback(event=event, by=None, now=NEXT_DAY)

        assert asked(event) == addresses(*people)

    def test_never_who_cancelled_or_waits(self):
        event = EventFactory(held=True)
        came = present(event)
        RegistrationFactory(event=event, cancelled=True)
        RegistrationFactory(event=event, waiting=True)

        ask_feedback(event=event, by=None, now=NEXT_DAY)

        assert asked(event) == addresses(came)

    def test_not_who_is_noted_as_absent_already(self):
        event = EventFactory(held=True)
        absent(event)
        unknown = RegistrationFactory(event=event)

        ask_feedback(event=event, by=None, now=NEXT_DAY)

        assert asked(event) == addresses(unknown)

    def test_of_more_sessions_who_may_have_been_at_one(self):
        event = EventFactory(held=True)
        first, second = event.sessions.get(), SessionFactory(event=event, starts_at=STARTS + TWO_HOURS)
        came, unknown, gone = present(event), RegistrationFactory(event=event), absent(event, second)
        first.attendance_at = NEXT_DAY
        first.save()

        assert audience(event) == [came, unknown]

        second.attendance_at = NEXT_DAY
        second.save()
        assert audience(event) == [came]
        assert gone not in audience(event)

    def test_a_guest_without_address_counts_among_who_could_answer(self):
        event = EventFactory(held=True)
        came = present(event)
        present(event, nameless=True)

        evaluation = ask_feedback(event=event, by=None, now=NEXT_DAY)

        assert asked(event) == addresses(came)
        assert evaluation.audience_size == 2

    @pytest.mark.parametrize("people", [1, 30])
    def test_are_found_with_two_questions_however_many(self, people, django_assert_num_queries):
        event = EventFactory(held=True)
        RegistrationFactory.create_batch(people, event=event)

        with django_assert_num_queries(2):
            assert len([(each.person, each.organisation) for each in audience(event)]) == people


class TestAsking:
    def test_takes_over_what_the_event_is(self, form):
        event = EventFactory(held=True, contact_email="an@koepel.example", course=CourseFactory())
        event.themes.set(Theme.objects.filter(code="digital_inclusion"))

        evaluation = ask_feedback(event=event, by=None, now=NEXT_DAY)

        assert (evaluation.title, evaluation.kind) == (event.title, event.kind)
        assert evaluation.about_on == STARTS.date()
        assert evaluation.questionnaire == form
        assert evaluation.reply_to == "an@koepel.example"
        assert (evaluation.strand, evaluation.strand_name) == (
            f"course:{event.course.pk}",
            event.course.title,
        )
        assert [theme.code for theme in evaluation.themes.all()] == ["digital_inclusion"]

    def test_groups_by_series_what_is_no_course(self):
        event = EventFactory(held=True, series=Series.objects.create(name="Intervisies"))

        evaluation = ask_feedback(event=event, by=None, now=NEXT_DAY)

        assert (evaluation.strand, evaluation.strand_name) == (f"series:{event.series.pk}", "Intervisies")

    def test_twice_changes_nothing(self):
        event = EventFactory(held=True)
        present(event)
        first = ask_feedback(event=event, by=None, now=NEXT_DAY)
        present(event)

        assert ask_feedback(event=event, by=None, now=THIRD_DAY) == first
        assert Evaluation.objects.count() == Message.objects.filter(kind="feedback.invite").count() == 1

    @pytest.mark.parametrize("state", ["PLANNED", "OPEN", "CONFIRMED", "CANCELLED"])
    def test_is_for_what_was_held(self, state):
        with pytest.raises(NotHeld):
            ask_feedback(event=EventFactory(state=state), by=None, now=NEXT_DAY)

    def test_needs_a_standard_form(self):
        with pytest.raises(NoForm):
            ask_feedback(event=EventFactory(held=True, training=True), by=None, now=NEXT_DAY)

    def test_stays_with_an_event_that_was_not_held_after_all(self):
        event = EventFactory(held=True)
        evaluation = ask_feedback(event=event, by=None, now=NEXT_DAY)

        move(event=event, to=Event.State.CONFIRMED, by=None, now=THIRD_DAY)

        event.refresh_from_db()
        assert event.evaluation == evaluation

    def test_does_not_come_along_with_a_copy(self):
        event = EventFactory(held=True, asks_feedback=False)
        ask_feedback(event=event, by=None, now=NEXT_DAY)

        made = copy_event(event=event, first_day=THIRD_DAY.date(), by=None, now=THIRD_DAY)

        assert made.evaluation is None
        assert not made.asks_feedback


class TestByItself:
    def test_asks_as_soon_as_all_is_settled(self):
        event = EventFactory(held=True)
        came = present(event)

        ask(NEXT_DAY)
        assert asked(event) is None

        settled(event)
        ask(NEXT_DAY)
        ask(NEXT_DAY)
        assert asked(event) == addresses(came)

    def test_asks_after_two_days_at_the_latest(self):
        event = EventFactory(held=True)
        RegistrationFactory(event=event)

        ask(ENDED + timedelta(days=1, hours=19))
        assert asked(event) is None

        ask(THIRD_DAY)
        assert len(asked(event)) == 1

    def test_lets_people_sleep_and_finish(self):
        event = EventFactory(held=True)
        present(event)
        settled(event)

        ask(STARTS + timedelta(hours=1))
        ask(NEXT_DAY.replace(hour=7))

        assert asked(event) is None

    @pytest.mark.parametrize(
        "facts",
        [{"asks_feedback": False}, {"kind": "training"}, {"state": "CANCELLED"}, {"state": "PLANNED"}],
    )
    def test_leaves_others_alone(self, facts):
        event = EventFactory(**{"held": True, **facts})
        RegistrationFactory(event=event)

        ask(THIRD_DAY)

        assert asked(event) is None

    def test_asks_nobody_about_long_ago_or_where_nobody_came(self):
        old, empty = EventFactory(held=True), EventFactory(held=True)
        present(old)
        RegistrationFactory(event=empty)
        settled(empty)

        ask(ENDED + timedelta(days=30))
        ask(THIRD_DAY - timedelta(days=1))

        assert asked(old) is asked(empty) is None

    def test_does_not_ask_again_once_someone_deleted_the_evaluation(self):
        event = EventFactory(held=True)
        present(event)
        settled(event)
        ask(NEXT_DAY)
        event.refresh_from_db()
        remove_evaluation(evaluation=event.evaluation, by=None, now=NEXT_DAY)

        ask(THIRD_DAY)

        assert asked(event) is None

    @pytest.mark.parametrize("events", [1, 5])
    def test_finds_them_with_two_questions_however_many(self, events, django_assert_num_queries):
        for event in EventFactory.create_batch(events, held=True):
            RegistrationFactory(event=event)

        with django_assert_num_queries(2):
            assert len(to_ask_about(THIRD_DAY)) == events

    def test_costs_no_more_for_many_people_but_the_mails(self, django_assert_max_num_queries):
        event = EventFactory(held=True)
        RegistrationFactory.create_batch(20, event=event)
        a_mail = 6

        with django_assert_max_num_queries(35 + 20 * a_mail):
            ask(THIRD_DAY)


class TestHeldByItself:
    @pytest.mark.parametrize("state", ["PLANNED", "OPEN", "CONFIRMED"])
    def test_is_what_is_past_with_people_present_and_all_settled(self, state):
        event = EventFactory(state=state)
        came = present(event)
        settled(event)

        ask(NEXT_DAY)

        event.refresh_from_db()
        assert event.state == Event.State.HELD
        assert asked(event) == addresses(came)

    def test_is_not_what_nobody_settled(self):
        event = EventFactory()
        present(event)

        ask(THIRD_DAY)

        event.refresh_from_db()
        assert event.state == Event.State.OPEN

    def test_is_not_where_nobody_was(self):
        event = EventFactory()
        absent(event)
        settled(event)

        ask(THIRD_DAY)

        event.refresh_from_db()
        assert event.state == Event.State.OPEN

    def test_is_not_what_someone_took_back(self):
        event = EventFactory(held=True)
        present(event)
        settled(event)
        move(event=event, to=Event.State.CONFIRMED, by=None, now=NEXT_DAY)

        ask(THIRD_DAY)

        event.refresh_from_db()
        assert event.state == Event.State.CONFIRMED


def test_the_choice_to_ask_is_kept_once():
    event = EventFactory()

    for _ in range(2):
        event = choose_asking(event=event, asks=False, by=None, now=NEXT_DAY)

    assert not event.asks_feedback
