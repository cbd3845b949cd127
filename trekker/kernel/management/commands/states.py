"""Prints every table of states as a drawing, for the documentation."""

from typing import Any

from django.core.management.base import BaseCommand

from trekker.kernel.states import TABLES, diagram

PAGE = """# Standen van {title}

Deze tekening komt uit de tabel `STEPS` in `{place}`. Pas ze niet met de hand aan: doe
`make docs`.

```mermaid
{diagram}```
"""


class Command(BaseCommand):
    help = "Toon de standen van activiteiten en rapporten als tekening in Mermaid."

    def handle(self, **options: Any) -> None:
        pages = [PAGE.format(title=each.title, place=each.place, diagram=diagram(each)) for each in TABLES]
        self.stdout.write("\n".join(pages), ending="")
