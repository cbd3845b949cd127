"""What the network does when an address stops working."""

from datetime import UTC, date, datetime

import pytest

from trekker.kernel.audit import lines_of
from trekker.mail.actions import lift_stop, stop_address
from trekker.network.models import Channel, Membership
from trekker.network.tests.factories import TEAMS, ChannelFactory, MembershipFactory
from trekker.people.tests.factories import AliasFactory

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)  # half past midnight in Brussels
DAY = date(2026, 5, 5)


@pytest.fixture
def newsletter():
    return ChannelFactory(kind=Channel.Kind.NEWSLETTER)


def stop(address):
    return stop_address(address=address, reason="Het adres bestaat niet.", by=None, now=NIGHT)


class TestAnAddressThatStops:
    def test_ends_the_newsletters_of_the_person_that_day(self, newsletter):
        membership = MembershipFactory(channel=newsletter)
        teams = MembershipFactory(person=membership.person, channel=ChannelFactory(code=TEAMS, kind="TEAMS"))

        stop(membership.person.email.upper())

        membership.refresh_from_db()
        assert (membership.until_on, membership.ended_because) == (DAY, Membership.End.BOUNCED)
        membership.person.refresh_from_db()
        assert membership.person.bounced_on == DAY
        teams.refresh_from_db()
        assert teams.until_on is None
        assert lines_of([membership.person]).get().action == "network.membership_ended"

    def test_ends_one_that_starts_later_on_its_first_day(self, newsletter):
        membership = MembershipFactory(channel=newsletter, from_on=date(2026, 6, 1))

        stop(membership.person.email)

        membership.refresh_from_db()
        assert membership.until_on == date(2026, 6, 1)

    def test_leaves_alone_who_has_it_as_another_address(self, newsletter):
        membership = MembershipFactory(channel=newsletter)

        stop(AliasFactory(person=membership.person).email)
        stop("niemand@bestuur.example")

        membership.person.refresh_from_db()
        assert membership.person.bounced_on is None
        membership.refresh_from_db()
        assert membership.until_on is None

    def test_keeps_the_day_and_the_end_that_were_known(self, newsletter):
        ended = MembershipFactory(channel=newsletter, until_on=date(2025, 1, 1), ended_because="LEFT")
        ended.person.bounced_on = date(2025, 2, 2)
        ended.person.save()

        stop(ended.person.email)

        ended.refresh_from_db()
        assert (ended.until_on, ended.ended_because) == (date(2025, 1, 1), "LEFT")
        assert ended.person.bounced_on == date(2025, 2, 2)

    def test_that_works_again_is_noted_and_starts_nothing(self, newsletter):
        membership = MembershipFactory(channel=newsletter)

        lift_stop(stopped=stop(membership.person.email), by=None, now=NIGHT)

        membership.person.refresh_from_db()
        assert membership.person.bounced_on is None
        membership.refresh_from_db()
        assert membership.until_on == DAY
