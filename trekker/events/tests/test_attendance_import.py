"""From a report to attendance: who is meant, what is decided, and what is stored."""

import pytest
from django.db import transaction

from trekker.events.actions import attendance as attendance_actions
from trekker.events.actions.attendance import Mark, record_attendance
from trekker.events.importers.target import NEW
from trekker.events.models import Attendance, Registration
from trekker.events.tests.factories import EventFactory, RegistrationFactory, SessionFactory
from trekker.events.tests.importing import FILES, NOW, REPORT, compare, decide, row_of, store
from trekker.imports.actions import accept_proposals
from trekker.imports.models import Row
from trekker.imports.reading import Unreadable
from trekker.imports.tests import files
from trekker.kernel.audit import lines_of
from trekker.organisations.tests.factories import MailDomainFactory
from trekker.people.actions import erase_person
from trekker.people.models import Alias, Person
from trekker.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
State, Outcome = Row.State, Row.Outcome


@pytest.fixture
def event():
    return EventFactory()


@pytest.fixture
def jan(event):
    return RegistrationFactory(
        event=event, person__email="jan@gemeente.example", first_name="Jan", last_name="Janssens"
    )


@pytest.fixture
def fatima(event):
    return RegistrationFactory(
        event=event, first_name="Fatima", last_name="El Idrissi", person__email="f.elidrissi@stad.example"
    )


def noted(event):
    """Give the minutes of everyone who was there, by name."""
    rows = Attendance.objects.filter(session__event=event, present=True).select_related("registration")
    return {each.registration.name: each.minutes for each in rows}


def listed(tmp_path, *rows):
    return files.csv_file(tmp_path / "lijst.csv", rows)


class TestMatching:
    def test_by_address_by_name_and_not_at_all(self, event, jan, fatima):
        draft = compare(REPORT, event)

        found = {row.label: (row.state, row.target, row.outcome) for row in Row.objects.filter(of=draft)}
        assert found == {
            "Jan Janssens": (State.CERTAIN, jan.pk, Outcome.NEW),
            "Fatima El Idrissi": (State.CERTAIN, fatima.pk, Outcome.NEW),
            "Peeters Els": (State.UNKNOWN, NEW, Outcome.REFUSED),
            "Wies Trekker": (State.UNKNOWN, None, Outcome.REFUSED),
            "+32 475 00 11 22": (State.UNKNOWN, None, Outcome.REFUSED),
            "Nog Iemand": (State.UNKNOWN, None, Outcome.REFUSED),
        }

    def test_by_any_address_of_the_person(self, event, jan):
        Alias.objects.create(person=jan.person, email="els.peeters@ocmw.example")

        assert row_of(compare(REPORT, event), "Peeters Els").target == jan.pk

    def test_a_name_in_another_order_and_without_accents_is_the_same(self, event, tmp_path):
        zoe = RegistrationFactory(event=event, first_name="Zoé", last_name="Maës")

        row = row_of(compare(listed(tmp_path, ["Naam"], ["MAES, Zoe"]), event), "MAES, Zoe")

        assert (row.state, row.target) == (State.CERTAIN, zoe.pk)

    @pytest.mark.parametrize("written", ["Fatma El Idrisi", "Fatima"])
    def test_a_name_that_is_alike_is_proposed(self, event, fatima, tmp_path, written):
        row = row_of(compare(listed(tmp_path, ["Naam"], [written]), event), written)

        assert (row.state, row.target, row.choices) == (State.DOUBTFUL, fatima.pk, [fatima.pk, NEW])

    def test_two_of_the_same_name_are_both_offered(self, event, tmp_path):
        twins = [RegistrationFactory(event=event, first_name="An", last_name="Smet") for _ in range(2)]

        row = row_of(compare(listed(tmp_path, ["Naam"], ["An Smet"]), event), "An Smet")

        assert (row.state, row.target) == (State.DOUBTFUL, None)
        assert row.choices == [*(each.pk for each in twins), NEW]

    def test_an_organiser_who_registered_counts(self, event):
        wies = RegistrationFactory(event=event, person__email="wies@koepel.example")

        assert row_of(compare(REPORT, event), "Wies Trekker").target == wies.pk

    def test_who_cancelled_and_came_becomes_a_participant_again(self, event, jan):
        Registration.objects.update(status="CANCELLED", cancelled_at=NOW)
        draft = compare(REPORT, event)
        accept_proposals(draft=draft, state=State.UNKNOWN, by=None, now=NOW)

        store(draft)

        assert event.registrations.filter(person=jan.person, status="REGISTERED").count() == 1


