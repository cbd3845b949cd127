from datetime import UTC, date, datetime

import pytest

from trekker.kernel import merging
from trekker.kernel.audit import lines_of
from trekker.organisations.tests.factories import OrganisationFactory
from trekker.people import actions
from trekker.people.addresses import NotAnAddress
from trekker.people.models import Alias, Person, PersonQuerySet, Position
from trekker.people.tests.factories import AliasFactory, PersonFactory, PositionFactory

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MAY = date(2026, 5, 1)
pytestmark = pytest.mark.django_db


def aliases(person: Person) -> set[str]:
    return set(Alias.objects.filter(person=person).values_list("email", flat=True))


class TestAddPerson:
    def add(self, **facts):
        return actions.add_person(by=None, now=NOW, **facts)

    def test_writes_addresses_the_one_way(self):
        person = self.add(first_name="Fien", email="Fien@Bestuur.example ", aliases=["F@Bestuur.example", ""])

        assert person.email == "fien@bestuur.example"
        assert aliases(person) == {"f@bestuur.example"}
        assert lines_of([person]).get().action == "people.added"

    def test_lets_several_persons_have_no_address(self):
        assert self.add(first_name="Fien").email is None
        assert self.add(first_name="Ans").email is None

    def test_refuses_an_address_that_another_is_known_by(self):
        known = AliasFactory(email="fien@bestuur.example").person

        with pytest.raises(actions.AddressTaken) as refused:
            self.add(first_name="Fien", email="FIEN@bestuur.example")

        assert refused.value.person == known

    def test_refuses_what_is_no_address(self):
        with pytest.raises(NotAnAddress):
            self.add(email="geen adres")


class TestFindOrAddPerson:
    def find(self, email="fien@bestuur.example"):
        return actions.find_or_add_person(
            email=email,
            organisation=OrganisationFactory(),
            function="trekker",
            first_name="Fien",
            by=None,
            now=NOW,
        )

    def test_adds_someone_new_with_a_place_from_today(self):
        person = self.find("Fien@Bestuur.example")

        assert (person.email, person.first_name) == ("fien@bestuur.example", "Fien")
        assert (person.positions.get().function, person.positions.get().from_on) == ("trekker", NOW.date())

    def test_leaves_who_is_known_as_they_are(self):
        known = AliasFactory(email="fien@bestuur.example", person__first_name="Wies").person

        assert self.find() == known

        known.refresh_from_db()
        assert known.first_name == "Wies"
        assert Person.objects.count() == 1
        assert not Position.objects.exists()
        assert not lines_of([known]).exists()

    def test_gives_who_another_form_added_a_moment_sooner(self, monkeypatch):
        known = PersonFactory(email="fien@bestuur.example")
        looked = iter([Person.objects.none(), Person.objects.filter(pk=known.pk)])
        monkeypatch.setattr(PersonQuerySet, "known_by", lambda *_: next(looked))

        assert self.find() == known


class TestCorrectPerson:
    def correct(self, person, aliases=None, **facts):
        return actions.correct_person(person=person, facts=facts, aliases=aliases, by=None, now=NOW)

    def test_writes_other_facts_and_logs_which(self):
        person = self.correct(PersonFactory(phone=""), phone="+32 11 00 00 00", email="nieuw@bestuur.example")

        assert (person.phone, person.email) == ("+32 11 00 00 00", "nieuw@bestuur.example")
        assert lines_of([person]).get().data == {"fields": ["phone", "email"]}

    def test_makes_the_other_addresses_those_given(self):
        person = AliasFactory(email="oud@bestuur.example").person

        self.correct(person, aliases=["nieuw@bestuur.example"])

        assert aliases(person) == {"nieuw@bestuur.example"}

    def test_logs_nothing_when_nothing_differs(self):
        person = AliasFactory().person

        self.correct(person, aliases=aliases(person), last_name=person.last_name)

        assert not lines_of([person]).exists()


class TestPositions:
    def test_starts_and_ends_on_a_day(self):
        position = actions.add_position(
            person=PersonFactory(),
            organisation=OrganisationFactory(),
            from_on=MAY,
            function="trekker",
            by=None,
            now=NOW,
        )

        actions.end_position(position=position, until_on=date(2026, 6, 1), by=None, now=NOW)

        position.refresh_from_db()
        assert (position.from_on, position.until_on) == (MAY, date(2026, 6, 1))
        assert lines_of([position.person]).count() == 2

    def test_are_corrected(self):
        position = PositionFactory(function="medewerker")

        actions.correct_position(position=position, function="diensthoofd", is_manager=True, by=None, now=NOW)

        position.refresh_from_db()
        assert (position.function, position.is_manager) == ("diensthoofd", True)

    def test_do_not_end_before_they_start(self):
        with pytest.raises(actions.PositionOutOfOrder):
            actions.end_position(position=PositionFactory(from_on=MAY), until_on=MAY, by=None, now=NOW)


class TestMergePersons:
    def merge(self, kept, dropped):
        return actions.merge_persons(kept=kept, dropped=dropped, by=None, now=NOW)

    def test_keeps_the_address_of_the_other_as_another_address(self):
        kept, dropped = PersonFactory(), PersonFactory(email="ander@bestuur.example")

        self.merge(kept, dropped)

        assert aliases(kept) == {"ander@bestuur.example"}
        assert list(Person.objects.known_by("ander@bestuur.example")) == [kept]

    def test_takes_the_address_over_when_it_had_none(self):
        kept = PersonFactory(email=None, phone="")

        self.merge(kept, PersonFactory(email="ander@bestuur.example", phone="011"))

        kept.refresh_from_db()
        assert (kept.email, kept.phone, aliases(kept)) == ("ander@bestuur.example", "011", set())

    def test_keeps_a_position_that_both_have_only_once(self):
        position = PositionFactory(from_on=MAY)
        dropped = PositionFactory(from_on=MAY, organisation=position.organisation).person
        elsewhere = PositionFactory(person=dropped)

        self.merge(position.person, dropped)

        assert set(position.person.positions.all()) == {position, elsewhere}

    def test_does_not_bring_back_who_was_erased_meanwhile(self):
        kept, dropped = PersonFactory(), PersonFactory(first_name="Fien")
        actions.erase_person(person=Person.objects.get(pk=dropped.pk), by=None, now=NOW)

        with pytest.raises(actions.NoLongerThere):
            self.merge(kept, dropped)
        with pytest.raises(actions.NoLongerThere):
            self.merge(dropped, kept)

        assert not Person.objects.filter(first_name="Fien").exists()

    def test_keeps_what_was_corrected_meanwhile(self):
        kept = PersonFactory(phone="011")
        Person.objects.filter(pk=kept.pk).update(phone="012")

        self.merge(kept, PersonFactory())

        kept.refresh_from_db()
        assert kept.phone == "012"

    def test_refuses_someone_with_themselves(self):
        person = PersonFactory()

        with pytest.raises(merging.CannotMerge):
            self.merge(person, person)
