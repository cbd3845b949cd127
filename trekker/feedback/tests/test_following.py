"""Weeks later: who agreed is asked what came of it, once and once more, and can take everything back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.feedback import chores
from trekker.feedback.actions import answering, evaluations, following
from trekker.feedback.actions.forgetting import forget_names
from trekker.feedback.models import Evaluation, FollowUp, Invitation, Mode, Response
from trekker.feedback.queries.effect import with_counts
from trekker.feedback.queries.followups import token_of
from trekker.feedback.tests.factories import EvaluationFactory, InvitationFactory, answers
from trekker.ideas.models import Idea
from trekker.kernel.access import Role
from trekker.mail.actions import NotNow, deliver, send_again
from trekker.mail.models import Message
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.actions import erase_person
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ADDRESS = "an@gemeente.example"


def made(
    *, mode: str = Mode.PSEUDONYM, agrees: bool = True, person=None, about: date | None = None
) -> Response:
    """Let someone answer and close, so that the follow-up falls due today."""
    now = timezone.now()
    about = about or timezone.localdate(now) - timedelta(weeks=10)
    evaluation = EvaluationFactory(
        mode=mode, about_on=about, opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=1)
    )
    invitation = InvitationFactory(
        evaluation=evaluation, email=ADDRESS, person=person, organisation=OrganisationFactory()
    )
    intention = evaluation.questionnaire.questions.get(code="intention")
    answering.answer(
        evaluation=evaluation,
        given=answering.Given((answering.Reply(intention.pk, text="Ik bel de bib."),), agrees=agrees),
        ticket="een",
        opened_at=now,
        invitation=invitation,
        source="LINK",
        now=now,
    )
    evaluations.close_evaluation(evaluation=evaluation, by=None, now=now)
    return Response.objects.get()


def at_ten(days: int = 0) -> datetime:
    """Give ten o'clock today, or so many days later."""
    return timezone.localtime().replace(hour=10) + timedelta(days=days)


def address_of_page() -> str:
    return reverse("feedback:follow_up", args=[token_of(mine())])


def mine() -> FollowUp:
    """Give the follow-up of who wrote down an intention."""
    return FollowUp.objects.get(response__answers__question__code="intention")


def form_of(client, url: str) -> dict[str, str]:
    page = client.get(url).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


class TestAsking:
    def test_mails_once_and_reminds_once(self):
        made()

        for days in (0, 0, 5, 11, 12, 20):
            chores.follow_up(at_ten(days))

        mails = Message.objects.filter(kind__startswith="feedback.follow_up").order_by("pk")
        assert [each.kind for each in mails] == ["feedback.follow_up", "feedback.follow_up_again"]
        assert {each.address for each in mails} == {ADDRESS}

    def test_waits_for_the_day_and_for_the_morning(self):
        made(about=timezone.localdate() - timedelta(weeks=9))
        chores.follow_up(at_ten())
        chores.follow_up(at_ten(7).replace(hour=6))

        assert not Message.objects.filter(kind="feedback.follow_up").exists()

    def test_asks_nobody_who_did_not_agree(self):
        made(agrees=False)

        assert not FollowUp.objects.exists()

    def test_throws_the_address_away_four_weeks_later(self):
        made()
        chores.follow_up(at_ten())
        assert FollowUp.objects.get().address

        chores.follow_up(at_ten(29))

        assert FollowUp.objects.get().address is None

    def test_asks_nobody_who_was_erased_since(self):
        person = PersonFactory(email=ADDRESS)
        made()
        erase_person(person=person, by=None, now=timezone.now())

        chores.follow_up(at_ten())

        assert not Message.objects.filter(kind="feedback.follow_up").exists()
        assert FollowUp.objects.get().address is None


