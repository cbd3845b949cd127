"""The production server: pages and static files, and beside it the processes of jobs and clock."""

import os
import subprocess
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

TREKKER = [sys.executable, "-m", "trekker.config.cli"]
BESIDE = ([*TREKKER, "db_worker", "--queue-name", "*", "--no-reload"], [*TREKKER, "clock"])
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - named, not listened on
MOST = 4  # web processes that start by themselves; a large machine is told how many
REST = 2.0  # seconds before a process that fell is started again
LONGEST = 60.0  # seconds in which the work at hand must end


class Command(BaseCommand):
    help = "Start Trekker: de webserver, de taken en de klok. Stop met Ctrl+C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Het adres waarop de server luistert.")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=min(os.cpu_count() or 1, MOST), help="Aantal webprocessen."
        )
        parser.add_argument("--no-jobs", action="store_true", help="Start geen taken en geen klok.")

    def handle(self, *, host: str, port: int, workers: int, no_jobs: bool, **options: Any) -> None:
        if host not in EVERYWHERE and "TREKKER_BASE_URL" not in os.environ:
            # Links lead here, unless another address was set. The web processes are copies of this one,
            # which read its settings before; the others read theirs anew.
            os.environ["TREKKER_BASE_URL"] = settings.BASE_URL = f"http://{host}:{port}"
            settings.WAGTAILADMIN_BASE_URL = settings.BASE_URL
        beside = [] if no_jobs else [Beside(command) for command in BESIDE]
        self.stdout.write(f"Trekker draait op http://{host}:{port}")
        if settings.DEMO_MARK.exists():
            self.stdout.write("Dit is een demo: de aanmeldpagina toont de accounts.")
        try:
            Granian(
                "trekker.config.wsgi:application",
                address=host,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                # Who holds the row that all wait for must not wait itself for a thread that computes,
                # and threads that wait for SQLite's one writer sleep longer than its turn lasts: with
                # one a process, 500 registrations at once took half the time.
                blocking_threads=1,
                websockets=False,
                log_level=LogLevels.warning,
            ).serve()
        finally:
            for each in beside:
                each.stop()
            for each in beside:
                each.wait()


class Beside:
    """A process beside the server; it is started again when it falls."""

    def __init__(self, command: list[str]) -> None:
        """Start it, watched by a thread."""
        self.command = command
        self.stopping = threading.Event()
        self.process = self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command)  # noqa: S603 - our own command, no outside words

    def _watch(self) -> None:
        while self.process.wait() is not None and not self.stopping.wait(REST):
            self.process = self._start()

    def stop(self) -> None:
        """Ask it to end after the work at hand."""
        self.stopping.set()
        self.process.terminate()

    def wait(self) -> None:
        """Stay until it ended; what takes too long is cut off."""
        try:
            self.process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            self.process.kill()
