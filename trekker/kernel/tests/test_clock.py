"""Chores take turns, whoever asks; the clock process does them and stops when told."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.module_loading import autodiscover_modules

from trekker.kernel import clock
from trekker.kernel.clock import Chore, carry_out, chore, due, take
from trekker.kernel.models import Turn
from trekker.mail.models import Message
from trekker.mail.tests.factories import MessageFactory
from trekker.mail.tests.relay import Server, free_port, serving, wait_for

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CLOCK = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
call_command("clock")
print("klaar", flush=True)
"""


@pytest.fixture(autouse=True)
def no_chores(monkeypatch):
    """Start without chores, and leave none behind."""
    autodiscover_modules("chores")  # the command looks for them once in the life of a process
    monkeypatch.setattr(clock, "CHORES", {})
    monkeypatch.setattr(clock, "_STOPPING", threading.Event())


@pytest.mark.django_db
class TestTurns:
    def test_come_again_after_a_while(self):
        each = Chore("tests.one", MINUTE, lambda _now: None)
        clock.CHORES[each.code] = each

        assert due(NOW) == [each]
        assert take(each, NOW)
        assert due(NOW) == []
        assert not take(each, NOW)
        assert due(NOW + MINUTE) == [each]
        assert take(each, NOW + MINUTE)

    def test_come_later_for_a_chore_that_asks_for_rest(self):
        each = Chore("tests.one", MINUTE, lambda now: now + 5 * MINUTE)

        take(each, NOW)
        carry_out(each, NOW)

        assert Turn.objects.get().next_at == NOW + 5 * MINUTE

    def test_are_declared_once(self):
        chore("tests.one", every=MINUTE)(lambda _now: None)

        with pytest.raises(ValueError, match="declared twice"):
            chore("tests.one", every=MINUTE)(lambda _now: None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_of_many_processes_takes_a_turn():
    each, taken, barrier = Chore("tests.one", MINUTE, lambda _now: None), [], threading.Barrier(6)

    def process():
        barrier.wait()
        taken.append(take(each, NOW))
        connection.close()

    threads = [threading.Thread(target=process) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [False] * 5 + [True]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestTheProcess:
    @pytest.fixture(autouse=True)
    def signals(self):
        kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
        yield
        for each, handler in kept.items():
            signal.signal(each, handler)

    def test_goes_on_when_one_chore_falls(self, caplog):
        done = []
        chore("tests.falls", every=MINUTE)(lambda _now: 1 / 0)
        chore("tests.works", every=MINUTE)(done.append)

        call_command("clock", once=True)

        assert len(done) == 1
        assert "Chore tests.falls fell" in caplog.text

    def test_leaves_the_other_chores_when_told_to_stop(self):
        done = []
        chore("tests.stops", every=MINUTE)(lambda _now: os.kill(os.getpid(), signal.SIGTERM))
        chore("tests.waits", every=MINUTE)(done.append)

        call_command("clock")

        assert done == []
        assert not clock.going()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_clock_delivers_mail_and_stops_when_told():
    MessageFactory.create_batch(3)
    port = free_port()
    relay = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    command = [sys.executable, "-c", CLOCK, str(connection.settings_dict["NAME"])]

    with (
        serving(Server(), port) as server,
        subprocess.Popen(command, env=relay, stdout=subprocess.PIPE, text=True) as process,  # noqa: S603 - our own command
    ):
        wait_for(lambda: len(server.mails) == 3 and not Message.objects.exclude(status="SENT").exists(), 60)
        MessageFactory()
        wait_for(lambda: len(server.mails) == 4, 60)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)

    assert said == "klaar\n"
    assert process.returncode == 0
