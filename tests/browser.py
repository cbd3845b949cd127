"""The test client that checks every page it opens."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client

from tests.page import NotAsPromised, Page

SIGN_IN = "/aanmelden/"


class Browser(Client):
    """
    Django's test client; each page it gets must keep the promises of :class:`Page`.

    Pages are read on SQLite, where every test runs.
    """

    def request(self, **environ: Any) -> Any:
        """Send one request and check what comes back."""
        path = environ.get("PATH_INFO", "/")
        signed_in = "sessionid" in self.cookies
        response = super().request(**environ)
        # The sign-in form is the one place where a visitor needs a cookie: for its token.
        if response.cookies and not signed_in and not path.startswith((SIGN_IN, "/beheer/")):
            raise NotAsPromised(f"{path}\n  cookies for a visitor: {', '.join(response.cookies)}")
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        # Reading HTML as a browser does takes a third of the time, and a page is the same on any database.
        checked = response.status_code == 200 and connection.vendor == "sqlite"
        if checked and is_html and not response.streaming:
            page = Page(response.content.decode(), path)
            asked_for_piece = "HTTP_HX_REQUEST" in environ or page.is_office
            if page.is_fragment and not asked_for_piece:
                raise NotAsPromised(f"{path}\n  not a whole page")
            page.check()
        return response
