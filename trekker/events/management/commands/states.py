"""Prints the states of an event and the steps between them, for the documentation."""

from typing import Any

from django.core.management.base import BaseCommand

from trekker.events.actions.states import diagram

PAGE = """# Standen van een activiteit

Deze tekening komt uit de tabel `STEPS` in `trekker/events/models/event.py`. Pas ze niet met de hand aan: doe
`make docs`.

```mermaid
{diagram}```
"""


class Command(BaseCommand):
    help = "Toon de standen van een activiteit als tekening in Mermaid."

    def handle(self, **options: Any) -> None:
        self.stdout.write(PAGE.format(diagram=diagram()), ending="")
