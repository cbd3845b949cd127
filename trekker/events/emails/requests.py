"""
The mails to who asks for a session: that we have the request, and what we decided.

None holds a word that a visitor typed: anyone can have a mail sent to any address.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from trekker.events.models import SessionRequest
from trekker.mail.actions import queue, withdraw
from trekker.mail.registry import Kind, declare

ASKED = {"soort": "infosessie, presentatie of workshop", "dag": "de dag waarop de vraag kwam"}
DECIDED = {**ASKED, "reden": "wat de medewerker erbij schreef"}
REASON = {"reden": "Dit helpt veel lokale besturen vooruit."}
EXAMPLES = {"soort": "workshop", "dag": "2 maart 2026"}

RECEIVED = declare(
    Kind(
        code="requests.received",
        label="Vraag om een sessie ontvangen",
        subject="We kregen je vraag om een [soort]",
        text="Dag,\n\nWe kregen op [dag] je vraag om een [soort]. Dank je wel.\n\n"
        "We bekijken je vraag. Daarna laten we je weten of het lukt.\n\n"
        "Vroeg je dit niet? Dan vulde iemand jouw adres in. Laat het ons weten: antwoord op deze mail.\n",
        placeholders=ASKED,
        examples=EXAMPLES,
        confirms=True,
    )
)
ACCEPTED = declare(
    Kind(
        code="requests.accepted",
        label="Vraag om een sessie aanvaard",
        subject="Goed nieuws over je vraag om een [soort]",
        text="Dag,\n\nOp [dag] vroeg je ons om een [soort]. We doen het graag.\n\n[reden]\n\n"
        "We nemen contact met je op om alles af te spreken.\n",
        placeholders=DECIDED,
        examples={**EXAMPLES, **REASON},
    )
)
DECLINED = declare(
    Kind(
        code="requests.declined",
        label="Vraag om een sessie niet aanvaard",
        subject="Over je vraag om een [soort]",
        text="Dag,\n\nOp [dag] vroeg je ons om een [soort]. We kunnen dit jammer genoeg niet doen.\n\n"
        "[reden]\n\n"
        "Heb je nog een vraag? Antwoord dan op deze mail.\n",
        placeholders=DECIDED,
        examples={**EXAMPLES, "reden": "Onze agenda is dit voorjaar vol."},
    )
)


def topic(request: SessionRequest) -> str:
    """Give the name under which the mails about a request are kept together."""
    return f"request:{request.pk}"


def _asked(request: SessionRequest) -> dict[str, str]:
    day = timezone.localdate(request.received_at)
    return {"soort": request.get_kind_display(), "dag": date_format(day, "j F Y")}


def received(request: SessionRequest, *, now: datetime) -> None:
    """Say that a request came in."""
    queue(
        kind=RECEIVED,
        occasion=f"{RECEIVED.code}:{request.pk}",
        address=request.email,
        values=_asked(request),
        now=now,
        topic=topic(request),
    )


def decided(request: SessionRequest, *, now: datetime) -> None:
    """Say what was decided, with the reason."""
    kind = ACCEPTED if request.state == SessionRequest.State.ACCEPTED else DECLINED
    queue(
        kind=kind,
        occasion=f"{kind.code}:{request.pk}:{now:%Y%m%d%H%M%S%f}",
        address=request.email,
        values={**_asked(request), "reden": request.reason},
        now=now,
        topic=topic(request),
    )


def take_back(request: SessionRequest, *, now: datetime) -> bool:
    """Keep a decision that did not leave yet from leaving; tells whether it was in time."""
    return withdraw(topic=topic(request), kinds=[ACCEPTED, DECLINED], now=now) > 0
