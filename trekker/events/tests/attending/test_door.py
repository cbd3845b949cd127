"""Attendance noted at the door, also without a network."""

import json
from datetime import timedelta

import pytest

from trekker.events.models import Attendance, Registration
from trekker.events.tests.attending.screens import YESTERDAY, at, text
from trekker.events.tests.factories import NOW, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


class TestTheDoor:
    def send(self, browser, session, *ticks):
        address = at("ticks", session.event.pk, session.pk)
        return browser.post(address, json.dumps({"ticks": list(ticks)}), content_type="application/json")

    def test_leads_to_the_session_that_is_nearest(self, officer, event, session):
        SessionFactory(event=event, starts_at=YESTERDAY + timedelta(days=30))

        assert officer.get(at("door", event.pk)).url == at("check_in", event.pk, session.pk)

    def test_works_without_script(self, officer, event, session, jan):
        address = at("check_in", event.pk, session.pk)
        assert "Jan Janssens" in text(officer.get(address, {"zoek": "jan"}))

        officer.post(f"{address}?zoek=jan", {"in": jan.pk})
        assert Attendance.objects.get().present
        officer.post(address, {"uit": jan.pk})
        assert not Attendance.objects.get().present
        officer.post(address, {"first_name": "Zoë", "organisation_text": "", "ticket": "x"})

        assert Registration.objects.filter(source="CAME").get().name == "Zoë"
        assert "Fout:" in text(officer.post(address, {"first_name": ""}))

    def test_the_same_tick_twice_counts_once(self, officer, session, jan):
        tick = {"id": "a", "registration": jan.pk, "present": True, "age": 60}
        guest = {"id": "b", "first_name": "Zoë", "age": 30}

        answers = [self.send(officer, session, tick, guest).json() for _ in range(2)]

        made = Registration.objects.get(source="CAME")
        assert answers[0]["done"] == answers[1]["done"] == {"a": jan.pk, "b": made.pk}
        assert answers[1]["present"] == Attendance.objects.count() == 2

    def test_a_tick_that_comes_again_does_not_undo_a_later_one(self, officer, session, jan):
        self.send(officer, session, {"id": "a", "registration": jan.pk, "present": True, "age": 60})
        self.send(officer, session, {"id": "b", "registration": jan.pk, "present": False, "age": 30})

        self.send(officer, session, {"id": "a", "registration": jan.pk, "present": True, "age": 61})

        assert Attendance.objects.get().present is False

    def test_says_which_cannot_be_taken(self, officer, session, jan):
        Registration.objects.update(status="CANCELLED", cancelled_at=NOW)
        ticks = [
            {"id": "a", "registration": jan.pk, "present": True},
            {"id": "b", "registration": "x"},
            {"id": "c", "first_name": "", "age": "NaN"},
            {"id": "d", "first_name": "Zoë", "email": "fout", "age": 1e308},
            {"id": "e", "registration": 10**30},
            "niets",
        ]

        answer = self.send(officer, session, *ticks).json()

        assert answer["refused"].keys() == {"a", "b", "c", "d", "e"}
        assert answer["done"] == {}

    def test_a_newcomer_who_was_unregistered_since_does_not_hold_up_the_others(self, officer, session, jan):
        guest = {"id": "a", "first_name": "Zoë", "age": 30}
        self.send(officer, session, guest)
        Registration.objects.filter(ticket="a").update(status="CANCELLED", cancelled_at=NOW)

        answer = self.send(officer, session, guest, {"id": "b", "registration": jan.pk, "present": True})

        assert answer.json()["refused"].keys() == {"a"}
        assert answer.json()["done"] == {"b": jan.pk}
        assert Registration.objects.filter(source="CAME").count() == 1

    def test_without_script_says_that_a_newcomer_was_unregistered_since(self, officer, event, session):
        address, facts = at("check_in", event.pk, session.pk), {"first_name": "Zoë", "ticket": "a"}
        officer.post(address, facts)
        Registration.objects.update(status="CANCELLED", cancelled_at=NOW)

        asked = officer.post(address, facts)

        assert "intussen uitgeschreven" in text(asked)
        assert officer.post(address, asked.context["form"].data).status_code == 302

    @pytest.mark.parametrize("body", ["", "[]", "{}", '{"ticks": 3}', "\x00"])
    def test_answers_nonsense_calmly(self, officer, session, body):
        address = at("ticks", session.event.pk, session.pk)

        assert officer.post(address, body, content_type="application/json").status_code == 400

    def test_keeps_out_who_is_no_longer_signed_in(self, client, session):
        address = at("ticks", session.event.pk, session.pk)
        asked = {"content_type": "application/json", "headers": {"X-Requested-With": "XMLHttpRequest"}}

        response = client.post(address, "{}", **asked)

        assert response.status_code in {302, 401, 403}

    def test_asks_as_much_for_more_people(self, officer, event, session, django_assert_max_num_queries):
        RegistrationFactory.create_batch(30, event=event)
        address = at("check_in", event.pk, session.pk)
        officer.get(address)

        with django_assert_max_num_queries(14):
            officer.get(address)
