"""A form without a cookie lets people through and scripts not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from trekker.kernel import tickets

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Europe/Brussels"))
A_MINUTE = timedelta(minutes=1)


class AskName(tickets.TicketForm):
    purpose = "test.name"
    name = forms.CharField()


def sent(*, after=A_MINUTE, ticket=None, **fields) -> AskName:
    """The form as it comes back some time after it was opened."""
    data = QueryDict(mutable=True)
    data.update({"ticket": ticket or tickets.issue(AskName.purpose, NOW), "name": "An", **fields})
    return AskName(data, now=NOW + after)


class TestTicketForm:
    def test_takes_what_a_person_sends(self):
        form = sent()

        assert form.is_valid()
        assert form.cleaned_data == {"name": "An"}

    def test_knows_the_same_ticket_by_its_number(self):
        ticket = tickets.issue(AskName.purpose, NOW)

        assert sent(ticket=ticket).number == sent(ticket=ticket).number
        assert sent().number != sent().number

    @pytest.mark.parametrize("after", [timedelta(0), timedelta(seconds=1.9), timedelta(seconds=-5)])
    def test_asks_again_what_came_too_quickly_and_keeps_the_answers(self, after):
        form = sent(after=after)

        assert not form.is_valid()
        assert form.asks_again == "Dit ging wel heel snel. Kijk je gegevens na en verstuur opnieuw."
        assert form["name"].value() == "An"
        assert sent(ticket=form.ticket).is_valid()

    def test_takes_what_came_quickly_where_a_browser_may_fill_in_at_once(self, monkeypatch):
        monkeypatch.setattr(AskName, "minds_speed", False)

        assert sent(after=timedelta(0)).is_valid()

    def test_asks_again_when_the_trap_was_filled_and_empties_it(self):
        form = sent(website="https://koop.example")

        assert not form.is_valid()
        assert "koop.example" not in str(form)
        assert sent(ticket=form.ticket).is_valid()

    def test_asks_again_with_a_new_ticket_after_a_day(self):
        day_later = timedelta(hours=24, minutes=1)
        form = sent(after=day_later)

        assert not form.is_valid()
        assert form.asks_again == tickets.STALE
        assert sent(ticket=form.ticket, after=day_later + A_MINUTE).is_valid()

    @pytest.mark.parametrize(
        "text",
        ["", "x", tickets.issue("test.other", NOW), tickets.issue(AskName.purpose, NOW)[:-1] + "~"],
        ids=["none", "any text", "of another form", "changed"],
    )
    def test_refuses_a_ticket_that_is_not_its_own(self, text):
        with pytest.raises(tickets.NoTicket):
            AskName(QueryDict(f"ticket={text}&name=An"), now=NOW)

    def test_draws_ticket_and_trap(self):
        drawn = str(AskName(now=NOW))

        assert 'type="hidden" name="ticket"' in drawn
        assert 'name="website" tabindex="-1"' in drawn


@tickets.by_ticket(AskName.purpose)
def view(request):
    return HttpResponse(request.ticket.number if request.method == "POST" else "open")


class TestByTicket:
    def test_opens_without_a_ticket(self):
        assert view(RequestFactory().get("/")).content == b"open"

    def test_takes_what_is_sent_with_one(self):
        response = view(RequestFactory().post("/", {"ticket": tickets.issue(AskName.purpose, NOW)}))

        assert response.status_code == 200

    @pytest.mark.django_db
    def test_refuses_what_is_sent_without(self):
        request = RequestFactory().post("/", {"name": "An"})

        assert view(request).status_code == 403

    @pytest.mark.django_db
    def test_refuses_what_another_site_sends(self):
        headers = {"Sec-Fetch-Site": "cross-site"}
        request = RequestFactory().post("/", {"ticket": tickets.issue(AskName.purpose, NOW)}, headers=headers)

        assert view(request).status_code == 403
