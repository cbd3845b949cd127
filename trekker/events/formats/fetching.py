"""
Fetches a file from an address that a colleague gave, and from nowhere else.

The name is looked up once, every answer must be a public address, and the connection goes to that
very address: an answer that changes between the check and the call leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

MOST_BYTES = 5 * 1024 * 1024
MOST_SECONDS = 20.0
MOST_REDIRECTS = 3
EACH_WAIT = 5.0
REDIRECTS = {301, 302, 303, 307, 308}
OK = 200
TOO_SLOW = "De andere website antwoordt te traag. Probeer later opnieuw."
# Addresses that carry an address of the old sort inside, by which a gateway could lead inward.
CARRIERS = [
    ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]


class NotFetched(Exception):
    """The file could not be fetched; the message says in Dutch why, and how to go on."""


@dataclass
class _Clock:
    """How many seconds are left of the whole."""

    until: float

    @property
    def left(self) -> float:
        self.check()
        return max(self.until - time.monotonic(), 0.01)

    def check(self) -> None:
        if time.monotonic() >= self.until:
            raise NotFetched(TOO_SLOW)


def fetch(url: str) -> bytes:
    """
    Give what stands at a public https address, at most 5 MB in 20 seconds.

    :raises NotFetched: if the address is not public, does not answer well, or gives too much
    """
    clock = _Clock(time.monotonic() + MOST_SECONDS)
    for _hop in range(MOST_REDIRECTS + 1):
        parts = _checked(url)
        try:
            answer = _ask(parts, _address(parts, clock), clock)
        except (HTTPError, OSError, ValueError) as fault:
            clock.check()
            raise NotFetched("De andere website antwoordt niet. Kijk het adres na.") from fault
        clock.check()  # a line that was cut may look like the end of the file
        if isinstance(answer, bytes):
            return answer
        url = urljoin(url, answer)
    raise NotFetched("Het adres verwijst te vaak door. Vraag het juiste adres.")


def _checked(url: str) -> SplitResult:
    """Take an address apart and refuse what is not a plain address of a website."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as fault:
        raise NotFetched("Dit is geen adres van een website. Kijk het na.") from fault
    on_loopback = settings.TREKKER_FETCH_LOOPBACK
    if parts.scheme != "https" and not (on_loopback and parts.scheme == "http"):
        raise NotFetched("Het adres moet met https:// beginnen.")
    if not host or parts.username or parts.password or (port not in {None, 443} and not on_loopback):
        raise NotFetched("Dit is geen gewoon adres van een website. Kijk het na.")
    return parts


def _address(parts: SplitResult, clock: _Clock) -> str:
    """Look up the name and give its first address, if all of them are public."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # The system's look-up knows no time limit of ours.
    asking = ThreadPoolExecutor(1)
    try:
        found = asking.submit(socket.getaddrinfo, parts.hostname, port, type=socket.SOCK_STREAM).result(
            clock.left
        )
    except TooLate:
        raise NotFetched(TOO_SLOW) from None
    finally:
        asking.shutdown(wait=False)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(is_public(each) for each in addresses):
        raise NotFetched("Dit adres is niet openbaar. Vraag een openbaar adres.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if settings.TREKKER_FETCH_LOOPBACK and ip.is_loopback:
        return True
    inner = getattr(ip, "ipv4_mapped", None)
    if inner is not None or any(ip.version == net.version and ip in net for net in CARRIERS):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _ask(parts: SplitResult, address: str, clock: _Clock) -> bytes | str:
    """Ask one address; give what it holds, or where it leads on to."""
    host = str(parts.hostname)
    wait = min(EACH_WAIT, clock.left)
    if parts.scheme == "https":
        line: HTTPConnection = HTTPSConnection(
            address, parts.port, timeout=wait, server_hostname=host, assert_hostname=host
        )
    else:
        line = HTTPConnection(address, parts.port, timeout=wait)
    line.connect()
    end = threading.Timer(clock.left, _cut, [line.sock])
    end.daemon = True
    end.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        named = parts.netloc.rpartition("@")[2]
        headers = {
            "Host": named,
            "User-Agent": "Trekker",
            "Accept": "text/calendar",
            "Accept-Encoding": "identity",
        }
        line.request("GET", target, headers=headers, preload_content=False, decode_content=False)
        return _answer(line.getresponse())
    finally:
        end.cancel()
        line.close()


def _cut(line: socket.socket) -> None:
    """End a connection whose time is up, also while it waits for one more byte."""
    with suppress(OSError):  # it may have ended by itself
        # The socket's own shutdown: that of the encrypted one is not safe from another thread.
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _answer(answer: HTTPResponse) -> bytes | str:
    if answer.status in REDIRECTS:
        return answer.headers.get("Location", "")
    if answer.status != OK:
        raise NotFetched(f"De andere website antwoordt met fout {answer.status}. Kijk het adres na.")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in {"", "identity"}:
        raise NotFetched("De andere website stuurt een ingepakt bestand. Upload het bestand zelf.")
    body = answer.read(MOST_BYTES + 1, decode_content=False)
    if len(body) > MOST_BYTES:
        raise NotFetched("Deze kalender is groter dan 5 MB. Vraag een kleinere.")
    wanted = answer.headers.get("Content-Length", "")
    if wanted.isdigit() and int(wanted) != len(body):
        raise NotFetched("De andere website stuurde maar een deel. Probeer later opnieuw.")
    return body
