"""Reads a plan document and shows what it promises; stores it only on request."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from trekker.kernel.measures import catalogue
from trekker.plan import actions
from trekker.plan.queries.history import first_day, latest
from trekker.plan.reader import NotAPlan, Proposal, UnreadableFile, extract, read


class Command(BaseCommand):
    help = "Lees een plan (.txt, .docx of .pdf) en toon wat het belooft. Bewaart enkel met --confirm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND")
        parser.add_argument("--year", type=int, required=True, help="Het jaar van het plan.")
        parser.add_argument("--title", default="", help="De titel van het plan; anders die van het bestand.")
        parser.add_argument("--owner", default="", help="Wie het plan belooft, bijvoorbeeld VVSG.")
        parser.add_argument("--reason", default="", help="Waarom een nieuwe versie nodig is.")
        parser.add_argument("--json", action="store_true", help="Geef het voorstel als JSON.")
        parser.add_argument("--confirm", action="store_true", help="Bewaar het en stel het vast.")

    def handle(self, *, file: Path, year: int, json: bool, confirm: bool, **options: Any) -> None:
        try:
            lines = extract(file.read_bytes(), file.name)
            proposal = read(lines, measures=catalogue, owner=options["owner"] or None, year=year)
        except OSError as error:
            raise CommandError(f"Dit bestand opent niet: {error.strerror}.") from error
        except (UnreadableFile, NotAPlan) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(as_text(proposal) if json else in_words(proposal))
        if confirm:
            self.confirm(proposal, file, year, options)

    @transaction.atomic
    def confirm(self, proposal: Proposal, file: Path, year: int, options: dict[str, Any]) -> None:
        """Store the proposal and adopt it, from 1 January of its year."""
        now = timezone.now()
        try:
            version = actions.store_proposal(
                proposal=proposal,
                title=options["title"] or f"Jaaractieplan {year}",
                owner=options["owner"],
                year=year,
                file_name=file.name,
                by=None,
                now=now,
            )
        except actions.NothingChanged:
            self.stderr.write("Deze tekst staat er al zo: niets gewijzigd.")
            return
        before = latest(version)
        actions.adopt(
            version=version,
            in_force_from=first_day(before, timezone.localdate()) if before else date(year, 1, 1),
            reason=options["reason"] or f"Gewijzigde tekst ingelezen uit {file.name}.",
            by=None,
            now=now,
        )
        self.stderr.write(f"Bewaard als {version}.")


def as_text(proposal: Proposal) -> str:
    """Write the proposal as JSON text."""
    return json.dumps(proposal.as_json(), ensure_ascii=False, indent=2)


def in_words(proposal: Proposal) -> str:
    """Write the proposal as lines a person can read."""
    lines = []
    for goal in proposal.goals:
        lines.append(f"{goal.code} {goal.title} ({', '.join(goal.leads)})")
        for indicator in proposal.indicators:
            if indicator.goal == goal.code:
                lines.append(f"    {indicator.text}")
                lines += [
                    f"        {line.comparator} {line.target} {line.unit} – {line.measure or 'kies een maat'}"
                    for line in indicator.lines
                ]
    lines += [f"! {warning.text}" for warning in proposal.warnings]
    return "\n".join(lines)
