from datetime import date

import pytest
from django.urls import reverse

from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.network.models import Channel, Membership
from trekker.network.tests.factories import TEAMS, ChannelFactory, MembershipFactory
from trekker.people.models import Person
from trekker.people.tests.factories import PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/netwerk/lidmaatschappen/"
OFFICER = Role.PROGRAMME_OFFICER
MAY = date(2026, 5, 1)


def names(response) -> list[str]:
    return [each.person.first_name for each in response.context["object_list"]]


class TestTheListOfMemberships:
    def test_gives_who_was_a_member_on_a_day(self, as_role):
        MembershipFactory(
            person__first_name="Fien", from_on=date(2024, 1, 1), until_on=MAY, ended_because="LEFT"
        )
        MembershipFactory(person__first_name="Ans", from_on=date(2025, 1, 1))
        browser = as_role(OFFICER)

        assert names(browser.get(LIST, {"day": "2024-06-01"})) == ["Fien"]
        assert names(browser.get(LIST, {"day": "2026-05-01"})) == ["Ans"]
        assert names(browser.get(LIST, {"state": "gestopt"})) == ["Fien"]
        assert names(browser.get(LIST, {"because": "BOUNCED"})) == []

    def test_narrows_by_channel_and_finds_by_organisation(self, as_role):
        place = PositionFactory(organisation__name="Hasselt", person__first_name="Fien")
        MembershipFactory(person=place.person)
        teams = MembershipFactory(person__first_name="Ans", channel=ChannelFactory(code=TEAMS)).channel
        browser = as_role(OFFICER)

        assert names(browser.get(LIST, {"channel": teams.pk})) == ["Ans"]
        assert names(browser.get(LIST, {"q": "hasselt"})) == ["Fien"]

    def test_downloads_with_the_consent(self, as_role):
        MembershipFactory(consent_text="Ja, graag.")

        response = as_role(OFFICER).get(LIST, {"export": "csv"})

        assert "Ja, graag." in b"".join(response.streaming_content).decode()
        assert lines_of([response.wsgi_request.user]).get().data["list"] == "lidmaatschappen"

    def test_costs_the_same_number_of_queries_for_more_rows(self, as_role, django_assert_max_num_queries):
        browser, channel = as_role(OFFICER), ChannelFactory()
        add(200, channel)
        browser.get(LIST)

        with django_assert_max_num_queries(25) as few:
            browser.get(LIST)
        add(1800, channel)

        with django_assert_max_num_queries(len(few)):
            browser.get(LIST)

    @pytest.mark.parametrize("name", ["add", "index"])
    def test_is_not_for_management_and_changed_from_the_person_only(self, as_role, name):
        assert as_role(Role.MANAGEMENT).get(reverse(f"membership:{name}")).status_code == 302
        assert as_role(Role.ADMINISTRATOR).get(reverse("membership:add")).status_code == 302


def add(many, channel):
    made = Person.objects.bulk_create(Person(last_name=f"P{n}") for n in range(many))
    Membership.objects.bulk_create(Membership(person=each, channel=channel, from_on=MAY) for each in made)


class TestChannels:
    def test_say_how_many_are_on_them(self, as_role):
        channel = MembershipFactory().channel
        MembershipFactory(from_on=date(2020, 1, 1), until_on=date(2021, 1, 1), ended_because="LEFT")
        browser = as_role(OFFICER)

        counted = {
            each.name: each.members_now
            for each in browser.get("/beheer/netwerk/kanalen/").context["object_list"]
        }
        text = browser.get(reverse("channel:inspect", args=[channel.pk])).text

        assert counted[channel.name] == 1
        assert f"?channel={channel.pk}" in text

    def test_keep_their_code_once_given(self, as_role):
        browser = as_role(OFFICER)
        browser.post(
            reverse("channel:add"), {"name": "Lerend netwerk", "code": "lerend", "kind": "OTHER", "words": ""}
        )
        channel = Channel.objects.get(code="lerend")

        browser.post(
            reverse("channel:edit", args=[channel.pk]),
            {"name": "Netwerk", "code": "anders", "kind": "OTHER", "words": ""},
        )

        channel.refresh_from_db()
        assert (channel.name, channel.code) == ("Netwerk", "lerend")

    def test_are_not_changed_by_a_partner(self, as_role):
        channel = ChannelFactory()

        assert (
            as_role(Role.PARTNER_OFFICER).get(reverse("channel:edit", args=[channel.pk])).status_code == 302
        )


class TestMemberships:
    def start(self, browser, person, **facts):
        given = {"channel": ChannelFactory().pk, "from_on": "2026-05-01", "source": "telefoon", **facts}
        return browser.post(reverse("network:start", args=[person.pk]), given)

    def test_are_started_corrected_and_ended(self, as_role):
        browser, person = as_role(OFFICER), PersonFactory()
        assert browser.get(reverse("network:start", args=[person.pk])).status_code == 200

        self.start(browser, person)
        membership = Membership.objects.get()
        correct = reverse("network:correct", args=[membership.pk])
        assert 'value="telefoon"' in browser.get(correct).text
        browser.post(correct, {"from_on": "2026-04-01", "source": "studiedag"})
        end = reverse("network:end", args=[membership.pk])
        assert browser.get(end).status_code == 200
        browser.post(end, {"until_on": "2026-06-01", "because": "LEFT"})

        membership.refresh_from_db()
        assert (membership.from_on, membership.until_on) == (date(2026, 4, 1), date(2026, 6, 1))
        assert (membership.source, membership.ended_because) == ("studiedag", "LEFT")
        assert browser.get(end).status_code == 404

    def test_do_not_overlap(self, as_role):
        membership = MembershipFactory(from_on=MAY)

        response = self.start(as_role(OFFICER), membership.person, channel=membership.channel_id)

        assert "al een lidmaatschap" in response.context["form"].errors["channel"][0]

    def test_corrected_do_not_overlap_either(self, as_role):
        first = MembershipFactory(from_on=date(2024, 1, 1), until_on=date(2025, 1, 1), ended_because="LEFT")
        second = MembershipFactory(person=first.person, from_on=MAY)

        response = as_role(OFFICER).post(
            reverse("network:correct", args=[second.pk]), {"from_on": "2024-06-01", "source": "x"}
        )

        assert "from_on" in response.context["form"].errors

    @pytest.mark.parametrize(
        ("name", "facts", "field"),
        [
            ("network:end", {"until_on": "2020-01-01", "because": "LEFT"}, "until_on"),
            ("network:end", {"until_on": "", "because": "LEFT"}, "until_on"),
            ("network:end", {"until_on": "2026-06-01", "because": "ERASED"}, "because"),
            (
                "network:correct",
                {"from_on": "2026-05-01", "until_on": "2020-01-01", "because": "LEFT", "source": "x"},
                "until_on",
            ),
            (
                "network:correct",
                {"from_on": "2026-05-01", "until_on": "2026-06-01", "source": "x"},
                "because",
            ),
        ],
    )
    def test_say_what_is_wrong(self, as_role, name, facts, field):
        membership = MembershipFactory(from_on=MAY)

        response = as_role(OFFICER).post(reverse(name, args=[membership.pk]), facts)

        assert field in response.context["form"].errors

    def test_are_not_changed_by_a_partner(self, as_role):
        membership = MembershipFactory()

        as_role(Role.PARTNER_OFFICER).post(
            reverse("network:end", args=[membership.pk]), {"until_on": "2026-06-01", "because": "LEFT"}
        )

        assert Membership.objects.open().exists()