class TestPage:
    @pytest.fixture(autouse=True)
    def _asked(self):
        evaluation = made().evaluation
        following.ask_due(now=at_ten())
        for number in answers(evaluation, {"can_use": "ja"}):  # someone else who did not answer yet
            day = timezone.localdate()
            FollowUp.objects.create(response_id=number, due_on=day, asked_on=day, address=b"achter slot")

    def test_shows_the_intention_and_takes_an_answer(self, client):
        url = address_of_page()
        given = {
            "outcome": "PARTLY",
            "helped": "Een collega",
            "offers": "STORY",
            "contact": "An, 09 123 45 67",
        }

        sent = client.post(url, {**form_of(client, url), **given})

        assert "Ik bel de bib." in client.get(url).content.decode()
        assert "Bedankt" in client.get(sent.url).content.decode()
        found = mine()
        assert (found.outcome, found.helped, found.contact) == ("PARTLY", "Een collega", "An, 09 123 45 67")

    def test_can_be_corrected(self, client):
        url = address_of_page()
        for outcome in ("NOT_YET", "DONE"):
            client.post(url, {**form_of(client, url), "outcome": outcome})

        assert mine().outcome == "DONE"

    def test_cannot_be_corrected_once_everybody_answered(self, client):
        url = address_of_page()
        FollowUp.objects.exclude(pk=mine().pk).update(address=None)
        client.post(url, {**form_of(client, url), "outcome": "DONE"})

        assert "Bedankt voor je antwoord" in client.get(url).content.decode()
        with pytest.raises(following.NoLongerAsked):
            following.answer_follow_up(follow_up=mine(), outcome="NO", now=timezone.now())

    def test_asks_how_to_reach_who_offers_something(self, client):
        url = address_of_page()

        page = client.post(url, {**form_of(client, url), "outcome": "DONE", "offers": "PRACTICE"})

        assert "Vul in hoe we je bereiken" in page.content.decode()

    def test_is_over_after_four_weeks(self, client):
        FollowUp.objects.update(asked_on=timezone.localdate() - timedelta(weeks=4, days=1))

        assert "Je kunt niet meer antwoorden" in client.get(address_of_page()).content.decode()

    def test_leads_to_taking_everything_back(self, client):
        page = client.get(address_of_page()).content.decode()
        url = re.search(r'href="(/vragen/[^"]+/intrekken/)"', page)[1]

        client.post(url, form_of(client, url))

        assert FollowUp.objects.count() == Response.objects.count() == 1
        assert client.get(url).status_code == 200

    def test_the_mail_names_no_answer(self):
        mail = Message.objects.get(kind="feedback.follow_up")
        number = str(mine().pk)

        assert number not in f"{mail.occasion} {mail.text} {mail.topic}"


class TestWhatComesOfIt:
    def test_an_offer_becomes_one_idea(self):
        made()
        following.ask_due(now=at_ten())
        follow_up = FollowUp.objects.get()
        following.answer_follow_up(
            follow_up=follow_up, outcome="DONE", helped="Tijd", offers="STORY", contact="An", now=at_ten()
        )

        for _ in range(2):
            idea = following.make_idea(follow_up=follow_up, title="Bel de bib", by=None, now=at_ten())

        assert Idea.objects.get() == idea
        assert idea.origin == Idea.Origin.FEEDBACK
        assert "Ik bel de bib." in idea.description
        assert FollowUp.objects.get().is_settled


class TestForgetting:
    def test_named_answers_lose_the_name_after_two_years(self):
        made(mode=Mode.NAMED, person=PersonFactory(email=ADDRESS))
        Response.objects.get().evaluation.__class__.objects.update(about_on=date(2024, 5, 1))

        assert forget_names(now=timezone.now()) == 2
        assert forget_names(now=timezone.now()) == 0

        found = Response.objects.get()
        assert (found.person, found.name) == (None, "")
        assert found.organisation
        assert found.answers.get().text == "Ik bel de bib."
        assert Invitation.objects.get().email == ""

    def test_erasing_a_person_takes_their_words_along(self):
        person = PersonFactory(email=ADDRESS)
        made(mode=Mode.NAMED, person=person)

        erase_person(person=person, by=None, now=timezone.now())

        found = Response.objects.get()
        assert (found.name, found.answers.get().text) == ("", "")
        assert found.follow_up.address is None
        assert Invitation.objects.get().email == ""


class TestCounting:
    def test_waits_until_nobody_can_answer_any_more(self):
        evaluation = EvaluationFactory(closed=True)
        day = timezone.localdate()
        for number in answers(evaluation, *[{"can_use": "ja"}] * 6):
            FollowUp.objects.create(response_id=number, due_on=day, asked_on=day, address=b"achter slot")
        first, *others = FollowUp.objects.all()

        for each in others:
            following.answer_follow_up(follow_up=each, outcome="DONE", now=timezone.now())
        growing = with_counts(Evaluation.objects.all()).get().followed_in
        following.answer_follow_up(follow_up=first, outcome="NO", now=timezone.now())

        assert growing == 0
        assert with_counts(Evaluation.objects.all()).get().followed_in == 6


class TestPrivateMails:
    def test_show_no_text_to_staff_and_lose_it_once_sent(self, as_role, tmp_path, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = str(tmp_path)
        made()
        following.ask_due(now=at_ten())
        mail = Message.objects.get(kind="feedback.follow_up")
        page = reverse("message:inspect", args=[mail.pk])

        shown = as_role(Role.PROGRAMME_OFFICER).get(page).content.decode()
        deliver(clock=lambda: at_ten(1))

        mail.refresh_from_db()
        assert "Enkel de ontvanger ziet de tekst" in shown
        assert "wat-kwam-ervan" not in shown
        assert (mail.status, mail.text, mail.html) == ("SENT", "", "")
        with pytest.raises(NotNow):
            send_again(message=mail, by=None, now=at_ten(2))
