"""
A process that delivers mail and is killed at random moments, again and again.

Used by the test in this room and by ``python -m tests.load.mail``.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from trekker.mail import actions
from trekker.mail.models import Message
from trekker.mail.tests.factories import GREETING
from trekker.mail.tests.relay import Server, free_port, serving

MAILS = 1_100
# Sets Django up once; each line it reads starts a process of its own that delivers until nothing is left.
NURSERY = """
import os, sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.utils import timezone
from trekker.mail import actions
for _line in sys.stdin:
    child = os.fork()
    if not child:
        while actions.deliver(clock=timezone.now).sent:
            pass
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


@dataclass(frozen=True)
class Found:
    """What was received and what the outbox says, after the last kill."""

    kills: int
    mails: int
    received: Counter
    status: dict[str, str]
    seconds: float

    @property
    def twice(self) -> list[str]:
        return [address for address, times in self.received.items() if times > 1]

    @property
    def doubt(self) -> set[str]:
        return {address for address, status in self.status.items() if status == "DOUBT"}

    @property
    def lost(self) -> set[str]:
        """Neither received nor in doubt."""
        return self.status.keys() - self.received.keys() - self.doubt

    @property
    def said_without_being_so(self) -> set[str]:
        """Marked as sent and never received, or received and not marked."""
        sent = {address for address, status in self.status.items() if status == "SENT"}
        return (sent - self.received.keys()) | (self.received.keys() - sent - self.doubt)

    def faults(self) -> list[str]:
        """List what breaks the promise."""
        checks = {
            "received twice": self.twice,
            "lost": self.lost,
            "said without being so": self.said_without_being_so,
            "more in doubt than kills": self.doubt if len(self.doubt) > self.kills else (),
            "not all mails": () if len(self.status) == self.mails else [len(self.status)],
        }
        return [f"{what}: {sorted(which)[:5]}" for what, which in checks.items() if which]


def queue_many(mails: int) -> None:
    """Put mails of a kind that may not be sent again in the outbox."""
    now = timezone.now() - timedelta(seconds=1)
    sender = actions.default_sender()
    Message.objects.bulk_create(
        Message(
            occasion="tests:killing",
            address=f"fien{number}@bestuur.example",
            kind=GREETING.code,
            sender=sender,
            subject=f"Nieuwsbrief {number}",
            text="Dag Fien\n" * 40,
            html="<p>Dag Fien</p>\n" * 40,
            sends_again=False,
            created_at=now,
            due_at=now,
        )
        for number in range(mails)
    )


def kill_again_and_again(kills: int, mails: int = MAILS, seed: int = 3) -> Found:
    """Queue mails, deliver them, and kill the process that does so at random moments."""
    moments = random.Random(seed)  # noqa: S311 - moments, not secrets
    # A mail that was claimed and not handed over stays in doubt, so not all of them will be received.
    marks = sorted(moments.sample(range(1, mails - kills), kills))
    queue_many(mails)
    server, port, began = Server(), free_port(), time.monotonic()
    command = [sys.executable, "-c", NURSERY, str(connection.settings_dict["NAME"])]
    environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    with (
        serving(server, port),
        subprocess.Popen(  # noqa: S603 - our own process
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        ) as nursery,
    ):
        for mark in marks:
            child = _start(nursery)
            while len(server.mails) < mark:
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.02))
            os.kill(child, signal.SIGKILL)
            assert nursery.stdout.readline() == "gone\n"
        _start(nursery)
        assert nursery.stdout.readline() == "gone\n"
        nursery.stdin.close()
    actions.settle_doubt(now=timezone.now() + timedelta(minutes=11))
    return Found(
        kills,
        mails,
        Counter(server.recipients),
        dict(Message.objects.filter(occasion="tests:killing").values_list("address", "status")),
        time.monotonic() - began,
    )


def _start(nursery: subprocess.Popen) -> int:
    nursery.stdin.write("go\n")
    return int(nursery.stdout.readline())
