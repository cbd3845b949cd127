from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.network.tests.factories import TEAMS, ChannelFactory, MembershipFactory
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.actions import erase_person
from trekker.people.models import Account, Person, Position
from trekker.people.tests.factories import AliasFactory, PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/netwerk/personen/"
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
OFFICER = Role.PROGRAMME_OFFICER


def page_of(person) -> str:
    return reverse("person:inspect", args=[person.pk])


def names(response) -> list[str]:
    return [str(each) for each in response.context["object_list"]]


def form_of(**facts):
    """Give what the form of a person sends at the least."""
    return {"first_name": "", "last_name": "", "email": "", "phone": "", "aliases": "", "note": "", **facts}


@pytest.fixture
def fien():
    person = PersonFactory(first_name="Fien", last_name="Proef", email="fien@hasselt.example")
    AliasFactory(person=person, email="thuis@post.example")
    PositionFactory(person=person, organisation=OrganisationFactory(name="Hasselt"), function="trekker")
    return person


class TestTheList:
    @pytest.mark.parametrize("words", ["fien proef", "FIEN@hasselt", "thuis@post", "Hasselt"])
    @pytest.mark.usefixtures("fien")
    def test_finds_by_name_address_or_organisation(self, as_role, words):
        PersonFactory(first_name="Ans")

        assert names(as_role(OFFICER).get(LIST, {"q": words})) == ["Fien Proef"]

    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            ({"organisation_kind": "local_government"}, ["Fien Proef"]),
            ({"organisation_kind": "igs"}, []),
            ({"province": "Limburg"}, ["Fien Proef"]),
            ({"placed": "ja"}, ["Fien Proef"]),
            ({"placed": "nee"}, ["Ans Voorbeeld"]),
            ({"bounced": "ja"}, ["Ans Voorbeeld"]),
            ({"bounced": "nee"}, ["Fien Proef"]),
        ],
    )
    @pytest.mark.usefixtures("fien")
    def test_narrows_by_filter(self, as_role, chosen, found):
        PersonFactory(first_name="Ans", bounced_on=date(2026, 1, 1))

        assert names(as_role(OFFICER).get(LIST, chosen)) == found

    def test_narrows_by_channel(self, as_role, fien):
        channel = MembershipFactory(person=fien, channel=ChannelFactory(code=TEAMS)).channel
        MembershipFactory()

        assert names(as_role(OFFICER).get(LIST, {"channel": channel.pk})) == ["Fien Proef"]

    def test_leaves_out_who_was_erased(self, as_role, fien):
        browser = as_role(OFFICER)
        erase_person(person=fien, by=None, now=NOW)

        assert names(browser.get(LIST)) == []
        assert browser.get(page_of(fien)).status_code == 404

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        organisation, channel = OrganisationFactory(), ChannelFactory()
        browser = as_role(OFFICER)
        add_persons(200, organisation, channel)
        browser.get(LIST)

        with django_assert_max_num_queries(25) as few:
            browser.get(LIST)
        add_persons(1800, organisation, channel)

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)

    def test_downloads_every_column_and_keeps_a_phone_number(self, as_role, fien):
        Person.objects.filter(pk=fien.pk).update(phone="+32 11 22 33 44", last_name="=1+1")
        browser = as_role(OFFICER)

        response = browser.get(LIST, {"export": "csv"})

        lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0].startswith("naam;voornaam;achternaam;mailadres;telefoon;organisatie")
        assert "Fien;'=1+1;fien@hasselt.example;+32 11 22 33 44;Hasselt;trekker" in lines[1]
        assert lines_of([response.wsgi_request.user]).get().data == {"list": "personen", "rows": 1}

    @pytest.mark.parametrize(("role", "status"), [(Role.PARTNER_OFFICER, 200), (Role.MANAGEMENT, 302)])
    def test_shows_by_role(self, as_role, role, status):
        assert as_role(role).get(LIST).status_code == status

    def test_gives_a_partner_no_download(self, as_role):
        assert as_role(Role.PARTNER_OFFICER).get(LIST, {"export": "xlsx"}).status_code == 302


def add_persons(many, organisation, channel):
    made = Person.objects.bulk_create(Person(first_name="X", last_name=f"P{n}") for n in range(many))
    Position.objects.bulk_create(Position(person=each, organisation=organisation) for each in made)
    channel.memberships.bulk_create(
        channel.memberships.model(person=each, channel=channel, from_on=date(2024, 1, 1)) for each in made
    )


