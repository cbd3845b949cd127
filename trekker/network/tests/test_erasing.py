from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from trekker.kernel import privacy
from trekker.kernel.audit import lines_of
from trekker.kernel.measures import catalogue
from trekker.kernel.periods import Period
from trekker.kernel.tests.any_row import any_row
from trekker.network.models import Membership
from trekker.network.tests.factories import MembershipFactory
from trekker.people.actions import correct_person, erase_again, erase_person
from trekker.people.models import Alias, Erasure, Person
from trekker.people.queries import erased_among
from trekker.people.tests.factories import AliasFactory, PersonFactory, PositionFactory

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
TODAY = date(2026, 5, 4)
pytestmark = pytest.mark.django_db


@pytest.fixture
def fien():
    person = PersonFactory(first_name="Fien", email="fien@bestuur.example", phone="011", note="belt graag")
    PositionFactory(person=person, function="trekker")
    MembershipFactory(person=person, consent_text="Ja", consent_at=NOW, source="lijst van Fien")
    AliasFactory(person=person, email="fien@thuis.example")
    correct_person(person=person, facts={"last_name": "Proef"}, aliases=None, by=None, now=NOW)
    return person


def erase(person):
    erase_person(person=person, by=None, now=NOW)
    person.refresh_from_db()
    return person


class TestErasePerson:
    def test_empties_everything_that_says_who_it_was(self, fien):
        erase(fien)

        assert (fien.first_name, fien.last_name, fien.email, fien.phone, fien.note) == ("", "", None, "", "")
        assert fien.positions.get().function == ""
        membership = fien.memberships.get()
        assert (membership.consent_text, membership.consent_at, membership.source) == ("", None, "")
        assert not Alias.objects.exists()
        assert str(fien) == "gewist persoon"

    def test_ends_the_memberships_on_the_day(self, fien):
        erase(fien)

        membership = fien.memberships.get()
        assert (membership.until_on, membership.ended_because) == (TODAY, Membership.End.ERASED)

    def test_leaves_the_figures_of_the_past_as_they_are(self, fien):
        past = Period.year(2025)
        before = [catalogue[code].value(past, {}) for code in ("members.count", "members.organisations")]

        erase(fien)

        assert before == [Decimal(1), Decimal(1)]
        assert [
            catalogue[code].value(past, {}) for code in ("members.count", "members.organisations")
        ] == before

    def test_takes_the_name_out_of_the_log_but_not_the_acts(self, fien):
        erase(fien)

        lines = lines_of([fien])
        assert lines.first().action == "people.erased"
        assert lines.count() > 1
        assert {line.label for line in lines} <= {"gewist", "gewist persoon"}

    def test_changes_nothing_the_second_time(self, fien):
        erase(fien)
        lines = lines_of([fien]).count()

        erase(fien)

        assert lines_of([fien]).count() == lines


class TestTheListOfErasures:
    def test_tells_an_import_who_asked_to_be_erased(self, fien):
        erase(fien)

        assert erased_among(["Fien@Thuis.example", "ans@bestuur.example"]) == {"Fien@Thuis.example": TODAY}

    def test_holds_no_address_that_can_be_read(self, fien):
        erase(fien)

        assert not any("fien" in each.fingerprint for each in Erasure.objects.all())

    def test_erases_again_who_came_back_with_an_older_copy(self, fien):
        erase(fien)
        kept = list(Erasure.objects.values_list("fingerprint", flat=True))
        restored = AliasFactory(email="fien@thuis.example").person
        other = PersonFactory()

        assert erase_again(fingerprints=kept, by=None, now=NOW) == 1

        restored.refresh_from_db()
        other.refresh_from_db()
        assert restored.erased_at == NOW
        assert other.erased_at is None


PERSONAL = [
    (relation.related_model, relation.field.name)
    for relation in Person._meta.get_fields(include_hidden=True)
    if (relation.one_to_many or relation.one_to_one) and relation.auto_created and not relation.concrete
]


@pytest.mark.parametrize(("model", "field"), PERSONAL, ids=str)
def test_erasure_empties_the_personal_fields_of_every_row_that_points_at_the_person(model, field):
    personal = model.privacy.personal
    row = any_row(model, also=set(personal), **{field: PersonFactory()})
    assert any(getattr(row, name) != blank for name, blank in personal.items())

    privacy.wipe(getattr(row, field))

    left = model._base_manager.filter(pk=row.pk).values(*personal)
    assert list(left) == ([] if model.privacy.removed_whole else [dict(personal)])
