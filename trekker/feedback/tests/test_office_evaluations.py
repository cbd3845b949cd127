from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.feedback.actions import answering, evaluations
from trekker.feedback.models import Evaluation, Invitation, Mode, Response
from trekker.feedback.queries.evaluations import known_by
from trekker.feedback.tests.factories import (
    EvaluationFactory,
    InvitationFactory,
    QuestionnaireFactory,
    answers,
)
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.mail.models import Message
from trekker.organisations.models import MailDomain, Organisation
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.models import Alias
from trekker.people.tests.factories import PersonFactory, PositionFactory
from trekker.themes.models import Theme

pytestmark = pytest.mark.django_db
LIST, NEW = "/beheer/feedback/evaluaties/", "/beheer/feedback/evaluaties/nieuw/"
OFFICER, PARTNER, MANAGEMENT = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER, Role.MANAGEMENT
NOTHING = "Nog geen 5 antwoorden. We tonen niets, zodat niemand herkenbaar is."


def page_of(evaluation) -> str:
    return reverse("evaluation:inspect", args=[evaluation.pk])


def to(name, record) -> str:
    return reverse(f"evaluations:{name}", args=[record.pk])


def running(**more) -> Evaluation:
    """An evaluation that is open as the clock stands."""
    now = timezone.now()
    span = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    return EvaluationFactory(**(span | more))


def answer(evaluation, ticket="een"):
    question = evaluation.questionnaire.questions.get(code="can_use")
    given = answering.Given((answering.Reply(question.pk, choice="ja"),))
    now = timezone.now()
    answering.answer(evaluation=evaluation, given=given, ticket=ticket, opened_at=now, now=now)


class TestTheList:
    def test_narrows_and_searches(self, as_role):
        theme = Theme.objects.all()[0]
        now = timezone.now()
        running(title="Netwerk in mei", kind="tool").themes.add(theme)
        running(title="Vroeger", closed=True, about_on="2025-03-01")
        running(title="Later", opens_at=now + timedelta(days=2))
        browser = as_role(MANAGEMENT)

        def found(**query):
            return {each.title for each in browser.get(LIST, query).context["object_list"]}

        assert found(state="open") == found(kind="tool") == found(q="MEI netwerk") == {"Netwerk in mei"}
        assert found(themes=theme.pk) == {"Netwerk in mei"}
        assert found(state="gesloten") == found(year="2025") == {"Vroeger"}
        assert found(state="nog-niet") == {"Later"}

    def test_counts_what_is_sealed_and_what_was_opened(self, as_role):
        answer(running(audience_size=30))
        answers(running(title="Dicht", closed=True), *[{"can_use": "ja"}] * 6)
        InvitationFactory(evaluation=running(title="Genodigd"))

        text = as_role(MANAGEMENT).get(LIST).text

        assert "1 van 30" in text
        assert "0 van 1" in text
        assert ">6<" in text.replace(" ", "").replace("\n", "")

    def test_downloads_without_a_name_or_address(self, as_role):
        invitation = InvitationFactory(evaluation=running(mode=Mode.NAMED))

        response = as_role(MANAGEMENT).get(LIST, {"export": "csv"})

        text = b"".join(response.streaming_content).decode()
        assert invitation.evaluation.title in text
        assert invitation.email not in text
        assert invitation.name not in text

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser = as_role(OFFICER)
        answer(running())
        browser.get(LIST)
        with django_assert_max_num_queries(30) as few:
            browser.get(LIST)
        for _ in range(20):
            InvitationFactory(evaluation=running())

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)


