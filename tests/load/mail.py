"""
Mail: what queueing costs, how fast mails leave against bare smtplib, and 200 kills.

``python -m tests.load.mail`` prints the ratio to a bare ``smtplib`` that sends the same mails over
one line to the same server in the same run, without and with one write to the disk for each; the
server is a process of its own.
``python -m tests.load.mail KILLS`` kills that many times instead of 200.
"""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import tempfile
import time

MAILS = 1_100
SLICE = 50
KILLS = 200
MOST_RATIO = 3.0  # to the floor that also writes one line to the disk for each mail
MOST_QUEUE = 3.0  # milliseconds of processor time
SINK = """
import sys, time
from aiosmtpd.controller import Controller
class Take:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
Controller(Take(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
print("ready", flush=True)
sys.stdin.read()
"""


def floor(port: int, bodies: list[bytes], *, written: bool) -> float:
    """Send all of them over one line with the standard library; write a line for each, or nothing."""
    from django.db import connection, transaction

    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line, connection.cursor() as cursor:
        for number, body in enumerate(bodies):
            line.sendmail("trekker@localhost", [f"fien{number}@bestuur.example"], body)
            if written:
                with transaction.atomic():
                    cursor.execute("UPDATE mail_sender SET is_default = is_default")
    return time.perf_counter() - began


def rate() -> bool:
    """Print how fast mails leave, as a ratio to the floor."""
    from django.conf import settings
    from django.utils import timezone

    from trekker.mail import actions
    from trekker.mail.actions.relaying import as_mail
    from trekker.mail.models import Message
    from trekker.mail.tests.killing import queue_many
    from trekker.mail.tests.relay import free_port

    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-c", SINK, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as sink:
        sink.stdout.readline()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        queue_many(MAILS)
        bodies = [
            as_mail(each, timezone.now()).message().as_bytes(linesep="\r\n")
            for each in Message.objects.select_related("sender")
        ]
        bare = safe = seconds = cost = sent = 0.0
        for start in range(0, MAILS, SLICE):  # by turns, so that what else runs weighs on all alike
            some = bodies[start : start + SLICE]
            bare += floor(port, some, written=False)
            safe += floor(port, some, written=True)
            began, used = time.perf_counter(), time.process_time()
            sent += actions.deliver(clock=timezone.now, most=SLICE).sent
            seconds, cost = seconds + time.perf_counter() - began, cost + time.process_time() - used
        sink.stdin.close()
    ratio = seconds / safe
    print(f"bare smtplib  {MAILS / bare:8.0f} mails/s")
    print(f"and a write   {MAILS / safe:8.0f} mails/s")
    print(
        f"outbox        {sent / seconds:8.0f} mails/s   {seconds / bare:.1f} times bare smtplib,",
        f"{ratio:.2f} times with a write (at most {MOST_RATIO})",
        flush=True,
    )
    print(f"              {1000 * cost / sent:8.1f} ms of processor time for each mail")
    Message.objects.all().delete()
    return sent == MAILS and ratio <= MOST_RATIO


def queueing() -> bool:
    """Print what putting one mail with an invitation in the outbox costs."""
    from django.db import transaction
    from django.utils import timezone

    from trekker.events.emails.kinds import REGISTERED
    from trekker.mail.actions import File, queue
    from trekker.mail.models import Message

    values = dict.fromkeys(REGISTERED.placeholders, "Digitale inclusie in de praktijk")
    invitation = File("uitnodiging.ics", "text/calendar", b"BEGIN:VCALENDAR" * 60)

    def one(number: int) -> None:
        with transaction.atomic():
            queue(
                kind=REGISTERED,
                occasion=f"load:{number}",
                address=f"fien{number}@bestuur.example",
                values=values,
                now=timezone.now(),
                files=[invitation],
            )

    one(-1)
    began = time.process_time()
    for number in range(300):
        one(number)
    cost = (time.process_time() - began) * 1000 / 300
    Message.objects.all().delete()
    print(f"queue()       {cost:8.2f} ms of processor time with its own transaction (at most {MOST_QUEUE})")
    return cost <= MOST_QUEUE


def killing(kills: int) -> bool:
    """Print what is left after so many kills."""
    from trekker.mail.tests.killing import kill_again_and_again

    found = kill_again_and_again(kills, MAILS)
    print(
        f"{kills} kills -9   {len(found.received)} of {found.mails} received, {len(found.twice)} twice,",
        f"{len(found.lost)} lost, {len(found.doubt)} in doubt (at most {kills}), {found.seconds:.0f} s",
    )
    for fault in found.faults():
        print(f"  {fault}")
    return not found.faults()


def main(kills: int) -> int:
    """Measure, print, and tell whether the promises hold."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    return int(not all([queueing(), rate(), killing(kills)]))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trekker.config.settings"
    with tempfile.TemporaryDirectory(prefix="trekker-load-") as folder:
        os.environ["TREKKER_DATA_DIR"] = folder
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS))
