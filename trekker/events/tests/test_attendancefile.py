"""Every layout of an attendance report that we know, from the file to one row for each person."""

from datetime import timedelta
from pathlib import Path

import pytest

from trekker.events.formats import reporttimes
from trekker.events.formats.attendancefile import bare_name, is_leading, is_phone, shape
from trekker.imports.reading.apart import rows_in
from trekker.imports.reading.limits import Unreadable

FILES = Path(__file__).parent / "files"
JAN, ELS = "jan@gemeente.example", "els.peeters@ocmw.example"
APRIL_16 = {"pk": 1, "starts": "2026-04-16T13:30:00", "ends": "2026-04-16T15:30:00", "utc_offset": 120}
APRIL_5 = {"pk": 2, "starts": "2026-04-05T13:30:00", "ends": "2026-04-05T15:30:00", "utc_offset": 120}
MAY_4 = {"pk": 3, "starts": "2026-05-04T13:30:00", "ends": "2026-05-04T15:30:00", "utc_offset": 120}
CURRENT = {
    "Wies Trekker": "120",
    "Jan Janssens": "105",  # there from before the start, out for a quarter of an hour
    "Peeters Els": "80",  # twice half an hour and an hour, of which ten minutes overlap
    "Fatima El Idrissi": "119",  # stayed a minute longer than the session
    "+32 475 00 11 22": "15",
    "Nog Iemand": "?",
}


def shaped(name, *sessions):
    """Read one of the files for these sessions; gives its rows without the headings, and the facts."""
    rows, facts = shape(list(rows_in(FILES / name)[2]), {"sessions": list(sessions or [APRIL_16])})
    return rows[1:], facts


def minutes(name, *sessions):
    return {row[0]: row[2] for row in shaped(name, *sessions)[0]}


class TestTeams:
    @pytest.mark.parametrize(
        "name",
        [
            "teams-2022-le.csv",
            "teams-2022-be.csv",
            "teams-2022-geen-bom.csv",
            "teams-2022-excel.csv",
            "teams-2022-us.csv",
        ],
    )
    def test_gives_each_person_one_row_whatever_the_encoding_or_the_country(self, name):
        assert minutes(name) == CURRENT

    def test_takes_the_address_of_a_guest_and_not_the_name_to_sign_in(self):
        rows, facts = shaped("teams-2022-le.csv")

        assert {row[0]: row[1] for row in rows}["Peeters Els"] == ELS
        assert facts == {"program": "Microsoft Teams", "session": 1, "records": 7}

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("teams-nederlands.csv", {"Jan Janssens": "65", "Zoë Maes": "120", "Bram De Wit": "60"}),
            ("teams-duits.csv", {"Jörg Müller": "59", "Anna Schmidt": "120"}),
            ("teams-frans.csv", {"Amélie Dubois": "90", "Luc Lambert": "16"}),
            ("teams-2024.csv", {"Jan Janssens": "120", "Els Peeters": "43", "Fatima El Idrissi": "60"}),
            ("teams-2021.csv", {"Jan Janssens": "120", "Els Peeters": "60"}),
            ("teams-2021-aaneen.csv", {"Jan Janssens": "120", "Els Peeters": "60"}),
            ("teams-2020.csv", {"Jan Janssens": "70", "Els Peeters": "60", "Fatima El Idrissi": "10"}),
            ("teams-live.csv", {"Jan Janssens": "60", "Els Peeters": "120"}),
        ],
    )
    def test_reads_every_language_and_age(self, name, expected):
        assert minutes(name) == expected

    def test_keeps_the_role_in_the_language_of_the_report(self):
        assert [row[3] for row in shaped("teams-nederlands.csv")[0]] == [
            "Organisator",
            "Presentator",
            "Deelnemer",
        ]


class TestZoom:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("zoom-kort.csv", {"Jan Janssens": "118", "Els Peeters": "81", "Fatima El Idrissi": "45"}),
            ("zoom-met-kop.csv", {"Jan Janssens": "118", "Els Peeters": "61", "Fatima El Idrissi": "45"}),
            ("zoom-met-uren.csv", {"Jan Janssens": "120", "Els Peeters": "30"}),
        ],
    )
    def test_reads_the_list_of_a_meeting(self, name, expected):
        assert minutes(name) == expected

    def test_reads_a_webinar_without_who_stayed_away_and_says_who_led_it(self):
        rows, _facts = shaped("zoom-webinar.csv")

        assert {row[0]: (row[2], row[3]) for row in rows} == {
            "Wies Trekker": ("120", "Host"),
            "Sam Spreker": ("120", "Panelist"),
            "Jan Janssens": ("90", ""),
            "Els Peeters": ("120", ""),
        }