class TestThePage:
    def test_says_how_it_stands_and_how_to_answer(self, as_role):
        evaluation = running(audience_size=12)
        answer(evaluation)

        text = as_role(OFFICER).get(page_of(evaluation)).text

        assert "open tot" in text
        assert "1 van 12" in text
        assert NOTHING in text
        assert reverse("feedback:open", args=[evaluation.key]) in text
        for name in ("invite", "poster", "paper", "type_in", "edit", "close", "add_note"):
            assert to(name, evaluation) in text
        assert to("remove", evaluation) not in text

    def test_says_that_five_answers_wait_behind_their_seal(self, as_role):
        evaluation = running()
        for ticket in "abcde":
            answer(evaluation, ticket)

        text = as_role(MANAGEMENT).get(page_of(evaluation)).text

        assert "De antwoorden zijn verzegeld." in text
        assert NOTHING not in text

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"closed": True}, "gesloten op"),
            ({"opens_at": timezone.now() + timedelta(days=1)}, "nog niet open, start op"),
            ({"closes_at": timezone.now() - timedelta(minutes=5)}, "voorbij, sluit binnen een dag"),
        ],
    )
    def test_says_when_it_is_not_open(self, as_role, facts, words):
        evaluation = running(**facts)

        assert words in as_role(MANAGEMENT).get(page_of(evaluation)).text

    def test_offers_nothing_to_send_once_it_is_closed(self, as_role):
        text = as_role(OFFICER).get(page_of(evaluation := running(closed=True))).text

        for name in ("invite", "poster", "paper", "type_in", "edit", "close"):
            assert to(name, evaluation) not in text
        assert to("remove", evaluation) in text

    def test_names_who_was_invited_only_where_people_answer_on_name(self, as_role):
        named = InvitationFactory(evaluation=running(mode=Mode.NAMED), name="Bo Claes", answered=True)
        hidden = InvitationFactory(evaluation=running(), name="An Peeters")
        partner = as_role(PARTNER)

        assert "Bo Claes" in partner.get(page_of(named.evaluation)).text
        assert "An Peeters" not in partner.get(page_of(hidden.evaluation)).text
        assert hidden.email not in partner.get(page_of(hidden.evaluation)).text
        assert "Bo Claes" not in as_role(MANAGEMENT).get(page_of(named.evaluation)).text

    def test_shows_notes_to_who_may_read(self, as_role):
        evaluation = running()
        evaluation.notes.create(text="Te veel jargon.", heard_on="2026-05-01", noted_at=timezone.now())

        assert "Te veel jargon." in as_role(PARTNER).get(page_of(evaluation)).text
        assert "Te veel jargon." not in as_role(MANAGEMENT).get(page_of(evaluation)).text


class TestOpening:
    FACTS = {"title": "Gesprek met Gent", "kind": "conversation", "about_on": "2026-05-04"}

    def test_takes_the_standard_form_and_invites(self, as_role):
        form = QuestionnaireFactory(kinds=["conversation"], mode=Mode.NAMED)
        theme = Theme.objects.all()[0]
        listed = "An Peeters <AN@gent.be>\n\nbo@gent.be; an@gent.be"

        given = self.FACTS | {"addresses": listed, "themes": [theme.pk], "open_days": 5}
        response = as_role(OFFICER).post(NEW, given)

        made = Evaluation.objects.get()
        assert response.headers["Location"] == page_of(made)
        assert (made.questionnaire, made.mode) == (form, Mode.NAMED)
        assert list(made.themes.all()) == [theme]
        assert (made.closes_at - made.opens_at).days == 5
        assert dict(made.invitations.values_list("email", "name")) == {
            "an@gent.be": "An Peeters",
            "bo@gent.be": "",
        }
        assert Message.objects.filter(kind="feedback.invite").count() == 2

    def test_says_which_lines_are_no_address_and_loses_nothing(self, as_role):
        QuestionnaireFactory(kinds=["conversation"])
        listed = "an@gent.be\nniet zo\nBo <bo@@gent>\n" + "\n".join("abcdef")

        response = as_role(OFFICER).post(NEW, self.FACTS | {"addresses": listed})

        (sentence,) = response.context["form"].errors["addresses"]
        assert sentence.split("<br>")[:-1] == [
            "Regel 2 is geen mailadres: niet zo",
            "Regel 3 is geen mailadres: Bo &lt;bo@@gent&gt;",
            "Regel 4 is geen mailadres: a",
            "Regel 5 is geen mailadres: b",
            "Regel 6 is geen mailadres: c",
            "Nog 3 andere regels zijn geen mailadres.",
        ]
        assert "Dit lukte nog niet. Kijk hieronder wat er fout is." in response.text
        assert sentence in response.text
        assert "an@gent.be\nniet zo" in response.text.replace("\r", "")
        assert not Invitation.objects.exists()

    def test_asks_for_a_form_where_the_kind_has_no_standard(self, as_role):
        response = as_role(OFFICER).post(NEW, self.FACTS | {"has_open_link": "on"})

        assert "Deze soort heeft geen standaard. Kies een vragenlijst." in response.text

    def test_needs_someone_who_can_answer(self, as_role):
        QuestionnaireFactory(kinds=["conversation"])

        response = as_role(OFFICER).post(NEW, self.FACTS)

        assert "Nodig iemand uit, of maak een link voor iedereen." in response.text

    def test_takes_no_endless_list(self, as_role):
        listed = "\n".join(f"a{number}@gent.be" for number in range(5001))

        response = as_role(OFFICER).post(NEW, self.FACTS | {"addresses": listed})

        assert "Nodig hoogstens 5000 mensen tegelijk uit." in response.text


