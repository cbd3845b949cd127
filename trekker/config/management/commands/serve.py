"""The production server: pages and static files in one process, jobs in another."""

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

WORKER = [sys.executable, "-m", "trekker.config.cli", "db_worker", "--queue-name", "*", "--no-reload"]
REST = 2.0  # seconds before a worker that fell is started again


class Command(BaseCommand):
    help = "Start Trekker: de webserver en de uitvoerder van taken. Stop met Ctrl+C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Het adres waarop de server luistert.")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="Aantal webprocessen.")
        parser.add_argument("--no-jobs", action="store_true", help="Start geen uitvoerder van taken.")

    def handle(self, *, host: str, port: int, workers: int, no_jobs: bool, **options: Any) -> None:
        jobs = None if no_jobs else Jobs()
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
                blocking_threads=4,
                websockets=False,
                log_level=LogLevels.warning,
            ).serve()
        finally:
            if jobs:
                jobs.stop()


class Jobs:
    """The process that carries out jobs; it is started again when it falls."""

    def __init__(self) -> None:
        """Start it, watched by a thread."""
        self.stopping = threading.Event()
        self.process = subprocess.Popen(WORKER)  # noqa: S603 - our own command, no outside words
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self.process.wait() is not None and not self.stopping.wait(REST):
            self.process = subprocess.Popen(WORKER)  # noqa: S603 - our own command, no outside words

    def stop(self) -> None:
        """Ask it to end after the job at hand."""
        self.stopping.set()
        self.process.terminate()
