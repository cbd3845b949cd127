"""Which organisation a row belongs to, and what is remembered of that."""

from datetime import date

import pytest

from trekker.imports import actions
from trekker.imports.models import Decision, Row
from trekker.network.models import Membership
from trekker.network.tests.factories import MembershipFactory
from trekker.network.tests.importing import NOW, compare, read_in, row_of, store
from trekker.organisations.models import Organisation
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory
from trekker.people.models import Position
from trekker.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db
State, Outcome = Row.State, Row.Outcome


class TestOrganisations:
    @pytest.fixture(autouse=True)
    def register(self):
        self.stekene = OrganisationFactory(name="Stekene")
        self.ocmw = OrganisationFactory(name="OCMW Stekene", ocmw=True, counts_as=self.stekene)
        self.hasselt = OrganisationFactory(name="Hasselt")
        self.old = OrganisationFactory(name="Kortessem", merged_into=self.hasselt, merged_on=date(2025, 1, 1))
        for organisation in (self.ocmw, self.stekene):
            MailDomainFactory(organisation=organisation, domain="stekene.example")
        MailDomainFactory(organisation=self.hasselt, domain="hasselt.example")

    @pytest.mark.parametrize(
        ("email", "text", "state", "name"),
        [
            ("an@hasselt.example", "", State.CERTAIN, "Hasselt"),
            ("an@mail.hasselt.example", "", State.CERTAIN, "Hasselt"),
            ("an@stekene.example", "", State.DOUBTFUL, "Stekene"),
            ("an@stekene.example", "OCMW Stekene", State.CERTAIN, "OCMW Stekene"),
            ("an@stekene.example", "O.C.M.W. van Stekene", State.CERTAIN, "OCMW Stekene"),
            ("an@stekene.example", "Gemente Stekne", State.CERTAIN, "Stekene"),
            ("an@gmail.com", "Stad Hasselt - dienst welzijn", State.CERTAIN, "Hasselt"),
            ("an@gmail.com", "Gemeente Kortessem", State.CERTAIN, "Kortessem"),
            ("an@gmail.com", "gemeente kortesem", State.DOUBTFUL, "Kortessem"),
            ("an@gmail.com", "bibliotheek Hasselt", State.DOUBTFUL, "Hasselt"),
            ("an@hasselt.example", "OCMW Stekene", State.DOUBTFUL, "OCMW Stekene"),
            ("an@hasselt.example", "dienst burgerzaken", State.CERTAIN, "Hasselt"),
            ("an@gmail.com", "", State.UNKNOWN, None),
            ("an@telenet.be", "Adviesbureau Q", State.UNKNOWN, None),
            ("an@bureau.example", "", State.UNKNOWN, None),
        ],
    )
    def test_proposes_by_domain_and_by_name(self, sheet, email, text, state, name):
        row = row_of(compare(sheet([email, "", text, "", ""])), email)

        target = self.target(row)
        assert (row.state, target) == (state, name)

    def target(self, row):
        return Organisation.objects.get(pk=row.target).name if row.target else None

    def test_keeps_the_position_someone_has(self, sheet):
        PositionFactory(person__email="an@stekene.example", organisation=self.ocmw)

        draft = compare(sheet(["an@stekene.example", "", "", "", ""]))

        assert row_of(draft, "an@stekene.example").state == State.CERTAIN
        store(draft)
        assert Position.objects.get().organisation == self.ocmw

    def test_passes_by_one_that_closed_on_an_unknown_day(self, sheet):
        closed = OrganisationFactory(name="Aalst", is_closed=True)
        for organisation in (closed, self.hasselt):
            MailDomainFactory(organisation=organisation, domain="samen.example")

        draft = compare(sheet(["an@samen.example", "", "", "", ""]))

        row = row_of(draft, "an@samen.example")
        assert (row.target, row.state) == (self.hasselt.pk, State.CERTAIN)

    def test_does_not_start_a_position_that_ended(self, sheet):
        PositionFactory(
            person__email="an@hasselt.example", organisation=self.hasselt, until_on=date(2025, 1, 1)
        )

        draft = read_in(sheet(["an@hasselt.example", "", "", "", ""]))

        assert Position.objects.count() == 1
        assert "gestopt" in row_of(draft, "an@hasselt.example").message

    def test_stores_no_organisation_while_in_doubt(self, sheet):
        read_in(sheet(["an@stekene.example", "", "", "", ""]))

        assert Membership.objects.exists()
        assert not Position.objects.exists()

    def test_decides_for_all_rows_alike_now_and_later(self, sheet):
        draft = compare(sheet(["an@stekene.example"], ["bo@stekene.example"], ["ci@gmail.com"]))

        actions.decide_groups(draft=draft, choices={"@stekene.example": self.ocmw.pk}, by=None, now=NOW)

        store(draft)
        assert set(Position.objects.values_list("person__email", "organisation__name")) == {
            ("an@stekene.example", "OCMW Stekene"),
            ("bo@stekene.example", "OCMW Stekene"),
        }
        later = compare(sheet(["di@stekene.example"]))
        assert row_of(later, "di@stekene.example").target == self.ocmw.pk
        assert row_of(later, "di@stekene.example").state == State.CERTAIN

    def test_shows_no_changes_for_the_same_file_again(self, sheet):
        far = OrganisationFactory(name="Elders")
        path = sheet(["an@gmail.com", "An Peeters", "Hasseltt"], headings=["E-mail", "Naam", "Organisatie"])
        draft = compare(path)
        group = row_of(draft, "an@gmail.com").group
        actions.decide_groups(draft=draft, choices={group: far.pk}, by=None, now=NOW)
        store(draft)

        again = row_of(compare(path), "an@gmail.com")

        assert (again.target, again.decided, again.outcome) == (far.pk, True, Outcome.UNCHANGED)

    def test_takes_over_all_proposals(self, sheet):
        draft = compare(sheet(["an@stekene.example"], ["bo@stekene.example"], ["ci@gmail.com"]))

        assert actions.accept_proposals(draft=draft, by=None, now=NOW) == 1

        assert Decision.objects.get().target == self.stekene.pk
        assert set(Row.objects.filter(of=draft, decided=True).values_list("target", flat=True)) == {
            self.stekene.pk
        }

    def test_decides_one_row_alone(self, sheet):
        draft = compare(sheet(["an@stekene.example"], ["bo@stekene.example"]))

        actions.decide_row(row=row_of(draft, "an@stekene.example"), target=self.ocmw.pk)

        assert row_of(draft, "bo@stekene.example").state == State.DOUBTFUL
        assert not Decision.objects.exists()

    def test_counts_a_known_member_who_gets_an_organisation_as_changed(self, sheet):
        MembershipFactory(person__email="an@stekene.example")
        draft = compare(sheet(["an@stekene.example"]))

        actions.accept_proposals(draft=draft, by=None, now=NOW)

        assert store(draft).counts == {"CHANGED": 1}
