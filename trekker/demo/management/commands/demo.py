"""Loads the invented year: organisations, a plan read from Word, members, accounts."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trekker.demo import year
from trekker.people.models import Account, Person


class Command(BaseCommand):
    help = "Laad de demo. Met --fresh wordt ze opnieuw opgebouwd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="Wis de demo en bouw ze opnieuw op.")

    def handle(self, *, fresh: bool, **options: Any) -> None:
        mark = settings.DEMO_MARK
        call_command("prepare", stdout=self.stdout)
        if mark.exists() and not fresh:
            self.stdout.write("De demo stond er al.")
            return
        if not mark.exists() and (Person.objects.exists() or Account.objects.exists()):
            raise CommandError("Deze databank heeft eigen gegevens. De demo blijft er af.")
        if mark.exists():
            call_command("flush", verbosity=0, interactive=False)
            call_command("load_organisations", stdout=self.stdout)
        year.load(now=timezone.now())
        mark.write_text(year.PASSWORD, encoding="ascii")  # the sign-in page offers it
        self.stdout.write("De demo is klaar.")
