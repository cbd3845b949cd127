"""An idea that goes ahead becomes a course or an activity."""

import pytest
from django.urls import reverse

from trekker.events.models import Course, Event
from trekker.events.tests.requests.asking import MANAGEMENT, OFFICER, PARTNER
from trekker.ideas.tests.factories import IdeaFactory

pytestmark = pytest.mark.django_db


class TestAnIdeaThatGoesAhead:
    def make(self, browser, name, idea, **facts):
        return browser.post(reverse(f"requests:make_{name}", args=[idea.pk]), {"title": idea.title, **facts})

    def test_becomes_a_course_and_an_event_and_shows_them(self, as_role):
        browser, idea = (
            as_role(OFFICER),
            IdeaFactory(goes_ahead=True, form="e_learning", title="Veilig online"),
        )
        form = browser.get(reverse("requests:make_course", args=[idea.pk])).context["form"]
        assert (form.initial["title"], form.initial["e_learning"]) == ("Veilig online", True)
        assert browser.get(reverse("requests:make_event", args=[idea.pk])).status_code == 200

        self.make(browser, "course", idea, e_learning="on")
        self.make(browser, "event", idea, kind="info_session")

        text = browser.get(reverse("idea:inspect", args=[idea.pk])).text
        assert Course.objects.get().e_learning
        assert "E-learning:" in text
        assert "Infosessie:" in text

    def test_says_when_the_title_is_taken_or_nothing_was_decided(self, as_role):
        browser = as_role(OFFICER)
        Course.objects.create(title="Veilig online")

        taken = self.make(browser, "course", IdeaFactory(goes_ahead=True, title="Veilig online"))
        undecided = [
            self.make(browser, "course", IdeaFactory()),
            self.make(browser, "event", IdeaFactory(), kind="workshop"),
        ]

        assert "title" in taken.context["form"].errors
        assert all("Beslis eerst" in each.text for each in undecided)
        assert not Event.objects.exists()

    def test_is_made_an_event_by_a_partner_but_no_course(self, as_role):
        browser, idea = as_role(PARTNER), IdeaFactory(goes_ahead=True)

        self.make(browser, "course", idea)
        self.make(browser, "event", idea, kind="workshop")

        assert (Course.objects.count(), Event.objects.count()) == (0, 1)
        assert Event.objects.changeable_by(Event.objects.get().leads.get()).exists()

    def test_offers_management_nothing_to_do(self, as_role):
        idea = IdeaFactory(goes_ahead=True)

        assert "Maak er" not in as_role(MANAGEMENT).get(reverse("idea:inspect", args=[idea.pk])).text

    def test_still_open_offers_nothing_to_make(self, as_role):
        text = as_role(OFFICER).get(reverse("idea:inspect", args=[IdeaFactory().pk])).text

        assert ">Wat ervan kwam</h2>" not in text
