"""The list of participants, and what is printed of it."""

import csv

import pytest
from python_calamine import CalamineWorkbook

from trekker.events.models import AccessNeed, SignUpQuestion
from trekker.events.tests.attending.screens import at, text
from trekker.events.tests.factories import NOW, RegistrationFactory
from trekker.kernel.access import Role
from trekker.people.models import Account

pytestmark = pytest.mark.django_db


class TestTheList:
    @pytest.mark.usefixtures("jan")
    def test_searches_filters_and_asks_as_much_for_more(self, officer, event, django_assert_max_num_queries):
        RegistrationFactory.create_batch(60, event=event)
        waiting = RegistrationFactory(event=event, first_name="Wacht", last_name="Er", waiting=True)
        address = at("list", event.pk)
        officer.get(address)

        with django_assert_max_num_queries(16):
            page = text(officer.get(address))

        assert "Deelnemers" in page
        found = text(officer.get(address, {"q": "jan gemeente"}))
        assert "Jan Janssens" in found
        assert waiting.name not in found
        assert waiting.name in text(officer.get(address, {"status": "WAITING"}))
        assert text(officer.get(at("list_results", event.pk), {"q": "wacht"})).count("Wacht Er") == 1

    @pytest.mark.usefixtures("jan")
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_downloaded(self, officer, event, kind):
        response = officer.get(at("list", event.pk), {"export": kind})

        whole = b"".join(response.streaming_content)
        assert (b"jan@gemeente.example" in whole) if kind == "csv" else whole.startswith(b"PK")

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_downloaded_with_the_answers_to_each_question(
        self, officer, event, kind, tmp_path, django_assert_max_num_queries
    ):
        bus = SignUpQuestion.objects.create(event=event, label="Kom je met de bus?", kind="YES_NO")
        SignUpQuestion.objects.create(event=event, label="Wat wil je leren?", position=1)
        RegistrationFactory(event=event, last_name="A", answers={str(bus.pk): "ja"})
        RegistrationFactory.create_batch(30, event=event, last_name="B")
        officer.get(at("list", event.pk))

        with django_assert_max_num_queries(16):
            response = officer.get(at("list", event.pk), {"export": kind})
            whole = b"".join(response.streaming_content)

        if kind == "csv":
            rows = list(csv.reader(whole.decode("utf-8-sig").splitlines(), delimiter=";"))
        else:
            book = tmp_path / "lijst.xlsx"
            book.write_bytes(whole)
            rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
        assert [row[-2:] for row in rows[:3]] == [
            ["Kom je met de bus?", "Wat wil je leren?"],
            ["ja", ""],
            ["", ""],
        ]

    def test_is_for_who_leads_the_event(self, as_role, event):
        partner = as_role(Role.PARTNER_OFFICER)
        names = ["list", "print", "badges", "sign_in", "catering", "door"]
        assert [partner.get(at(name, event.pk)).status_code for name in names] == [404] * 6

        event.leads.add(Account.objects.get())

        assert partner.get(at("list", event.pk)).status_code == 200


class TestPaper:
    @pytest.mark.usefixtures("jan")
    @pytest.mark.parametrize("name", ["print", "badges", "sign_in"])
    def test_names_who_has_a_place(self, officer, event, name):
        RegistrationFactory(event=event, first_name="Niet", last_name="Meer", cancelled=True)

        page = text(officer.get(at(name, event.pk)))

        assert "Jan" in page
        assert "Meer" not in page

    @pytest.mark.usefixtures("jan")
    def test_a_caterer_sees_counts_only(self, officer, event):
        for diet in ("Vegetarisch", "vegetarisch ", "halal"):
            other = RegistrationFactory(event=event)
            AccessNeed.objects.create(registration=other, diet=diet, consent_text="ja", consent_at=NOW)

        page = text(officer.get(at("catering", event.pk)))

        assert "<dt>Vegetarisch</dt><dd>2</dd>" in page
        assert "Janssens" not in page

    def test_needs_are_for_who_leads_it_and_no_other_staff(self, officer, event, jan):
        AccessNeed.objects.create(registration=jan, access="Tolk VGT", consent_text="ja", consent_at=NOW)
        assert officer.get(at("needs", event.pk)).status_code == 404

        event.leads.add(Account.objects.get())

        assert "Tolk VGT" in text(officer.get(at("needs", event.pk)))
