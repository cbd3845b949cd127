from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from icalendar import Calendar

from trekker.events.models import Event, FeedKey, OtherCalendar, OtherEvent
from trekker.events.queries.calendar import clashes, year_of
from trekker.events.tests.factories import BRUSSELS, EventFactory, SessionFactory
from trekker.events.wagtail_hooks.calendar import clashing
from trekker.kernel.access import Role
from trekker.people.tests.factories import AccountFactory
from trekker.plan.tests.factories import LineFactory
from trekker.themes.models import Audience

pytestmark = pytest.mark.django_db
YEAR = "/beheer/kalender/"
DAY = date(2026, 4, 16)
State = Event.State


def at(day: int, month: int = 4, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=BRUSSELS)


def theirs(title="Studiedag", begins=None, ends=None, audiences=(), **facts) -> OtherEvent:
    of, _made = OtherCalendar.objects.get_or_create(name="Mediawijs")
    of.audiences.set(audiences)
    begins = begins or at(16)
    ends = ends or begins + timedelta(hours=2)
    return OtherEvent.objects.create(
        calendar=of, uid=title, title=title, starts_at=begins, ends_at=ends, **facts
    )


def officer():
    return AccountFactory(role=Role.PROGRAMME_OFFICER)


def items(year=2026, **chosen) -> list:
    months = year_of(year=year, chosen=chosen, reader=officer())
    return [each for month in months for each in [*month.long, *month.items]]


def found(days=(DAY,), audiences=(), within_days=3, but=None) -> list[tuple[str, int]]:
    near = clashes(days=days, audiences=audiences, within_days=within_days, but=but)
    return [(each.title, each.apart) for each in near]


@pytest.fixture
def bib():
    return Audience.objects.create(name="Bibliotheken", code="bib")


@pytest.fixture
def ocmw():
    return Audience.objects.create(name="OCMW", code="ocmw")


class TestTheYear:
    def test_shows_ours_that_of_others_and_the_plan(self):
        EventFactory(title="Van ons", starts_at=at(16))
        EventFactory(title="Afgelast", starts_at=at(16), state=State.CANCELLED)
        EventFactory(title="Vorig jaar", starts_at=at(16) - timedelta(days=365))
        theirs("Van hen")
        goal = LineFactory(indicator__goal__version__year=2026).indicator.goal
        goal.moments.create(text="Netwerkdag", start=DAY, end=DAY)
        goal.moments.create(text="Zonder dag")

        assert {each.title for each in items()} == {"Van ons", "Van hen", "Netwerkdag"}

    def test_narrows_by_whose_kind_and_audience(self, bib, ocmw):
        EventFactory(title="Voor de bib", starts_at=at(16)).audiences.add(bib)
        EventFactory(title="Voor het OCMW", starts_at=at(16), training=True).audiences.add(ocmw)
        EventFactory(title="Voor iedereen", starts_at=at(16))
        theirs("Van hen", audiences=[bib])

        assert [each.title for each in items(wie="OTHERS")] == ["Van hen"]
        assert [each.title for each in items(soort="training")] == ["Voor het OCMW"]
        assert {each.title for each in items(doelgroep="ocmw")} == {"Voor het OCMW", "Voor iedereen"}

    def test_shows_every_day_of_an_activity_of_several_days(self):
        event = EventFactory(title="Opleiding", starts_at=at(16))
        SessionFactory(event=event, starts_at=at(23), title="Tweede dag")

        assert [(each.first.day, each.title) for each in items()] == [
            (16, "Opleiding"),
            (23, "Opleiding: Tweede dag"),
        ]

    def test_keeps_a_whole_day_on_one_day_also_across_summer_time(self):
        begins = datetime(2026, 3, 29, tzinfo=BRUSSELS)
        theirs(begins=begins, ends=datetime(2026, 3, 30, tzinfo=BRUSSELS), all_day=True)

        (item,) = items()

        assert item.first == item.last == date(2026, 3, 29)
        assert item.hours == ""

    def test_shows_the_hour_of_belgium(self):
        EventFactory(starts_at=datetime(2026, 3, 30, 11, 30, tzinfo=UTC))

        assert items()[0].hours == "13:30 tot 15:30"

    def test_opens_as_a_list_and_by_month(self, as_role):
        EventFactory(title="Netwerk", starts_at=at(16))
        theirs(begins=at(1), ends=at(30), title="Digitale Week")
        browser = as_role(Role.MANAGEMENT)

        listed = browser.get(YEAR, {"jaar": "2026"})
        grid = browser.get(YEAR, {"jaar": "2026", "weergave": "raster"})

        assert 'id="dag-2026-04-16-4"' in listed.text
        assert "#dag-2026-04-16-4" in grid.text
        for page in (listed, grid):
            assert "Netwerk" in page.text
            assert "Digitale Week" in page.text

    @pytest.mark.parametrize("asked", ["x", "-1", "99999", "1066", "²²²²", ""])
    def test_stays_near_now_whatever_year_is_asked(self, as_role, asked):
        assert as_role(Role.MANAGEMENT).get(YEAR, {"jaar": asked}).status_code == 200

    def test_lists_what_has_no_day_yet(self, as_role):
        EventFactory(title="Ooit eens", idea=True)

        assert "Ooit eens" in as_role(Role.MANAGEMENT).get(YEAR).text

    def test_asks_few_queries_for_a_full_year(self, as_role, django_assert_max_num_queries):
        for day in range(1, 28):
            EventFactory(starts_at=at(day))
            theirs(str(day), begins=at(day))
        browser = as_role(Role.PROGRAMME_OFFICER)
        browser.get(YEAR, {"jaar": "2026"})

        with django_assert_max_num_queries(20):
            browser.get(YEAR, {"jaar": "2026"})

    def test_answers_whether_a_day_is_free(self, as_role):
        EventFactory(title="Netwerk", starts_at=at(16))
        browser = as_role(Role.PROGRAMME_OFFICER)

        busy = browser.get(YEAR, {"dag": "2026-04-18"})
        free = browser.get(YEAR, {"dag": "2026-05-18"})
        wrong = browser.get(YEAR, {"dag": "morgen"})

        assert "zaterdag 18 april 2026 botst" in busy.text
        assert "2 dagen eerder" in busy.text
        assert "maandag 18 mei 2026 is vrij" in free.text
        assert "tk-field__error" in wrong.text


