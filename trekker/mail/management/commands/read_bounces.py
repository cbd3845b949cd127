"""Takes one returned mail from a pipe, as a mail server gives it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trekker.mail.actions import take_bounce
from trekker.mail.reading import MOST_BYTES, read_returned


class Command(BaseCommand):
    help = "Lees een teruggekomen mail van de invoer. Een andere mail mag ook: die doet niets."

    def handle(self, **options: Any) -> None:
        returned = read_returned(sys.stdin.buffer.read(MOST_BYTES + 1))
        message = take_bounce(returned=returned, now=timezone.now()) if returned else None
        if message:
            self.stdout.write(f"Mail {message.pk} kwam terug. {message.problem}")
        else:
            self.stdout.write("Geen teruggekomen mail van ons.")
