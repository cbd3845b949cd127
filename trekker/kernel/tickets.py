"""
Forms of the public site without a cookie: each carries a signed ticket of its own.

A ticket says which form it is for, when the form was opened, and a number that is used once. It
takes the place of Django's token, which needs a cookie, and it is the key by which sending a form
twice changes nothing. See decision 0006.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from secrets import token_urlsafe
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

FIELD = "ticket"
TRAP = "website"  # people do not see this field; scripts that fill in all fields do
OLDEST = timedelta(hours=24)
QUICKEST = timedelta(seconds=2)  # nobody reads, fills in and sends a form faster
AGAIN = "Kijk je gegevens na en verstuur opnieuw."
TOO_QUICK = f"Dit ging wel heel snel. {AGAIN}"
STALE = f"Dit formulier stond lang open. {AGAIN}"


class NoTicket(Exception):
    """The form carries no ticket of ours, or one of another form."""


@dataclass(frozen=True)
class Ticket:
    """One opening of one form; ``number`` is unguessable and used once."""

    number: str
    opened_at: datetime

    def is_stale(self, now: datetime) -> bool:
        """Tell whether the form was opened too long ago."""
        return now - self.opened_at > OLDEST

    def is_quick(self, now: datetime) -> bool:
        """Tell whether nobody can have filled in the form since."""
        return now - self.opened_at < QUICKEST


def issue(purpose: str, now: datetime) -> str:
    """Give a new ticket for a form, as text for its hidden field."""
    return _signer(purpose).sign(f"{token_urlsafe(18)}.{int(now.timestamp() * 1000):x}")


def read(text: str, purpose: str) -> Ticket:
    """
    Read a ticket that came back.

    :raises NoTicket: if it is not one of ours for this form
    """
    try:
        number, _, opened = _signer(purpose).unsign(text).partition(".")
    except signing.BadSignature:
        raise NoTicket from None
    return Ticket(number, datetime.fromtimestamp(int(opened, 16) / 1000, UTC))


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"trekker.ticket.{purpose}")


View = Callable[..., HttpResponseBase]


def by_ticket(purpose: str) -> Callable[[View], View]:
    """
    Let a view take what is sent with a ticket for ``purpose``, in place of Django's token; else 403.

    The view finds the ticket as ``request.ticket``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD"}:
                # A browser says so when the page that sends is somebody else's.
                foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
                try:
                    sent = read("" if foreign else request.POST.get(FIELD, ""), purpose)
                except NoTicket:
                    return render(request, "403_csrf.html", status=403)
                request.ticket = sent  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.csrf_exempt = True  # type: ignore[attr-defined]
        guarded.ticket_purpose = purpose  # type: ignore[attr-defined]
        return guarded

    return decorate


class TicketForm(forms.Form):
    """
    A form of the public site: ``{{ form }}`` brings its ticket along, and a trap for scripts.

    Never a refusal: what looks like a script, or stood open too long, comes back filled in with
    ``asks_again``, the sentence to show. A subclass names its ``purpose``; its view stands behind
    :func:`by_ticket`. Behind a personal link no script comes, and a browser fills in at once: such a
    form does not mind speed.
    """

    purpose: ClassVar[str]
    minds_speed: bool = True
    template_name = "kernel/ticket_form.html"

    def __init__(self, data: Any = None, *, now: datetime, **kwargs: Any) -> None:
        """Read the ticket that came back, or issue one."""
        self.now = now
        self.asks_again = ""
        self.sent: Ticket | None = None
        if data is not None:
            data = data.copy()
            self.sent = read(data.get(FIELD, ""), self.purpose)
            self._judge(data, self.sent)
        super().__init__(data, **kwargs)
        self.ticket = data[FIELD] if data is not None else issue(self.purpose, now)

    def _judge(self, data: Any, sent: Ticket) -> None:
        """Decide whether to ask again, and make the next attempt one that passes."""
        if sent.is_stale(self.now):
            self.renew(data, STALE)
        elif data.get(TRAP):
            self.asks_again = AGAIN
        elif self.minds_speed and sent.is_quick(self.now):
            self.asks_again = TOO_QUICK
        data[TRAP] = ""

    def renew(self, data: Any = None, sentence: str = AGAIN) -> None:
        """Ask again, with a new ticket: the one that came back is used up or too old."""
        self.asks_again = sentence
        fresh = issue(self.purpose, self.now)
        if data is not None:
            data[FIELD] = fresh
        else:
            self.ticket = fresh

    @property
    def number(self) -> str:
        """The number of the ticket that was sent: the key by which to do a thing once."""
        return self.sent.number if self.sent else ""

    def is_valid(self) -> bool:
        """Tell whether everything is filled in, and nothing need be asked again."""
        return super().is_valid() and not self.asks_again

    def get_context(self) -> dict[str, Any]:
        """Add what the template draws beside the fields."""
        return {**super().get_context(), "trap": TRAP}
