from __future__ import annotations

import pytest

from trekker.mail.tests.relay import Server, free_port, serving


@pytest.fixture
def port(settings) -> int:
    """A free port that the platform takes for its mail server; nothing listens yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = 10
    return settings.EMAIL_PORT


@pytest.fixture
def server(port):
    """A real mail server."""
    with serving(Server(), port) as running:
        yield running


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """The kinds of the tests, declared for one test."""
    from trekker.mail import registry
    from trekker.mail.tests.factories import CONFIRMATION, GREETING

    for kind in (GREETING, CONFIRMATION):
        monkeypatch.setitem(registry.KINDS, kind.code, kind)
