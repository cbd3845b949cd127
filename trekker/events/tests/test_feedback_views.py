"""The page of an event says how it stands with asking, and what we keep in mind for it."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from trekker.events.actions.feedback import ask_feedback
from trekker.events.models import Event
from trekker.events.tests.factories import STARTS, AttendanceFactory, EventFactory, RegistrationFactory
from trekker.feedback.models import Lesson
from trekker.feedback.tests.factories import NOW, EvaluationFactory, QuestionnaireFactory, answers
from trekker.kernel.access import Role
from trekker.mail.models import Message

pytestmark = pytest.mark.django_db
OFFICER, PARTNER, MANAGEMENT = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER, Role.MANAGEMENT
LONG_AGO = STARTS.replace(year=2024)


@pytest.fixture(autouse=True)
def form():
    return QuestionnaireFactory(kinds=["network_meeting"], title="Na een bijeenkomst")


@pytest.fixture
def officer(as_role):
    return as_role(OFFICER)


def page_of(browser, event):
    return browser.get(reverse("event:inspect", args=[event.pk])).text


def lesson(text="Plan meer pauze.", kinds=("network_meeting",), **facts):
    return Lesson.objects.create(text=text, kinds=list(kinds), decided_at=NOW, **facts)


class TestFeedbackOnThePage:
    def test_says_that_we_ask_by_ourselves(self, officer, form):
        text = page_of(officer, EventFactory())

        assert f"met de vragenlijst «{form.title}»" in text
        assert "Vraag geen feedback" in text
        assert "Vraag nu feedback" not in text

    def test_says_that_there_is_no_form(self, officer):
        text = page_of(officer, EventFactory(training=True))

        assert "Er is geen vragenlijst voor deze soort." in text
        assert reverse("questionnaire:index") in text

    def test_asks_now_by_hand(self, officer):
        event = EventFactory(held=True)
        AttendanceFactory(registration__event=event)
        address = reverse("events:ask_feedback", args=[event.pk])
        assert address in page_of(officer, event)

        asked = officer.get(address).text
        assert "1 mens krijgt nu een mail met «Na een bijeenkomst»." in asked
        assert "Je vraagt minder dan 5 mensen. Onder 5 antwoorden zie je nooit iets." in asked
        assert not Message.objects.exists()
        answer = officer.post(address, follow=True)

        event.refresh_from_db()
        assert "We vragen nu feedback: 1 mens krijgt een mail." in answer.text
        assert "Antwoorden: 0 van 1." in answer.text
        assert reverse("evaluation:inspect", args=[event.evaluation.pk]) in answer.text
        assert Message.objects.filter(kind="feedback.invite").count() == 1

    def test_counts_before_asking_who_gets_a_mail(self, officer, form):
        event = EventFactory(held=True)
        RegistrationFactory.create_batch(5, event=event)
        RegistrationFactory(event=event, email="", status="CONFIRMED")
        address = reverse("events:ask_feedback", args=[event.pk])

        asked = officer.get(address).text
        answer = officer.post(address, follow=True)

        assert f"5 mensen krijgen nu een mail met «{form.title}»." in asked
        assert "minder dan 5" not in asked
        assert "5 mensen krijgen een mail." in answer.text

    def test_tells_how_to_ask_where_there_is_nobody_to_mail(self, officer):
        event = EventFactory(held=True)
        RegistrationFactory(event=event, email="")
        address = reverse("events:ask_feedback", args=[event.pk])
        nobody = "Er is niemand om te mailen. Gebruik de QR-code of de link."

        assert nobody in officer.get(address).text
        answer = officer.post(address, follow=True)

        event.refresh_from_db()
        assert nobody in answer.text
        assert answer.text.count(reverse("evaluation:inspect", args=[event.evaluation.pk])) == 2

    def test_says_that_it_asked_before(self, officer):
        event = EventFactory(held=True)
        RegistrationFactory(event=event)
        ask_feedback(event=event, by=None, now=STARTS)

        answer = officer.get(reverse("events:ask_feedback", args=[event.pk]), follow=True)

        assert "Er is al feedback gevraagd over deze activiteit." in answer.text

    def test_has_one_button_once_it_is_over_and_nothing_was_asked(self, officer):
        text = page_of(officer, EventFactory(held=True, asks_feedback=False))

        assert "Vraag nu feedback" in text
        assert "Vraag toch feedback" not in text
        assert "Vraag toch feedback" in page_of(officer, EventFactory(asks_feedback=False))

    def test_the_evaluation_leads_back_to_it(self, officer):
        event = EventFactory(held=True, evaluation=EvaluationFactory())
        other = EvaluationFactory()
        own = reverse("event:inspect", args=[event.pk])

        assert own in officer.get(reverse("evaluation:inspect", args=[event.evaluation.pk])).text
        assert own not in officer.get(reverse("evaluation:inspect", args=[other.pk])).text

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({}, "nog niet gehouden"),
            ({"state": "HELD", "kind": "training"}, "geen vragenlijst voor deze soort"),
        ],
    )
    def test_says_why_it_does_not_ask(self, officer, facts, said):
        event = EventFactory(**facts)

        answer = officer.post(reverse("events:ask_feedback", args=[event.pk]), follow=True)

        assert said in answer.text
        event.refresh_from_db()
        assert event.evaluation is None

    def test_lets_one_choose_not_to_ask_and_to_ask_after_all(self, officer):
        event = EventFactory()
        address = reverse("events:choose_feedback", args=[event.pk])

        assert "We vragen geen feedback over deze activiteit." in officer.post(address, follow=True).text
        event.refresh_from_db()
        assert not event.asks_feedback

        assert "Vraag geen feedback" in officer.post(address, {"vraag": "ja"}, follow=True).text
        event.refresh_from_db()
        assert event.asks_feedback

    def test_leads_to_what_can_be_read(self, officer):
        evaluation = EvaluationFactory(closed=True, audience_size=9)
        answers(evaluation, *[{"can_use": "ja"}] * 5)

        text = page_of(officer, EventFactory(held=True, evaluation=evaluation))

        assert "Antwoorden: 5 van 9." in text
        assert reverse("results:evaluation", args=[evaluation.pk]) in text

    def test_shows_nothing_of_fewer_than_five(self, officer):
        evaluation = EvaluationFactory(closed=True, audience_size=9)
        answers(evaluation, *[{"can_use": "ja"}] * 4)

        text = page_of(officer, EventFactory(held=True, evaluation=evaluation))

        assert "Er kwamen geen 5 antwoorden. We tonen niets, zodat niemand herkenbaar is." in text
        assert reverse("results:evaluation", args=[evaluation.pk]) not in text

    @pytest.mark.parametrize("state", ["IDEA", "CANCELLED"])
    def test_says_nothing_where_there_is_nothing_to_ask(self, officer, state):
        text = page_of(officer, EventFactory(state=state))

        assert "Na afloop vragen we" not in text
        assert "Vraag geen feedback" not in text

    def test_stays_with_what_was_called_off_later(self, officer):
        event = EventFactory(held=True)
        ask_feedback(event=event, by=None, now=STARTS)
        Event.objects.filter(pk=event.pk).update(state="CANCELLED")

        assert "Bekijk de evaluatie" in page_of(officer, event)

    def test_offers_no_act_to_who_does_not_lead_it(self, as_role):
        event = EventFactory(held=True)
        address = reverse("events:ask_feedback", args=[event.pk])

        for role, code in ((PARTNER, 404), (MANAGEMENT, 302)):
            browser = as_role(role)
            assert "Vraag nu feedback" not in page_of(browser, event)
            assert browser.post(address).status_code == code
        event.refresh_from_db()
        assert event.evaluation is None

    def test_lets_a_partner_ask_about_what_they_lead(self, as_role, account_of):
        partner = account_of(PARTNER, "pat@koepel.example")
        event = EventFactory(held=True, leads=[partner])
        RegistrationFactory(event=event)
        browser = as_role(OFFICER)
        browser.force_login(partner)

        browser.post(reverse("events:ask_feedback", args=[event.pk]))

        event.refresh_from_db()
        assert event.evaluation

    def test_says_when_it_waits_for_who_was_there(self, officer):
        recent = EventFactory(held=True, starts_at=NOW.replace(year=2099))
        past = EventFactory(held=True, starts_at=LONG_AGO)

        assert "zodra je zegt wie er was" in page_of(officer, recent)
        assert "Er is nog geen feedback gevraagd." in page_of(officer, past)


class TestKeptInMind:
    def test_stands_on_the_page_of_what_is_to_come(self, officer):
        learnt = lesson()
        lesson("Begin later.", ["training"])
        lesson("Minder slides.", state="DROPPED")

        text = page_of(officer, EventFactory(state="PLANNED"))

        assert "Hiermee houden we rekening" in text
        assert "Plan meer pauze." in text
        assert reverse("lesson:inspect", args=[learnt.pk]) in text
        assert "Begin later." not in text
        assert "Minder slides." not in text
        assert "Hiermee houden we rekening" not in page_of(officer, EventFactory(held=True))

    def test_stands_on_the_form_for_a_new_one_by_kind(self, officer):
        lesson()

        text = officer.get(reverse("events:new"), {"soort": "network_meeting"}).text

        assert 'data-kind="network_meeting"' in text
        assert "Plan meer pauze." in text

    def test_stands_on_the_form_that_refines_what_is_to_come(self, officer):
        lesson()

        assert "Plan meer pauze." in officer.get(reverse("events:edit", args=[EventFactory().pk])).text
        held = EventFactory(held=True)
        assert "Plan meer pauze." not in officer.get(reverse("events:edit", args=[held.pk])).text

    @pytest.mark.parametrize("kind", Event.Kind.values)
    def test_is_shown_for_the_kind_that_is_chosen(self, kind):
        style = Path(finders.find("events/office.css")).read_text()

        assert f'option[value="{kind}"]:checked) [data-kind="{kind}"]' in style

    def test_costs_nothing_without_lessons(self, officer):
        assert "Hiermee houden we rekening" not in officer.get(reverse("events:new")).text
