"""The catalogue of measures, for people, for programs and for the documentation."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trekker.kernel.measures import Measure, catalogue

KINDS = {"flow": "over een periode", "stock": "op een dag"}


class Command(BaseCommand):
    help = "Toon alle maten die Trekker kan tellen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="Geef een lijst als JSON.")
        form.add_argument("--markdown", action="store_true", help="Geef de tekst van docs/measures.md.")

    def handle(self, *, json: bool, markdown: bool, **options: Any) -> None:
        measures = [catalogue[code] for code in sorted(catalogue)]
        if json:
            self.stdout.write(as_json(measures))
        elif markdown:
            self.stdout.write(as_markdown(measures), ending="")
        else:
            for measure in measures:
                state = "" if measure.has_register else " (nog geen register)"
                self.stdout.write(f"{measure.code:26} {measure.label}{state}")


def as_json(measures: list[Measure]) -> str:
    """Write the catalogue as a JSON list."""
    entries = [
        {
            "code": measure.code,
            "label": measure.label,
            "definition": measure.definition,
            "filters": [each.code for each in measure.filters],
            "kind": str(measure.kind),
            "register": measure.has_register,
        }
        for measure in measures
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


def as_markdown(measures: list[Measure]) -> str:
    """Write the catalogue as a page; choices that come from a register are not listed."""
    parts = [
        "# Maten\n",
        "Elke maat wordt geteld uit een register; niemand typt een resultaat in.",
        "Deze pagina komt uit de code: `make docs` schrijft ze opnieuw.\n",
    ]
    for measure in measures:
        parts.append(f"## {measure.label} (`{measure.code}`)\n")
        parts.append(f"{measure.definition}\n")
        state = "" if measure.has_register else " Nog geen register."
        parts.append(f"Geteld {KINDS[str(measure.kind)]}, in {measure.unit.many}.{state}\n")
        if measure.filters:
            parts.append("| filter | code | keuzes |\n|---|---|---|")
            for each in measure.filters:
                fixed = each.choices if isinstance(each.choices, tuple) else ()
                names = ", ".join(f"{choice.label} (`{choice.value}`)" for choice in fixed)
                parts.append(f"| {each.label} | `{each.code}` | {names or 'uit het register'} |")
            parts.append("")
    return "\n".join(parts).rstrip() + "\n"
