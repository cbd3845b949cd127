from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.ideas.models import Consultation, Idea
from trekker.ideas.tests.factories import NOW, ConsultationFactory, IdeaFactory
from trekker.kernel.access import Role
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.themes.models import Audience, Theme

pytestmark = pytest.mark.django_db
LIST, COMPARE = "/beheer/ideeen/", "/beheer/ideeen/afwegen/"
OFFICER = Role.PROGRAMME_OFFICER
SCRIPT = "<script>alert(1)</script>"


def titles(response, name="object_list") -> list[str]:
    return [each.title for each in response.context[name]]


class TestTheListOfIdeas:
    def test_narrows_and_searches(self, as_role):
        care = IdeaFactory(title="Mentoren kinderopvang", form="course", origin="COLLEAGUE")
        care.themes.set(Theme.objects.filter(code="digital_help"))
        care.audiences.set(Audience.objects.filter(code="managers"))
        IdeaFactory(title="Superco", form="event", later=True, description="Escape game")
        browser = as_role(OFFICER)

        def found(**query):
            return titles(browser.get(LIST, query))

        assert found(state="LATER") == ["Superco"]
        assert found(form="course") == found(origin="COLLEAGUE") == ["Mentoren kinderopvang"]
        assert found(themes=care.themes.get().pk) == ["Mentoren kinderopvang"]
        assert found(audiences=care.audiences.get().pk) == ["Mentoren kinderopvang"]
        assert found(q="escape GAME") == ["Superco"]

    def test_downloads_with_what_others_said(self, as_role):
        ConsultationFactory(said="Grote nood.", idea__weighed=True)

        response = as_role(Role.MANAGEMENT).get(LIST, {"export": "csv"})

        text = b"".join(response.streaming_content).decode()
        assert "Grote nood." in text
        assert "Veel nood, weinig werk." in text

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser = as_role(OFFICER)
        add(5)
        browser.get(LIST)
        with django_assert_max_num_queries(25) as few:
            browser.get(LIST)
        add(40)

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)


def add(many):
    for _ in range(many):
        idea = ConsultationFactory().idea
        idea.themes.set(Theme.objects.all()[:2])


class TestTheComparison:
    def test_holds_what_waits_for_a_decision(self, as_role):
        IdeaFactory(title="Open"), IdeaFactory(title="Later", later=True), IdeaFactory(goes_ahead=True)
        browser = as_role(Role.MANAGEMENT)

        assert titles(browser.get(COMPARE), "ideas") == ["Open"]
        assert titles(browser.get(COMPARE, {"later": "ja"}), "ideas") == ["Later", "Open"]

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            ("nood", "ABC"),
            ("bereik", "BAC"),
            ("werk", "BAC"),
            ("titel", "ABC"),
            ("created_by__password", "ABC"),
            ("", "ABC"),
        ],
    )
    def test_is_sorted_by_what_weighs_most_and_the_least_work(self, as_role, order, expected):
        IdeaFactory(title="A", need=4, reach=1, effort=4)
        IdeaFactory(title="B", need=2, reach=3, effort=1)
        IdeaFactory(title="C")

        assert "".join(titles(as_role(OFFICER).get(COMPARE, {"op": order}), "ideas")) == expected

    def test_counts_who_is_for_and_against(self, as_role):
        idea = ConsultationFactory().idea
        ConsultationFactory(idea=idea)
        ConsultationFactory(idea=idea, view="AGAINST")
        idea.themes.set(Theme.objects.all())

        text = as_role(OFFICER).get(COMPARE).text

        assert "2 voor" in text
        assert "1 tegen" in text

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser = as_role(OFFICER)
        add(3)
        browser.get(COMPARE)
        with django_assert_max_num_queries(20) as few:
            browser.get(COMPARE)
        add(30)

        with django_assert_max_num_queries(len(few)):
            browser.get(COMPARE)

    def test_says_what_to_do_when_nothing_waits(self, as_role):
        assert "Er wacht geen idee" in as_role(OFFICER).get(COMPARE).text


