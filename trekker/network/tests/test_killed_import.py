"""A storing job that is killed at any moment leaves the state before or the state after."""

import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction

from trekker.imports import actions
from trekker.imports.models import Import, Row
from trekker.imports.tests import files
from trekker.network.models import Membership
from trekker.network.tests.factories import ChannelFactory, MembershipFactory
from trekker.network.tests.importing import NOW, compare
from trekker.people.models import Person, Position

MEMBERS = 3_000
LONGEST = (0.1, 0.3, 0.6, 1.0, 1.4, 1.8)  # seconds; storing takes one to three
STORE = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[3]
django.setup()
from django.utils.dateparse import parse_datetime
from trekker.imports import actions
sys.stdout.write("start\\n"); sys.stdout.flush()
draft, attempt = map(int, sys.argv[1:3])
actions.store(draft=draft, attempt=attempt, now=parse_datetime("2026-03-02T09:00:00+00:00"))
sys.stdout.write("klaar\\n")
"""


def state():
    """Count all that storing touches."""
    with transaction.atomic():
        stored = Import.objects.filter(status=Import.Status.DONE).count()
        ended = Membership.objects.exclude(until_on=None).count()
        extra = Row.objects.filter(number=None).count()
        return (
            Person.objects.count(),
            Membership.objects.count(),
            Position.objects.count(),
            ended,
            extra,
            stored,
        )


def start(draft):
    """Start storing in a process of its own, on the database of the test."""
    arguments = [str(draft.pk), str(draft.attempt), str(connection.settings_dict["NAME"])]
    return subprocess.Popen(  # noqa: S603 - our own process
        [sys.executable, "-c", STORE, *arguments], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_leaves_the_state_before_or_after_and_can_be_tried_again(tmp_path):
    channel = ChannelFactory(name="Nieuwsbrief", kind="NEWSLETTER", makes_members=True)
    MembershipFactory(person__email="weg@bestuur.example", channel=channel)
    path = files.csv_file(tmp_path / "leden.csv", files.people(MEMBERS))
    draft = actions.confirm(draft=compare(path, complete=True), by=None, now=NOW)
    before = state()
    after = (MEMBERS + 1, MEMBERS + 1, 0, 1, 1, 1)
    moments = random.Random(7)  # noqa: S311 - moments, not secrets

    for longest in LONGEST:
        with start(draft) as job:
            job.stdout.readline()
            time.sleep(moments.uniform(0, longest))
            job.send_signal(signal.SIGKILL)
        assert state() in {before, after}
        draft = actions.retry(draft=draft, now=NOW)

    with start(draft) as job:
        job.wait()
    assert state() == after