class TestClashes:
    def test_finds_what_is_within_the_days_ours_and_theirs(self):
        EventFactory(title="Zelfde dag", starts_at=at(16))
        EventFactory(title="Net erbij", starts_at=at(19, hour=20))
        EventFactory(title="Net niet", starts_at=at(20, hour=8))
        theirs("Van hen", begins=at(15))

        assert found() == [("Zelfde dag", 0), ("Van hen", -1), ("Net erbij", 3)]

    @pytest.mark.parametrize("state", [State.IDEA, State.CANCELLED])
    def test_leaves_out_ideas_and_what_was_cancelled(self, state):
        EventFactory(starts_at=at(16), state=state)

        assert found() == []

    def test_looks_at_the_same_audience_and_none_means_everyone(self, bib, ocmw):
        EventFactory(title="Bib", starts_at=at(16)).audiences.add(bib)
        EventFactory(title="Iedereen", starts_at=at(16))
        theirs("Van hen", audiences=[ocmw])

        assert {title for title, _apart in found(audiences=[bib])} == {"Bib", "Iedereen"}
        assert {title for title, _apart in found(audiences=[ocmw])} == {"Iedereen", "Van hen"}
        assert {title for title, _apart in found()} == {"Bib", "Iedereen", "Van hen"}

    def test_names_something_once_with_its_nearest_day(self, bib, ocmw):
        event = EventFactory(title="Opleiding", starts_at=at(14))
        event.audiences.add(bib, ocmw)
        SessionFactory(event=event, starts_at=at(17))

        assert found(audiences=[bib, ocmw]) == [("Opleiding", 1)]

    def test_leaves_out_the_event_itself(self):
        event = EventFactory(starts_at=at(16))

        assert found(but=event) == []

    def test_counts_a_whole_day_to_its_own_day(self):
        theirs(begins=at(12, hour=0), ends=at(13, hour=0), all_day=True)

        assert found() == []
        assert found(within_days=4) == [("Studiedag", -4)]

    def test_shows_on_the_page_of_the_event_until_it_is_over(self):
        event = EventFactory(starts_at=at(16))
        theirs("Van hen", begins=at(17))

        shown = clashing(event, DAY)

        assert [each.title for each in shown["clashes"]] == ["Van hen"]
        assert clashing(event, DAY + timedelta(days=1)) is None
        event.state = State.CANCELLED
        assert clashing(event, DAY) is None

    def test_shows_nothing_when_the_day_is_free(self):
        assert clashing(EventFactory(starts_at=at(16)), DAY) is None


class TestThePrivateFeed:
    def make(self, browser) -> str:
        browser.post(f"{YEAR}eigen/")
        return f"/kalender/{FeedKey.objects.get().key}.ics"

    def titles(self, response) -> set[str]:
        return {str(each["summary"]) for each in Calendar.from_ical(response.content).walk("VEVENT")}

    def test_gives_all_that_is_planned_to_who_has_the_address(self, as_role, client):
        soon = timezone.now() + timedelta(days=5)
        EventFactory(title="Openbaar", starts_at=soon)
        EventFactory(title="Intern", starts_at=soon, visibility="INTERNAL")
        EventFactory(title="Idee", starts_at=soon, state=State.IDEA)

        response = client.get(self.make(as_role(Role.MANAGEMENT)))

        assert self.titles(response) == {"Openbaar", "Intern"}
        assert "no-store" in response.headers["Cache-Control"]

    def test_dies_at_once_when_it_is_renewed_or_ended(self, as_role, client):
        browser = as_role(Role.MANAGEMENT)
        first = self.make(browser)
        second = self.make(browser)

        assert first != second
        assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
        browser.post(f"{YEAR}eigen/stop/")
        assert client.get(second).status_code == 404

    def test_dies_at_once_with_the_account(self, as_role, client):
        address = self.make(as_role(Role.MANAGEMENT))
        account = FeedKey.objects.get().account
        account.is_active = False
        account.save()

        assert client.get(address).status_code == 404

    def test_dies_at_once_with_the_right_to_see_activities(self, as_role, client):
        address = self.make(as_role(Role.MANAGEMENT))
        Group.objects.get(name=Role.MANAGEMENT.value).user_set.clear()

        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("key", ["x", "../", "%00", "a" * 500])
    def test_is_not_found_by_guessing(self, client, key):
        assert client.get(f"/kalender/{key}.ics").status_code in {400, 404}
