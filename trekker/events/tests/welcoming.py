"""Takes a form in without welcoming who sent it, and tells what followed."""

from contextlib import contextmanager
from datetime import timedelta
from threading import Event as Signal
from threading import Thread

from django.db import connection, transaction

from trekker.events.actions import registering
from trekker.events.actions.registering import Brought, Who
from trekker.events.tests.factories import NOW
from trekker.kernel.audit import lines_of
from trekker.mail.models import Message

SECOND = timedelta(seconds=1)


def admit(event, email="an@bestuur.example", *, now=NOW, **facts):
    """Take a form in; gives the outcome."""
    who = Who(email=email, first_name="An", last_name="Voorbeeld", **facts)
    return registering.admit(event=event, who=who, brought=Brought(), by=None, now=now)


def kinds_to(email="an@bestuur.example"):
    """Give the kinds of the mails to an address, in order."""
    return [*Message.objects.filter(address=email).order_by("pk").values_list("kind", flat=True)]


def acts_of(event):
    """Give what the log says of an event, in order of time."""
    return [line.action for line in reversed(lines_of([event]))]


@contextmanager
def held_open(work, then=lambda: None):
    """Do work in a transaction of another connection, and more half a second after this begins."""
    done, begun = Signal(), Signal()

    def run():
        try:
            with transaction.atomic():
                work()
                done.set()
                begun.wait(10)
                Signal().wait(0.5)
                then()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    assert done.wait(10)
    try:
        begun.set()
        yield
    finally:
        thread.join()
