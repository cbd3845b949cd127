"""Makes and changes an activity with few words."""

from trekker.events.actions import changing
from trekker.events.actions.changing import Sitting
from trekker.events.models import Event
from trekker.events.tests.factories import NOW, STARTS, TWO_HOURS

SITTING = Sitting(starts_at=STARTS, ends_at=STARTS + TWO_HOURS)


def create(**facts) -> Event:
    """Make an activity with one session."""
    given = {"title": "Netwerk", "kind": "network_meeting", "sessions": [SITTING], "by": None, "now": NOW}
    return changing.create_event(**(given | facts))


def change(event, **given) -> Event:
    """Write other facts about an activity."""
    facts = {"facts": {}, "by": None, "now": NOW} | given
    return changing.change_event(event=event, **facts)