class TestCorrecting:
    def facts(self, evaluation, **more):
        names = ("title", "about_on", "mode", "audience_size", "reply_to")
        known = {name: getattr(evaluation, name) or "" for name in names}
        known |= {"questionnaire": evaluation.questionnaire_id, "has_open_link": "on"}
        return known | {"last_day": timezone.localdate(evaluation.closes_at)} | more

    def test_moves_the_end_to_the_last_minute_of_a_day(self, as_role):
        evaluation = running()
        last = timezone.localdate() + timedelta(days=20)
        remind = last - timedelta(days=5)

        as_role(OFFICER).post(
            to("edit", evaluation), self.facts(evaluation, last_day=last, remind_on=remind, title="Beter")
        )

        evaluation.refresh_from_db()
        assert evaluation.title == "Beter"
        assert f"{timezone.localtime(evaluation.closes_at):%Y-%m-%d %H:%M}" == f"{last} 23:59"
        assert f"{timezone.localtime(evaluation.remind_at):%Y-%m-%d %H:%M}" == f"{remind} 09:00"

    def test_leaves_the_hours_that_nobody_changed(self, as_role):
        evaluation = running()
        theme = Theme.objects.all()[0]

        as_role(OFFICER).post(to("edit", evaluation), self.facts(evaluation, themes=[theme.pk]))

        assert Evaluation.objects.get().closes_at == evaluation.closes_at
        assert list(evaluation.themes.all()) == [theme]

    def test_takes_the_follow_up_of_another_form(self, as_role):
        evaluation = running(anonymous=True)

        as_role(OFFICER).post(to("edit", evaluation), self.facts(evaluation, mode=Mode.PSEUDONYM))

        assert Evaluation.objects.get().follow_up_weeks == 10

    def test_keeps_form_and_mode_once_people_answered(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)
        answer(evaluation)

        assert "mode" not in browser.get(to("edit", evaluation)).context["form"].fields
        browser.post(to("edit", evaluation), self.facts(evaluation, mode=Mode.NAMED))
        assert Evaluation.objects.get().mode == Mode.PSEUDONYM

    @pytest.mark.parametrize(
        ("days", "reminder", "sentence"),
        [
            (-1, None, "Deze dag is voorbij. Sluit de evaluatie met Sluit nu."),
            (2, 3, "Herinner mensen voor de evaluatie sluit."),
        ],
    )
    def test_refuses_days_that_make_no_sense(self, as_role, days, reminder, sentence):
        evaluation, today = running(), timezone.localdate()
        facts = {"last_day": today + timedelta(days=days)}
        if reminder:
            facts["remind_on"] = today + timedelta(days=reminder)

        response = as_role(OFFICER).post(to("edit", evaluation), self.facts(evaluation, **facts))

        assert sentence in response.text

    def test_refuses_an_end_before_the_start(self, as_role):
        evaluation = running(opens_at=timezone.now() + timedelta(days=5))

        response = as_role(OFFICER).post(
            to("edit", evaluation), self.facts(evaluation, last_day=timezone.localdate())
        )

        assert "Kies een dag na de start." in response.text

    def test_leads_back_once_it_is_closed(self, as_role):
        evaluation = running(closed=True)

        assert as_role(OFFICER).get(to("edit", evaluation)).headers["Location"] == page_of(evaluation)


