"""Loads the invented year: organisations, a plan read from Word, members, accounts."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trekker.demo import year


class Command(BaseCommand):
    help = "Laad de demo. Met --fresh wordt ze opnieuw opgebouwd. Eigen gegevens blijven altijd staan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="Wis de demo en bouw ze opnieuw op.")

    def handle(self, *, fresh: bool, **options: Any) -> None:
        call_command("prepare", stdout=self.stdout)
        if year.has_own_data():
            raise CommandError("Deze databank heeft eigen gegevens. De demo blijft er af.")
        if year.is_loaded() and not fresh:
            self.stdout.write("De demo stond er al.")
        else:
            if year.is_loaded():
                year.clear()
                call_command("load_organisations", stdout=self.stdout)
            year.load(now=timezone.now())
            self.stdout.write("De demo is klaar.")
        settings.DEMO_MARK.write_text(year.PASSWORD, encoding="ascii")
