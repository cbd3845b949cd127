"""What an activity has from the start."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from trekker.events.actions.changing import Sitting
from trekker.events.models import Event
from trekker.events.tests.changing.making import SITTING, create
from trekker.events.tests.factories import BRUSSELS, STARTS, TWO_HOURS
from trekker.kernel.access import Role
from trekker.kernel.audit import lines_of
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory
from trekker.people.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


class TestCreate:
    def test_is_planned_with_a_day_and_an_idea_without(self):
        assert create().state == Event.State.PLANNED
        assert create(sessions=[]).state == Event.State.IDEA

    def test_lasts_from_the_first_session_to_the_last(self):
        later = Sitting(starts_at=STARTS + timedelta(days=7), ends_at=STARTS + timedelta(days=7, hours=3))

        event = create(sessions=[later, SITTING])

        assert (event.starts_at, event.ends_at) == (STARTS, later.ends_at)
        assert [each.hours for each in event.sessions.all()] == [Decimal(2), Decimal(3)]

    def test_counts_the_hours_that_are_given(self):
        event = create(sessions=[Sitting(starts_at=STARTS, ends_at=STARTS + TWO_HOURS, hours=Decimal("1.5"))])

        assert event.sessions.get().hours == Decimal("1.5")

    def test_gives_an_intervision_what_it_needs(self):
        event = create(kind="intervision")

        assert (event.min_registrations, event.max_registrations, event.asks_case) == (3, 10, True)
        assert event.deadline_at == datetime(2026, 4, 9, 12, 0, tzinfo=BRUSSELS)

    def test_proposes_no_deadline_that_is_past(self):
        assert create(kind="intervision", now=STARTS - timedelta(days=3)).deadline_at is None

    def test_keeps_what_the_maker_says_before_what_the_kind_says(self):
        assert create(kind="intervision", max_registrations=6).max_registrations == 6

    def test_is_led_by_its_maker_for_whom_they_work(self):
        maker = AccountFactory(email="fien@koepel.example", role=Role.PROGRAMME_OFFICER)
        home = MailDomainFactory(domain="koepel.example").organisation

        event = create(by=maker)

        assert list(event.leads.all()) == [maker]
        assert list(event.organisers.all()) == [home]
        assert event.contact_email == "fien@koepel.example"

    def test_names_no_organiser_when_two_share_the_domain(self):
        maker = AccountFactory(email="fien@koepel.example")
        for _ in range(2):
            MailDomainFactory(domain="koepel.example")

        assert not create(by=maker).organisers.exists()

    def test_lies_where_its_municipality_lies(self):
        elsene = OrganisationFactory(region="brussels_capital_region")

        assert create(municipality=elsene, format="physical").region == "brussels_capital_region"
        assert create(region="wallonia").region == "wallonia"

    def test_has_an_address_of_its_own(self):
        slugs = [create(title="Café Digitaal").slug for _ in range(3)]

        assert slugs == ["cafe-digitaal", "cafe-digitaal-2026-04-16", "cafe-digitaal-2026-2"]

    def test_has_an_address_when_the_title_has_no_letters(self):
        assert create(title="???").slug == "netwerkbijeenkomst"

    def test_cannot_be_guessed_when_it_goes_by_link(self):
        slug = create(visibility="BY_LINK").slug

        assert slug.startswith("netwerk-")
        assert len(slug) == len("netwerk-") + 16

    def test_leaves_a_line_in_the_log(self):
        assert lines_of([create()]).get().action == "events.added"
