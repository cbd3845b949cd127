"""What lists of members do to persons, positions and memberships."""

from datetime import UTC, date, datetime, timedelta

import pytest
from wagtail.models import ModelLogEntry

from trekker.imports import actions
from trekker.imports.models import Decision, Import, Row
from trekker.imports.tests import files
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.network.tests.importing import NOW, compare, read_in, row_of, store
from trekker.organisations.models import Organisation
from trekker.organisations.tests.factories import MailDomainFactory, OrganisationFactory
from trekker.people import actions as people
from trekker.people.models import Person, Position
from trekker.people.tests.factories import AliasFactory, PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db
State, Outcome, End = Row.State, Row.Outcome, Membership.End
HEADINGS = ["E-mail", "Naam", "Organisatie", "Telefoon", "Lid sinds"]


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, headings=HEADINGS):
        return files.csv_file(tmp_path / "leden.csv", [headings, *rows])

    return write


@pytest.fixture
def audience(tmp_path):
    def write(**people):
        return files.mailchimp_zip(tmp_path / "audience.zip", **people)

    return write


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


class TestMailchimp:
    def test_takes_times_as_utc_and_days_as_belgian(self, audience):
        read_in(audience(subscribed=[("an@stad.example", "2025-01-31 23:30:00")]))

        membership = Membership.objects.get()
        assert membership.from_on == date(2025, 2, 1)
        assert membership.consent_at == datetime(2025, 1, 31, 23, 30, tzinfo=UTC)

    def test_ends_who_unsubscribed_and_who_bounced(self, audience):
        for name in ("an", "bo"):
            MembershipFactory(person__email=f"{name}@stad.example", from_on=date(2024, 1, 1))

        draft = read_in(
            audience(
                unsubscribed=[("an@stad.example", "2024-01-01 00:00:00", "2025-05-05 22:30:00")],
                cleaned=[("bo@stad.example", "2024-01-01 00:00:00", "2025-07-07 08:00:00")],
            )
        )

        assert draft.counts == {"ENDED": 2}
        ended = Membership.objects.order_by("until_on").values_list("until_on", "ended_because")
        assert list(ended) == [(date(2025, 5, 6), End.LEFT), (date(2025, 7, 7), End.BOUNCED)]
        assert Person.objects.get(email="bo@stad.example").bounced_on == date(2025, 7, 7)

    def test_remembers_who_left_before_we_knew_them(self, audience, sheet):
        read_in(audience(unsubscribed=[("an@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")]))

        draft = read_in(sheet(["an@stad.example", "", "", "", ""]))

        assert draft.counts == {"STAYS_OUT": 1}
        assert Membership.objects.get().until_on == date(2025, 5, 5)

    def test_believes_the_row_that_says_someone_left(self, audience):
        draft = read_in(
            audience(
                subscribed=[("an@stad.example", "2024-01-01 00:00:00")],
                unsubscribed=[("an@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")],
            )
        )

        assert draft.counts == {"ENDED": 1, "REFUSED": 1}
        assert Membership.objects.get().ended_because == End.LEFT

    def test_changes_nothing_the_second_time(self, audience):
        path = audience(
            subscribed=[("an@stad.example", "2025-01-01 10:00:00")],
            unsubscribed=[("bo@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")],
            cleaned=[("ci@stad.example", "2024-01-01 00:00:00", "2025-05-05 10:00:00")],
        )
        read_in(path, complete=True)

        assert read_in(path, complete=True).counts == {"UNCHANGED": 3}

    @pytest.mark.parametrize(
        ("name", "extra", "code"),
        [
            ("subscribed_members_export.csv", [], "mailchimp"),
            ("unsubscribed_members_export.csv", ["UNSUB_TIME"], "mailchimp_unsubscribed"),
            ("cleaned_members_export.csv", [], "mailchimp_cleaned"),
        ],
    )
    def test_knows_each_file_apart(self, tmp_path, name, extra, code):
        row = [*files.mailchimp_row("an@stad.example"), *(["2025-05-05 10:00:00"] if extra else [])]
        path = files.csv_file(tmp_path / name, [[*files.MAILCHIMP, *extra], row], ",")

        assert compare(path).format == code


class TestEntra:
    def test_finds_the_address_of_a_guest_in_the_sign_in_name(self, tmp_path):
        ChannelFactory()
        upns = ["jan_de_smet_stad.example#EXT#@huurder.onmicrosoft.com", "an@huurder.onmicrosoft.com"]
        rows = [
            [upn, "Jan De Smet", "", mail, "", "1", "Guest"]
            for upn, mail in zip(upns, ["", "An@x.example"], strict=True)
        ]
        path = files.csv_file(tmp_path / "gebruikers.csv", [files.ENTRA, *rows], ",")

        draft = read_in(path)

        assert draft.format == "entra"
        assert set(Person.objects.values_list("email", flat=True)) == {
            "jan_de_smet@stad.example",
            "an@x.example",
        }


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
        path = sheet(["an@gmail.com", "An Peeters", "Hasseltt"], headings=HEADINGS[:3])
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


class TestTheOrderOfWork:
    def test_a_job_that_was_passed_by_changes_nothing(self, sheet):
        draft = compare(sheet(["an@stad.example"]))
        first = actions.confirm(draft=draft, by=None, now=NOW)
        second = actions.retry(draft=first, now=NOW)

        actions.store(draft=draft.pk, attempt=first.attempt, now=NOW)
        assert not Person.objects.exists()
        actions.store(draft=draft.pk, attempt=second.attempt, now=NOW)
        actions.store(draft=draft.pk, attempt=second.attempt, now=NOW)

        assert Membership.objects.count() == 1

    def test_comparing_again_starts_over(self, sheet):
        draft = compare(sheet(["an@stad.example"], ["bo@stad.example"]))
        Import.objects.filter(pk=draft.pk).update(status=Import.Status.MATCHING)

        again = actions.retry(draft=draft, now=NOW)
        actions.match(draft=draft.pk, attempt=again.attempt, clock=lambda: NOW)

        assert Row.objects.filter(of=draft).count() == 2

    def test_remembers_the_columns_of_a_list(self, tmp_path):
        path = files.csv_file(tmp_path / "a.csv", [["Kolom x", "Kolom y"], ["An", "an@stad.example"]])
        draft = actions.take_in(importer="members", path=path, file_name="a.csv", by=None, now=NOW)
        options = {"channel": ChannelFactory().code, "status": "SUBSCRIBED", "on": "2026-03-01"}
        actions.settle(draft=draft, mapping={"email": 1, "first_name": 0}, options=options, now=NOW)

        again = actions.take_in(importer="members", path=path, file_name="b.csv", by=None, now=NOW)

        assert again.mapping == {"email": 1, "first_name": 0}

    def test_nothing_is_stored_of_a_list_without_one_good_row(self, sheet):
        with pytest.raises(actions.NothingToStore):
            store(compare(sheet(["geen adres"])))

    def test_a_draft_can_be_thrown_away(self, sheet):
        draft = compare(sheet(["an@stad.example"]))

        assert actions.discard(draft=draft, by=None, now=NOW)

        assert not Import.objects.exists()
        assert not Row.objects.exists()
