"""Sending certificates of attendance."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trekker.events.emails import certificates as emails
from trekker.events.formats.certificate import draw
from trekker.events.models import Event
from trekker.events.queries.certificates import (
    Earned,
    certificate_of,
    earned,
    occasion,
    organisers_of,
    unsettled,
)
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount

SENT = audit.act("events.certificates_sent", "attesten verstuurd")


class NotSettled(Exception):
    """The attendance of a session is not complete, so nobody knows who attended enough."""


def enough(each: Earned, least: int) -> bool:
    """Tell whether someone attended so many percent of the hours, and can be reached."""
    return each.percent >= least and bool(each.address)


@transaction.atomic
def send_certificates(*, event: Event, least: int, by: AnyAccount, now: datetime) -> int:
    """
    Mail a certificate to everyone who attended at least so many percent; says how many.

    Nobody gets one twice for the same edition, whatever address they have now.

    :raises NotSettled: if the attendance of a session is not complete
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if unsettled(event):
        raise NotSettled
    organisers, today = organisers_of(event), timezone.localdate(now)
    sent = 0
    for each in earned(event):
        if each.mailed_at or not enough(each, least):
            continue
        certificate = certificate_of(each, organisers, today)
        sent += emails.certificate(
            each.registration,
            occasion=occasion(each.registration),
            address=each.address,
            course=certificate.course,
            pdf=draw(certificate, now),
            now=now,
        )
    if sent:
        audit.record(SENT, event, by=by, at=now, sent=sent, least=least)
    return sent
