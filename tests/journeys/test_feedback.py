"""From a held event to the figure on the dashboard: asked, answered, followed up, counted."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from trekker.events.chores import feedback as asking
from trekker.events.models import Event
from trekker.events.tests.factories import AttendanceFactory, EventFactory, RegistrationFactory
from trekker.feedback import chores
from trekker.feedback.actions import answering, following, questionnaires
from trekker.feedback.models import Evaluation, FollowUp, Invitation, Response, SealedAnswer
from trekker.feedback.queries.invitations import token_of
from trekker.feedback.tests.factories import EvaluationFactory, InvitationFactory
from trekker.kernel.access import Role
from trekker.mail.actions import deliver
from trekker.plan.tests.factories import LineFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PEOPLE = 6
SINCE_TEN = (timezone.localtime() - timezone.localtime().replace(hour=10, minute=0)) % timedelta(days=1)
INTENTION = "Ik vraag de bib om samen een digipunt te openen."


@pytest.fixture(autouse=True)
def _links_lead_here(settings, live_server):
    settings.BASE_URL = live_server.url


def at_ten(days: int = 0) -> datetime:
    """Give what a clock says that stood at the last ten o'clock when the tests began, so many days later."""
    return timezone.localtime() - SINCE_TEN + timedelta(days=days)


@pytest.fixture
def event() -> Event:
    """A meeting of some days ago, where six people were; all is known of who was there."""
    questionnaires.load_first_forms(now=timezone.now())
    begins = timezone.now() - timedelta(days=3)
    event = EventFactory(title="Netwerk over heldere taal", held=True, starts_at=begins)
    session = event.sessions.get()
    for number in range(PEOPLE):
        person = RegistrationFactory(event=event, person__email=f"p{number}@gemeente.example")
        AttendanceFactory(session=session, registration=person)
    RegistrationFactory(event=event, person__email="afwezig@gemeente.example")
    session.attendance_at = timezone.now()
    session.save()
    LineFactory(
        measure="events.held",
        filters={"kind": ["network_meeting"]},
        unit="bijeenkomsten",
        indicator__goal__code="OD1.1",
        indicator__goal__version__year=timezone.localdate().year,
        indicator__goal__version__in_force_from=date(timezone.localdate().year, 1, 1),
    )
    return event


def links(mailbox, part: str, *, days: int = 0) -> dict[str, str]:
    """Send what waits at ten o'clock, so many days later, and read the link in the mail to each address."""
    deliver(clock=lambda: at_ten(days), going=lambda: True)
    found = {}
    for message in mailbox.messages:
        text = message.get_body(("plain",)).get_content()
        if link := re.search(rf"http\S+/{part}/\S+", text):
            found[message["To"]] = link[0]
    return found


def heading(page: Page):
    return expect(page.get_by_role("heading", level=1))


def the_others_answer(evaluation: Evaluation) -> None:
    """Let everyone who did not answer in the browser answer too; each agrees to be asked again."""
    for number, invitation in enumerate(evaluation.invitations.filter(answered=False)):
        questions = {each.code: each.pk for each in evaluation.questionnaire.questions.all() if each.code}
        replies = (
            answering.Reply(questions["can_use"], choice="ja" if number else "neen"),
            answering.Reply(questions["intention"], text=f"Plan {number}"),
        )
        answering.answer(
            evaluation=evaluation,
            given=answering.Given(replies, agrees=True),
            ticket=f"ander {number}",
            opened_at=timezone.now(),
            invitation=invitation,
            source=Response.Source.LINK,
            now=timezone.now(),
        )


def answer_on_a_phone(page: Page, link: str, inspect) -> None:
    """Miss a question, see a question come and go, and save to go on later."""
    page.goto(link)
    inspect(page, "feedback-vragen-320")
    expect(page.get_by_text("Wat houdt je tegen?")).to_be_hidden()
    page.get_by_role("button", name="Verstuur je antwoord").click()
    expect(page.get_by_role("alert")).to_be_focused()
    inspect(page, "feedback-fout-320")
    page.get_by_role("group", name="Hoe tevreden ben je?").get_by_label("4", exact=True).check()
    page.get_by_role("group", name="Kun je hiermee aan de slag?").get_by_label("neen").check()
    expect(page.get_by_text("Wat houdt je tegen?")).to_be_visible()
    page.get_by_role("group", name="Kun je hiermee aan de slag?").get_by_label("ja").check()
    page.get_by_label("Wat ga je ermee doen?").fill(INTENTION)
    page.get_by_label("Vraag me over 10 weken").check()
    page.get_by_role("button", name="Bewaar en ga later verder").click()
    expect(page.get_by_role("status")).to_contain_text("bewaard")


