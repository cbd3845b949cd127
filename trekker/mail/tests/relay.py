"""A real mail server on loopback, in a thread of the test, that does as the test says."""
# ruff: noqa: ARG002, N802 - the names and arguments of aiosmtpd

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern

from aiosmtpd.controller import Controller


class Server:
    """Accepts every mail, unless told what to answer to an address, or to hang up."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.sessions: set[int] = set()
        self.answers: dict[str, str] = {}  # address → what it is told after RCPT
        self.after_data: Callable[[], str] = lambda: "250 OK"
        self.before: Callable[[], str] = lambda: "250 OK"

    @property
    def recipients(self) -> list[str]:
        return [str(mail["To"]) for mail in self.mails]

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.senders.append(address)
        self.sessions.add(id(session))
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.before()

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return self.answers.get(address, "250 OK")

    async def handle_DATA(self, server, session, envelope):
        answer = self.after_data()
        if answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=modern))
        if answer == "250 and hang up":
            server.transport.abort()
        return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def serving(server: Server, port: int) -> Iterator[Server]:
    """Let the server listen."""
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def wait_for(condition: Callable[[], object], seconds: float = 20) -> None:
    """Look again and again until it holds."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)
