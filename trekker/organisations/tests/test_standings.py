from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trekker.organisations.actions import CountsInCircle, settle_standings
from trekker.organisations.actions.standings import Link, stretches
from trekker.organisations.models import Organisation, Standing
from trekker.organisations.tests.factories import OrganisationFactory

MERGER = date(2025, 1, 1)
LAST_DAY_BEFORE = date(2024, 12, 31)


def counted_on(day: date, organisation: Organisation) -> Organisation:
    return Standing.objects.on(day).get(organisation=organisation).counted


@pytest.mark.django_db
class TestSettleStandings:
    def test_an_ocmw_follows_its_municipality_into_a_merger(self):
        hasselt = OrganisationFactory(name="Hasselt")
        kortessem = OrganisationFactory(name="Kortessem", merged_into=hasselt, merged_on=MERGER)
        ocmw = OrganisationFactory(name="OCMW Kortessem", ocmw=True, counts_as=kortessem)

        assert counted_on(LAST_DAY_BEFORE, ocmw) == kortessem
        assert counted_on(MERGER, ocmw) == hasselt

    def test_settles_those_that_count_by_way_of_the_changed_one(self):
        hasselt, kortessem = OrganisationFactory(), OrganisationFactory()
        ocmw = OrganisationFactory(ocmw=True, counts_as=kortessem)

        Organisation.objects.filter(pk=kortessem.pk).update(merged_into=hasselt, merged_on=MERGER)
        settle_standings(organisations=[kortessem])

        assert counted_on(MERGER, ocmw) == hasselt

    def test_changes_nothing_the_second_time(self):
        OrganisationFactory(counts_as=OrganisationFactory())

        assert settle_standings() == 0

    def test_refuses_a_circle_and_names_it(self):
        here = OrganisationFactory(name="Hier")
        there = OrganisationFactory(name="Daar", counts_as=here)

        Organisation.objects.filter(pk=here.pk).update(counts_as=there)
        with pytest.raises(CountsInCircle, match="Hier → Daar → Hier"):
            settle_standings(organisations=[here])

    def test_allows_a_way_back_that_is_open_on_no_day(self):
        first = OrganisationFactory()
        second = OrganisationFactory(counts_as=first)
        after = OrganisationFactory()
        Organisation.objects.filter(pk=second.pk).update(merged_into=after, merged_on=MERGER)
        Organisation.objects.filter(pk=first.pk).update(merged_into=second, merged_on=MERGER)

        settle_standings(organisations=[first, second])

        assert counted_on(LAST_DAY_BEFORE, second) == first
        assert counted_on(MERGER, first) == after


days = st.dates(min_value=date(2017, 1, 1), max_value=date(2027, 12, 31))


@st.composite
def trees(draw):
    """Links of a dozen organisations; each may only point to one with a higher number."""
    size = draw(st.integers(1, 12))
    links = {}
    for number in range(size):
        higher = st.one_of(st.none(), st.integers(number + 1, size - 1)) if number + 1 < size else st.none()
        merged_into = draw(higher)
        links[number] = Link(draw(higher), merged_into, draw(days) if merged_into is not None else None)
    # A number of 0 would read as "no link".
    return {
        pk + 1: Link(*(None if x is None else x + 1 for x in link[:2]), link[2]) for pk, link in links.items()
    }


def walked(pk: int, links: dict[int, Link], day: date) -> int:
    """Follow the links by hand, one day at a time."""
    while True:
        link = links[pk]
        if link.merged_on and link.merged_on <= day:
            pk = link.merged_into
        elif link.counts_as:
            pk = link.counts_as
        else:
            return pk


@settings(max_examples=300)
@given(links=trees(), day=days)
def test_every_organisation_has_the_one_standing_of_a_naive_walk_on_any_day(links, day):
    for pk in links:
        found = stretches(pk, links)

        assert [s.counted for s in found if s.from_on <= day < s.until_on] == [walked(pk, links, day)]
        assert found[0].from_on == date.min
        assert found[-1].until_on == date.max
        assert all(before.until_on == after.from_on for before, after in pairwise(found))
