import time
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trekker.events.formats import icalreading
from trekker.events.formats.icalreading import NotACalendar, read
from trekker.events.tests.factories import BRUSSELS
from trekker.kernel.periods import Period

WITHIN = Period(date(2025, 1, 1), date(2029, 1, 1))
NEAR = date(2026, 3, 2)
# As Outlook writes it: a Windows name, a time zone that begins in 1601, parameters on the title.
OUTLOOK = """BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0//EN
VERSION:2.0
METHOD:PUBLISH
X-MS-OLK-FORCEINSPECTOROPEN:TRUE
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
DTEND;TZID="Romance Standard Time":20260416T150000
DTSTAMP:20260302T090000Z
DTSTART;TZID="Romance Standard Time":20260416T130000
LOCATION:Raadzaal\\, Markt 1
SUMMARY;LANGUAGE=nl-be:Studiedag mediawijsheid
TRANSP:OPAQUE
UID:040000008200E00074C5B7101A82E008
X-ALT-DESC;FMTTYPE=text/html:<html><body>Welkom</body></html>
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-ONLINEMEETINGURL:https://teams.example/x
END:VEVENT
END:VCALENDAR
"""


def calendar(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{each.strip()}\nEND:VEVENT\n" for each in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n".encode()


def found(file: bytes, within: Period = WITHIN) -> list:
    return read(file, within=within, near=NEAR)


def local(moments: list) -> list[str]:
    return [f"{each.starts_at.astimezone(BRUSSELS):%Y-%m-%d %H:%M}" for each in moments]


class TestRead:
    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_reads_a_file_of_outlook(self, ends, encoding):
        (one,) = found(OUTLOOK.replace("\n", ends).replace("Studiedag", "Fête").encode(encoding))

        assert one.title == "Fête mediawijsheid"
        assert one.place == "Raadzaal, Markt 1"
        assert one.starts_at == datetime(2026, 4, 16, 11, 0, tzinfo=UTC)
        assert one.ends_at == datetime(2026, 4, 16, 13, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        "zone",
        [
            "Romance Standard Time",
            "W. Europe Standard Time",
            "Europe/Brussels",
            "/citadel.org/20190914_1/Europe/Brussels",
            "../../etc/passwd",
            "Ons eigen uur",
        ],
    )
    @pytest.mark.parametrize(("day", "hour"), [("20260115", 12), ("20260715", 11)])
    def test_knows_zones_by_the_names_programs_give_them(self, zone, day, hour):
        (one,) = found(calendar(f"UID:1\nSUMMARY:x\nDTSTART;TZID={zone}:{day}T130000"))

        assert one.starts_at.hour == hour

    def test_takes_an_hour_without_a_zone_as_ours(self):
        assert local(found(calendar("UID:1\nDTSTART:20260715T130000"))) == ["2026-07-15 13:00"]

    def test_keeps_a_whole_day_on_its_own_day(self):
        (one,) = found(calendar("UID:1\nDTSTART;VALUE=DATE:20260329\nDTEND;VALUE=DATE:20260330"))

        assert one.all_day
        assert local([one]) == ["2026-03-29 00:00"]
        assert one.ends_at.astimezone(BRUSSELS).date() == date(2026, 3, 30)

    def test_gives_a_duration_its_end(self):
        (one,) = found(calendar("UID:1\nDTSTART:20260416T110000Z\nDURATION:PT90M"))

        assert (one.ends_at - one.starts_at).total_seconds() == 5400

    def test_keeps_the_hour_of_what_comes_back_across_summer_time(self):
        rule = "UID:1\nDTSTART;TZID=Romance Standard Time:20260315T133000\nRRULE:FREQ=WEEKLY;COUNT=3"

        assert local(found(calendar(rule))) == ["2026-03-15 13:30", "2026-03-22 13:30", "2026-03-29 13:30"]

    def test_ends_a_rule_where_it_says(self):
        rule = "UID:1\nDTSTART;TZID=Europe/Brussels:20260401T100000\nRRULE:FREQ=DAILY;UNTIL=20260403T080000Z"

        assert len(found(calendar(rule))) == 3

    def test_leaves_out_the_days_that_are_left_out_and_moves_those_that_moved(self):
        series = (
            "UID:1\nSUMMARY:Elke week\nDTSTART;TZID=Europe/Brussels:20260401T100000\n"
            "RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Brussels:20260408T100000"
        )
        moved = (
            "UID:1\nSUMMARY:Verplaatst\nRECURRENCE-ID;TZID=Europe/Brussels:20260415T100000\n"
            "DTSTART;TZID=Europe/Brussels:20260416T140000"
        )
        gone = (
            "UID:1\nSTATUS:CANCELLED\nRECURRENCE-ID;TZID=Europe/Brussels:20260422T100000\n"
            "DTSTART;TZID=Europe/Brussels:20260422T100000"
        )

        assert local(found(calendar(series, moved, gone))) == ["2026-04-01 10:00", "2026-04-16 14:00"]

    def test_gives_only_what_falls_within_the_period(self):
        daily = "UID:1\nDTSTART:20200101T100000Z\nRRULE:FREQ=DAILY"
        week = Period(date(2026, 3, 2), date(2026, 3, 9))

        assert len(found(calendar(daily), within=week)) == 7

    def test_passes_one_entry_by_that_cannot_be_read(self):
        assert len(found(calendar("UID:1\nSUMMARY:geen dag", "UID:2\nDTSTART:20260416T110000Z"))) == 1

    def test_makes_texts_one_line_and_takes_only_addresses_of_websites(self):
        (one,) = found(calendar("UID:1\nSUMMARY:a\\nb\nURL:javascript:alert(1)\nDTSTART:20260416T110000Z"))

        assert (one.title, one.url) == ("a b", "")


class TestHostileFiles:
    @pytest.mark.parametrize(
        "file",
        [
            b"",
            b"<html><body>404</body></html>",
            b"\x00\xff\xfe" * 100,
            b"BEGIN:VCALENDAR",
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR",
            b"PK\x03\x04" + bytes(1000),
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 10_000 + b"END:VCALENDAR",
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 20_001 + b"END:VCALENDAR",
            b"BEGIN:VCALENDAR\nEND:VCALENDAR" + b" " * icalreading.MOST_BYTES,
        ],
    )
    def test_are_refused_with_a_sentence_in_dutch(self, file):
        began = time.process_time()

        with pytest.raises(NotACalendar, match="kalender"):
            found(file)

        assert time.process_time() - began < 10

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY",
            "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MINUTELY;INTERVAL=1",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYMONTHDAY=13;BYSETPOS=2",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;COUNT=999999999",
            "FREQ=DAILY;UNTIL=99991231T235959Z",
            "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4",
            "FREQ=YEARLY;INTERVAL=99999999999",
            "FREQ=NOOIT",
        ],
    )
    def test_cost_little_time_and_give_few_moments(self, rule):
        began = time.process_time()

        moments = found(calendar(f"UID:1\nDTSTART:19900101T100000Z\nRRULE:{rule}"))

        assert len(moments) <= icalreading.MOST_OF_ONE
        assert time.process_time() - began < 3

    def test_are_refused_when_reckoning_takes_too_long(self):
        many = calendar(
            *(
                f"UID:{n}\nDTSTART:19900101T100000Z\nRRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2"
                for n in range(500)
            )
        )
        began = time.process_time()

        with pytest.raises(NotACalendar, match="te groot"):
            found(many)

        assert time.process_time() - began < 15

    def test_finds_a_leap_day_in_its_own_year(self):
        yearly = "UID:1\nDTSTART;TZID=Europe/Brussels:20240229T100000\nRRULE:FREQ=YEARLY"

        assert local(found(calendar(yearly))) == ["2028-02-29 10:00"]

    def test_give_at_most_two_thousand_moments_those_nearest_first(self):
        many = calendar(*(f"UID:{n}\nDTSTART:20260101T100000Z\nRRULE:FREQ=DAILY" for n in range(5)))

        moments = found(many)

        assert len(moments) == icalreading.MOST_MOMENTS
        assert moments[0].starts_at.year == 2026

    @pytest.mark.parametrize("day", ["00010101T000000Z", "99991231T235959Z", "20261399T000000", "x", ""])
    def test_may_name_any_day(self, day):
        assert found(calendar(f"UID:1\nDTSTART:{day}")) == []

    @settings(deadline=None)
    @given(st.binary(max_size=300), st.integers(0, len(OUTLOOK)))
    def test_never_break_the_reader(self, junk, place):
        whole = OUTLOOK.encode()
        with suppress(NotACalendar):
            found(whole[:place] + junk + whole[place:])
