"""A list in whatever form."""

from datetime import date, timedelta

import pytest
from wagtail.models import ModelLogEntry

from trekker.imports import actions
from trekker.imports.models import Import, Row
from trekker.imports.tests import files
from trekker.network.models import Membership
from trekker.network.tests.factories import MembershipFactory
from trekker.network.tests.importing import NOW, compare, read_in, row_of
from trekker.organisations.tests.factories import MailDomainFactory
from trekker.people import actions as people
from trekker.people.models import Person, Position
from trekker.people.tests.factories import AliasFactory, PersonFactory

pytestmark = pytest.mark.django_db
State, Outcome, End = Row.State, Row.Outcome, Membership.End


class TestAnyList:
    def test_makes_a_person_a_membership_and_a_position(self, sheet):
        gent = MailDomainFactory(domain="stad.example").organisation

        draft = read_in(sheet(["An@Stad.example", "An Van Hove", "", "+32 475 12 34 56", "5/3/2025"]))

        person = Person.objects.get(email="an@stad.example")
        assert (person.first_name, person.last_name, person.phone) == ("An", "Van Hove", "+32 475 12 34 56")
        assert person.memberships.get().from_on == date(2025, 3, 5)
        assert person.memberships.get().source == "leden.csv, ingelezen op 02/03/2026"
        assert (person.positions.get().organisation, person.positions.get().from_on) == (gent, None)
        assert draft.counts == {"NEW": 1}

    def test_changes_nothing_the_second_time(self, sheet):
        MailDomainFactory(domain="stad.example")
        path = sheet(*([f"p{n}@stad.example", f"P{n} Q", "", "", ""] for n in range(30)))
        read_in(path, complete=True)
        before = (
            list(Membership.objects.values())
            + list(Person.objects.values())
            + list(Position.objects.values())
        )

        draft = read_in(path, complete=True)

        assert draft.counts == {"UNCHANGED": 30}
        assert before == [*Membership.objects.values(), *Person.objects.values(), *Position.objects.values()]

    def test_knows_someone_by_another_address(self, sheet):
        alias = AliasFactory(email="an@gmail.com")

        draft = compare(sheet(["an@gmail.com", "", "", "", ""]))

        assert row_of(draft, "an@gmail.com").match == alias.person_id

    def test_takes_one_row_per_person(self, sheet):
        alias = AliasFactory(email="an@gmail.com", person__email="an@stad.example")

        draft = read_in(
            sheet(["an@stad.example", "", "", "", ""], ["AN@gmail.com", "", "", "", ""], ["an@stad.example"])
        )

        assert draft.counts == {"NEW": 1, "REFUSED": 2}
        assert Membership.objects.get().person == alias.person

    @pytest.mark.parametrize("heading", ["Stand", "Toestand", "Status"])
    def test_knows_by_any_word_which_column_says_who_left(self, sheet, heading):
        rows = [["an@stad.example", "uitgeschreven"], ["bo@stad.example", "ingeschreven"]]

        draft = compare(sheet(*rows, headings=["E-mail", heading]))

        assert draft.mapping == {"email": 0, "status": 1}

    def test_fills_what_is_empty_and_keeps_what_is_known(self, sheet):
        PersonFactory(email="an@stad.example", first_name="Ann", last_name="", phone="")

        draft = read_in(sheet(["an@stad.example", "An Hove", "", "09 1", ""]))

        person = Person.objects.get()
        assert (person.first_name, person.last_name, person.phone) == ("Ann", "Hove", "09 1")
        row = row_of(draft, "an@stad.example")
        assert row.differs
        assert "We houden “Ann”" in row.message

    def test_reports_a_row_without_an_address_and_goes_on(self, sheet):
        draft = read_in(
            sheet(["geen adres", "An"], ["аn@stad.example", "Look-alike"], ["b@stad.example", "B"])
        )

        assert draft.counts == {"NEW": 1, "REFUSED": 2}
        assert Person.objects.get().email == "b@stad.example"

    @pytest.mark.parametrize("text", ["31/02/2025", "3/25/2025", "gisteren", "1/1/2031"])
    def test_refuses_a_day_that_cannot_be(self, sheet, text):
        assert (
            row_of(compare(sheet(["an@stad.example", "", "", "", text])), "an@stad.example").state
            == State.ERROR
        )

    def test_ends_who_is_not_on_a_complete_list(self, sheet):
        gone = MembershipFactory(person__email="weg@stad.example", from_on=date(2024, 1, 1))
        later = MembershipFactory(person__email="later@stad.example", from_on=date(2026, 3, 2))
        alias = AliasFactory(email="an@gmail.com")
        stays = MembershipFactory(person=alias.person)

        draft = read_in(sheet(["an@gmail.com", "", "", "", ""]), complete=True)

        gone.refresh_from_db()
        assert (gone.until_on, gone.ended_because) == (date(2026, 3, 1), End.NOT_LISTED)
        assert set(Membership.objects.open()) == {later, stays}
        assert row_of(draft, "weg@stad.example").outcome == Outcome.ENDED
        assert row_of(draft, "weg@stad.example").number is None

    def test_ends_nobody_when_the_list_is_not_complete(self, sheet):
        MembershipFactory(person__email="weg@stad.example")

        read_in(sheet(["an@stad.example", "", "", "", ""]))

        assert Membership.objects.open().count() == 2

    def test_never_subscribes_again_who_left(self, sheet):
        left = MembershipFactory(
            person__email="an@stad.example", until_on=date(2025, 6, 1), ended_because=End.LEFT
        )

        draft = read_in(sheet(["an@stad.example", "", "", "", "5/3/2025"]))

        assert row_of(draft, "an@stad.example").outcome == Outcome.STAYS_OUT
        assert Membership.objects.get() == left

    def test_starts_anew_after_a_later_opt_in(self, sheet):
        MembershipFactory(person__email="an@stad.example", until_on=date(2025, 6, 1), ended_because=End.LEFT)

        read_in(sheet(["an@stad.example", "", "", "", "2/6/2025"]))

        assert Membership.objects.open().get().from_on == date(2025, 6, 2)

    def test_starts_anew_for_who_was_missing_from_an_earlier_list(self, sheet):
        MembershipFactory(
            person__email="an@stad.example", until_on=date(2025, 6, 1), ended_because=End.NOT_LISTED
        )

        read_in(sheet(["an@stad.example", "", "", "", ""]))

        assert Membership.objects.open().get().from_on == date(2026, 3, 1)

    def test_leaves_out_who_was_erased(self, sheet):
        people.erase_person(person=PersonFactory(email="an@stad.example"), by=None, now=NOW)

        draft = read_in(sheet(["an@stad.example", "", "", "", ""]))

        assert draft.counts == {"STAYS_OUT": 1}
        assert not Person.objects.filter(erased_at=None).exists()

    def test_forgets_the_rows_of_who_is_erased(self, sheet):
        draft = read_in(sheet(["an@stad.example", "An", "", "", ""], ["bo@stad.example", "Bo", "", "", ""]))

        people.erase_person(person=Person.objects.get(email="an@stad.example"), by=None, now=NOW)

        kept = Row.objects.filter(of=draft).order_by("number").values_list("key", "label", "outcome")
        assert list(kept) == [("", "gewist", Outcome.NEW), ("bo@stad.example", "Bo", Outcome.NEW)]

    def test_forgets_rows_after_ninety_days(self, sheet):
        draft = read_in(sheet(["an@stad.example", "An", "", "", ""]))

        assert actions.forget_old(now=NOW + timedelta(days=89)) == 0
        assert actions.forget_old(now=NOW + timedelta(days=91)) == 1

        assert list(Import.objects.all()) == [draft]

    def test_writes_one_line_in_the_log(self, sheet):
        draft = read_in(sheet(*([f"p{n}@stad.example", "", "", "", ""] for n in range(5))))

        assert ModelLogEntry.objects.for_instance(draft).get().action == "imports.stored"
        assert ModelLogEntry.objects.count() == 1

    def test_asks_a_fixed_number_of_questions_however_long_the_list(
        self, tmp_path, django_assert_max_num_queries
    ):
        path = files.csv_file(tmp_path / "lang.csv", files.people(450))

        with django_assert_max_num_queries(75):
            read_in(path)
