"""The mail with the signals of a week, to who leads something in the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from trekker.mail.actions import queue, style_of
from trekker.mail.formats import ITEM, Written, write
from trekker.mail.registry import Kind, declare
from trekker.people.models import Account
from trekker.reports.queries.signals import Signal, Signals

MOST = 12  # of one list; the page has them all
SIGNALS = declare(
    Kind(
        code="reports.signals",
        label="Signalen van de week",
        subject="Signalen van de week: [kort]",
        text="Dag [naam],\n\nDit is wat je deze week moet weten over jouw doelen. Stand van [dag].\n\n"
        "[veranderd]\n\n[achter]\n\n[beslissen]\n\n"
        "Alles op één pagina: [link]\n\n"
        "Liever op een andere dag, of geen mail meer? Kies het zelf: [link_keuze]\n",
        placeholders={
            "naam": "de voornaam van wie de mail krijgt",
            "dag": "de dag van de cijfers",
            "kort": "hoeveel er in elke lijst staan",
            "veranderd": "de lijst van wat veranderde; valt weg als er niets is",
            "achter": "de lijst van wat achterloopt; valt weg als er niets is",
            "beslissen": "de lijst van wat een beslissing vraagt; valt weg als er niets is",
            "link": "de pagina met alle signalen",
            "link_keuze": "de pagina om de dag te kiezen",
        },
        lists=("veranderd", "achter", "beslissen"),
    )
)
NAMES = {"changed": "veranderd", "behind": "achter", "decide": "beslissen"}
COUNTED = {"changed": "veranderd", "behind": "achter", "decide": "te beslissen"}


def values_of(account: Account, signals: Signals) -> Mapping[str, str]:
    """Give what the mail fills in for someone."""
    short = [f"{len(found)} {COUNTED[name]}" for name, _heading, found in signals.parts]
    return {
        "naam": account.first_name or account.email,
        "dag": date_format(signals.day, "j F"),
        "kort": ", ".join(short),
        "link": settings.BASE_URL + reverse("signals:show"),
        "link_keuze": settings.BASE_URL + reverse("wagtailadmin_account"),
        **{NAMES[name]: _written(heading, found) for name, heading, found in signals.parts},
    }


def _written(heading: str, found: Sequence[Signal]) -> str:
    lines = [f"{ITEM}{_one_line(each.text)}: {settings.BASE_URL}{each.url}" for each in found[:MOST]]
    more = len(found) - MOST
    lines += [f"{ITEM}en nog {more}: {settings.BASE_URL}{reverse('signals:show')}"] if more > 0 else []
    return "\n".join([heading, *lines])


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def send(account: Account, signals: Signals, *, week: date, now: datetime) -> None:
    """Put the mail of a week in the outbox, once; from the next week on it makes no sense any more."""
    queue(
        kind=SIGNALS,
        occasion=f"{SIGNALS.code}:{account.pk}:{week.isoformat()}",
        address=account.email,
        values=values_of(account, signals),
        now=now,
        until_at=now + timedelta(days=6),
    )


def preview(account: Account, signals: Signals) -> Written:
    """Show how the mail would read."""
    style = style_of([SIGNALS])
    wording = style.wordings.get(SIGNALS.code, SIGNALS)
    values = values_of(account, signals)
    return write(SIGNALS, wording.subject, wording.text, values, style.sender.signature)
