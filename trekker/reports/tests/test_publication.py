"""The results on the website: switched on by someone, cheap, framed where allowed, and without people."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from trekker.events.tests.factories import AttendanceFactory, EventFactory, RegistrationFactory
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.network.tests.factories import MembershipFactory
from trekker.people.tests.factories import AccountFactory, PersonFactory
from trekker.plan.tests.factories import GoalFactory, IndicatorFactory, LineFactory
from trekker.reports import actions, chores
from trekker.reports.forms.publication import PublicationForm
from trekker.reports.models import Publication
from trekker.reports.queries.publication import gathered
from trekker.reports.tests.factories import ReportFactory, fixed, write

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 6, 30, 9, 0, tzinfo=BRUSSELS)
HOST = "https://www.vvsg.be"
PAGE, FRAME = "/resultaten/2026/", "/resultaten/2026/kader/"
ADDRESSES = [PAGE, FRAME, f"{PAGE}cijfers.json", f"{PAGE}cijfers.csv"]


@pytest.fixture
def line():
    """A plan of 2026 that promises two members; there are seven."""
    MembershipFactory.create_batch(7)
    return LineFactory()


@pytest.fixture
def officer():
    return AccountFactory(role=Role.PROGRAMME_OFFICER)


def put(officer, *, shows="today", hosts=(), now=NOW):
    return actions.publish(year=2026, shows=shows, hosts=list(hosts), by=officer, now=now)


class TestPublishing:
    @pytest.mark.parametrize("address", [*ADDRESSES, f"{PAGE}bereik/", f"{PAGE}kaart.svg"])
    @pytest.mark.usefixtures("line")
    def test_nothing_is_to_be_seen_before_someone_says_so(self, client, address):
        response = client.get(address)

        assert response.status_code == 404
        assert "Bekijk wat er te doen is" in response.text

    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.usefixtures("line")
    def test_afterwards_anyone_may_read_it_without_a_cookie(self, client, officer, address):
        put(officer)

        response = client.get(address)

        assert response.status_code == 200
        assert not response.cookies

    @pytest.mark.usefixtures("line")
    def test_says_of_when_the_figures_are(self, client, officer):
        put(officer)

        assert "Stand van 30 juni 2026. Geteld op 30 juni 2026 om 09.00 uur." in client.get(PAGE).text

    @pytest.mark.usefixtures("line")
    def test_is_logged_with_who_did_it(self, officer):
        publication = put(officer)
        put(officer, hosts=[HOST])
        actions.take_off(publication=publication, by=officer, now=NOW)
        actions.take_off(publication=publication, by=officer, now=NOW)

        logged = [(each.action, each.user_id) for each in lines_of([publication])]
        assert logged == [
            ("reports.taken_off", officer.pk),
            ("reports.shown_changed", officer.pk),
            ("reports.shown", officer.pk),
        ]

    def test_a_year_without_a_plan_is_refused(self, officer):
        with pytest.raises(actions.NothingToShow):
            put(officer)

        assert not Publication.objects.exists()

    def test_a_year_that_is_still_to_come_is_refused(self):
        LineFactory(indicator__goal__version__year=2027)

        assert gathered(2027, "today", now=NOW) is None

    @pytest.mark.usefixtures("line")
    def test_what_was_never_fixed_is_refused(self, officer):
        with pytest.raises(actions.NothingToShow):
            put(officer, shows="fixed")

    @pytest.mark.usefixtures("line")
    def test_taking_off_leaves_no_figure_behind(self, client, officer):
        publication = put(officer)

        actions.take_off(publication=publication, by=officer, now=NOW)

        publication.refresh_from_db()
        assert (publication.figures, publication.drawing, publication.counted_at) == ({}, "", None)
        assert client.get(PAGE).status_code == 404


class TestFixed:
    def test_shows_what_was_fixed_whatever_the_registers_say_later(self, client, officer, line):
        version = line.indicator.goal.version
        report = ReportFactory(plan=version.plan, year=2026, last_day=date(2026, 6, 30), kind="mid_year")
        write(report, "Het eerste halfjaar was druk.", by=officer)
        fixed(report, by=officer, now=NOW + timedelta(days=2))
        MembershipFactory.create_batch(20)

        put(officer, shows="fixed", now=NOW + timedelta(days=3))

        html = client.get(PAGE).text
        assert "5 of meer" in html
        assert "vastgesteld op 2 juli 2026" in html
        assert "Het eerste halfjaar was druk." in html
        assert officer.last_name not in html


class TestCounting:
    @pytest.mark.usefixtures("line")
    def test_happens_by_itself_every_half_hour_and_not_sooner(self, client, officer):
        put(officer)
        MembershipFactory.create_batch(10)

        assert actions.count_again(now=NOW + timedelta(minutes=29)) == 0
        assert "5 of meer" in client.get(PAGE).text
        assert actions.count_again(now=NOW + timedelta(minutes=31)) == 1
        assert "15 of meer" in client.get(PAGE).text
        assert actions.count_again(now=NOW + timedelta(minutes=32)) == 0

    @pytest.mark.usefixtures("line")
    def test_is_a_chore(self, officer):
        put(officer, now=timezone.now() - timedelta(hours=1))

        chores.count_again(timezone.now())

        assert Publication.objects.get().counted_at > timezone.now() - timedelta(minutes=1)

    def test_what_can_no_longer_be_counted_stays_with_its_moment(self, line, officer):
        publication = put(officer)
        line.indicator.goal.version.delete()

        assert actions.count_again(now=NOW + timedelta(hours=1)) == 0
        publication.refresh_from_db()
        assert publication.counted_at == NOW

    @pytest.mark.usefixtures("line")
    def test_a_page_never_counts(self, client, officer, django_assert_max_num_queries):
        put(officer)

        for address in ADDRESSES:
            with django_assert_max_num_queries(2):
                client.get(address)


class TestPrivacy:
    def numbers(self, html: str) -> list[int]:
        return [int(each) for each in re.findall(r"<strong>([\d.]+) of meer</strong>", html)]

    @pytest.mark.usefixtures("line")
    def test_whoever_watches_while_people_join_sees_no_one_join(self, client, officer):
        """The page after each new member: it changes by nothing, or by five at once."""
        put(officer)
        seen = []
        for hour in range(1, 13):
            MembershipFactory()
            actions.count_again(now=NOW + timedelta(hours=hour))
            seen += self.numbers(client.get(PAGE).text)

        assert len(seen) == 12
        assert all(after - before in {0, 5} for before, after in pairwise(seen))

    @pytest.mark.usefixtures("line")
    def test_one_member_more_changes_no_byte_of_any_answer(self, client, officer):
        def told():
            put(officer)
            return [client.get(address).content for address in ADDRESSES]

        before = told()
        MembershipFactory()  # the eighth

        assert told() == before

    def test_no_small_number_of_people_leaves_in_any_shape(self, client, officer):
        MembershipFactory.create_batch(3)
        LineFactory(target=2)
        put(officer)

        page, frame, data, sheet = (client.get(address).content.decode() for address in ADDRESSES)

        for shape in (page, frame, sheet):
            assert "minder dan 5" in shape
        figure = json.loads(data)["goals"][0]["promises"][0]["figures"][0]
        assert (figure["value"], figure["said"], figure["state"]) == (
            0,
            "minder dan 5",
            ["near", "rond het doel"],
        )

    def test_hours_are_rounded_to_what_five_people_bring(self, officer):
        event = EventFactory(held=True, kind="training", session__hours=Decimal(8), starts_at=NOW)
        for _person in range(4):
            AttendanceFactory(registration=RegistrationFactory(event=event))
        LineFactory(measure="participations.hours", filters={"kind": ["training"]}, unit="uren", target=30)

        figures = put(officer).figures["goals"][0]["promises"][0]["figures"]

        assert (figures[0]["said"], figures[0]["state"][0]) == ("minder dan 40", "near")

    @pytest.mark.usefixtures("line")
    def test_no_name_and_no_address_of_anyone_leaves(self, client, officer):
        MembershipFactory(person=PersonFactory(first_name="Geheim", email="geheim@bestuur.example"))
        officer.first_name = "Pimpernel"
        officer.save()
        put(officer)

        for address in ADDRESSES:
            text = client.get(address).content.decode()
            assert not re.search("geheim|pimpernel|@bestuur", text, re.IGNORECASE)

    @pytest.mark.usefixtures("line")
    def test_a_map_of_few_is_not_shown(self, client, officer):
        put(officer)

        assert client.get(f"{PAGE}kaart.svg").status_code == 404
        assert client.get(f"{PAGE}bereik/").status_code == 404
        assert "Wie is bereikt?" not in client.get(PAGE).text


class TestHeaders:
    @pytest.mark.usefixtures("line")
    def test_only_named_websites_may_frame_it_and_only_the_frame(self, client, officer):
        put(officer, hosts=[HOST])

        frame, page = client.get(FRAME), client.get(PAGE)

        assert f"frame-ancestors 'self' {HOST}" in frame["Content-Security-Policy"]
        assert "X-Frame-Options" not in frame
        assert HOST not in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "SAMEORIGIN"

    @pytest.mark.usefixtures("line")
    def test_without_a_list_no_other_website_may(self, client, officer):
        put(officer)

        assert re.search(r"frame-ancestors 'self'(;|$)", client.get(FRAME)["Content-Security-Policy"])

    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.usefixtures("line")
    def test_a_cache_may_keep_it_five_minutes_and_asks_briefly_after_that(self, client, officer, address):
        put(officer, hosts=[HOST])
        first = client.get(address)

        again = client.get(address, headers={"If-None-Match": first["ETag"]})

        assert first["Cache-Control"] == "public, max-age=300"
        assert (again.status_code, again.content) == (304, b"")
        policies = {response["Content-Security-Policy"].count(HOST) for response in (first, again)}
        assert policies == {int(address == FRAME)}
        assert (
            first.has_header("X-Frame-Options") is again.has_header("X-Frame-Options") is (address != FRAME)
        )

    @pytest.mark.usefixtures("line")
    def test_who_is_signed_in_gets_a_page_that_no_cache_keeps(self, as_role, officer):
        put(officer)

        assert "no-store" in as_role(Role.MANAGEMENT).get(PAGE)["Cache-Control"]

    @pytest.mark.usefixtures("line")
    def test_data_is_open_to_every_website_under_a_licence(self, client, officer):
        put(officer)

        response = client.get(f"{PAGE}cijfers.json")

        assert response["Access-Control-Allow-Origin"] == "*"
        assert 'rel="license"' in response["Link"]
        assert response.json()["licence"].startswith("https://creativecommons.org/licenses/by/4.0/")
        assert response.json()["until"] == "2026-06-30"

    @pytest.mark.usefixtures("line")
    def test_a_link_elsewhere_says_what_it_leads_to(self, client, officer, settings):
        settings.BASE_URL = "https://trekker.example"
        put(officer)

        html = client.get(PAGE).text

        assert '<meta property="og:title" content="Resultaten 2026: Digitale inclusie 2026">' in html
        assert '<meta property="og:url" content="https://trekker.example/resultaten/2026/">' in html


class TestPage:
    @pytest.mark.usefixtures("line")
    def test_the_short_address_leads_to_the_newest_year(self, client, officer):
        put(officer)

        assert client.get("/resultaten/").headers["Location"] == PAGE

    def test_without_results_it_says_what_one_can_do(self, client):
        html = client.get("/resultaten/").text

        assert "Nog geen resultaten" in html
        assert reverse("agenda:list") in html

    def test_a_formula_in_a_promise_is_inert_in_the_sheet(self, client, officer):
        LineFactory(
            indicator=IndicatorFactory(text="=1+1", goal=GoalFactory(title='<script>alert("x")</script>'))
        )
        put(officer)

        assert "'=1+1" in client.get(f"{PAGE}cijfers.csv").content.decode()
        assert "<script>alert" not in client.get(PAGE).text


class TestOffice:
    @pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.MANAGEMENT])
    @pytest.mark.usefixtures("line")
    def test_who_may_not_change_reports_sees_no_preview(self, as_role, role):
        browser = as_role(role)

        for name in ("publication:edit", "publication:preview"):
            assert browser.get(reverse(name, args=[2026])).status_code in {302, 403}

    @pytest.mark.usefixtures("line")
    def test_a_preview_shows_the_page_to_the_officer_alone(self, as_role, client):
        html = as_role(Role.PROGRAMME_OFFICER).get(reverse("publication:preview", args=[2026])).text

        assert "Dit is een voorbeeld" in html
        assert "5 of meer" in html
        assert client.get(PAGE).status_code == 404

    @pytest.mark.usefixtures("line")
    def test_the_officer_puts_it_on_copies_the_frame_and_takes_it_off(self, as_role, client, settings):
        settings.BASE_URL = "https://trekker.example"
        browser, address = as_role(Role.PROGRAMME_OFFICER), reverse("publication:edit", args=[2026])

        html = browser.post(address, {"shows": "today", "hosts": f"{HOST}/\n"}, follow=True).text
        seen = client.get(PAGE).status_code
        browser.post(reverse("publication:take_off", args=[2026]))

        assert "&lt;iframe src=&quot;https://trekker.example/resultaten/2026/kader/&quot;" in html.replace(
            '"', "&quot;"
        )
        assert seen == 200
        assert client.get(PAGE).status_code == 404

    @pytest.mark.usefixtures("line")
    def test_the_list_names_each_year_of_a_plan(self, as_role, officer):
        put(officer)

        html = as_role(Role.PROGRAMME_OFFICER).get(reverse("publication:index")).text

        assert "staat op de website" in html
        assert as_role_address(2026) in html

    @pytest.mark.usefixtures("line")
    def test_a_year_without_a_plan_is_not_found(self, as_role):
        assert (
            as_role(Role.PROGRAMME_OFFICER).get(reverse("publication:edit", args=[2031])).status_code == 404
        )


def as_role_address(year: int) -> str:
    return reverse("publication:edit", args=[year])


class TestHosts:
    def form(self, hosts: str) -> PublicationForm:
        return PublicationForm({"shows": "today", "hosts": hosts}, is_fixed=False)

    def test_are_kept_as_origins_each_once(self):
        form = self.form(
            "https://www.VVSG.be/\n\nhttps://www.vvsg.be\nhttps://a.b.example:8443\nhttp://localhost:8000"
        )

        assert form.is_valid()
        assert form.cleaned_data["hosts"] == [
            "https://www.vvsg.be",
            "https://a.b.example:8443",
            "http://localhost:8000",
        ]

    @pytest.mark.parametrize(
        "wrong",
        [
            *("*", "https://*", "https://*.vvsg.be", "http://www.vvsg.be", "www.vvsg.be", "https://vvsg"),
            *(
                "https://vvsg.be; script-src *",
                "https://vvsg.be 'unsafe-inline'",
                "https://vvsg.be/pad",
                "data:",
            ),
            *("https://vvsg.be,https://b.be", "https://user@vvsg.be", "https://vvsg.be?x", "https://vvsg.bé"),
        ],
    )
    def test_that_are_more_than_an_origin_are_refused(self, wrong):
        assert "hosts" in self.form(wrong).errors

    def test_what_was_never_fixed_cannot_be_chosen(self):
        assert "shows" in PublicationForm({"shows": "fixed", "hosts": ""}, is_fixed=False).errors


@pytest.mark.usefixtures("line")
def test_a_day_of_the_year_is_read_back(officer):
    assert date.fromisoformat(put(officer).figures["until"]) == date(2026, 6, 30)
