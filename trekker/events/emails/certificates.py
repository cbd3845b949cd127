"""The mail that brings a certificate of attendance."""

from __future__ import annotations

from datetime import datetime

from trekker.events.models import Registration
from trekker.mail.actions import File, queue
from trekker.mail.registry import Kind, declare

CERTIFICATE = declare(
    Kind(
        code="events.certificate",
        label="Attest van deelname",
        subject="Je attest: [opleiding]",
        text="Dag,\n\nJe volgde de opleiding [opleiding]. Je attest zit bij deze mail.\n\n"
        "Klopt er iets niet? Antwoord dan op deze mail.\n",
        placeholders={"opleiding": "de titel van de opleiding"},
    )
)


def certificate(
    registration: Registration, *, occasion: str, address: str, course: str, pdf: bytes, now: datetime
) -> bool:
    """Send someone their certificate; tells whether it was not sent before."""
    event = registration.event
    message = queue(
        kind=CERTIFICATE,
        occasion=occasion,
        address=address,
        values={"opleiding": course},
        topic=event.topic,
        reply_to=event.contact_email,
        files=[File("attest-van-deelname.pdf", "application/pdf", pdf)],
        now=now,
    )
    return message is not None
