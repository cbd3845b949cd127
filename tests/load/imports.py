"""
Reading members in: cost against a floor of the same run, linear growth, and memory.

``python -m tests.load.imports`` prints ratios. The floor reads the same file with the csv module
and writes the same rows with ``bulk_create``: persons, memberships, and one row for the report.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path

SIZES = (1_000, 10_000, 100_000)
SECONDS = 60
MEGABYTES = 500
MOMENT = "2026-03-02T09:00:00+00:00"


def one(path: Path, kind: str) -> None:
    """Run one measurement in this process, and print its seconds, outcome and memory."""
    import django

    django.setup()
    from django.utils.dateparse import parse_datetime
    from wagtail.log_actions import registry as log_registry

    now = parse_datetime(MOMENT)
    log_registry.scan_for_actions()  # reads all of Wagtail's hooks, once in the life of a process
    began = time.monotonic()
    outcome = floor(path, now) if kind == "floor" else read_in(path, now)
    seconds = time.monotonic() - began
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(seconds, (own + reader) // 1_000, outcome, sep="\t")


def read_in(path: Path, now) -> str:
    """Take a file in, compare it and store it, as the screens and jobs do."""
    from trekker.imports import actions
    from trekker.imports.models import Import

    options = {"channel": "newsletter_digital_inclusion", "status": "SUBSCRIBED", "on": "2026-03-01"}
    draft = actions.take_in(importer="members", path=path, file_name=path.name, by=None, now=now)
    draft = actions.settle(draft=draft, mapping=draft.mapping, options={**options, "complete": True}, now=now)
    actions.match(draft=draft.pk, attempt=draft.attempt, clock=lambda: now)
    draft.refresh_from_db()
    draft = actions.confirm(draft=draft, by=None, now=now)
    actions.store(draft=draft.pk, attempt=draft.attempt, now=now)
    return str(Import.objects.get(pk=draft.pk).counts)


def floor(path: Path, now) -> str:
    """Write the same records with the csv module and ``bulk_create``, and nothing else."""
    from django.db import transaction

    from trekker.imports.models import Import, Row
    from trekker.network.models import Channel, Membership
    from trekker.people.models import Person

    with path.open(newline="") as file, transaction.atomic():
        rows = csv.reader(file, delimiter=";")
        next(rows)
        channel = Channel.objects.get(code="newsletter_digital_inclusion")
        draft = Import.objects.create(importer="members", file_name=path.name, created_at=now)
        while block := list(islice(rows, 500)):
            people = [
                Person(email=email, first_name=first, last_name=last, phone=phone)
                for email, first, last, _, phone, _ in block
            ]
            Person.objects.bulk_create(people)
            Membership.objects.bulk_create(
                Membership(person=person, channel=channel, from_on=date(2025, 3, 1), source="lijst")
                for person in people
            )
            Row.objects.bulk_create(
                Row(of=draft, number=1, key=person.email, label=str(person), outcome="NEW")
                for person in people
            )
    return "geschreven"


def environment() -> dict[str, str]:
    """Give the environment of a measurement: SQLite, whatever database is named outside."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "DJANGO_SETTINGS_MODULE": "trekker.config.settings"}


def measure(path: Path, kind: str, place: Path) -> tuple[float, int, str]:
    """Run one measurement in a process of its own; gives seconds, megabytes and outcome."""
    command = [sys.executable, "-m", "tests.load.imports", kind, str(path)]
    there = {**environment(), "TREKKER_DATA_DIR": str(place)}
    done = subprocess.run(command, env=there, capture_output=True, text=True, check=True)
    seconds, megabytes, outcome = done.stdout.strip().split("\t")
    return float(seconds), int(megabytes), outcome


def first_place(parent: str) -> Path:
    """Make an empty database with the register of organisations."""
    place = Path(parent) / "first"
    for command in (["migrate", "-v0"], ["load_organisations"]):
        subprocess.run(
            [sys.executable, "-m", "trekker.config.cli", *command],
            env={**environment(), "TREKKER_DATA_DIR": str(place)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return place


def copy_of(first: Path, name: str) -> Path:
    """Give a database of its own to a measurement."""
    return Path(shutil.copytree(first, first.parent / name))


def main() -> int:
    """Measure every size, print the ratios, and tell whether the promises hold."""
    from trekker.imports.tests import files

    kept, pace = True, {}
    with tempfile.TemporaryDirectory() as parent:
        first = first_place(parent)
        for size in SIZES:
            sheets = {
                "CSV": files.csv_file(Path(parent) / "leden.csv", files.people(size)),
                "XLSX": files.xlsx_file(Path(parent) / "leden.xlsx", files.people(size)),
            }
            bare, _, _ = measure(sheets["CSV"], "floor", copy_of(first, f"floor{size}"))
            for name, path in sheets.items():
                place = copy_of(first, f"{name}{size}")
                seconds, megabytes, outcome = measure(path, "read", place)
                pace[name, size] = seconds / size
                print(
                    f"{name:5}{size:>8,} members {seconds:6.1f} s  {seconds / bare:4.1f} x floor",
                    f"({bare:.1f} s)  {megabytes:>4} MB  {outcome}",
                    flush=True,
                )
                kept &= seconds < SECONDS and megabytes < MEGABYTES and outcome == f"{{'NEW': {size}}}"
            again, _, outcome = measure(sheets["CSV"], "read", place)
            print(
                f"again{size:>8,} members {again:6.1f} s  {again / bare:4.1f} x floor  {outcome}", flush=True
            )
            kept &= outcome == f"{{'UNCHANGED': {size}}}"
    for name in ("CSV", "XLSX"):
        growth = pace[name, SIZES[-1]] / pace[name, SIZES[0]]
        print(f"{name:5} cost per member at {SIZES[-1]:,} against {SIZES[0]:,}: {growth:.2f} x")
        kept &= growth < 1.5
    return 0 if kept else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        one(Path(sys.argv[2]), sys.argv[1])
    else:
        sys.exit(main())
