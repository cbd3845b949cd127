"""What the forms of the office send, and where its pages stand."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from trekker.kernel.access import Role

LIST, NEW = "/beheer/activiteiten/", "/beheer/activiteiten/nieuw/"
OFFICER, PARTNER = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER
AFTERNOON = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
SOON, PAST = AFTERNOON + timedelta(days=40), AFTERNOON - timedelta(days=40)


def page_of(event) -> str:
    return reverse("event:inspect", args=[event.pk])


def to(name, event) -> str:
    return reverse(f"events:{name}", args=[event.pk])


def titles(response) -> list[str]:
    return [each.title for each in response.context["object_list"]]


def start_of(**facts):
    """Give what the short form sends."""
    given = {"kind": "network_meeting", "title": "Netwerk", "format": "online"}
    return given | {"day": f"{SOON:%Y-%m-%d}", "start": "13:30", "end": "16u"} | facts


def form_of(event, lead, *, sessions=None, questions=(), involved=(), **facts):
    """Give what the long form sends for an event as it is, with these facts changed."""
    kept = [
        {
            "pk": each.pk,
            "day": timezone.localdate(each.starts_at),
            "start": f"{timezone.localtime(each.starts_at):%H:%M}",
            "end": f"{timezone.localtime(each.ends_at):%H:%M}",
            "hours": str(each.hours),
        }
        for each in event.sessions.all()
    ]
    names = ("title", "kind", "our_role", "format", "visibility", "summary", "description", "contact_email")
    sent = {name: getattr(event, name) for name in names} | {"leads": [lead.pk]} | facts
    parts = (("sessies", kept if sessions is None else sessions, len(kept)), ("vragen", questions, 0))
    for prefix, rows, known in (*parts, ("organisaties", involved, 0)):
        sent |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": min(known, len(rows))}
        for place, row in enumerate(rows):
            sent |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return {name: value for name, value in sent.items() if value is not None}
