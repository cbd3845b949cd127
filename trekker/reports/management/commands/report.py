"""Writes the report of a year to a file."""

import os
import sys
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trekker.reports.contents import Contents
from trekker.reports.formats import writing
from trekker.reports.models import Report
from trekker.reports.queries.chosen import Chosen, OutsideYear, chosen
from trekker.reports.queries.reports import NoPlanAdopted

YEARS = range(2000, 2101)


class Command(BaseCommand):
    help = "Schrijf het rapport van een jaar: als PDF, Word, Excel of webpagina."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", metavar="JAAR", help="Het jaar, bijvoorbeeld 2026.")
        parser.add_argument("--format", default="pdf", help=f"Een van {', '.join(writing.FORMATS)}.")
        parser.add_argument(
            "--out", type=Path, metavar="BESTAND", help="Het bestand of de map; anders in deze map."
        )
        parser.add_argument(
            "--as-of",
            metavar="DATUM",
            help="Met de cijfers van deze dag (jjjj-mm-dd), ook na het vaststellen.",
        )
        parser.add_argument(
            "--mid-year", action="store_true", help="Het halfjaarrapport, tot en met 30 juni."
        )

    def handle(
        self, *, year: str, as_of: str | None, mid_year: bool, out: Path | None, **options: Any
    ) -> None:
        code = _format(options["format"])
        if out is not None and not out.parent.is_dir():
            raise CommandError(f"De map {out.parent} bestaat niet.")
        asked = {"kind": Report.Kind.MID_YEAR if mid_year else Report.Kind.ANNUAL, "as_of": _day(as_of)}
        found = self._gathered(_year(year), asked)
        target = _target(out, found.contents, code)
        self._tell(f"{writing.FORMATS[code].label} schrijven …")
        began = time.monotonic()
        _write(found.contents, code, target)
        self._tell(f"  klaar na {time.monotonic() - began:.1f} s")
        self.stdout.write(f"{found.contents.title}, {found.said}: {target}")

    def _gathered(self, year: int, asked: dict[str, Any]) -> Chosen:
        self._tell(f"Cijfers van {year} verzamelen …")
        began = time.monotonic()
        try:
            found = chosen(year, **asked, now=timezone.now())
        except NoPlanAdopted:
            raise CommandError(
                f"Er is nog geen vastgesteld plan voor {year}. Lees er een in: import_plan."
            ) from None
        except OutsideYear:
            raise CommandError(f"Kies bij --as-of een dag in {year}, niet na vandaag.") from None
        lines = sum(1 for _each in found.contents.every_line())
        self._tell(f"  {lines} cijfers, klaar na {time.monotonic() - began:.1f} s")
        return found

    def _tell(self, said: str) -> None:
        """Say on the error stream how far it is: what is written may go through a pipe."""
        self.stderr.write(said, style_func=str)
        sys.stderr.flush()


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) != len("2026") or int(text) not in YEARS:
        raise CommandError(f"«{text}» is geen jaar. Schrijf het met vier cijfers, bijvoorbeeld 2026.")
    return int(text)


def _format(code: str) -> str:
    if code.lower() not in writing.FORMATS:
        raise CommandError(f"«{code}» is geen formaat. Kies {', '.join(writing.FORMATS)}.")
    return code.lower()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise CommandError(f"«{text}» is geen dag. Schrijf die als 2026-06-30.") from None


def _target(out: Path | None, contents: Contents, code: str) -> Path:
    name = writing.file_name(contents, code)
    if out is None:
        return Path(name)
    return out / name if out.is_dir() else out


def _write(contents: Contents, code: str, target: Path) -> None:
    """Write beside the target and rename: an earlier file stays until the new one is whole."""
    part = target.with_name(f".{target.name}.{os.getpid()}.deel")
    try:
        with part.open("wb") as file:
            writing.write(contents, code, file)
        part.replace(target)
    except PermissionError:
        raise CommandError(f"In de map {target.parent} mag je niet schrijven.") from None
    except OSError as error:
        raise CommandError(f"{target} kan niet geschreven worden: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
