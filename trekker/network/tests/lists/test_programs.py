"""Lists that Mailchimp and Entra write."""

from datetime import UTC, date, datetime

import pytest

from trekker.imports.tests import files
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.network.tests.importing import compare, read_in
from trekker.people.models import Person

pytestmark = pytest.mark.django_db
End = Membership.End


class TestMailchimp:
    def test_takes_times_as_utc_and_days_as_belgian(self, audience):
        read_in(audience(subscribed=[("an@stad.example", "2025-01-31 23:30:00")]))

        membership = Membership.objects.get()
        assert membership.from_on == date(2025, 2, 1)
        assert membership.consent_at == datetime(2025, 1, 31, 23, 30, tzinfo=UTC)

    def test_ends_who_unsubscribed_and_who_bounced(self, audience):
        for name in ("an", "bo"):
            MembershipFactory(person__email=f"{name}@stad.example", from_on=date(2024, 1, 1))

        draft = read_in(
            audience(
                unsubscribed=[("an@stad.example", "2024-01-01 00:00:00", "2025-05-05 22:30:00")],
                cleaned=[("bo@stad.example", "2024-01-01 00:00:00", "2025-07-07 08:00:00")],
            )
        )

        assert draft.counts == {"ENDED": 2}
        ended = Membership.objects.order_by("until_on").values_list("until_on", "ended_because")
        assert list(ended) == [(date(2025, 5, 6), End.LEFT), (date(2025, 7, 7), End.BOUNCED)]
        assert Person.objects.get(email="bo@stad.example").bounced_on == date(2025, 7, 7)

    def test_remembers_who_left_before_we_knew_them(self, audience, sheet):
        read_in(audience(unsubscribed=[("an@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")]))

        draft = read_in(sheet(["an@stad.example", "", "", "", ""]))

        assert draft.counts == {"STAYS_OUT": 1}
        assert Membership.objects.get().until_on == date(2025, 5, 5)

    def test_believes_the_row_that_says_someone_left(self, audience):
        draft = read_in(
            audience(
                subscribed=[("an@stad.example", "2024-01-01 00:00:00")],
                unsubscribed=[("an@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")],
            )
        )

        assert draft.counts == {"ENDED": 1, "REFUSED": 1}
        assert Membership.objects.get().ended_because == End.LEFT

    def test_changes_nothing_the_second_time(self, audience):
        path = audience(
            subscribed=[("an@stad.example", "2025-01-01 10:00:00")],
            unsubscribed=[("bo@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")],
            cleaned=[("ci@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")],
        )
        read_in(path, complete=True)

        assert read_in(path, complete=True).counts == {"UNCHANGED": 3}

    @pytest.mark.parametrize(
        ("name", "extra", "code"),
        [
            ("subscribed_members_export.csv", [], "mailchimp"),
            ("unsubscribed_members_export.csv", ["UNSUB_TIME"], "mailchimp_unsubscribed"),
            ("cleaned_members_export.csv", [], "mailchimp_cleaned"),
        ],
    )
    def test_knows_each_file_apart(self, tmp_path, name, extra, code):
        row = [*files.mailchimp_row("an@stad.example"), *(["2025-05-05 10:00:00"] if extra else [])]
        path = files.csv_file(tmp_path / name, [[*files.MAILCHIMP, *extra], row], ",")

        assert compare(path).format == code


class TestEntra:
    def test_finds_the_address_of_a_guest_in_the_sign_in_name(self, tmp_path):
        ChannelFactory()
        upns = ["jan_de_smet_stad.example#EXT#@huurder.onmicrosoft.com", "an@huurder.onmicrosoft.com"]
        rows = [
            [upn, "Jan De Smet", "", mail, "", "1", "Guest"]
            for upn, mail in zip(upns, ["", "An@x.example"], strict=True)
        ]
        path = files.csv_file(tmp_path / "gebruikers.csv", [files.ENTRA, *rows], ",")

        draft = read_in(path)

        assert draft.format == "entra"
        assert set(Person.objects.values_list("email", flat=True)) == {
            "jan_de_smet@stad.example",
            "an@x.example",
        }
