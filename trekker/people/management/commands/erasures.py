"""Prints the list of erasures, or erases again who stands on it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trekker.people.actions import erase_again
from trekker.people.models import Erasure


class Command(BaseCommand):
    help = (
        "Toon de lijst van wissingen, om apart van de back-up te bewaren. "
        "Met --apply wissen we opnieuw wie op een bewaarde lijst staat, na het terugzetten van een back-up."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", metavar="BESTAND", help="Een bewaarde lijst; - leest de invoer.")

    def handle(self, *, apply: str | None, **options: Any) -> None:
        if apply is None:
            for erasure in Erasure.objects.order_by("erased_at", "pk"):
                self.stdout.write(f"{erasure.fingerprint} {erasure.erased_at.isoformat()}")
            return
        with open(sys.stdin.fileno() if apply == "-" else apply, encoding="ascii") as file:  # noqa: PTH123 - takes both
            fingerprints = [line.split()[0] for line in file if line.strip()]
        done = erase_again(fingerprints=fingerprints, by=None, now=timezone.now())
        self.stdout.write(f"{done} {'persoon' if done == 1 else 'personen'} opnieuw gewist.")
