"""Several people who do something in the same moment."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def at_once(jobs: Sequence[Callable[[], Any]]) -> list[str]:
    """
    Do all jobs in the same moment, each in a thread with a connection of its own.

    Gives for each, sorted, ``done`` or the name of what it raised.
    """
    barrier, outcomes = threading.Barrier(len(jobs)), []

    def work(job: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            job()
            outcomes.append("done")
        except Exception as raised:  # noqa: BLE001 - the test says what it expects
            outcomes.append(type(raised).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[job]) for job in jobs]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(outcomes)
