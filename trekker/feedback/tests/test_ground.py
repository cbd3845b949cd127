"""The ground of feedback holds: forms come with the platform, seals open once, closing opens all."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from trekker.feedback.actions import answering, evaluations, questionnaires
from trekker.feedback.models import Answer, Mode, Question, Questionnaire, Response, SealedAnswer
from trekker.feedback.tests.factories import NOW, EvaluationFactory, InvitationFactory, answers
from trekker.kernel.sealing import BrokenSeal, seal, unseal
from trekker.mail.models import Message
from trekker.organisations.actions import merge_organisations
from trekker.organisations.models import Organisation
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db


def given(evaluation, **more):
    question = evaluation.questionnaire.questions.get(code="can_use")
    return answering.Given((answering.Reply(question.pk, choice="ja"),), **more)


def test_standard_forms_come_once():
    assert questionnaires.load_first_forms(now=NOW) == 5
    assert questionnaires.load_first_forms(now=NOW) == 0

    form = Questionnaire.objects.all().standard_for("training")
    assert form
    assert form.title == "Na een opleiding"
    assert form.questions.get(code="can_use").required


def test_a_seal_opens_with_its_own_salt_and_purpose_only():
    sealed = seal("ja", purpose="a", salt=b"1")

    assert unseal(sealed, purpose="a", salt=b"1") == "ja"
    for purpose, salt in (("b", b"1"), ("a", b"2")):
        with pytest.raises(BrokenSeal):
            unseal(sealed, purpose=purpose, salt=salt)


def test_opening_mails_each_invitee_once():
    form = EvaluationFactory().questionnaire

    evaluation = evaluations.open_evaluation(
        title="Netwerk",
        kind="network_meeting",
        about_on=NOW.date(),
        questionnaire=form,
        invitees=[evaluations.Invitee(f"{name}@stad.example") for name in ("an", "bo", "AN")],
        by=None,
        now=NOW,
    )

    assert evaluation.invitations.count() == 2
    assert Message.objects.filter(kind="feedback.invite").count() == 2


def test_a_link_serves_once_and_closing_opens_the_answers():
    invitation = InvitationFactory()
    evaluation = invitation.evaluation

    for ticket in ("een", "een", "twee"):
        try:
            answering.answer(
                evaluation=evaluation,
                given=given(evaluation, agrees=True),
                ticket=ticket,
                opened_at=NOW,
                invitation=invitation,
                source="LINK",
                now=NOW,
            )
        except answering.AlreadyAnswered:
            assert ticket == "twee"

    assert not Response.objects.exists()
    closed = evaluations.close_evaluation(evaluation=evaluation, by=None, now=NOW + timedelta(days=15))
    assert closed.salt == b""
    found = Response.objects.get()
    assert found.answers.get().choice == "ja"
    assert found.person is None
    assert found.follow_up.due_on == evaluation.about_on + timedelta(weeks=10)


def test_the_answers_of_one_person_do_not_lie_side_by_side():
    evaluation = EvaluationFactory(closed=True)
    answers(evaluation, *[{"can_use": "ja", "satisfaction": 4, "intention": "Bellen"}] * 30)

    of = list(Answer.objects.order_by("pk").values_list("response", flat=True))

    assert sum(one == other for one, other in pairwise(of)) < 20  # 60 where they would


def test_an_organisation_that_was_merged_since_holds_up_no_closing():
    invitation = InvitationFactory(organisation=OrganisationFactory())
    evaluation = invitation.evaluation
    answering.answer(
        evaluation=evaluation,
        given=given(evaluation, agrees=True),
        ticket="een",
        opened_at=NOW,
        invitation=invitation,
        source="LINK",
        now=NOW,
    )
    invitation.delete()
    Organisation.objects.all().delete()

    evaluations.close_evaluation(evaluation=evaluation, by=None, now=NOW)

    assert Response.objects.get().organisation is None


def test_an_organisation_that_was_merged_since_is_followed_to_the_one_that_stays():
    double, kept, other = OrganisationFactory.create_batch(3)
    evaluation = EvaluationFactory()
    for name, organisation in (("an", double), ("bo", other)):
        address = f"{name}@stad.example"
        answering.answer(
            evaluation=evaluation,
            given=given(evaluation, agrees=True),
            ticket=name,
            opened_at=NOW,
            invitation=InvitationFactory(evaluation=evaluation, email=address, organisation=organisation),
            source="LINK",
            now=NOW,
        )
    merge_organisations(kept=kept, dropped=double, by=None, now=NOW)

    evaluations.close_evaluation(evaluation=evaluation, by=None, now=NOW)

    assert set(Response.objects.values_list("organisation", flat=True)) == {kept.pk, other.pk}
    assert not evaluation.invitations.exclude(email="", organisation=None).exists()


def test_one_evaluation_that_cannot_be_closed_holds_up_no_other():
    broken, sound = EvaluationFactory(), EvaluationFactory()
    SealedAnswer.objects.create(number=7, evaluation=broken, content=b"geen zegel")

    evaluations.close_due(now=NOW + timedelta(days=30))

    broken.refresh_from_db()
    sound.refresh_from_db()
    assert broken.closed_at is None
    assert sound.closed_at


def test_another_promise_is_never_made_behind_the_back_of_who_fills_in():
    invitation = InvitationFactory()
    evaluation, before = invitation.evaluation, invitation.evaluation.promise
    answering.save_draft(invitation=invitation, answers={"x": ["y"]}, now=NOW)

    evaluations.change_evaluation(evaluation=evaluation, facts={"mode": Mode.NAMED}, by=None, now=NOW)

    with pytest.raises(answering.OtherQuestions):
        answering.answer(
            evaluation=evaluation,
            given=given(evaluation),
            ticket="een",
            opened_at=NOW,
            invitation=invitation,
            promised=before,
            now=NOW,
        )
    invitation.refresh_from_db()
    assert invitation.draft is None
    assert not invitation.answered


def test_a_day_counts_until_its_end():
    form = EvaluationFactory().questionnaire

    evaluation = evaluations.open_evaluation(
        title="Netwerk", kind="tool", about_on=NOW.date(), questionnaire=form, by=None, now=NOW
    )

    assert timezone.localtime(evaluation.closes_at).strftime("%d %H:%M") == "25 23:59"


def test_a_used_form_gets_a_next_version_with_the_same_keys():
    evaluation = EvaluationFactory()
    form = evaluation.questionnaire
    before = list(form.questions.values_list("key", flat=True))
    form.title = "Anders"
    form.questions = [*form.questions.all(), Question(label="Nog iets?", sort_order=9)]

    following = questionnaires.change_questionnaire(questionnaire=form, by=None, now=NOW)

    assert following.pk != form.pk
    assert following.version == 2
    assert list(following.questions.values_list("key", flat=True))[:3] == before
    assert Questionnaire.objects.get(pk=form.pk).questions.count() == 3


def test_small_or_sealed_evaluations_are_not_readable():
    small, large = EvaluationFactory(closed=True), EvaluationFactory(closed=True)
    still_open = EvaluationFactory()
    named = EvaluationFactory(mode=Mode.NAMED)
    for evaluation, many in ((small, 4), (large, 5), (still_open, 6), (named, 5)):
        answers(evaluation, *[{"can_use": "ja"}] * many)

    readable = type(large).objects.readable()

    assert {each.pk: each.answered for each in readable} == {large.pk: 5, named.pk: 5}


def test_an_answer_counts_once_however_an_evaluation_was_found():
    small = EvaluationFactory(closed=True)
    answers(small, *[{"can_use": "ja"}] * 3)
    small.themes.set([Theme.objects.create(name=name, code=name) for name in ("los", "vast")])

    found = type(small).objects.filter(themes__name__in=["los", "vast"]).readable()

    assert not found.exists()