class TestDays:
    def test_an_ambiguous_day_is_the_day_of_the_session(self):
        assert minutes("teams-dubbelzinnig.csv", APRIL_5) == CURRENT
        assert minutes("teams-dubbelzinnig.csv", MAY_4) == CURRENT

    def test_an_ambiguous_day_that_fits_two_sessions_is_asked_for(self):
        with pytest.raises(Unreadable, match="Kies zelf de sessie"):
            shaped("teams-dubbelzinnig.csv", APRIL_5, MAY_4)

    def test_of_several_sessions_the_one_of_that_day_is_meant(self):
        assert shaped("teams-2022-le.csv", APRIL_5, APRIL_16)[1]["session"] == 1

    def test_a_report_of_another_day_is_refused_with_both_days(self):
        with pytest.raises(Unreadable, match=r"van 16/04/2026\. De sessie is op 05/04/2026"):
            shaped("teams-2022-le.csv", APRIL_5)

    def test_a_report_of_other_hours_is_refused(self):
        evening = APRIL_16 | {"starts": "2026-04-16T19:00:00", "ends": "2026-04-16T21:00:00"}

        with pytest.raises(Unreadable, match="vallen buiten de sessie"):
            shaped("teams-2022-le.csv", evening)

    def test_two_sessions_on_one_day_within_one_report_are_asked_for(self):
        first = APRIL_16 | {"pk": 8, "ends": "2026-04-16T14:15:00"}
        second = APRIL_16 | {"pk": 9, "starts": "2026-04-16T14:30:00"}

        with pytest.raises(Unreadable, match="Kies zelf de sessie"):
            shaped("teams-2022-le.csv", first, second)
        assert minutes("teams-2022-le.csv", first)["Jan Janssens"] == "40"


class TestOtherFiles:
    @pytest.mark.parametrize("name", ["fout-mailchimp.csv", "fout-entra.csv"])
    def test_a_list_of_members_is_refused(self, name):
        with pytest.raises(Unreadable, match="ledenlijst"):
            shaped(name)

    def test_a_report_without_anyone_is_refused(self):
        with pytest.raises(Unreadable, match="geen enkele deelnemer"):
            shape([["1. Summary"], ["Meeting title", "X"], [], ["2. Participants"]], {"sessions": [APRIL_16]})

    def test_a_plain_list_is_left_as_it_came(self):
        rows, facts = shaped("lijst.csv")

        assert rows[0] == ["Jan Janssens", JAN, "90"]
        assert facts == {"session": 1}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3h 23m 20s", 12_200),
        ("1h 7s", 3_607),
        ("43m 12s", 2_592),
        ("59 Min. 0 Sek.", 3_540),
        ("1 u 5 min", 3_900),
        ("1 uur en 5 minuten", 3_900),
        ("2 Std. 1 Min.", 7_260),
        ("0:43:12", 2_592),
        ("", None),
        ("Jan 3", None),
        ("12", None),
    ],
)
def test_reads_a_length(text, seconds):
    assert reporttimes.seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("14/11/22, 09:29:07", "dmy", "2022-11-14 09:29:07"),
        ("14/11/22, 09:29:07", "mdy", None),
        ("9/22/26, 2:48:05\u202fPM", "mdy", "2026-09-22 14:48:05"),
        ("12/1/2026, 12:05:00 AM", "mdy", "2026-12-01 00:05:00"),
        ("16.4.2026, 13:30:05", "dmy", "2026-04-16 13:30:05"),
        ("2026-04-16 13:30:05", "dmy", "2026-04-16 13:30:05"),
        ("2026-04-16T11:30:05Z", "dmy", "2026-04-16 13:30:05"),
        ("Mar 15, 2026 11:23:29", "mdy", "2026-03-15 11:23:29"),
        ("31/02/2026 10:00", "dmy", None),
    ],
)
def test_reads_a_moment_in_an_order(text, order, expected):
    stamp = reporttimes.stamp_of(text)
    read = stamp.at(order, timedelta(hours=2))

    assert (str(read) if read else None) == expected


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Fatima El Idrissi (Unverified)", "Fatima El Idrissi"),
        ("Bram De Wit (Gast)", "Bram De Wit"),
        ("Els Peeters (External) (Unverified)", "Els Peeters"),
        ("Els (Els Peeters)", "Els Peeters"),
        ("Zoë Maes (Nicht verifiziert)", "Zoë Maes"),
        ("Wies Trekker (Koepel, Host)", "Wies Trekker"),
        ("Jan Janssens (hij/hem)", "Jan Janssens"),
    ],
)
def test_takes_the_marks_off_a_name(written, name):
    assert bare_name(written) == name


def test_knows_a_phone_and_who_leads():
    assert is_phone("+32 475 00 11 22")
    assert not is_phone("Jan Janssens")
    assert all(
        map(is_leading, ["Organizer", "Co-organizer", "Presenter", "Organisator", "Animateur", "Host"])
    )
    assert not any(map(is_leading, ["Attendee", "Deelnemer", "Teilnehmer", ""]))
