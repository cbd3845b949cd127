"""The process that does what happens by itself: mails leave, reminders and deadlines come."""

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from trekker.kernel import clock

PAUSE = 1.0  # seconds between two looks
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Doe wat vanzelf gebeurt: mails versturen, herinneren, kalenders ophalen. Stop met Ctrl+C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Doe wat nu aan de beurt is en stop.")

    def handle(self, *, once: bool, **options: Any) -> None:
        autodiscover_modules("chores")
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        self._look()
        while clock.going() and not once:
            time.sleep(PAUSE)
            self._look()

    def _look(self) -> None:
        """Do every chore that is due; one that falls does not keep the others from their turn."""
        try:
            due = clock.due(timezone.now())
        except DatabaseError:
            log.exception("The database does not answer")
            due = []
        for each in due:
            if not clock.going():
                return
            try:
                if clock.take(each, timezone.now()):
                    clock.carry_out(each, timezone.now())
            except Exception:
                log.exception("Chore %s fell", each.code)
            finally:
                close_old_connections()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        clock.stop()