class TestThePage:
    def test_shows_positions_memberships_addresses_and_log(self, as_role, fien):
        MembershipFactory(person=fien, consent_text="Ja, graag.")
        PositionFactory(person=fien, organisation__name="Elders", until_on=date(2020, 1, 1))
        browser = as_role(OFFICER)
        browser.post(
            reverse("person:edit", args=[fien.pk]),
            form_of(first_name="Fientje", aliases="thuis@post.example"),
        )

        text = browser.get(page_of(fien)).text

        for shown in ("Fientje", "thuis@post.example", "Hasselt", "Elders", "Ja, graag.", "Verbeterd"):
            assert shown in text

    def test_shows_a_partner_no_buttons_and_no_log(self, as_role, fien):
        text = as_role(Role.PARTNER_OFFICER).get(page_of(fien)).text

        assert "Hasselt" in text
        assert "Logboek" not in text
        assert "Voeg een functie toe" not in text


class TestAddingAndCorrecting:
    def test_adds_a_person(self, as_role):
        browser = as_role(OFFICER)
        assert browser.get(reverse("person:add")).status_code == 200

        response = browser.post(
            reverse("person:add"),
            form_of(first_name="Fien", email="Fien@Post.example", aliases="a@b.example c@d.example"),
        )

        person = Person.objects.get()
        assert response.url == page_of(person)
        assert person.email == "fien@post.example"
        assert person.aliases.count() == 2

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({}, "__all__"),
            ({"email": "geen adres"}, "email"),
            ({"email": "fiën@post.example"}, "email"),
            ({"first_name": "Fien", "aliases": "geen-adres"}, "aliases"),
        ],
    )
    def test_says_what_is_wrong(self, as_role, facts, field):
        response = as_role(OFFICER).post(reverse("person:add"), form_of(**facts))

        assert field in response.context["form"].errors
        assert not Person.objects.exists()

    @pytest.mark.usefixtures("fien")
    def test_says_whose_an_address_is(self, as_role):
        response = as_role(OFFICER).post(reverse("person:add"), form_of(email="fien@hasselt.example"))

        assert response.context["form"].errors["email"] == [
            "fien@hasselt.example is al van Fien Proef. Open die persoon, of voeg beide samen."
        ]


class TestPositions:
    def test_are_added_corrected_and_ended(self, as_role):
        person, organisation = PersonFactory(), OrganisationFactory()
        browser = as_role(OFFICER)
        add = reverse("people:add_position", args=[person.pk])
        assert browser.get(add).status_code == 200

        browser.post(add, {"organisation": organisation.pk, "function": "trekker", "from_on": "2026-01-01"})
        position = Position.objects.get()
        correct = reverse("people:correct_position", args=[person.pk, position.pk])
        assert 'value="trekker"' in browser.get(correct).text
        browser.post(correct, {"organisation": organisation.pk, "function": "coach", "from_on": "2026-01-01"})
        end = reverse("people:end_position", args=[person.pk, position.pk])
        assert browser.get(end).status_code == 200
        browser.post(end, {"until_on": "2026-02-01"})

        position.refresh_from_db()
        assert (position.function, position.until_on) == ("coach", date(2026, 2, 1))

    @pytest.mark.parametrize("name", ["people:correct_position", "people:end_position"])
    def test_do_not_end_before_they_start(self, as_role, name):
        position = PositionFactory(from_on=date(2026, 1, 1))

        response = as_role(OFFICER).post(
            reverse(name, args=[position.person_id, position.pk]),
            {"organisation": position.organisation_id, "from_on": "2026-01-01", "until_on": "2025-01-01"},
        )

        assert response.context["form"].errors == {"until_on": ["De laatste dag moet na de eerste komen."]}

    def test_of_another_person_are_not_found(self, as_role):
        position = PositionFactory()

        address = reverse("people:end_position", args=[PersonFactory().pk, position.pk])
        assert as_role(OFFICER).get(address).status_code == 404


class TestMerging:
    def test_shows_what_moves_and_then_does_it(self, as_role, fien):
        kept = PersonFactory(first_name="Fien", last_name="Proef")
        browser = as_role(OFFICER)

        found = browser.post(reverse("people:double", args=[kept.pk]), {"other": fien.pk})
        shown = browser.get(found.url).text
        done = browser.post(found.url)

        assert "Andere mailadressen: 1" in shown
        assert done.url == page_of(kept)
        assert not Person.objects.filter(pk=fien.pk).exists()

    def test_asks_for_another_than_themselves(self, as_role, fien):
        response = as_role(OFFICER).post(reverse("people:double", args=[fien.pk]), {"other": fien.pk})

        assert "Kies een andere persoon" in response.text

    def test_suggests_who_has_the_same_name_at_the_same_local_government(self, as_role, fien):
        hasselt = fien.positions.get().organisation
        ocmw = OrganisationFactory(ocmw=True, counts_as=hasselt)
        PositionFactory(person__first_name="fien", person__last_name="proef", organisation=ocmw)
        PositionFactory(person__first_name="Fien", person__last_name="Proef")

        text = as_role(OFFICER).get(reverse("people:doubles")).text

        assert text.count("zelfde naam bij Hasselt") == 1

    @pytest.mark.usefixtures("fien")
    def test_suggests_who_shares_an_address(self, as_role):
        PersonFactory(email="thuis@post.example")

        assert "beide bekend als thuis@post.example" in as_role(OFFICER).get(reverse("people:doubles")).text

    @pytest.mark.usefixtures("fien")
    def test_says_so_when_there_are_none(self, as_role):
        assert "Geen mogelijke dubbels" in as_role(OFFICER).get(reverse("people:doubles")).text


