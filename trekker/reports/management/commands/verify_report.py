"""Checks what was fixed of a report, and tells what changed in the registers since."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trekker.kernel.steady import one_moment
from trekker.reports.models import Report
from trekker.reports.queries.since import LineSince, Row, Summary, since
from trekker.reports.queries.verify import Verdict, verify
from trekker.ui.charts import number

ROWS_NAMED = 20


class Command(BaseCommand):
    help = "Reken het controlegetal van een rapport na, en toon wat sinds de vaststelling wijzigde."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("report", type=int, metavar="RAPPORT", help="het nummer van het rapport")

    def handle(self, *, report: int, **options: Any) -> None:
        found = Report.objects.filter(pk=report).select_related("plan").first()
        if found is None:
            raise CommandError(f"Er is geen rapport met nummer {report}.")
        verdicts = [verify(each) for each in found.snapshots.order_by("number").select_related("fixed_by")]
        if not verdicts:
            raise CommandError(f"{found} is nog niet vastgesteld.")
        self.stdout.write(str(found))
        for verdict in verdicts:
            self.tell(verdict)
        if (contents := verdicts[-1].contents) is not None:
            with one_moment():
                self.compare(since(contents))
        if faults := [verdict for verdict in verdicts if not verdict.is_untouched]:
            named = ", ".join(f"vaststelling {verdict.snapshot.number}" for verdict in faults)
            raise CommandError(f"Niet meer zoals vastgesteld: {named}.", returncode=2)

    def tell(self, verdict: Verdict) -> None:
        snapshot = verdict.snapshot
        day = f"{timezone.localtime(snapshot.fixed_at):%d/%m/%Y %H:%M}"
        by = f" door {snapshot.fixed_by}" if snapshot.fixed_by else ""
        said = "ongewijzigd" if verdict.is_untouched else "GEWIJZIGD"
        self.stdout.write(f"\nVaststelling {snapshot.number} van {day}{by}: {said}.")
        if snapshot.reason:
            self.stdout.write(f"  Reden van de herziening: {snapshot.reason}")
        self.stdout.write(f"  Controlegetal: {snapshot.sha256}")
        for fault in verdict.faults:
            self.stdout.write(f"  {fault}")
        if verdict.sha256 and verdict.sha256 != snapshot.sha256:
            self.stdout.write(f"  Nu: {verdict.sha256}")

    def compare(self, lines: list[LineSince]) -> None:
        found = Summary.over(lines)
        self.stdout.write(f"\nIn de registers van nu: {found.same} van {found.of} cijfers gelijk.")
        for each in found.other:
            self.stdout.write(f"\n{each.goal} {each.line.sentence}")
            now = "niet gekend" if each.now is None else number(each.now)
            then = "niet gekend" if each.then is None else number(each.then)
            self.stdout.write(f"  Vastgesteld: {then}. Nu: {now}. {each.words}")
            for word, rows in (("Erbij", each.added), ("Weg", each.removed), ("Gewijzigd", each.changed)):
                if rows:
                    self.stdout.write(f"  {word}: {_numbers(rows)}")


def _numbers(rows: tuple[Row, ...]) -> str:
    named = ", ".join(str(row.pk) for row in rows[:ROWS_NAMED])
    more = len(rows) - ROWS_NAMED
    return f"rij {named} en nog {more}" if more > 0 else f"rij {named}"
