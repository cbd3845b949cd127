"""Which organisations took part: each once, as what it counts for, by kind, place and size."""

from datetime import date

import pytest

from trekker.events.models import Attendance, Session
from trekker.events.tests.factories import NOW, STARTS, AttendanceFactory, EventFactory, RegistrationFactory
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.organisations.models import Organisation
from trekker.organisations.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)
TOOK_PART = "participations.organisations"


def came(organisation, **facts) -> Attendance:
    of_registration = {f"registration__{name}": fact for name, fact in facts.items()}
    return AttendanceFactory(registration__organisation=organisation, **of_registration)


def value(period=YEAR, **filters) -> int:
    return int(catalogue[TOOK_PART].value(period, filters))


def names(**filters) -> set[str]:
    return {each.name for each in catalogue[TOOK_PART].rows(YEAR, filters)}


def test_an_organisation_that_comes_twice_counts_once():
    organisation = OrganisationFactory()
    came(organisation)
    came(organisation)

    assert value() == value(status=["attended"]) == 1


def test_a_municipality_and_its_ocmw_are_one_local_government():
    municipality = OrganisationFactory(name="Mol")
    came(municipality)
    came(OrganisationFactory(ocmw=True, counts_as=municipality))
    came(OrganisationFactory(igs=True, name="Samen"))

    assert names(organisation_kind=["local_government"]) == {"Mol"}
    assert names(organisation_kind=["igs"]) == {"Samen"}


def test_a_merged_municipality_counts_for_its_successor_from_the_day_of_the_merger():
    hasselt = OrganisationFactory(name="Hasselt")
    came(hasselt)
    came(OrganisationFactory(merged_into=hasselt, merged_on=date(2026, 7, 1)))

    assert value(Period(date(2026, 1, 1), date(2026, 7, 1))) == 2
    assert value() == 1


def test_who_did_not_come_counts_only_among_those_registered():
    RegistrationFactory(event__held=True)
    registration = RegistrationFactory(event__held=True)
    session = registration.event.sessions.get()
    Attendance.objects.create(session=session, registration=registration, present=False, recorded_at=NOW)
    RegistrationFactory(event__held=True, cancelled=True)
    RegistrationFactory()

    assert value(status=["attended"]) == 0
    assert value(status=["registered"]) == value() == 2


def test_is_asked_by_kind_of_activity():
    came(OrganisationFactory(name="Geel"), event=EventFactory(held=True, training=True))
    came(OrganisationFactory(name="Mol"), event=EventFactory(held=True))

    assert names(kind=["training"]) == {"Geel"}


def test_is_asked_by_province_region_and_size_of_what_counts():
    small = OrganisationFactory(name="Herstappe", province="Limburg", population=79)
    came(OrganisationFactory(ocmw=True, counts_as=small, province="", region="", population=None))
    came(OrganisationFactory(name="Geel", province="Antwerpen", population=15_000))
    came(OrganisationFactory(name="Gent", province="Oost-Vlaanderen", population=35_000))
    came(OrganisationFactory(name="Elsene", province="", region=Organisation.Region.BRUSSELS))

    assert names(province=["Limburg"]) == names(size=["small"]) == {"Herstappe"}
    assert names(size=["medium"]) == {"Geel"}
    assert names(size=["large"]) == {"Gent"}
    assert names(size={"not_in": ["large"]}) == {"Herstappe", "Geel"}
    assert names(organisation_region=["brussels_capital_region"]) == {"Elsene"}
    assert names(province={"not_in": ["Limburg"]}) == {"Geel", "Gent"}


def test_says_what_could_still_raise_it():
    came(None)
    EventFactory(held=True, title="Zonder lijst")
    Session.objects.exclude(event__title="Zonder lijst").update(attendance_at=STARTS)
    measure, asked = catalogue[TOOK_PART], {"status": ["attended"]}

    found = {each.unit.one: list(measure.unknown_rows(each, YEAR, asked)) for each in measure.unknowns}

    assert [str(event) for event in found["activiteit zonder aanwezigheidslijst"]] == ["Zonder lijst"]
    assert len(found["deelname zonder organisatie"]) == 1
