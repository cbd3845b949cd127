"""The figures of the network against a count by hand, over invented networks and mergers."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.network.models import Channel, Membership
from trekker.network.tests.factories import NEWSLETTER, TEAMS, ChannelFactory, MembershipFactory
from trekker.organisations.actions import settle_standings
from trekker.organisations.models import Organisation
from trekker.organisations.queries import GROUPS, kinds
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people.models import Person, Position
from trekker.people.tests.factories import PositionFactory

Kind = Organisation.Kind
FIRST = date(2024, 1, 1)
MEMBERS = "members.count"
ORGANISATIONS = "members.organisations"


def on(day: date) -> Period:
    return Period(day, day + timedelta(days=1))


def value(code: str, day: date, **filters) -> int:
    return int(catalogue[code].value(on(day), filters))


@pytest.mark.django_db
class TestAMergerInTheFigures:
    def test_a_member_of_kortessem_counts_for_kortessem_then_and_for_hasselt_now(self):
        hasselt = OrganisationFactory(name="Hasselt")
        kortessem = OrganisationFactory(name="Kortessem", merged_into=hasselt, merged_on=date(2025, 1, 1))
        for organisation in (hasselt, kortessem):
            MembershipFactory(person=PositionFactory(organisation=organisation).person)

        rows = {
            day: {each.name for each in catalogue[ORGANISATIONS].rows(on(day), {})}
            for day in (date(2024, 12, 31), date(2026, 1, 1))
        }

        assert rows == {date(2024, 12, 31): {"Hasselt", "Kortessem"}, date(2026, 1, 1): {"Hasselt"}}

    def test_a_municipality_and_its_ocmw_are_one_local_government(self):
        municipality = OrganisationFactory()
        ocmw = OrganisationFactory(ocmw=True, counts_as=municipality)
        for organisation in (municipality, ocmw):
            MembershipFactory(person=PositionFactory(organisation=organisation).person)

        assert value(MEMBERS, FIRST, organisation_kind=["local_government"]) == 2
        assert value(ORGANISATIONS, FIRST, organisation_kind=["local_government"]) == 1


days = st.dates(FIRST, date(2026, 12, 31))
stretches = st.tuples(days, st.one_of(st.none(), st.integers(1, 400)))


@dataclass
class Place:
    """An invented organisation: its kind and links, by number."""

    kind: Kind
    counts_as: int | None
    merged_into: int | None
    merged_on: date | None


@dataclass
class Network:
    """An invented network, as plain facts."""

    places: list[Place]
    positions: list[tuple[int, int, date | None, date | None]]
    memberships: list[tuple[int, str, date, date | None]] = field(default_factory=list)


PERSONS = 5


@st.composite
def networks(draw):
    size = draw(st.integers(1, 6))
    places = []
    for number in range(size):
        higher = st.none() if number + 1 == size else st.one_of(st.none(), st.integers(number + 1, size - 1))
        into = draw(higher)
        kind = draw(st.sampled_from([Kind.MUNICIPALITY, Kind.OCMW, Kind.IGS, Kind.PARTNER]))
        places.append(Place(kind, draw(higher), into, draw(days) if into is not None else None))
    positions = []
    for _ in range(draw(st.integers(0, 8))):
        start, length = draw(stretches)
        until = start + timedelta(length) if length else None
        first = draw(st.sampled_from([start, None]))
        positions.append((draw(st.integers(0, PERSONS - 1)), draw(st.integers(0, size - 1)), first, until))
    memberships = []
    for person in range(PERSONS):
        for channel in (NEWSLETTER, TEAMS):
            if draw(st.booleans()):
                start, length = draw(stretches)
                memberships.append((person, channel, start, start + timedelta(length) if length else None))
    return Network(places, positions, memberships)


def stored(network: Network) -> tuple[list[Organisation], list[Person]]:
    """Write an invented network in the register."""
    places = Organisation.objects.bulk_create(
        Organisation(name=f"B{n}", kind=p.kind) for n, p in enumerate(network.places)
    )
    for organisation, place in zip(places, network.places, strict=True):
        organisation.counts_as = places[place.counts_as] if place.counts_as is not None else None
        organisation.merged_into = places[place.merged_into] if place.merged_into is not None else None
        organisation.merged_on = place.merged_on
        organisation.save()
    settle_standings()
    persons = Person.objects.bulk_create(Person(first_name=f"P{number}") for number in range(PERSONS))
    Position.objects.bulk_create(
        Position(person=persons[who], organisation=places[where], from_on=start, until_on=until)
        for who, where, start, until in network.positions
    )
    channels = {code: ChannelFactory(code=code) for code in (NEWSLETTER, TEAMS)}
    Membership.objects.bulk_create(
        Membership(
            person=persons[who],
            channel=channels[code],
            from_on=start,
            until_on=until,
            ended_because=Membership.End.LEFT if until else "",
        )
        for who, code, start, until in network.memberships
    )
    return places, persons


def counted_by_hand(network: Network, where: int, day: date) -> int:
    while True:
        place = network.places[where]
        if place.merged_on and place.merged_on <= day:
            where = place.merged_into
        elif place.counts_as is not None:
            where = place.counts_as
        else:
            return where


def by_hand(network: Network, day: date, channels: set[str], groups: list[str]) -> tuple[set[int], set[int]]:
    """Count members and the organisations they stand for, one by one."""
    members, places = set(), set()
    for who, code, start, until in network.memberships:
        if code not in channels or start > day or (until and until <= day):
            continue
        at = {
            counted_by_hand(network, where, day)
            for person, where, first, last in network.positions
            if person == who and (first is None or first <= day) and (last is None or last > day)
        }
        at = {where for where in at if not groups or network.places[where].kind in kinds(groups)}
        places |= at
        if at or not groups:
            members.add(who)
    return members, places


class TestTheFiguresAreThoseCountedByHand(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(
        network=networks(),
        day=days,
        channels=st.sets(st.sampled_from([NEWSLETTER, TEAMS]), min_size=1),
        groups=st.lists(st.sampled_from(sorted(GROUPS)), max_size=2, unique=True),
    )
    def test_on_any_day_with_any_filter(self, network, day, channels, groups):
        places, persons = stored(network)
        filters = {"channel": sorted(channels)} | ({"organisation_kind": groups} if groups else {})

        members, organisations = by_hand(network, day, channels, groups)

        for code, expected in (
            (MEMBERS, {persons[who].pk for who in members}),
            (ORGANISATIONS, {places[where].pk for where in organisations}),
        ):
            rows = [row.pk for row in catalogue[code].rows(on(day), filters)]
            assert sorted(rows) == sorted(expected)
            assert catalogue[code].value(on(day), filters) == len(rows)
            assert catalogue[code].series([on(day)], filters) == [len(rows)]
        assert Channel.objects.count() == 2