class TestStoring:
    @pytest.mark.usefixtures("jan", "fatima")
    def test_notes_minutes_and_adds_who_was_not_expected(self, event):
        stad = MailDomainFactory(domain="ocmw.example").organisation
        draft = compare(REPORT, event)
        accept_proposals(draft=draft, state=State.UNKNOWN, by=None, now=NOW)

        stored = store(draft)

        assert noted(event) == {"Jan Janssens": 105, "Fatima El Idrissi": 119, "Peeters Els": 80}
        assert stored.counts == {"NEW": 3, "REFUSED": 3}
        els = Registration.objects.get(source=Registration.Source.CAME)
        assert (els.person.email, els.organisation, els.mode) == ("els.peeters@ocmw.example", stad, "ONLINE")
        assert lines_of([event]).filter(action="events.attendance_recorded").exists()

    @pytest.mark.usefixtures("jan", "fatima")
    def test_the_same_file_again_changes_nothing(self, event):
        draft = compare(REPORT, event)
        accept_proposals(draft=draft, state=State.UNKNOWN, by=None, now=NOW)
        store(draft)
        before = list(Attendance.objects.values())

        again = compare(REPORT, event)
        outcomes = {row.label: row.outcome for row in Row.objects.filter(of=again)}
        stored = store(again)

        assert outcomes["Peeters Els"] == outcomes["Jan Janssens"] == Outcome.UNCHANGED
        assert stored.counts == {"UNCHANGED": 3, "REFUSED": 3}
        assert list(Attendance.objects.values()) == before
        assert Registration.objects.count() == 3

    def test_a_row_without_decision_does_not_count(self, event):
        store(compare(REPORT, event))

        assert noted(event) == {}
        assert not Registration.objects.exists()

    def test_rows_of_one_person_are_laid_over_each_other(self, event, jan):
        draft = compare(REPORT, event)
        decide(draft, "+32 475 00 11 22", jan.pk)  # dialled in from 13:35 to 13:50, while also online

        stored = store(draft)

        assert noted(event) == {"Jan Janssens": 105}
        assert row_of(stored, "+32 475 00 11 22").outcome == Outcome.UNCHANGED

    def test_what_was_noted_by_hand_stays(self, event, jan, fatima):
        session = event.sessions.get()
        record_attendance(
            session=session, marks={jan.pk: Mark(True, 60), fatima.pk: Mark(True)}, by=None, now=NOW
        )

        draft = compare(REPORT, event)
        assert row_of(draft, "Jan Janssens").differs
        store(draft)

        assert noted(event) == {"Jan Janssens": 60, "Fatima El Idrissi": 119}

    def test_who_waited_for_a_place_and_came_has_one(self, event):
        jan = RegistrationFactory(event=event, person__email="jan@gemeente.example", waiting=True)

        store(compare(REPORT, event))

        jan.refresh_from_db()
        assert jan.status == "REGISTERED"

    @pytest.mark.usefixtures("jan")
    def test_nothing_is_noted_once_the_session_is_settled(self, event):
        draft = compare(REPORT, event)
        attendance_actions.settle(session=event.sessions.get(), by=None, now=NOW)

        stored = store(draft)

        assert stored.counts == {"REFUSED": 6}
        assert noted(event) == {}

    def test_who_was_erased_is_counted_and_stays_nobody(self, event):
        erase_person(person=PersonFactory(email="els.peeters@ocmw.example"), by=None, now=NOW)
        draft = compare(REPORT, event)
        accept_proposals(draft=draft, state=State.UNKNOWN, by=None, now=NOW)

        store(draft)

        came = Registration.objects.get(last_name="Els")
        assert (came.person, came.email) == (None, "")

    def test_erasing_someone_takes_them_out_of_the_rows(self, event, jan):
        draft = compare(REPORT, event)
        erase_person(person=jan.person, by=None, now=NOW)

        assert not Row.objects.filter(of=draft, label="Jan Janssens").exists()


