"""The reach equals the measures, for every filter, over invented organisations, mergers and activities."""

from datetime import date, datetime, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trekker.events.models import Attendance, Event, Registration, Session
from trekker.events.tests.factories import BRUSSELS, NOW
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.network.models import Channel, Membership
from trekker.organisations.actions import settle_standings
from trekker.organisations.models import Organisation
from trekker.people.models import Person, Position
from trekker.reports.queries.reach import Selection, by_kind, reach
from trekker.reports.queries.reach_map import reach_map

Kind = Organisation.Kind
YEAR = Period.year(2026)
PROVINCES = ("", "Limburg", "Antwerpen")
SIZES = ("", "small", "medium", "large")
KINDS = ("network_meeting", "training", "intervision")
SELECTIONS = [
    Selection(way, kind, province, size)
    for way, kind, province, size in product(
        ("", "member", "took_part", "trained"), ("", "training", "intervision"), PROVINCES, SIZES
    )
]
WHOLE = [Selection(way) for way in ("", "member", "took_part", "trained")]
# Days just before and after a year, a merger or an end: few, so that they meet.
days = st.sampled_from(
    [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 15), date(2026, 6, 16), date(2026, 12, 31)]
)

bodies = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([Kind.MUNICIPALITY, Kind.MUNICIPALITY, Kind.OCMW, Kind.IGS, Kind.DISTRICT]),
        "region": st.sampled_from(["flanders", "flanders", "flanders", "brussels_capital_region", ""]),
        "province": st.sampled_from(PROVINCES),
        "population": st.sampled_from([None, 14_999, 15_000, 34_999, 35_000]),
        "is_closed": st.sampled_from([False, False, False, True]),
        "into": st.one_of(st.none(), st.tuples(st.integers(0, 5), days)),
        "counts_as": st.one_of(st.none(), st.integers(0, 5)),
    }
)
people = st.fixed_dictionaries(
    {
        "at": st.integers(0, 5),
        "until": st.one_of(st.none(), days),
        "from": days,
        "left": st.one_of(st.none(), days),
        "newsletter": st.booleans(),
    }
)
comings = st.fixed_dictionaries(
    {
        "at": st.one_of(st.none(), st.integers(0, 5)),
        "kind": st.sampled_from(KINDS),
        "on": days,
        "held": st.sampled_from([True, True, False]),
        "status": st.sampled_from(["REGISTERED", "REGISTERED", "CANCELLED", "WAITING"]),
        "present": st.sampled_from([True, True, False, None]),
    }
)


def stored(all_bodies, all_people, all_comings) -> None:
    made = []
    for number, each in enumerate(all_bodies):
        # What one counts for or merges into comes before it, so that nothing goes in a circle.
        before = [one for one in made if one.kind == Kind.MUNICIPALITY]
        facts = {name: each[name] for name in ("kind", "region", "province", "population", "is_closed")}
        into = before and each["into"]
        target = before and each["kind"] in {Kind.OCMW, Kind.DISTRICT} and each["counts_as"] is not None
        made.append(
            Organisation.objects.create(
                name=f"Bestuur {number}",
                merged_into=before[into[0] % len(before)] if into else None,
                merged_on=into[1] if into else None,
                counts_as=before[each["counts_as"] % len(before)] if target else None,
                **facts,
            )
        )
    settle_standings()
    newsletter = Channel.objects.filter(makes_members=True).first()
    other = Channel.objects.filter(makes_members=False).first()
    for number, each in enumerate(all_people):
        person = Person.objects.create(email=f"p{number}@bestuur.example")
        Position.objects.create(
            person=person, organisation=made[each["at"] % len(made)], until_on=each["until"]
        )
        left = each["left"] and max(each["left"], each["from"])
        Membership.objects.create(
            person=person,
            channel=newsletter if each["newsletter"] else other,
            from_on=each["from"],
            until_on=left,
            ended_because="LEFT" if left else "",
        )
    for number, each in enumerate(all_comings):
        begins = datetime.combine(each["on"], datetime.min.time(), BRUSSELS) + timedelta(hours=number % 24)
        event = Event.objects.create(
            title=f"Activiteit {number}",
            slug=f"activiteit-{number}",
            kind=each["kind"],
            state=Event.State.HELD if each["held"] else Event.State.CONFIRMED,
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            created_at=NOW,
        )
        session = Session.objects.create(event=event, starts_at=begins, ends_at=event.ends_at, hours=2)
        registration = Registration.objects.create(
            event=event,
            organisation=None if each["at"] is None else made[each["at"] % len(made)],
            status=each["status"],
            registered_at=NOW,
            cancelled_at=NOW if each["status"] == "CANCELLED" else None,
        )
        if each["present"] is not None:
            Attendance.objects.create(
                session=session, registration=registration, present=each["present"], recorded_at=NOW
            )


def measured(period, selection) -> tuple[set[int], set[int]]:
    """Give who is reached in Flanders by the measures, and who is reached anywhere."""
    asked = dict(selection.filters)
    came = {"status": ["attended"]}
    kind = "training" if selection.way == "trained" else selection.asked_kind
    if kind:
        came["kind"] = [kind]
    channels = list(Channel.objects.filter(makes_members=True).values_list("code", flat=True))
    parts = {
        "members.organisations": ({"channel": channels}, selection.way in {"", "member"}),
        "participations.organisations": (came, selection.way != "member"),
    }
    here, anywhere = set(), set()
    for code, (own, wanted) in parts.items():
        if wanted:
            everywhere = {name: value for name, value in asked.items() if name != "organisation_region"}
            here |= {row.pk for row in catalogue[code].rows(period, {**asked, **own})}
            anywhere |= {row.pk for row in catalogue[code].rows(period, {**everywhere, **own})}
            assert catalogue[code].value(period, {**asked, **own}) == len(
                set(catalogue[code].rows(period, {**asked, **own}))
            )
    return here, anywhere


class TestReachEqualsTheMeasures(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(bodies, min_size=3, max_size=6),
        st.lists(people, min_size=2, max_size=5),
        st.lists(comings, min_size=3, max_size=8),
        days,
        st.lists(st.sampled_from(SELECTIONS), min_size=2, max_size=2, unique=True),
    )
    def test_for_every_filter(self, all_bodies, all_people, all_comings, day, asked):
        stored(all_bodies, all_people, all_comings)
        period = Period.year(day.year).until(day)

        for selection in (*WHOLE, *asked):
            found = reach(period, selection)
            here, anywhere = measured(period, selection)

            assert {each.pk for each in found.reached} == here, selection
            assert {each.pk for each in (*found.reached, *found.outside)} == anywhere, selection
            assert not here & {each.pk for each in found.unreached}
            counts = [entry.count for entry in reach_map(found).legend if entry.label != "niet in deze keuze"]
            assert sum(filter(None, counts)) == len(found.governments)
            assert sum(count.of for count in found.provinces) == len(found.governments)
            assert sum(count.reached for count in found.provinces) == len(found.reached)
            assert sum(count.reached for count in found.sizes) == len(found.reached)

    @settings(max_examples=12, deadline=None)
    @given(st.lists(bodies, min_size=3, max_size=6), st.lists(comings, min_size=4, max_size=9), days)
    def test_for_every_kind_of_activity(self, all_bodies, all_comings, day):
        stored(all_bodies, [], all_comings)
        period = Period.year(day.year).until(day)
        found = reach(period)
        measure = catalogue["participations.organisations"]

        for count in by_kind(found):
            asked = {**found.selection.filters, "status": ["attended"], "kind": [count.kind]}
            assert count.reached == measure.value(period, asked), count
