"""The map of the reach on screen: what it asks, what it shows, and who may take names along."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from wagtail.models import ModelLogEntry

from tests.browser import Browser
from trekker.events.tests.factories import AttendanceFactory, EventFactory
from trekker.kernel.access import Role
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.organisations.tests.factories import OrganisationFactory, PartnershipFactory
from trekker.people.tests.factories import AccountFactory, PositionFactory
from trekker.reports.formats import flanders

pytestmark = pytest.mark.django_db
CODES = {name: code for code, name in flanders.NAMES.items()}
MAP, KINDS, INVITE = "/beheer/bereik/", "/beheer/bereik/soorten/", "/beheer/bereik/uitnodigen/"


def town(name, **facts):
    return OrganisationFactory(name=name, nis_code=CODES[name], **facts)


@pytest.fixture
def year():
    """Mol is a member, Geel came to a training, Balen and Dessel were never reached."""
    names = ("Mol", "Geel", "Balen", "Dessel")
    mol, geel, balen, dessel = (town(name, province="Antwerpen") for name in names)
    ChannelFactory(makes_members=True)
    MembershipFactory(person=PositionFactory(organisation=mol).person)
    AttendanceFactory(
        registration__organisation=geel, registration__event=EventFactory(held=True, training=True)
    )
    known = PositionFactory(organisation=balen, person__first_name="Fien", person__last_name="Peeters")
    association = OrganisationFactory(name="Kempen samen", igs=True)
    for each in (balen, dessel):
        PartnershipFactory(association=association, participant=each)
    return {"mol": mol, "balen": balen, "known": known.person}


@pytest.fixture
def browser():
    def signed_in(role=Role.PROGRAMME_OFFICER):
        browser = Browser()
        browser.force_login(AccountFactory(role=role))
        return browser

    return signed_in


def text(response) -> str:
    return response.content.decode()


def rows_of(response) -> list[list[str]]:
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    return [line.split(";") for line in lines]


class TestThePage:
    def test_shows_the_map_its_figure_and_who_was_not_reached(self, year, browser):
        page = text(browser().get(MAP, {"jaar": "2026"}))

        assert "<strong>2</strong> van 4 gemeenten" in page
        assert '<svg class="reach-drawing"' in page
        assert flanders.ATTRIBUTION in page
        assert "Antwerpen (2)" in page
        assert f'<a href="{reverse("organisation:inspect", args=[year["balen"].pk])}">Balen</a>' in page
        assert "Kempen samen" in page
        assert page.count("nog geen register") == 3

    @pytest.mark.usefixtures("year")
    def test_says_that_there_is_no_register_and_shows_no_figure(self, browser):
        page = text(browser().get(MAP, {"jaar": "2026", "wijze": "tool"}))

        assert "Er is dus geen cijfer, ook geen nul." in page
        assert "Nog niet bereikt" not in page
        assert "van 4 gemeenten" not in page

    @pytest.mark.usefixtures("year")
    def test_keeps_what_was_chosen_and_takes_the_rest_as_nothing(self, browser):
        page = text(
            browser().get(
                MAP, {"jaar": "2026", "wijze": "member", "soort": "intervision", "grootte": "enorm"}
            )
        )

        assert '<option value="member" selected>' in page
        assert "<strong>1</strong> van 4 gemeenten" in page
        assert "De soort activiteit telt niet mee" in page

    @pytest.mark.parametrize("asked", ["", "1066", "zomer", "²"])
    def test_shows_this_year_when_it_does_not_understand_the_year(self, browser, asked):
        assert browser().get(MAP, {"jaar": asked}).status_code == 200

    @pytest.mark.usefixtures("year")
    def test_asks_few_queries(self, browser, django_assert_max_num_queries):
        officer = browser()
        officer.get(MAP)

        with django_assert_max_num_queries(24):
            officer.get(MAP)

    @pytest.mark.usefixtures("year")
    def test_counts_each_kind_and_leads_to_its_map(self, browser):
        page = text(browser().get(KINDS, {"jaar": "2026"}))

        assert "jaar=2026&amp;wijze=took_part&amp;soort=training" in page
        assert 'Opleiding</a></th><td class="tk-number">1</td>' in page

    def test_has_a_place_in_the_menu_of_who_may_see_organisations(self, browser):
        assert f'"{MAP}"' in text(browser(Role.MANAGEMENT).get("/beheer/organisaties/"))


class TestTheListToInvite:
    def test_gives_who_may_take_names_along_the_people_known_there(self, year, browser):
        headings, balen, dessel = rows_of(browser().get(INVITE, {"jaar": "2026", "formaat": "csv"}))

        assert headings == ["gemeente", "provincie", "inwoners", "OCMW", "contactpersonen", "mailadressen"]
        assert balen[:4] == ["Balen", "Antwerpen", "", ""]
        assert balen[4:] == ["Fien Peeters (medewerker digitale inclusie)", year["known"].email]
        assert dessel[0] == "Dessel"

    @pytest.mark.parametrize("role", [Role.MANAGEMENT, Role.PARTNER_OFFICER])
    def test_gives_others_no_names(self, year, browser, role):
        response = browser(role).get(INVITE, {"jaar": "2026", "formaat": "csv"})
        whole = b"".join(response.streaming_content).decode()

        assert "Balen" in whole
        assert "Peeters" not in whole
        assert year["known"].email not in whole

    @pytest.mark.usefixtures("year")
    def test_comes_as_a_workbook_too(self, browser):
        response = browser().get(INVITE, {"jaar": "2026", "formaat": "xlsx"})
        book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))

        assert [row[0] for row in book.get_sheet_by_index(0).to_python()] == ["gemeente", "Balen", "Dessel"]

    @pytest.mark.usefixtures("year")
    def test_follows_what_was_chosen(self, browser):
        asked = {"jaar": "2026", "wijze": "member", "formaat": "csv"}

        assert [row[0] for row in rows_of(browser().get(INVITE, asked))[1:]] == ["Balen", "Dessel", "Geel"]

    @pytest.mark.usefixtures("year")
    def test_is_noted_in_the_log(self, browser):
        browser().get(INVITE, {"jaar": "2026"})

        entry = ModelLogEntry.objects.get(action="kernel.downloaded")
        assert entry.data["list"] == "uit te nodigen 2026"
        assert entry.data["rows"] == 2

    def test_knows_no_other_form(self, browser):
        assert browser().get(INVITE, {"formaat": "pdf"}).status_code == 404
