"""Copies, series and courses."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.models import Event, Series
from trekker.events.tests.factories import (
    CourseFactory,
    EventFactory,
    RegistrationFactory,
)
from trekker.events.tests.office.forms import (
    SOON,
    form_of,
    page_of,
    to,
)
from trekker.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


class TestCopyAndRepeat:
    def test_copies_to_another_day(self, browser):
        event = EventFactory()

        response = browser.post(to("copy", event), {"title": "Nog eens", "first_day": "2026-05-07"})

        copy = Event.objects.exclude(pk=event.pk).get()
        assert response.url == page_of(copy)
        assert timezone.localdate(copy.starts_at) == date(2026, 5, 7)

    def test_says_that_an_idea_has_no_day_to_copy(self, browser):
        event = EventFactory(idea=True)

        response = browser.post(to("copy", event), {"title": "Nog eens", "first_day": "2026-05-07"})

        assert "nog geen dag" in response.text

    @pytest.mark.parametrize(
        ("given", "days"),
        [
            ({"unit": "maanden", "step": 3, "times": 2}, [date(2026, 7, 16), date(2026, 10, 15)]),
            ({"unit": "weken", "step": 2, "times": 1}, [date(2026, 4, 30)]),
            ({"unit": "dagen", "days": "18/06/2026\n\n2026-09-17"}, [date(2026, 6, 18), date(2026, 9, 17)]),
        ],
    )
    def test_repeats_as_a_series(self, browser, given, days):
        event = EventFactory()
        assert browser.get(to("repeat", event)).status_code == 200

        browser.post(to("repeat", event), {"name": "Reeks", **given})

        made = Event.objects.exclude(pk=event.pk).order_by("starts_at")
        assert [timezone.localdate(each.starts_at) for each in made] == days

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"unit": "dagen", "days": ""}, "days"),
            ({"unit": "dagen", "days": "ooit"}, "days"),
            (
                {
                    "unit": "dagen",
                    "days": "\n".join(f"{n:02}/06/2026" for n in range(1, 31)) + "\n01/07/2026",
                },
                "days",
            ),
            ({"unit": "weken", "step": "", "times": 3}, "step"),
            ({"unit": "weken", "step": 1, "times": 999}, "times"),
            ({"unit": "weken", "step": 1, "times": 1, "name": ""}, "name"),
        ],
    )
    def test_says_what_is_wrong(self, browser, given, field):
        response = browser.post(to("repeat", EventFactory()), {"name": "Reeks", **given})

        assert field in response.context["form"].errors

    def test_says_that_a_name_is_taken(self, browser):
        EventFactory(series=Series.objects.create(name="Reeks"))
        given = {"name": "Reeks", "unit": "weken", "step": 1, "times": 1}

        assert "Een andere reeks heet al zo" in browser.post(to("repeat", EventFactory()), given).text

    def test_says_that_an_idea_cannot_be_repeated(self, browser):
        given = {"name": "Reeks", "unit": "weken", "step": 1, "times": 1}

        assert "nog geen dag" in browser.post(to("repeat", EventFactory(idea=True)), given).text


class TestTheRestOfASeries:
    @pytest.fixture
    def series(self, officer):
        """Three moments of one series, a month apart, the first one in forty days."""
        one = Series.objects.create(name="Reeks")
        return [
            EventFactory(
                series=one, starts_at=SOON + timedelta(days=30 * turn), leads=[officer], summary="Eerst"
            )
            for turn in range(3)
        ]

    def sent(self, event, lead, **facts):
        return form_of(event, lead, series=event.series_id, **facts)

    def summaries(self, events):
        return [Event.objects.get(pk=each.pk).summary for each in events]

    def test_changes_along_when_asked(self, browser, officer, series):
        first, *_ = series
        sent = self.sent(first, officer, summary="Kort")

        alone = browser.post(to("edit", first), sent | {"summary": "Lang"}, follow=True).text
        assert self.summaries(series) == ["Lang", "Eerst", "Eerst"]
        Event.objects.update(summary="Eerst")
        along = browser.post(to("edit", first), sent | {"reeks": "ja"}, follow=True).text

        assert self.summaries(series) == ["Kort"] * 3
        assert "Ook gewijzigd in de reeks: 2." in along
        assert "Ook gewijzigd" not in alone

    def test_keeps_what_was_made_to_differ(self, browser, officer, series):
        first, second, third = series
        Event.objects.filter(pk=second.pk).update(summary="Anders", title="Slot", deadline_at=SOON)

        browser.post(
            to("edit", first),
            self.sent(first, officer, summary="Kort", title="Nieuw", reeks="ja"),
        )

        assert self.summaries(series) == ["Kort", "Anders", "Kort"]
        second.refresh_from_db()
        assert (second.title, second.deadline_at) == ("Slot", SOON)
        assert second.sessions.get().starts_at == second.starts_at
        third.refresh_from_db()
        assert third.starts_at == SOON + timedelta(days=60)

    def test_leaves_out_what_was_before_or_is_cancelled(self, browser, officer, series):
        first, second, third = series
        Event.objects.filter(pk=third.pk).update(state=Event.State.CANCELLED)

        page = browser.get(to("edit", second)).text
        browser.post(to("edit", second), self.sent(second, officer, summary="Kort", reeks="ja"))

        assert "van de reeks" not in page
        assert "bij de volgende activiteit van de reeks" in browser.get(to("edit", first)).text
        assert self.summaries(series) == ["Eerst", "Kort", "Eerst"]

    def test_changes_nothing_at_all_when_one_of_them_would_miss_something(self, browser, officer, series):
        first, *_ = series
        Event.objects.filter(pk=first.pk).update(state=Event.State.IDEA)

        page = browser.post(
            to("edit", first), self.sent(first, officer, format="physical", summary="Nieuw", reeks="ja")
        )

        assert "Vul dit dus in" in page.text
        assert self.summaries(series) == ["Eerst"] * 3


class TestCourses:
    def test_show_their_editions_with_figures(self, browser):
        course = CourseFactory()
        held = EventFactory(training=True, course=course, held=True)
        RegistrationFactory(event=held)
        EventFactory(training=True, course=course, starts_at=SOON)

        text = browser.get(reverse("course:inspect", args=[course.pk])).text
        row = browser.get(reverse("course:index")).context["object_list"].get()

        assert "Gegeven: 1. Ingeschreven op wat gegeven is: 1." in text
        assert (row.held, row.to_come) == (1, 1)

    def test_are_added_and_corrected(self, browser):
        given = {"title": "Basis", "our_role": "supporter", "focus": "part", "summary": "", "description": ""}

        response = browser.post(reverse("course:add"), given)

        course = CourseFactory._meta.model.objects.get()
        assert response.url == reverse("course:inspect", args=[course.pk])
        browser.post(reverse("course:edit", args=[course.pk]), given | {"title": "Gevorderd"})
        course.refresh_from_db()
        assert (course.title, course.focus) == ("Gevorderd", "part")
        assert "title" in browser.post(reverse("course:add"), {}).context["form"].errors

    def test_are_searched_by_title_and_provider(self, browser):
        CourseFactory(title="Basis", provider=OrganisationFactory(name="Mediawijs"))
        CourseFactory(title="Ander")

        found = browser.get(reverse("course:index"), {"q": "mediawijs basis"}).context["object_list"]

        assert [each.title for each in found] == ["Basis"]

    def test_are_given_again_on_several_days(self, browser):
        course = CourseFactory(summary="Leer helpen", provider=OrganisationFactory())
        path = reverse("events:new_edition", args=[course.pk])
        assert browser.get(path).status_code == 200
        sent = {"title": "Najaar", "format": "physical", "max_registrations": 14}
        sent |= {"sessies-TOTAL_FORMS": 2, "sessies-INITIAL_FORMS": 0}
        for place, day in enumerate(["2027-03-04", "2027-03-11"]):
            row = {"day": day, "start": "9:30", "end": "16u", "hours": "5,5"}
            sent |= {f"sessies-{place}-{name}": value for name, value in row.items()}

        browser.post(path, sent)

        event = course.editions.get()
        assert (event.kind, event.summary, event.sessions.count()) == ("training", "Leer helpen", 2)
        assert event.organisers.get() == course.provider
        assert event.max_registrations == 14

    def test_say_what_is_wrong_with_an_edition(self, browser):
        path = reverse("events:new_edition", args=[CourseFactory().pk])
        sent = {"title": "", "format": "physical", "sessies-TOTAL_FORMS": 1, "sessies-INITIAL_FORMS": 0}

        response = browser.post(path, sent | {"sessies-0-day": "2027-03-04"})

        assert "title" in response.context["form"].errors
        assert "start" in response.context["rows"].forms[0].errors
        assert not Event.objects.exists()
