"""A window in Chromium, a server, a mailbox, axe and a camera for every journey."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default as modern
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "var" / "screenshots"
# What axe finds in Wagtail's own parts is written down here, one line each, and fails no journey.
FOUND_IN_WAGTAIL = ROOT / "var" / "axe-wagtail.tsv"
WAGTAIL_PARTS = ("#wagtail-sidebar", ".w-slim-header", ".messages", "[role=dialog]", ".w-dialog")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What sticks out of the page or, in the back office, out of the part that scrolls; in pixels.
SIDEWAYS = """Math.max(...[document.documentElement, document.querySelector("main")]
    .map(part => part.scrollWidth - part.clientWidth))"""
HEIGHT = 'document.querySelector("main").scrollHeight'
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
]


@pytest.fixture(scope="session")
def chromium(django_db_setup) -> Iterator[Browser]:
    """
    A Chromium that talks to nobody but the pages it opens.

    Where there is none, the journeys are skipped, saying so; with ``TREKKER_BROWSER_REQUIRED`` set
    they fail.
    """
    # Playwright runs a loop of its own in this thread, and Django then refuses every query. It also
    # gives another connection from then on: tell that one what a fresh database holds.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    fresh = connection._test_serialized_contents
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        connection._test_serialized_contents = fresh
        browser = playwright.chromium.launch(
            executable_path=_chromium(playwright.chromium.executable_path), args=[*QUIET, *sandbox]
        )
        yield browser
        browser.close()


def _chromium(downloaded: str) -> str:
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if named or Path(downloaded).exists():
        return named or downloaded
    missing = "no Chromium: set CHROMIUM, install the package chromium, or run bin/bootstrap dev"
    return pytest.fail(missing) if os.environ.get("TREKKER_BROWSER_REQUIRED") else pytest.skip(missing)


@pytest.fixture
def window(chromium, live_server, django_db_serialized_rollback) -> Iterator[Callable[..., Page]]:
    """
    Open a window on the live server: ``window(width=320, javascript=False)``.

    The journey fails when a page asks anything of another address, or reports an error of script or
    of the security policy. What does not load is no fault of an ``unsteady`` window: it loses its
    connection on purpose.
    """
    contexts, faults = [], []

    def watch(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            faults.append(f"asked {request.url}")

    def listen(line: ConsoleMessage, *, unsteady: bool) -> None:
        if line.type == "error" and not (unsteady and line.text.startswith("Failed to load resource")):
            faults.append(f"console: {line.text}")

    def opened(
        *, width: int = 1280, height: int = 900, javascript: bool = True, unsteady: bool = False
    ) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="nl-BE",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", watch)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", lambda line: listen(line, unsteady=unsteady))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def signed_in(account_of, client, live_server) -> Callable[..., Page]:
    """Sign a window in as someone with one role: ``signed_in(window(), Role.MANAGEMENT)``."""

    def enter(page: Page, role: str) -> Page:
        client.force_login(account_of(role))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return enter


class Mailbox(MessageHandler):
    """Keeps every message that is sent."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.messages: list[Message] = []

    def prepare_message(self, session, envelope) -> Message:  # noqa: ARG002 - aiosmtpd's signature
        """Read the bytes as a modern message, and keep the text readable."""
        return message_from_bytes(envelope.content, policy=modern)

    def handle_message(self, message: Message) -> None:
        """Put it in the box."""
        self.messages.append(message)

    def last_text(self) -> str:
        """Give the plain text of the newest message."""
        return "\n".join(self.messages[-1].get_body(("plain",)).get_content().splitlines())


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """A real SMTP server in a thread, and all that was sent to it."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        host, port = free.getsockname()
    server = Controller(box, hostname=host, port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    yield box
    server.stop()


@pytest.fixture
def inspect() -> Callable[..., None]:
    """
    Hold a page against axe and against scrolling sideways; with ``TREKKER_PICTURES`` set, take its picture.

    ``inspect(page, "aanmelden-320")`` fails on any finding. With ``wagtail=True``, findings in
    Wagtail's own parts are written to a list instead; name further parts of it in ``parts``.
    """

    def look(page: Page, name: str, *, wagtail: bool = False, parts: tuple[str, ...] = ()) -> None:
        page.wait_for_load_state()
        if "TREKKER_PICTURES" in os.environ:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            picture(page, SCREENSHOTS / f"{name}.png")
        not_ours = [*(WAGTAIL_PARTS if wagtail else ()), *parts]
        ours, theirs = [], []
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        for rule in Axe().run(page, options=options).response["violations"]:
            for node in rule["nodes"]:
                line = f"{rule['id']}\t{node['target']}\t{rule['help']}"
                (theirs if not_ours and _inside(page, node["target"], not_ours) else ours).append(line)
        if theirs:
            FOUND_IN_WAGTAIL.parent.mkdir(exist_ok=True)
            with FOUND_IN_WAGTAIL.open("a", encoding="utf-8") as found:
                found.writelines(f"{name}\t{line}\n" for line in theirs)
        assert not ours, ours
        if "#main" not in parts:
            assert page.evaluate(SIDEWAYS) <= 0, f"{name} scrolls sideways"

    return look


def picture(page: Page, path: Path) -> None:
    """Take a picture of the whole page; Wagtail scrolls inside the window, so the window grows first."""
    size = page.viewport_size
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], page.evaluate(HEIGHT))})
    page.screenshot(path=path, full_page=True)
    page.set_viewport_size(size)


def _inside(page: Page, target: list, parts: list[str]) -> bool:
    """Tell whether the element axe points at sits in one of these parts; a frame or shadow is Wagtail's."""
    if not isinstance(target[0], str):
        return True
    closest = "([target, parts]) => !!document.querySelector(target)?.closest(parts)"
    return page.evaluate(closest, [target[0], ", ".join(parts)])
