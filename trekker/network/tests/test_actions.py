from datetime import UTC, date, datetime

import pytest

from trekker.kernel.audit import lines_of
from trekker.network import actions
from trekker.network.models import Membership
from trekker.network.tests.factories import TEAMS, ChannelFactory, MembershipFactory
from trekker.people.actions import merge_persons
from trekker.people.tests.factories import PersonFactory

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)
End = Membership.End
pytestmark = pytest.mark.django_db


def start(person=None, channel=None, from_on=MAY, **facts):
    return actions.start_membership(
        person=person or PersonFactory(),
        channel=channel or ChannelFactory(),
        from_on=from_on,
        source="formulier",
        by=None,
        now=NOW,
        **facts,
    )


class TestStartMembership:
    def test_keeps_where_it_came_from_and_the_consent(self):
        membership = start(consent_text="Ja, stuur mij de nieuwsbrief.", consent_at=NOW)

        assert (membership.source, membership.consent_at) == ("formulier", NOW)
        assert lines_of([membership.person]).get().data == {"channel": membership.channel.name}

    def test_refuses_who_is_on_the_channel_already(self):
        first = start()

        with pytest.raises(actions.AlreadyMember):
            start(first.person, from_on=JUNE)

    def test_refuses_a_start_before_an_ended_membership_was_over(self):
        ended = MembershipFactory(from_on=date(2025, 1, 1), until_on=JUNE, ended_because=End.LEFT)

        with pytest.raises(actions.AlreadyMember):
            start(ended.person)

    def test_lets_someone_come_back_on_the_day_after_leaving(self):
        ended = MembershipFactory(until_on=MAY, ended_because=End.LEFT)

        assert start(ended.person).from_on == MAY

    def test_lets_someone_be_on_two_channels(self):
        first = start()

        assert start(first.person, ChannelFactory(code=TEAMS))


class TestEndMembership:
    def end(self, membership, until_on=JUNE):
        return actions.end_membership(
            membership=membership, until_on=until_on, because=End.LEFT, by=None, now=NOW
        )

    def test_says_since_when_and_why(self):
        membership = self.end(start())

        assert (membership.until_on, membership.ended_because) == (JUNE, End.LEFT)
        assert not Membership.objects.active_on(JUNE).exists()
        assert Membership.objects.active_on(date(2026, 5, 31)).exists()

    def test_refuses_one_that_ended_before(self):
        membership = self.end(start())

        with pytest.raises(actions.AlreadyEnded):
            self.end(membership)

    def test_refuses_an_end_before_the_start(self):
        with pytest.raises(actions.EndsBeforeStart):
            self.end(start(from_on=JUNE), until_on=MAY)


class TestCorrectMembership:
    def correct(self, membership, **facts):
        given = {"from_on": membership.from_on, "until_on": None, "source": "rechtgezet", **facts}
        return actions.correct_membership(membership=membership, by=None, now=NOW, **given)

    def test_writes_other_days(self):
        membership = self.correct(start(), from_on=date(2026, 4, 1), until_on=JUNE, because=End.CORRECTED)

        assert (membership.from_on, membership.until_on) == (date(2026, 4, 1), JUNE)

    def test_lets_it_run_on_again(self):
        ended = MembershipFactory(until_on=MAY, ended_because=End.NOT_LISTED)

        membership = self.correct(ended)

        assert (membership.until_on, membership.ended_because) == (None, "")

    @pytest.mark.parametrize("facts", [{"until_on": date(2020, 1, 1), "because": "LEFT"}, {"until_on": JUNE}])
    def test_refuses_an_end_before_the_start_or_without_reason(self, facts):
        with pytest.raises(actions.EndsBeforeStart):
            self.correct(start(), **facts)

    def test_refuses_days_that_another_membership_covers(self):
        ended = MembershipFactory(until_on=MAY, ended_because=End.LEFT)
        start(ended.person)

        with pytest.raises(actions.AlreadyMember):
            self.correct(ended, until_on=JUNE, because=End.LEFT)


class TestMergingPersons:
    def merged(self, kept, dropped):
        merge_persons(kept=kept, dropped=dropped, by=None, now=NOW)
        return [(each.from_on, each.until_on) for each in kept.memberships.order_by("from_on")]

    def test_makes_one_membership_of_those_that_meet(self):
        kept, dropped = PersonFactory(), PersonFactory()
        MembershipFactory(person=kept, from_on=MAY, until_on=JUNE, ended_because=End.LEFT)
        MembershipFactory(person=dropped, from_on=date(2026, 5, 15), consent_text="Ja", source="")

        assert self.merged(kept, dropped) == [(MAY, None)]
        assert kept.memberships.get().consent_text == "Ja"

    def test_keeps_memberships_apart_that_do_not_meet(self):
        kept, dropped = PersonFactory(), PersonFactory()
        MembershipFactory(
            person=dropped, from_on=date(2020, 1, 1), until_on=date(2021, 1, 1), ended_because=End.LEFT
        )
        MembershipFactory(person=kept, from_on=MAY)
        MembershipFactory(person=dropped, from_on=MAY, channel=ChannelFactory(code=TEAMS))

        assert self.merged(kept, dropped) == [(date(2020, 1, 1), date(2021, 1, 1)), (MAY, None), (MAY, None)]
