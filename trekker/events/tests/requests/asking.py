"""What someone who asks for a session fills in."""

from datetime import timedelta

from django.utils import timezone

from trekker.events.forms.requests import AskSession
from trekker.kernel import tickets
from trekker.kernel.access import Role

ASK, LIST = "/vraag-een-sessie/", "/beheer/vragen/"
OFFICER, PARTNER, MANAGEMENT = Role.PROGRAMME_OFFICER, Role.PARTNER_OFFICER, Role.MANAGEMENT


SCRIPT = "<script>alert(1)</script>"


def answers(**facts) -> dict:
    opened = timezone.now() - timedelta(minutes=3)
    return {
        "ticket": tickets.issue(AskSession.purpose, opened),
        "kind": "workshop",
        "subject": "Digihulp aan de balie",
        "wish": "We willen tips voor onze balie.",
        "audience": "baliemedewerkers",
        "people": "25",
        "when": "in mei",
        "organisation_text": "Gemeente Ergens",
        "name": "Wies Vragend",
        "email": "Wies@Bestuur.example",
        "phone": "011 22 33 44",
        **facts,
    }
