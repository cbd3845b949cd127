"""Every promise of a year with its live figure."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trekker.plan.models import PlanVersion
from trekker.plan.queries.figures import as_json, dashboard
from trekker.plan.queries.versions import current_version


class Command(BaseCommand):
    help = "Meet elke belofte van het plan van een jaar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="Het jaar van het plan.")
        parser.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DATUM", help="Op deze dag; anders vandaag."
        )
        parser.add_argument("--json", action="store_true", help="Geef een lijst als JSON.")

    def handle(self, *, year: int, as_of: date | None, json: bool, **options: Any) -> None:
        today = timezone.localdate()
        day = as_of or today
        version = current_version(PlanVersion.objects.all(), year=year, day=day)
        if version is None:
            raise CommandError(f"Er is nog geen vastgesteld plan voor {year}. Lees er een in: import_plan.")
        promises = as_json(dashboard(version, day, today=today))
        if json:
            self.stdout.write(as_text(promises))
            return
        for promise in promises:
            self.stdout.write(f"{promise['goal']:8} {promise['text']}")
            for line in promise["lines"]:
                value = "–" if line["value"] is None else line["value"]
                self.stdout.write(f"         {value} van {line['target']} {line['unit']} ({line['state']})")


def as_text(promises: list[dict[str, Any]]) -> str:
    """Write the promises as JSON text."""
    return json.dumps(promises, ensure_ascii=False, indent=2)
