"""
The whole report at a hundred times the first user: 110,000 members, 6,000 activities a year.

``python -m tests.load.report`` fills a database, then gathers the report and writes it in all four formats
in a fresh process, as the job does. It prints how long each took, how many rows lie behind the figures, how
large the files are, and the most memory that the process held.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.load import dashboard, figures

MOST_SECONDS, MOST_MB = 30, 500
WITHOUT_REGISTER = ("practices.published", "publications.published", "issues.sent", "conversations.held")


def fill() -> None:
    """Write two years of activities with their evaluations, the members, and a plan that counts all of it."""
    from trekker.plan.models import IndicatorLine, PlanVersion

    figures.fill()
    dashboard.fill_members()
    version = PlanVersion.objects.get()
    dashboard.promise_members(version.goals.create(code="OD1.2", title="Netwerk"))
    later = version.goals.create(code="OD1.3", title="Nog geen register")
    for measure in WITHOUT_REGISTER:
        indicator = later.indicators.create(text=measure)
        IndicatorLine.objects.create(indicator=indicator, measure=measure, target=4)


def measure(folder: Path) -> int:
    """Gather and write the report; print what it took, and tell whether the promises hold."""
    from django.db import connection
    from django.utils import timezone

    from trekker.reports.formats import writing
    from trekker.reports.queries.chosen import chosen

    whole, spent = time.perf_counter(), time.process_time()
    began = whole
    found = chosen(figures.DAY.year, as_of=figures.DAY, now=timezone.now()).contents
    lines = [line for _goal, _promise, line in found.every_line()]
    rows = sum(len(line.evidence) for line in lines)
    print(
        f"{dashboard.MEMBERS:,} members, {figures.EVENTS:,} activities a year on {connection.vendor}; "
        f"{len(lines)} figures with {rows:,} rows"
    )
    print(f"gathering     {time.perf_counter() - began:8.1f} s   {_megabytes():5.0f} MB at most so far")
    for code in writing.FORMATS:
        began = time.perf_counter()
        with (folder / f"rapport.{code}").open("wb") as file:
            writing.write(found, code, file)
        size = (folder / f"rapport.{code}").stat().st_size
        print(
            f"{code:13} {time.perf_counter() - began:8.1f} s   {_megabytes():5.0f} MB at most so far, "
            f"{size / 1000:,.0f} kB written"
        )
    seconds, most = time.perf_counter() - whole, _megabytes()
    spent = time.process_time() - spent
    print(f"whole report  {seconds:8.1f} s (at most {MOST_SECONDS}), {spent:.1f} s of them of the processor")
    print(f"memory        {most:8.0f} MB (at most {MOST_MB})")
    return int(seconds > MOST_SECONDS or most > MOST_MB)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main(folder: str) -> int:
    """Fill, then measure in a process that holds nothing of the filling."""
    import django

    django.setup()
    if os.environ.get("TREKKER_LOAD_FILLED"):
        return measure(Path(folder))
    from django.db import connection

    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    filled = {**os.environ, "TREKKER_LOAD_FILLED": "yes"}
    return subprocess.call([sys.executable, "-m", "tests.load.report"], env=filled)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    if "TREKKER_LOAD_FILLED" in os.environ:
        sys.exit(main(os.environ["TREKKER_DATA_DIR"]))
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as made:
        os.environ["TREKKER_DATA_DIR"] = made
        sys.exit(main(made))