class TestPlainLists:
    @pytest.mark.usefixtures("jan", "fatima")
    def test_reads_names_addresses_and_minutes(self, event):
        draft = compare(FILES / "lijst.csv", event)

        store(draft)

        assert noted(event) == {"Jan Janssens": 90, "Fatima El Idrissi": 120}

    @pytest.mark.usefixtures("jan")
    def test_reads_yes_and_no(self, event, fatima, tmp_path):
        rows = [
            ["Voornaam", "Achternaam", "Aanwezig"],
            ["Jan", "Janssens", "ja"],
            ["Fatima", "El Idrissi", "nee"],
        ]

        store(compare(listed(tmp_path, *rows), event))

        assert noted(event) == {"Jan Janssens": None}
        assert Attendance.objects.get(registration=fatima).present is False

    def test_says_what_is_wrong_with_a_row(self, event, tmp_path):
        rows = [["Naam", "Minuten", "Aanwezig"], ["Jan", "lang", ""], ["An", "", "misschien"]]

        draft = compare(listed(tmp_path, *rows), event)

        messages = Row.objects.filter(of=draft, state=State.ERROR).values_list("message", flat=True)
        assert ["Schrijf een getal" in messages[0], "Schrijf ja of nee" in messages[1]] == [True, True]

    @pytest.mark.usefixtures("jan")
    def test_counts_no_more_than_the_session_lasts(self, event, tmp_path):
        store(compare(listed(tmp_path, ["Naam", "Minuten"], ["Jan Janssens", "500"]), event))

        assert noted(event) == {"Jan Janssens": 120}


class TestWrongFiles:
    @pytest.mark.parametrize("name", ["fout-mailchimp.csv", "fout-entra.csv"])
    def test_a_list_of_members_changes_nothing(self, event, name):
        with pytest.raises(Unreadable, match="ledenlijst"), transaction.atomic():
            compare(FILES / name, event)

        assert not Row.objects.exists()

    def test_a_picture_changes_nothing(self, event, tmp_path):
        path = tmp_path / "foto.csv"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))

        with pytest.raises(Unreadable, match="geen tabel"):
            compare(path, event)

    def test_a_report_of_another_day_names_both_days(self, event):
        session = SessionFactory(event=event, starts_at=NOW)

        with pytest.raises(Unreadable, match="Kies het verslag van die dag"):
            compare(REPORT, event, session)

    @pytest.mark.usefixtures("jan")
    def test_of_two_sessions_the_day_decides(self, event):
        SessionFactory(event=event, starts_at=NOW)

        store(compare(REPORT, event))

        assert Attendance.objects.get().session.starts_at == event.starts_at


def test_five_thousand_rows_ask_few_questions(event, tmp_path, django_assert_max_num_queries):
    people = PersonFactory.create_batch(3)
    for person in people:
        RegistrationFactory(event=event, person=person)
    rows = [["Naam", "E-mail", "Minuten"]]
    rows += [[f"Fien Voorbeeld {n}", f"fien{n}@stad{n % 50}.example", "60"] for n in range(5_000)]
    path = listed(tmp_path, *rows)
    with django_assert_max_num_queries(160):
        draft = compare(path, event)
    Row.objects.filter(of=draft).update(target=NEW, state=State.CERTAIN, decided=True, group="")

    with django_assert_max_num_queries(900):
        stored = store(draft)

    assert stored.counts == {"NEW": 5_000}
    assert Person.objects.count() == 5_003
