"""Whoever touched what was fixed is found out, and what changed in the registers since is told."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from trekker.events.models import Event
from trekker.events.tests.factories import AttendanceFactory
from trekker.plan.tests.factories import LineFactory
from trekker.reports.models import Snapshot
from trekker.reports.queries.verify import verify
from trekker.reports.tests.factories import fixed, tamper, write

pytestmark = pytest.mark.django_db


class TestVerifying:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"value":"2"', b'"value":"3"'),
            (b'"pks":[', b'"pks":[9999999,'),
            (b"Veel leden.", b"Heel veel leden."),
            (b'"made_at":"2', b'"made_at":"3'),
            (b'"OD1.1"', b'"OD1.2"'),
        ],
        ids=["a figure", "a row", "a narrative", "one byte", "a code"],
    )
    def test_finds_what_was_changed(self, report, old, new):
        write(report, "Veel leden.", "OD1.1")
        snapshot = fixed(report)

        verdict = verify(tamper(snapshot, old, new))

        assert not verdict.is_untouched
        assert verdict.faults[0] == "De inhoud past niet meer bij het controlegetal."
        with pytest.raises(CommandError, match="Niet meer zoals vastgesteld: vaststelling 1") as caught:
            call_command("verify_report", str(report.pk))
        assert caught.value.returncode == 2

    def test_finds_bytes_that_are_broken(self, report):
        snapshot = fixed(report)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET packed = %s", [b"kapot"])

        assert verify(Snapshot.objects.get(pk=snapshot.pk)).faults == (
            "De bewaarde inhoud is niet meer leesbaar.",
        )

    def test_finds_a_change_that_took_the_hash_along(self, report):
        snapshot = fixed(report)
        packing = Snapshot.packing(snapshot.data.replace(b'"value":"2"', b'"value":"3"'))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET packed = %s, sha256 = %s", list(packing.values()))

        faults = verify(Snapshot.objects.get(pk=snapshot.pk)).faults

        assert "De inhoud past niet bij het controlegetal in het logboek." in faults
        assert "OD1.1: de rijen tellen op tot 2, het cijfer zegt 3." in faults

    def test_finds_what_was_changed_beside_the_bytes(self, report):
        snapshot = fixed(report)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reports_snapshot SET reason = 'verzonnen'")

        assert verify(Snapshot.objects.get(pk=snapshot.pk)).faults == (
            "Wat naast de inhoud staat, zegt iets anders dan de inhoud.",
        )

    def test_tells_what_changed_since_in_the_registers(self, report, line, capsys):
        asked = {"measure": "participations.count", "filters": {}, "unit": "deelnames", "target": 1}
        LineFactory(indicator=line.indicator, **asked)
        AttendanceFactory(registration__event__starts_at=datetime(2026, 5, 1, 9, tzinfo=UTC))
        fixed(report)
        AttendanceFactory(registration__event__starts_at=datetime(2026, 6, 1, 9, tzinfo=UTC))
        gone = Event.objects.earliest("pk").registrations.get()
        number = gone.pk
        gone.delete()

        call_command("verify_report", str(report.pk))

        said = capsys.readouterr().out
        assert "Vaststelling 1 van 11/01/2027 10:00: ongewijzigd." in said
        assert "1 van 2 cijfers gelijk" in said
        assert "Vastgesteld: 1. Nu: 1. Sinds vaststelling +1/-1." in said
        assert f"Weg: rij {number}" in said

    def test_says_that_there_is_nothing_to_verify(self, report):
        with pytest.raises(CommandError, match="nog niet vastgesteld"):
            call_command("verify_report", str(report.pk))
        with pytest.raises(CommandError, match="geen rapport met nummer 999"):
            call_command("verify_report", "999")