def go_on_at_a_desk(page: Page, link: str, inspect) -> None:
    """Find what was saved, send it, and find that the link served."""
    page.goto(link)
    expect(page.get_by_label("Wat ga je ermee doen?")).to_have_value(INTENTION)
    inspect(page, "feedback-vragen-1280")
    page.get_by_role("button", name="Verstuur je antwoord").click()
    heading(page).to_have_text("Bedankt voor je antwoord")
    inspect(page, "feedback-bedankt-1280")
    page.goto(link)
    heading(page).to_have_text("Je antwoord is al binnen")
    inspect(page, "feedback-al-binnen-1280")


def tell_what_came_of_it(page: Page, link: str, inspect) -> None:
    """See one's own intention weeks later, and answer what came of it."""
    page.goto(link)
    expect(page.get_by_text(INTENTION)).to_be_visible()
    inspect(page, "feedback-opvolging-320")
    page.get_by_label("deels").check()
    page.get_by_label("Wat hielp je?").fill("Een collega die meeging")
    page.get_by_label("een verhaal").check()
    page.get_by_label("Hoe bereiken we je?").fill("An, 09 123 45 67")
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("status")).to_contain_text("Bedankt")
    inspect(page, "feedback-opvolging-bedankt-320")


@pytest.mark.usefixtures("event")
def test_from_a_held_event_to_the_figure_on_the_dashboard(window, signed_in, mailbox, inspect):
    asking.ask(at_ten())
    asked = links(mailbox, "antwoord")
    assert sorted(asked) == [f"p{number}@gemeente.example" for number in range(PEOPLE)]
    answer_on_a_phone(window(width=320), asked["p0@gemeente.example"], inspect)
    go_on_at_a_desk(window(), asked["p0@gemeente.example"], inspect)
    evaluation = Evaluation.objects.get()
    the_others_answer(evaluation)
    assert (SealedAnswer.objects.count(), Response.objects.count()) == (PEOPLE, 0)

    chores.rounds(at_ten(30))
    assert Response.objects.count() == PEOPLE
    chores.follow_up(at_ten(72))
    again = links(mailbox, "wat-kwam-ervan", days=72)
    assert sorted(again) == sorted(asked)
    tell_what_came_of_it(window(width=320), again["p0@gemeente.example"], inspect)
    for follow_up in FollowUp.objects.filter(outcome=""):
        following.answer_follow_up(follow_up=follow_up, outcome="DONE", now=at_ten(73))

    office = signed_in(window(), Role.PROGRAMME_OFFICER)
    office.goto(reverse("wagtailadmin_home"))
    effect = office.get_by_role("region", name="Wat het opleverde").first
    expect(effect).to_contain_text("5 van 6")  # who can use it
    expect(effect).to_contain_text("6 van 6")  # who answered, and who did something
    inspect(office, "feedback-dashboard-1280", wagtail=True)
    read_results(office, evaluation, inspect)
    read_results(signed_in(window(width=320), Role.MANAGEMENT), evaluation, inspect)


def read_results(page: Page, evaluation: Evaluation, inspect) -> None:
    """Open the results as they stand once it is closed."""
    page.goto(reverse("results:evaluation", args=[evaluation.pk]))
    expect(page.get_by_text("6 van 6 mensen antwoordden").first).to_be_visible()
    inspect(page, f"feedback-resultaten-{page.viewport_size['width']}", wagtail=True)


@pytest.fixture
def invitation() -> Invitation:
    """Someone invited to an evaluation with the standard form of a training, open now."""
    questionnaires.load_first_forms(now=timezone.now())
    now = timezone.now()
    evaluation = EvaluationFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    return InvitationFactory(evaluation=evaluation)


def test_answers_without_script_by_keyboard_alone_on_a_phone(window, invitation):
    page = window(width=320, javascript=False)
    page.goto(reverse("feedback:personal", args=[token_of(invitation)]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.type + '|' + document.activeElement.value")
        if focused == "radio|1":
            for _ in range(3):
                page.keyboard.press("ArrowRight")
        if focused.startswith("radio|ja"):
            page.keyboard.press("Space")
        if focused.startswith("textarea"):
            page.keyboard.type("Eerst met mijn diensthoofd praten.")
        if focused.startswith("submit"):
            page.keyboard.press("Enter")
            break
    heading(page).to_have_text("Bedankt voor je antwoord")

    assert SealedAnswer.objects.count() == 1
    assert Invitation.objects.get().answered


def test_takes_an_answer_back(window, inspect, invitation):
    page = window(width=320)
    page.goto(reverse("feedback:personal", args=[token_of(invitation)]))
    page.get_by_label("Wat ga je ermee doen?").fill("Niets")
    page.get_by_role("button", name="Verstuur je antwoord").click()

    page.get_by_role("link", name="Trek mijn antwoord in").click()
    inspect(page, "feedback-intrekken-320")
    page.get_by_role("button", name="Wis mijn antwoord").click()

    heading(page).to_have_text("Je antwoord is gewist")
    inspect(page, "feedback-gewist-320")
    assert not SealedAnswer.objects.exists()
