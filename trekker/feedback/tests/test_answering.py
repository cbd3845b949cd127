"""Answering on the public site: each link, moment and mistake has a clear page; nothing counts twice."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from trekker.feedback.actions import evaluations
from trekker.feedback.catalogue import QuestionKind
from trekker.feedback.forms.answering import PURPOSE, AnswerForm
from trekker.feedback.models import Evaluation, Invitation, Mode, Response, SealedAnswer
from trekker.feedback.queries.invitations import token_of
from trekker.feedback.queries.sealed import opened
from trekker.feedback.tests.factories import (
    EvaluationFactory,
    InvitationFactory,
    QuestionnaireFactory,
    asked,
    core,
)
from trekker.kernel import tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation() -> Evaluation:
    now = timezone.now()
    return EvaluationFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=7))


@pytest.fixture
def invitation(evaluation) -> Invitation:
    return InvitationFactory(evaluation=evaluation)


def page_of(invitation: Invitation) -> str:
    return reverse("feedback:personal", args=[token_of(invitation)])


def form_of(client, url: str) -> dict[str, str]:
    """Open the form; give its hidden fields."""
    page = client.get(url).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def name_of(evaluation: Evaluation, code: str) -> str:
    question = next(q for q in evaluation.questionnaire.questions.all() if code in (q.code, q.label))
    return f"vraag_{question.pk}"


def sent(client, url: str, evaluation: Evaluation, hidden: dict[str, str] | None = None, **given):
    """Fill the form in and send it."""
    fields = {name_of(evaluation, code): value for code, value in given.items() if code in ASKED}
    others = {code: value for code, value in given.items() if code not in ASKED}
    return client.post(url, {**(hidden or form_of(client, url)), **fields, **others})


ASKED = {"satisfaction", "can_use", "intention"}


class TestPersonalLink:
    def test_takes_an_answer_and_thanks(self, client, invitation, evaluation):
        answer = sent(
            client, page_of(invitation), evaluation, can_use="ja", satisfaction="4", intention="Bellen"
        )

        assert "Bedankt" in client.get(answer.url).content.decode()
        payload = opened(evaluation)[0]
        assert [reply[1:] for reply in payload["replies"]] == [
            ["", "4", ""],
            ["ja", None, ""],
            ["", None, "Bellen"],
        ]
        assert "address" not in payload

    @pytest.mark.parametrize(
        ("facts", "says"),
        [
            ({}, "wat ervan kwam, dan mailen we je rond {in_ten_weeks}."),
            ({"follow_up_weeks": 1, "about_on": date(2020, 1, 1)}, "dan mailen we je rond {at_the_end}."),
            ({"mode": Mode.NAMED}, "dan mailen we je rond {in_ten_weeks}."),
            ({"follow_up_weeks": None}, ""),
            ({"mode": Mode.ANONYMOUS, "follow_up_weeks": None}, ""),
            ({"mode": Mode.NAMED, "about_on": date(2020, 1, 1)}, ""),
        ],
    )
    def test_says_when_we_ask_what_came_of_it(self, client, invitation, evaluation, facts, says):
        today = timezone.localdate()
        Evaluation.objects.filter(pk=evaluation.pk).update(**{"about_on": today, **facts})
        days = {"in_ten_weeks": today + timedelta(weeks=10), "at_the_end": today + timedelta(days=7)}

        page = client.get(sent(client, page_of(invitation), evaluation, can_use="ja").url).text

        assert says.format(**{name: date_format(day, "j F Y") for name, day in days.items()}) in page
        assert ("dan mailen we je" in page) == bool(says)

    def test_serves_once(self, client, invitation, evaluation):
        hidden = form_of(client, page_of(invitation))
        sent(client, page_of(invitation), evaluation, can_use="ja")

        again = sent(client, page_of(invitation), evaluation, hidden, can_use="neen")

        assert "al binnen" in again.content.decode()
        assert SealedAnswer.objects.count() == 1
        assert "al binnen" in client.get(page_of(invitation)).content.decode()

    def test_leads_someone_else_to_the_link_for_everyone(self, client, invitation, evaluation):
        sent(client, page_of(invitation), evaluation, can_use="ja")

        page = client.get(page_of(invitation)).content.decode()

        assert reverse("feedback:open", args=[evaluation.key]) in page

    def test_keeps_what_was_saved_and_sends_it_later(self, client, invitation, evaluation):
        saved = sent(client, page_of(invitation), evaluation, intention="Eerst bellen", bewaar="ja")
        page = client.get(saved.url).content.decode()

        assert "Je antwoorden zijn bewaard" in page
        assert "Eerst bellen" in page
        assert not SealedAnswer.objects.exists()
        assert b"Eerst bellen" not in bytes(Invitation.objects.get().draft)
        sent(client, page_of(invitation), evaluation, intention="Eerst bellen")
        assert Invitation.objects.get().draft is None

    def test_after_closing_shows_what_was_typed(self, client, invitation, evaluation):
        hidden = form_of(client, page_of(invitation))
        evaluations.close_evaluation(evaluation=evaluation, by=None, now=timezone.now())

        late = sent(client, page_of(invitation), evaluation, hidden, intention="Mijn lange verhaal")

        page = late.content.decode()
        assert "Je kunt niet meer antwoorden" in page
        assert "Mijn lange verhaal" in page
        assert not Response.objects.exists()

    def test_who_had_the_form_open_at_the_end_can_still_send_it(self, client, invitation, evaluation):
        hidden = form_of(client, page_of(invitation))
        Evaluation.objects.update(closes_at=timezone.now() + timedelta(milliseconds=1))

        sent(client, page_of(invitation), evaluation, hidden, can_use="ja")

        assert SealedAnswer.objects.count() == 1

    def test_before_the_opening_says_when(self, client, invitation):
        Evaluation.objects.update(opens_at=timezone.now() + timedelta(days=1))

        assert "Je kunt nog niet antwoorden" in client.get(page_of(invitation)).content.decode()

    def test_an_unknown_link_says_what_to_do(self, client):
        page = client.get(reverse("feedback:personal", args=["bestaat-niet"]))

        assert page.status_code == 404
        assert "Deze link kennen we niet" in page.content.decode()

    def test_changed_questions_come_back_with_what_was_filled_in(self, client, invitation, evaluation):
        hidden = form_of(client, page_of(invitation))
        other = QuestionnaireFactory(questions=["can_use", asked("Nog iets?", QuestionKind.SHORT)])
        evaluations.change_evaluation(
            evaluation=evaluation, facts={"questionnaire": other}, by=None, now=timezone.now()
        )

        back = sent(client, page_of(invitation), Evaluation.objects.get(), hidden, can_use="ja")

        page = back.content.decode()
        assert "De vragen veranderden intussen" in page
        assert re.search(r'value="ja"[^>]*checked', page)
        assert not SealedAnswer.objects.exists()

    def test_nothing_answered_asks_for_one_answer(self, client, invitation, evaluation):
        empty = sent(client, page_of(invitation), evaluation)

        assert "Beantwoord minstens één vraag" in empty.content.decode()
        assert not SealedAnswer.objects.exists()

    def test_takes_no_form_without_a_ticket_of_ours(self, client, invitation, evaluation):
        answer = client.post(page_of(invitation), {name_of(evaluation, "can_use"): "ja", "ticket": "vals"})

        assert answer.status_code == 403


class TestLinkForEveryone:
    def test_counts_a_form_sent_twice_once(self, client, evaluation):
        url = reverse("feedback:open", args=[evaluation.key])
        a_minute_ago = timezone.now() - timedelta(minutes=1)
        hidden = {**form_of(client, url), "ticket": tickets.issue(PURPOSE, a_minute_ago)}

        codes = {sent(client, url, evaluation, hidden, can_use="ja").status_code for _ in range(3)}

        assert codes == {302}
        assert SealedAnswer.objects.count() == 1

    def test_asks_a_script_that_is_too_quick_again(self, client, evaluation):
        url = reverse("feedback:open", args=[evaluation.key])

        page = sent(client, url, evaluation, can_use="ja")

        assert "Dit ging wel heel snel" in page.content.decode()
        assert not SealedAnswer.objects.exists()

    def test_is_closed_where_the_officer_wants_none(self, client, evaluation):
        Evaluation.objects.update(has_open_link=False)

        assert client.get(reverse("feedback:open", args=[evaluation.key])).status_code == 404

    def test_asks_an_address_only_to_ask_again(self, evaluation):
        form = AnswerForm(None, evaluation=evaluation, now=timezone.now())

        assert "address" in form.fields
        assert (
            "address"
            not in AnswerForm(None, evaluation=EvaluationFactory(anonymous=True), now=timezone.now()).fields
        )


class TestQuestions:
    def test_of_each_kind_come_in_as_they_were_answered(self, client, invitation, evaluation):
        form = QuestionnaireFactory(
            questions=[
                asked("Schaal", QuestionKind.SCALE),
                asked("Eén", QuestionKind.ONE, options="a\nb"),
                asked("Meer", QuestionKind.MANY, options="a\nb\nc"),
                asked("Ja", QuestionKind.YES_NO),
                asked("Getal", QuestionKind.NUMBER),
                asked("Kort", QuestionKind.SHORT),
                asked("Lang", QuestionKind.LONG),
                asked("Orde", QuestionKind.RANKING, options="x\ny\nz"),
            ]
        )
        Evaluation.objects.update(questionnaire=form)
        evaluation.refresh_from_db()
        names = {each.label: f"vraag_{each.pk}" for each in form.questions.all()}
        url = page_of(invitation)

        page = client.get(url)
        client.post(
            url,
            {
                **form_of(client, url),
                names["Schaal"]: "3",
                names["Eén"]: "b",
                names["Meer"]: ["a", "c"],
                names["Ja"]: "neen",
                names["Getal"]: "2,5",
                names["Kort"]: "kort",
                names["Lang"]: "lang",
                f"{names['Orde']}_0": "2",
                f"{names['Orde']}_1": "1",
                f"{names['Orde']}_2": "",
            },
        )

        assert len(page.content) < 20_000
        assert [reply[1:] for reply in opened(evaluation)[0]["replies"]] == [
            ["", "3", ""],
            ["b", None, ""],
            ["a", None, ""],
            ["c", None, ""],
            ["neen", None, ""],
            ["", "2.5", ""],
            ["", None, "kort"],
            ["", None, "lang"],
            ["x", "2", ""],
            ["y", "1", ""],
        ]

    def test_two_choices_on_one_place_are_asked_again(self, client, invitation):
        form = QuestionnaireFactory(questions=[asked("Orde", QuestionKind.RANKING, options="x\ny")])
        Evaluation.objects.update(questionnaire=form)
        name = f"vraag_{form.questions.get().pk}"
        url = page_of(invitation)

        page = client.post(url, {**form_of(client, url), f"{name}_0": "1", f"{name}_1": "1"})

        assert "Geef elke keuze een andere plaats." in page.content.decode()

    @pytest.mark.parametrize(("chosen", "kept"), [("neen", 2), ("ja", 1)])
    def test_what_was_not_asked_is_not_kept(self, client, invitation, evaluation, chosen, kept):
        form = QuestionnaireFactory(
            questions=[
                core("can_use"),
                asked("Waarom?", QuestionKind.SHORT, only_if=1, only_if_answer="neen", required=True),
            ]
        )
        Evaluation.objects.update(questionnaire=form)
        evaluation.refresh_from_db()
        first, second = form.questions.all()
        url = page_of(invitation)

        client.post(
            url, {**form_of(client, url), f"vraag_{first.pk}": chosen, f"vraag_{second.pk}": "geen tijd"}
        )

        assert len(opened(evaluation)[0]["replies"]) == kept

    def test_a_required_question_is_missed_only_when_asked(self, client, invitation):
        form = QuestionnaireFactory(
            questions=[
                core("can_use"),
                asked("Waarom?", QuestionKind.SHORT, only_if=1, only_if_answer="neen", required=True),
            ]
        )
        Evaluation.objects.update(questionnaire=form)
        first = form.questions.all()[0]
        url = page_of(invitation)

        missed = client.post(url, {**form_of(client, url), f"vraag_{first.pk}": "neen"})

        assert "Beantwoord vraag 2." in missed.content.decode()
        assert client.post(url, {**form_of(client, url), f"vraag_{first.pk}": "ja"}).status_code == 302


class TestTakingBack:
    @pytest.mark.parametrize("mode", [Mode.ANONYMOUS, Mode.NAMED])
    @pytest.mark.parametrize("is_closed", [False, True])
    def test_deletes_the_answer_of_who_has_the_address(self, client, mode, is_closed):
        now = timezone.now()
        evaluation = EvaluationFactory(
            mode=mode,
            follow_up_weeks=None,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=1),
        )
        for code in ("ja", "neen"):
            thanks = sent(client, page_of(InvitationFactory(evaluation=evaluation)), evaluation, can_use=code)
        if is_closed:
            evaluations.close_evaluation(evaluation=evaluation, by=None, now=now)
        token = thanks.url.split("/")[-3]
        url = reverse("feedback:take_back", args=[token])

        gone = client.post(url, form_of(client, url))

        assert "Je antwoord is gewist" in gone.content.decode()
        left = (
            [reply[1] for payload in opened(evaluation) for reply in payload["replies"]]
            if evaluation.is_sealed and not is_closed
            else list(Response.objects.values_list("answers__choice", flat=True))
        )
        assert left == ["ja"]

    def test_asks_first(self, client, invitation, evaluation):
        thanks = sent(client, page_of(invitation), evaluation, can_use="ja")

        client.get(reverse("feedback:take_back", args=[thanks.url.split("/")[-3]]))

        assert SealedAnswer.objects.count() == 1

    def test_a_token_of_nobody_opens_nothing(self, client):
        for name in ("receipt", "take_back", "follow_up"):
            assert client.get(reverse(f"feedback:{name}", args=["niets"])).status_code == 404
