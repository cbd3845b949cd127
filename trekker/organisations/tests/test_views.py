from datetime import date

import pytest
from django.urls import reverse

from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.network.tests.factories import MembershipFactory
from trekker.organisations.models import MailDomain, Organisation, Standing
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory, PartnershipFactory
from trekker.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/organisaties/"
OFFICER = Role.PROGRAMME_OFFICER


def page_of(organisation) -> str:
    return reverse("organisation:inspect", args=[organisation.pk])


def names(response) -> list[str]:
    return [each.name for each in response.context["object_list"]]


def form_of(**facts):
    """Give what the form of an organisation sends at the least."""
    return {"name": "Digidak", "kind": "PARTNER", "mail_domains": "", "note": "", **facts}


class TestTheList:
    @pytest.mark.parametrize("words", ["hasselt", "3500", "71072", "hasselt.example", "0207.466.964"])
    def test_finds_by_name_place_number_or_mail_domain(self, as_role, words):
        hasselt = OrganisationFactory(
            name="Hasselt", postal_code="3500", nis_code="71072", kbo_number="0207466964"
        )
        MailDomainFactory(organisation=hasselt, domain="hasselt.example")
        OrganisationFactory(name="Genk")

        assert names(as_role(OFFICER).get(LIST, {"q": words})) == ["Hasselt"]

    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            ({"kind": "OCMW"}, ["OCMW Hier"]),
            ({"province": "Antwerpen"}, ["Daar"]),
            ({"active": "nee"}, ["Daar"]),
            ({"members": "ja"}, ["Hier", "OCMW Hier"]),
            ({"members": "nee"}, ["Daar"]),
        ],
    )
    def test_narrows_by_filter(self, as_role, chosen, found):
        here = OrganisationFactory(name="Hier")
        ocmw = OrganisationFactory(name="OCMW Hier", ocmw=True, counts_as=here)
        OrganisationFactory(name="Daar", province="Antwerpen", is_closed=True)
        MembershipFactory(person=PositionFactory(organisation=ocmw).person)

        assert names(as_role(OFFICER).get(LIST, chosen)) == found

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser = as_role(OFFICER)
        organisations = Organisation.objects.bulk_create(Organisation(name=f"B{n}") for n in range(200))
        Standing.objects.bulk_create(_alone(each) for each in organisations)
        browser.get(LIST)

        with django_assert_max_num_queries(25) as few:
            browser.get(LIST)
        organisations = Organisation.objects.bulk_create(Organisation(name=f"C{n}") for n in range(1800))
        Standing.objects.bulk_create(_alone(each) for each in organisations)

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_is_downloaded_by_who_may_and_leaves_a_line_in_the_log(self, as_role, form):
        OrganisationFactory(name="=Hasselt")
        browser = as_role(OFFICER)

        response = browser.get(LIST, {"export": form})

        content = b"".join(response.streaming_content)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert form != "csv" or "'=Hasselt" in content.decode("utf-8-sig")
        assert lines_of([response.wsgi_request.user]).get().data == {"list": "organisaties", "rows": 1}

    def test_offers_no_download_to_a_partner(self, as_role):
        browser = as_role(Role.PARTNER_OFFICER)

        assert "export=csv" not in browser.get(LIST).text
        assert browser.get(LIST, {"export": "csv"}).status_code == 302


def _alone(organisation):
    return Standing(organisation=organisation, counted=organisation, from_on=date.min, until_on=date.max)


class TestThePage:
    def test_shows_people_members_mergers_and_partners(self, as_role):
        hasselt = OrganisationFactory(name="Hasselt")
        OrganisationFactory(name="Kortessem", merged_into=hasselt, merged_on="2025-01-01")
        PartnershipFactory(association__name="Limburg samen", participant=hasselt)
        place = PositionFactory(organisation=hasselt, person__first_name="Fien", person__last_name="Proef")
        MembershipFactory(person=place.person, channel__code="eigen")

        text = as_role(OFFICER).get(page_of(hasselt)).text

        for shown in ("Kortessem", "01/01/2025", "Limburg samen", "Fien Proef", "Kanaal eigen"):
            assert shown in text

    def test_shows_management_no_people(self, as_role):
        place = PositionFactory(person__first_name="Fien")

        text = as_role(Role.MANAGEMENT).get(page_of(place.organisation)).text

        assert "Fien" not in text
        assert "Verbeter" not in text


