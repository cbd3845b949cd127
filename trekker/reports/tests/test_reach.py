"""The reach of the programme: which governments count, where they lie on the map, and how they are drawn."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from trekker.events.models import Session
from trekker.events.tests.factories import STARTS, AttendanceFactory, EventFactory
from trekker.kernel.access import Role
from trekker.kernel.periods import Period
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.organisations.models import Organisation
from trekker.organisations.tests.factories import OrganisationFactory, PartnershipFactory
from trekker.people.tests.factories import AccountFactory, PositionFactory
from trekker.reports.formats import flanders
from trekker.reports.formats.flanders import DOTS, EMPTY, FULL, LEFT_OUT, STRIPES
from trekker.reports.queries.invitations import associations, invitations
from trekker.reports.queries.reach import Selection, by_kind, reach, unknowns
from trekker.reports.queries.reach_map import reach_map

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
CODES = {name: code for code, name in flanders.NAMES.items()}


def town(name, **facts):
    return OrganisationFactory(name=name, nis_code=CODES[name], **facts)


def member_of(organisation):
    return MembershipFactory(
        channel=ChannelFactory(makes_members=True), person=PositionFactory(organisation=organisation).person
    )


def came(organisation, **event):
    return AttendanceFactory(
        registration__organisation=organisation, registration__event=EventFactory(held=True, **event)
    )


def names(governments):
    return [each.name for each in governments]


def looks(found):
    return {flanders.NAMES[shape.code]: shape.look for shape in reach_map(found).shapes}


class TestReach:
    def test_says_who_is_a_member_who_took_part_and_who_was_trained(self):
        mol, geel, _balen = town("Mol"), town("Geel"), town("Balen")
        member_of(OrganisationFactory(ocmw=True, counts_as=mol))
        came(mol)
        came(geel, training=True)

        found = reach(YEAR)

        assert {
            each.name: (each.is_member, each.took_part, each.is_trained) for each in found.governments
        } == {
            "Mol": (True, True, False),
            "Geel": (False, True, True),
            "Balen": (False, False, False),
        }
        assert names(found.reached) == ["Geel", "Mol"]
        assert names(found.unreached) == ["Balen"]

    @pytest.mark.parametrize(
        ("selection", "reached"),
        [
            (Selection(way="member"), ["Mol"]),
            (Selection(way="took_part"), ["Geel"]),
            (Selection(way="took_part", kind="intervision"), []),
            (Selection(way="trained"), ["Geel"]),
            (Selection(way="trained", kind="intervision"), ["Geel"]),
            (Selection(province="Limburg"), ["Mol"]),
            (Selection(size="large"), ["Geel"]),
            (Selection(size="small"), []),
        ],
    )
    def test_shows_the_part_that_is_asked(self, selection, reached):
        member_of(town("Mol", province="Limburg"))
        came(town("Geel", province="Antwerpen", population=40_000), training=True)

        assert names(reach(YEAR, selection).reached) == reached

    def test_knows_nothing_where_there_is_no_register(self):
        member_of(town("Mol"))

        found = reach(YEAR, Selection(way="advice"))

        assert not found.unreached
        assert found.provinces[0].reached is None
        assert [count.label for count in found.ways if count.reached is None] == [
            "Gebruikte een tool",
            "Kreeg advies",
            "Zit in een traject",
        ]
        assert set(looks(found).values()) == {LEFT_OUT}

    def test_keeps_brussels_apart(self):
        member_of(OrganisationFactory(name="Elsene", region=Organisation.Region.BRUSSELS, province=""))
        member_of(town("Mol"))

        found = reach(YEAR)

        assert names(found.reached) == ["Mol"]
        assert names(found.outside) == ["Elsene"]
        assert not reach(YEAR, Selection(province="Limburg")).outside

    def test_leaves_out_who_stopped_unless_it_was_reached(self):
        town("Mol", is_closed=True)
        member_of(town("Geel", is_closed=True))

        assert names(reach(YEAR).governments) == ["Geel"]

    def test_counts_each_kind_of_activity(self):
        mol = town("Mol")
        came(mol)
        came(OrganisationFactory(ocmw=True, counts_as=mol), training=True)

        counts = {count.kind: count.reached for count in by_kind(reach(YEAR))}

        assert {kind for kind, count in counts.items() if count} == {"network_meeting", "training"}

    def test_says_what_is_not_known(self):
        EventFactory(held=True)
        came(None)
        Session.objects.filter(attendances__isnull=False).update(attendance_at=STARTS)

        said = [(gap.count, gap.label) for gap in unknowns(reach(YEAR))]

        assert said == [(1, "activiteit zonder aanwezigheidslijst"), (1, "deelname zonder organisatie")]
        assert not unknowns(reach(YEAR, Selection(way="member")))

    def test_asks_few_queries(self, django_assert_max_num_queries):
        for name in ("Mol", "Geel", "Balen"):
            member_of(town(name))
            came(town("Dessel"))

        with django_assert_max_num_queries(8):
            reach(YEAR)


class TestAMunicipalityThatMerges:
    def test_lies_in_its_successor_while_the_map_knows_only_that(self):
        hasselt = town("Hasselt")
        gone = OrganisationFactory(name="Kortessem", merged_into=hasselt, merged_on=date(2025, 1, 1))
        member_of(gone)

        before, after = reach(Period.year(2024)), reach(Period.year(2025))

        assert names(before.governments) == ["Hasselt", "Kortessem"]
        assert names(before.reached) == ["Kortessem"]
        assert looks(before)["Hasselt"] == STRIPES
        assert names(after.reached) == names(after.governments) == ["Hasselt"]

    def test_keeps_its_place_when_the_map_does_not_know_its_successor(self):
        new = OrganisationFactory(name="Nieuwstad")
        for name in ("Mol", "Geel"):
            town(name, merged_into=new, merged_on=date(2026, 7, 1))
        member_of(new)

        found = reach(YEAR)

        assert names(found.governments) == ["Nieuwstad"]
        assert looks(found)["Mol"] == looks(found)["Geel"] == STRIPES
        assert names(reach(Period.year(2025)).unreached) == ["Geel", "Mol"]


class TestTheMap:
    def test_draws_each_way_in_a_look_of_its_own(self):
        both, member, part = town("Mol"), town("Geel"), town("Balen")
        town("Dessel")
        town("Gent", province="Oost-Vlaanderen")
        for each in (both, member):
            member_of(each)
        for each in (both, part):
            came(each)

        found = reach(YEAR, Selection(province="Limburg"))

        drawn = looks(found)
        assert [drawn[name] for name in ("Mol", "Geel", "Balen", "Dessel", "Gent")] == [
            FULL,
            STRIPES,
            DOTS,
            EMPTY,
            LEFT_OUT,
        ]
        assert [(entry.label, entry.count) for entry in reach_map(found).legend] == [
            ("lid en nam deel", 1),
            ("lid, nam niet deel", 1),
            ("nam deel, geen lid", 1),
            ("niet bereikt", 1),
            ("niet in deze keuze", 1),
            ("Brussel telt hier niet mee", None),
        ]

    def test_is_one_picture_with_words_and_every_municipality_once(self):
        town("Mol")

        page = ET.fromstring(reach_map(reach(YEAR)).drawing)  # noqa: S314 - our own

        assert page.get("role") == "img"
        words = {part.get("id"): part.text for part in page if part.get("id")}
        assert page.get("aria-labelledby") == " ".join(words)
        assert words["flanders-description"].startswith("Kaart van Vlaanderen. Gemeenten: 0 lid en nam deel")
        titles = [title.text for title in page.iterfind(".//path/title")]
        assert "Mol: niet bereikt" in titles
        assert len(titles) == 285 + 1
        assert not [
            part for part in page.iter() if part.get("style") or part.get("tabindex") or part.tag == "a"
        ]

    def test_stands_alone_in_a_document(self):
        member_of(town("Mol"))

        drawn = reach_map(reach(YEAR))
        root = ET.fromstring(drawn.file)  # noqa: S314 - our own

        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("width") == "4772"
        assert len(root.findall(".//{*}path[@d]")) >= 285 + 1 + 5
        assert "Statbel" in drawn.attribution
        assert 'id="reach-stripes"' in flanders.standalone_swatch(STRIPES)

    def test_has_a_look_beside_a_colour(self):
        patterned = [look for look in flanders.LOOKS if look.pattern]
        plain = [look.fill for look in flanders.LOOKS if not look.pattern]

        assert {STRIPES, DOTS} < set(patterned)
        assert len(plain) == len(set(plain)) == 2


class TestWhomToInvite:
    def test_names_the_ocmw_and_who_is_known_there(self):
        mol = town("Mol", population=38_000)
        ocmw = OrganisationFactory(name="OCMW Mol", ocmw=True, counts_as=mol)
        known = PositionFactory(organisation=ocmw, person__first_name="Fien", person__last_name="Peeters")
        PositionFactory(organisation=mol, person__bounced_on=date(2026, 1, 1))
        PositionFactory(organisation=mol, until_on=date(2026, 2, 1))
        reader = AccountFactory(role=Role.PROGRAMME_OFFICER)

        (invited,) = invitations(reach(YEAR), reader=reader, with_contacts=True)
        (nameless,) = invitations(reach(YEAR), reader=reader, with_contacts=False)

        assert (invited.government.name, invited.ocmw) == ("Mol", "OCMW Mol")
        assert [(one.name, one.email) for one in invited.contacts] == [("Fien Peeters", known.person.email)]
        assert nameless.contacts == ()

    def test_shows_nobody_to_who_may_not_see_persons(self):
        PositionFactory(organisation=town("Mol"))

        (invited,) = invitations(reach(YEAR), reader=AccountFactory(role=Role.MANAGEMENT), with_contacts=True)

        assert invited.contacts == ()

    def test_finds_the_associations_that_reach_several_the_most_first(self):
        towns = [town(name) for name in ("Balen", "Dessel", "Geel", "Mol")]
        small, large, stopped, single = (
            OrganisationFactory(name=name, igs=True, is_closed=name == "Gestopt")
            for name in ("Klein", "Groot", "Gestopt", "Alleen")
        )
        for association, these in ((small, towns[:2]), (large, towns), (stopped, towns), (single, towns[:1])):
            for each in these:
                PartnershipFactory(association=association, participant=each)
        PartnershipFactory(association=small, participant=OrganisationFactory(ocmw=True, counts_as=towns[0]))
        member_of(towns[3])

        found = associations(reach(YEAR))

        assert [(each.name, len(each.unreached), each.members) for each in found] == [
            ("Groot", 3, 4),
            ("Klein", 2, 2),
        ]
        assert found[0].named == "Balen, Dessel, Geel"