class TestErasing:
    def test_says_what_goes_and_stays_and_then_does_it(self, as_role, fien):
        browser = as_role(OFFICER)
        address = reverse("people:erase", args=[fien.pk])

        shown = browser.get(address).text
        browser.post(address)

        assert "1 functie: functie, beleidsdomein, geeft leiding" in shown
        assert "1 ander mailadres" in shown
        fien.refresh_from_db()
        assert fien.email is None

    def test_warns_of_an_account_with_the_address(self, as_role, fien):
        Account.objects.create_user(fien.email)

        assert "account met dit adres" in as_role(OFFICER).get(reverse("people:erase", args=[fien.pk])).text

    def test_is_not_for_a_partner(self, as_role, fien):
        as_role(Role.PARTNER_OFFICER).post(reverse("people:erase", args=[fien.pk]))

        fien.refresh_from_db()
        assert fien.erased_at is None

    def test_is_done_again_from_a_kept_list(self, as_role, fien, tmp_path):
        as_role(OFFICER).post(reverse("people:erase", args=[fien.pk]))
        kept = tmp_path / "wissingen.txt"
        with kept.open("w") as file:
            call_command("erasures", stdout=file)
        restored = PersonFactory(email="fien@hasselt.example")
        said = StringIO()

        call_command("erasures", apply=str(kept), stdout=said)

        restored.refresh_from_db()
        assert restored.erased_at
        assert said.getvalue() == "1 persoon opnieuw gewist.\n"


class TestChoosing:
    @pytest.mark.usefixtures("fien")
    def test_is_only_for_who_may_see_persons(self, as_role):
        address = reverse("person_chooser:choose_results")

        assert "Fien Proef" in as_role(OFFICER).get(address, {"q": "fien"}).text
        assert as_role(Role.MANAGEMENT).get(address).status_code in {302, 403}

    @pytest.mark.parametrize("pk", ["abc", "999999", "9" * 23])
    def test_finds_nothing_for_what_is_no_id(self, as_role, pk):
        address = reverse("person_chooser:choose").rstrip("/")

        assert as_role(OFFICER).get(f"{address}/chosen/{pk}/").status_code == 404


class TestAccounts:
    ADD = "/beheer/users/new/"

    def facts(self, **facts):
        return {
            "email": "Nieuw@Koepel.example",
            "first_name": "Ans",
            "last_name": "Nieuw",
            "groups": [],
            **facts,
        }

    def test_are_given_without_a_password_and_with_roles(self, as_role):
        browser = as_role(Role.ADMINISTRATOR)
        assert browser.get(self.ADD).status_code == 200

        browser.post(self.ADD, self.facts(groups=[Group.objects.get(name=Role.PARTNER_OFFICER).pk]))

        account = Account.objects.get(email="nieuw@koepel.example")
        assert not account.has_usable_password()
        assert [group.name for group in account.groups.all()] == [Role.PARTNER_OFFICER]
        assert not account.is_superuser

    def test_may_have_a_password(self, as_role):
        secret = "een lang wachtwoord"

        as_role(Role.ADMINISTRATOR).post(self.ADD, self.facts(password1=secret, password2=secret))

        assert Account.objects.get(email="nieuw@koepel.example").check_password(secret)

    def test_keep_their_password_when_corrected(self, as_role):
        account = Account.objects.create_user("bestaat@koepel.example", "een lang wachtwoord")
        browser = as_role(Role.ADMINISTRATOR)
        address = f"/beheer/users/edit/{account.pk}/"
        assert browser.get(address).status_code == 200

        browser.post(address, self.facts(email=account.email, is_active="on"))

        account.refresh_from_db()
        assert (account.first_name, account.check_password("een lang wachtwoord")) == ("Ans", True)

    @pytest.mark.parametrize("email", ["ans@koepel.example", "ANS@koepel.example", "аns@koepel.example"])
    def test_refuse_an_address_that_is_taken_or_imitates_one(self, as_role, email):
        Account.objects.create_user("ans@koepel.example")

        response = as_role(Role.ADMINISTRATOR).post(self.ADD, self.facts(email=email))

        assert "email" in response.context["form"].errors

    def test_are_not_given_by_a_programme_officer(self, as_role):
        assert as_role(OFFICER).get(self.ADD).status_code == 302
