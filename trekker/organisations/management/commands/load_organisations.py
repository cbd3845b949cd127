"""Loads and refreshes the register of organisations."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from trekker.organisations import actions, registry


class Command(BaseCommand):
    help = "Lees het register van organisaties in. Wat mensen verbeterden, blijft. Veilig om te herhalen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Bewaar niets.")

    @transaction.atomic
    def handle(self, *, dry_run: bool, **options: Any) -> None:
        done = actions.load_organisations(records=registry.read(), by=None, now=timezone.now())
        self.stdout.write(
            f"{done.added} organisaties toegevoegd, {done.changed} bijgewerkt, {done.domains} maildomeinen, "
            f"{done.partnerships} samenwerkingen, {done.standings} telregels."
        )
        self.stdout.write(
            f"{done.kept} velden gelaten zoals mensen ze verbeterden; "
            f"{done.gone} organisaties niet meer in de bron."
        )
        self.stdout.write(f"{done.changes} wijzigingen{', niets bewaard' if dry_run else ''}.")
        transaction.set_rollback(dry_run)