class TestAnIdea:
    def test_goes_from_noted_to_done(self, as_role):
        browser, partner = as_role(OFFICER), OrganisationFactory(name="Mediawijs")
        assert browser.get(reverse("idea:add")).status_code == 200

        browser.post(
            reverse("idea:add"),
            {
                "title": "Cyberveiligheid",
                "description": "Zij krijgen veel vragen.",
                "form": "course",
                "origin": "EVENT",
                "origin_text": "inspiratiedag 2025",
                "themes": [Theme.objects.get(code="online_safety").pk],
            },
        )
        idea = Idea.objects.get()
        page = reverse("idea:inspect", args=[idea.pk])
        assert "inspiratiedag 2025" in browser.get(page).text
        asked = {"who": "Mediawijs", "organisation": partner.pk, "on": "2026-03-01", "view": "FOR"}
        assert browser.get(reverse("ideas:consult", args=[idea.pk])).status_code == 200
        browser.post(reverse("ideas:consult", args=[idea.pk]), asked | {"said": "Doen we samen."})
        weighed = {"need": 4, "reach": 3, "effort": "", "weighing": "Dringend."}
        assert browser.get(reverse("ideas:weigh", args=[idea.pk])).status_code == 200
        browser.post(reverse("ideas:weigh", args=[idea.pk]), weighed)
        assert browser.get(reverse("ideas:decide", args=[idea.pk])).status_code == 200
        browser.post(
            reverse("ideas:decide", args=[idea.pk]), {"outcome": "GOES_AHEAD", "reason": "Past bij het plan."}
        )
        text = browser.get(page).text
        assert all(words in text for words in ("Doen we samen.", "Dringend.", "Past bij het plan.", "veel"))
        assert browser.get(reverse("ideas:done", args=[idea.pk])).status_code == 200
        browser.post(reverse("ideas:done", args=[idea.pk]))

        idea.refresh_from_db()
        assert (idea.state, idea.need, idea.effort) == ("DONE", 4, None)

    def test_is_corrected_with_its_themes(self, as_role):
        browser, idea = as_role(OFFICER), IdeaFactory(goes_ahead=True)

        browser.post(
            reverse("idea:edit", args=[idea.pk]),
            {
                "title": "Anders",
                "form": "e_learning",
                "origin": "OTHER",
                "themes": [Theme.objects.first().pk],
            },
        )

        idea.refresh_from_db()
        assert (idea.title, idea.form, idea.state) == ("Anders", "e_learning", "GOES_AHEAD")
        assert idea.themes.count() == 1

    def test_is_reopened(self, as_role):
        browser, idea = as_role(OFFICER), IdeaFactory(later=True)
        assert browser.get(reverse("ideas:reopen", args=[idea.pk])).status_code == 200

        browser.post(reverse("ideas:reopen", args=[idea.pk]))

        idea.refresh_from_db()
        assert idea.is_open

    @pytest.mark.parametrize(
        ("name", "facts"),
        [
            ("ideas:weigh", {"need": 1}),
            ("ideas:decide", {"outcome": "DROPPED", "reason": "x"}),
        ],
    )
    def test_decided_says_to_reopen_it_first(self, as_role, name, facts):
        idea = IdeaFactory(goes_ahead=True)

        response = as_role(OFFICER).post(reverse(name, args=[idea.pk]), facts)

        assert "Heropen het eerst" in response.text

    @pytest.mark.parametrize("name", ["ideas:done", "ideas:reopen"])
    def test_open_cannot_be_done_or_reopened(self, as_role, name):
        idea = IdeaFactory()

        response = as_role(OFFICER).post(reverse(name, args=[idea.pk]), follow=True)

        assert "Dit kan niet meer." in response.text

    @pytest.mark.parametrize(
        ("name", "facts", "field"),
        [
            ("ideas:decide", {"outcome": "", "reason": "x"}, "outcome"),
            ("ideas:decide", {"outcome": "DONE", "reason": "x"}, "outcome"),
            ("ideas:decide", {"outcome": "LATER", "reason": "  "}, "reason"),
            ("ideas:weigh", {"need": "9"}, "need"),
            ("ideas:consult", {"who": "x", "on": "2026-03-01", "view": "FOR"}, "said"),
            ("ideas:consult", {"who": "x", "on": "gisteren", "view": "FOR", "said": "x"}, "on"),
        ],
    )
    def test_says_what_is_wrong(self, as_role, name, facts, field):
        response = as_role(OFFICER).post(reverse(name, args=[IdeaFactory().pk]), facts)

        assert field in response.context["form"].errors

    def test_cannot_be_consulted_about_in_the_future(self, as_role):
        browser, consultation = as_role(OFFICER), ConsultationFactory()
        tomorrow = timezone.localdate() + timedelta(days=1)
        facts = {"who": "x", "on": tomorrow.isoformat(), "view": "FOR", "said": "x"}

        for address in (
            reverse("ideas:consult", args=[consultation.idea_id]),
            reverse("ideas:correct_consultation", args=[consultation.pk]),
        ):
            assert "moet nog komen" in browser.post(address, facts).text

    def test_shows_names_and_words_as_text(self, as_role):
        idea = IdeaFactory(title=SCRIPT, description=SCRIPT, weighing=SCRIPT, origin_text=SCRIPT)
        consultation = ConsultationFactory(idea=idea, who=SCRIPT, said=SCRIPT)
        browser = as_role(OFFICER)

        for address in (
            reverse("idea:inspect", args=[idea.pk]),
            reverse("ideas:decide", args=[idea.pk]),
            reverse("ideas:remove_consultation", args=[consultation.pk]),
            LIST,
            COMPARE,
        ):
            assert SCRIPT not in browser.get(address).text, address