class TestInviting:
    def test_mails_who_is_new(self, as_role):
        evaluation = InvitationFactory(evaluation=running(), email="an@gent.be").evaluation

        page = as_role(OFFICER).post(
            to("invite", evaluation), {"addresses": "an@gent.be\nbo@gent.be\ncy@gent.be"}, follow=True
        )

        assert "2 mensen krijgen een mail. 1 adres sloegen we over: al uitgenodigd, of gewist." in page.text

    @pytest.mark.parametrize(
        ("listed", "words"),
        [("bo@gent.be", "1 mens krijgt een mail."), ("an@gent.be", "Niemand krijgt een mail.")],
    )
    def test_says_how_many(self, as_role, listed, words):
        evaluation = InvitationFactory(evaluation=running(), email="an@gent.be").evaluation

        page = as_role(OFFICER).post(to("invite", evaluation), {"addresses": listed}, follow=True)

        assert words in page.text

    def test_refuses_once_it_is_closed_and_keeps_what_was_typed(self, as_role):
        evaluation = running(closed=True)

        response = as_role(OFFICER).post(to("invite", evaluation), {"addresses": "an@gent.be"})

        assert "Deze evaluatie is gesloten." in response.text
        assert "an@gent.be" in response.text

    def test_knows_a_person_with_the_organisation_of_that_day(self):
        position = PositionFactory(person=PersonFactory(email="an@gent.be"))
        Alias.objects.create(person=position.person, email="an@thuis.be")
        PositionFactory(person=(twice := PersonFactory(email="bo@gent.be")))
        PositionFactory(person=twice)
        town, centre = OrganisationFactory(), OrganisationFactory(kind=Organisation.Kind.OCMW)
        for each in (town, centre):
            MailDomain.objects.create(organisation=each, domain="gent.be")

        known = known_by(["an@gent.be", "an@thuis.be", "bo@gent.be", "x@gmail.com"], timezone.localdate())

        assert known("an@thuis.be").person == known("an@gent.be").person == position.person
        assert known("an@gent.be").organisation == position.organisation
        assert known("bo@gent.be").organisation == town
        assert known("x@gmail.com").person is known("x@gmail.com").organisation is None


class TestClosing:
    def test_says_what_follows_and_does_it(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)
        answer(evaluation)

        asked = browser.get(to("close", evaluation)).text
        browser.post(to("close", evaluation))

        assert "Er is 1 antwoord. Sluit je nu, dan kan niemand dat ooit lezen." in asked
        assert "We vergeten wie uitgenodigd was." in asked
        assert Evaluation.objects.get().closed_at
        assert Response.objects.count() == 1

    def test_promises_no_forgetting_where_people_answer_on_name(self, as_role):
        evaluation = running(mode=Mode.NAMED)
        answers(evaluation, *[{"can_use": "ja"}] * 5)

        asked = as_role(OFFICER).get(to("close", evaluation)).text

        assert "vergeten" not in asked
        assert "ooit lezen" not in asked


class TestRemoving:
    def test_deletes_what_nobody_answered(self, as_role):
        evaluation, browser = running(), as_role(OFFICER)

        assert "Dit kun je niet terugdraaien." in browser.get(to("remove", evaluation)).text
        assert browser.post(to("remove", evaluation)).headers["Location"] == LIST
        assert not Evaluation.objects.exists()

    def test_keeps_what_was_answered(self, as_role):
        answer(evaluation := running())

        page = as_role(OFFICER).post(to("remove", evaluation), follow=True)

        assert "Er zijn antwoorden. De evaluatie blijft." in page.text
        assert lines_of([evaluation]).filter(action="feedback.removed").count() == 0

    def test_waits_for_an_answer_that_came_meanwhile(self, as_role):
        evaluation = running()
        form = TestCorrecting().facts(evaluation, mode=Mode.NAMED)
        evaluations.change_evaluation(evaluation=evaluation, facts={}, by=None, now=timezone.now())

        as_role(OFFICER).post(to("edit", evaluation), form)

        assert Evaluation.objects.get().mode == Mode.NAMED