class TestAdding:
    def test_adds_a_partner_with_its_mail_domains(self, as_role):
        browser = as_role(OFFICER)
        assert browser.get(reverse("organisation:add")).status_code == 200

        response = browser.post(
            reverse("organisation:add"), form_of(mail_domains="digidak.example\ndak.example")
        )

        partner = Organisation.objects.get()
        assert response.url == page_of(partner)
        assert Standing.objects.get().counted == partner
        assert MailDomain.objects.count() == 2

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"merged_on": "2025-01-01"}, "merged_on"),
            ({"closed_on": "2025-01-01"}, "is_closed"),
            ({"name": ""}, "name"),
        ],
    )
    def test_says_what_contradicts_itself(self, as_role, facts, field):
        response = as_role(OFFICER).post(reverse("organisation:add"), form_of(**facts))

        assert field in response.context["form"].errors
        assert not Organisation.objects.exists()


class TestCorrecting:
    def test_says_which_circle_it_would_make(self, as_role):
        here = OrganisationFactory(name="Hier")
        there = OrganisationFactory(name="Daar", counts_as=here)

        response = as_role(OFFICER).post(
            reverse("organisation:edit", args=[here.pk]), form_of(name="Hier", counts_as=there.pk)
        )

        assert "Hier → Daar → Hier" in response.context["form"].errors["counts_as"][0]

    def test_refuses_that_it_counts_for_itself(self, as_role):
        here = OrganisationFactory(name="Hier")

        response = as_role(OFFICER).post(
            reverse("organisation:edit", args=[here.pk]), form_of(name="Hier", counts_as=here.pk)
        )

        assert "counts_as" in response.context["form"].errors

    def test_logs_one_line_and_shows_it_in_the_history(self, as_role):
        here = OrganisationFactory(name="Hier")
        browser = as_role(OFFICER)

        browser.post(reverse("organisation:edit", args=[here.pk]), form_of(name="Ginder"))

        assert lines_of([here]).count() == 1
        assert "verbeterd" in browser.get(reverse("organisation:history", args=[here.pk])).text.lower()


class TestMerging:
    def test_shows_what_differs_and_moves_and_then_does_it(self, as_role):
        kept, dropped = OrganisationFactory(name="Hasselt"), OrganisationFactory(name="Stad Hasselt")
        position = PositionFactory(organisation=dropped)
        browser = as_role(OFFICER)

        found = browser.post(reverse("organisations:double", args=[kept.pk]), {"other": dropped.pk})
        shown = browser.get(found.url).text
        done = browser.post(found.url)

        assert "Stad Hasselt" in shown
        assert "Functies: 1" in shown
        assert done.url == page_of(kept)
        position.refresh_from_db()
        assert position.organisation == kept

    def test_says_so_when_it_would_count_for_itself(self, as_role):
        dropped = OrganisationFactory()
        merged = OrganisationFactory(name="Kortessem", merged_into=dropped, merged_on="2025-01-01")
        kept = OrganisationFactory(ocmw=True, counts_as=merged)
        browser = as_role(OFFICER)

        done = browser.post(reverse("organisations:merge", args=[kept.pk, dropped.pk]))

        assert "telt een organisatie voor zichzelf mee" in browser.get(done.url).text
        assert Organisation.objects.filter(pk=dropped.pk).exists()

    def test_asks_for_another_than_itself(self, as_role):
        organisation = OrganisationFactory()

        response = as_role(OFFICER).post(
            reverse("organisations:double", args=[organisation.pk]), {"other": organisation.pk}
        )

        assert "Kies een andere" in response.text


class TestChoosing:
    def test_finds_by_words_and_tells_doubles_apart(self, as_role):
        OrganisationFactory(name="Hasselt", province="Limburg")
        OrganisationFactory(name="Genk")

        response = as_role(OFFICER).get(reverse("organisation_chooser:choose_results"), {"q": "hass"})

        assert "gemeente, Limburg" in response.text
        assert "Genk" not in response.text

    def test_gives_the_chosen_one(self, as_role):
        hasselt = OrganisationFactory(name="Hasselt")

        response = as_role(OFFICER).get(reverse("organisation_chooser:chosen", args=[hasselt.pk]))

        assert "Hasselt" in response.text


class TestWhoMay:
    @pytest.mark.parametrize("name", ["organisation:edit", "organisations:double", "organisation:delete"])
    def test_a_partner_changes_nothing(self, as_role, name):
        organisation = OrganisationFactory()

        assert as_role(Role.PARTNER_OFFICER).get(reverse(name, args=[organisation.pk])).status_code in {
            302,
            403,
        }

    def test_nobody_deletes(self, as_role):
        organisation = OrganisationFactory()

        as_role(Role.ADMINISTRATOR).post(reverse("organisation:delete", args=[organisation.pk]))

        assert Organisation.objects.exists()