class TestConsultations:
    def test_are_corrected_and_removed(self, as_role):
        browser, consultation = as_role(OFFICER), ConsultationFactory()
        correct = reverse("ideas:correct_consultation", args=[consultation.pk])
        assert consultation.who in browser.get(correct).text

        browser.post(correct, {"who": "CPA", "on": "2026-01-05", "view": "MIXED", "said": "Eerst praten."})
        consultation.refresh_from_db()
        assert (consultation.who, consultation.on) == ("CPA", date(2026, 1, 5))

        remove = reverse("ideas:remove_consultation", args=[consultation.pk])
        assert "niet terugdraaien" in browser.get(remove).text
        browser.post(remove)
        assert not Consultation.objects.exists()


class TestWhoMayWhat:
    CHANGES = ("weigh", "decide", "reopen", "done", "consult")

    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    def test_partners_and_management_look_but_do_not_touch(self, as_role, role):
        consultation, browser = ConsultationFactory(), as_role(role)
        idea = consultation.idea

        text = browser.get(reverse("idea:inspect", args=[idea.pk])).text

        assert consultation.said in text
        assert "Weeg af" not in text
        for name in self.CHANGES:
            browser.post(reverse(f"ideas:{name}", args=[idea.pk]), {"outcome": "DROPPED", "reason": "x"})
        browser.post(reverse("ideas:remove_consultation", args=[consultation.pk]))
        idea.refresh_from_db()
        assert (idea.state, idea.consultations.count()) == ("CONSULTING", 1)
        assert browser.get(reverse("idea:add")).status_code == 302

    def test_a_visitor_is_led_to_sign_in(self, client):
        assert client.get(reverse("idea:inspect", args=[IdeaFactory().pk])).status_code == 302
        assert client.get(COMPARE).status_code == 302

    def test_only_an_open_idea_offers_to_weigh_and_decide(self, as_role):
        browser = as_role(OFFICER)

        def offered(**facts):
            idea = IdeaFactory(created_at=NOW, **facts)
            return {
                act.label for act in browser.get(reverse("idea:inspect", args=[idea.pk])).context["view"].acts
            }

        assert {"Beslis", "Weeg af"} <= offered()
        assert {"Heropen", "Zet op uitgevoerd"} <= offered(goes_ahead=True)
        assert "Zet op uitgevoerd" not in offered(later=True)
