from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from trekker.events.formats import ical
from trekker.events.models import Event
from trekker.events.tests.factories import BRUSSELS, NOW, EventFactory, SessionFactory

URL = "https://trekker.example/agenda/x/"
LINE_ENDS = ["\r", "\n", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x00"]
# Abuse case 17: an end of a line in a title must not begin a property or an event of its own.
HOSTILE = [
    f"Netwerk{end}END:VEVENT{end}BEGIN:VEVENT{end}SUMMARY:vals{end}DTSTART:20300101T000000Z"
    for end in LINE_ENDS
]


def entries(file: bytes) -> list:
    return Calendar.from_ical(file).walk("VEVENT")


def unsaved(**facts) -> Event:
    """An event that needs no database: its sessions are known."""
    begins = datetime(2026, 4, 16, 13, 30, tzinfo=BRUSSELS)
    event = Event(pk=7, slug="x", starts_at=begins, ends_at=begins + timedelta(hours=2), **facts)
    session = SimpleNamespace(pk=1, starts_at=event.starts_at, ends_at=event.ends_at, title="")
    event._prefetched_objects_cache = {"sessions": [session]}
    return event


class TestInvitation:
    @given(st.text(), st.sampled_from([*LINE_ENDS, ""]), st.text())
    def test_has_one_event_whatever_the_texts_hold(self, before, end, after):
        text = f"{before}{end}BEGIN:VEVENT{end}{after}"
        event = unsaved(title=text, summary=text, place=text, online_link=text, contact_email=text)

        file = ical.invitation(event, url=URL, key_url=text, now=NOW)

        assert len(entries(file)) == 1
        lines = file.decode().replace("\r\n ", "").splitlines()
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
        assert [line for line in lines if line.startswith("DTSTART")] == ["DTSTART:20260416T113000Z"]

    @pytest.mark.parametrize("title", HOSTILE)
    def test_makes_spaces_of_ends_of_lines(self, title):
        (entry,) = entries(ical.invitation(unsaved(title=title), url=URL, now=NOW))

        assert entry["summary"] == "Netwerk END:VEVENT BEGIN:VEVENT SUMMARY:vals DTSTART:20300101T000000Z"

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("day", "hour_utc"),
        [((2026, 3, 28), 12), ((2026, 3, 29), 11), ((2026, 10, 24), 11), ((2026, 10, 25), 12)],
    )
    def test_has_the_right_hour_on_both_sides_of_summer_time(self, day, hour_utc):
        event = EventFactory(starts_at=datetime(*day, 13, 30, tzinfo=BRUSSELS))

        (entry,) = entries(ical.invitation(event, url=URL, now=NOW))

        assert entry.start == datetime(*day, hour_utc, 30, tzinfo=UTC)
        assert entry.start.astimezone(BRUSSELS).hour == 13
        assert entry.end - entry.start == timedelta(hours=2)

    @pytest.mark.django_db
    def test_has_one_event_for_each_day_and_one_for_sessions_on_the_same_day(self):
        event = EventFactory(starts_at=datetime(2026, 4, 16, 9, 0, tzinfo=BRUSSELS))
        SessionFactory(event=event, starts_at=datetime(2026, 4, 16, 13, 0, tzinfo=BRUSSELS))
        assert len(entries(ical.invitation(event, url=URL, now=NOW))) == 1

        SessionFactory(event=event, starts_at=datetime(2026, 4, 23, 9, 0, tzinfo=BRUSSELS))
        several = entries(ical.invitation(event, url=URL, now=NOW))

        assert len({str(entry["uid"]) for entry in several}) == len(several) == 3

    @pytest.mark.django_db
    def test_takes_a_cancelled_activity_out_again_under_the_same_uid(self):
        event = EventFactory()
        (first,) = entries(ical.invitation(event, url=URL, now=NOW))

        file = ical.invitation(event, url=URL, cancelled=True, now=NOW + timedelta(days=1))

        (last,) = entries(file)
        assert b"METHOD:CANCEL" in file
        assert last["status"] == "CANCELLED"
        assert last["uid"] == first["uid"]
        assert last["sequence"] > first["sequence"]

    def test_gives_the_personal_link_and_the_link_to_take_part(self):
        event = unsaved(title="x", online_link="https://meet.example/abc")

        (entry,) = entries(ical.invitation(event, url=URL, key_url="https://t.example/mijn/k", now=NOW))

        assert "https://t.example/mijn/k" in entry["description"]
        assert entry["location"] == "https://meet.example/abc"

    @pytest.mark.django_db
    def test_refuses_an_activity_without_a_day(self):
        event = EventFactory(idea=True)

        with pytest.raises(ical.NoDay):
            ical.invitation(event, url=URL, now=NOW)


@pytest.mark.django_db
class TestFeed:
    def test_leaves_out_what_has_no_day_and_the_link_to_take_part(self):
        online = EventFactory(title="Wel", online_link="https://meet.example/secret")
        file = ical.feed([online, EventFactory(idea=True)], name="Agenda", now=NOW)

        (entry,) = entries(file)
        assert entry["summary"] == "Wel"
        assert b"meet.example" not in file

    def test_stays_the_same_during_a_day(self):
        event = EventFactory()

        early = ical.feed([event], name="Agenda", now=NOW)

        assert ical.feed([event], name="Agenda", now=NOW + timedelta(hours=5)) == early
