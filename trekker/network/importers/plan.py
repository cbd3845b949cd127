"""
What follows from a row and from what is known: the one place with the rules of a list of members.

The preview shows a plan and storing carries one out; both come from :func:`plan`. Nothing is ever
deleted, what is known is never overwritten, and nobody who left comes back without a newer opt-in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from trekker.imports.models import Row
from trekker.network.importers.lookup import Known
from trekker.network.importers.wishes import List, Standing, Wish
from trekker.network.models import Membership

End = Membership.End
Outcome = Row.Outcome
BECAUSE = {Standing.UNSUBSCRIBED: End.LEFT, Standing.BOUNCED: End.BOUNCED}
LABELS = {"first_name": "Voornaam", "last_name": "Achternaam", "phone": "Telefoon"}


@dataclass
class Plan:
    """
    What storing a row will do.

    ``facts`` fill what is empty of the person, ``starts`` is a membership to add as (from, until,
    because), ``changes`` what becomes different of an existing one.
    """

    outcome: Outcome = Outcome.UNCHANGED
    notes: list[str] = field(default_factory=list)
    differs: bool = False
    facts: dict[str, object] = field(default_factory=dict)
    starts: tuple[date, date | None, str] | None = None
    membership: Membership | None = None
    changes: dict[str, object] = field(default_factory=dict)
    position: bool = False
    fills_position: dict[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The notes as one text."""
        return " ".join(self.notes)


def plan(wish: Wish, known: Known | None, of: List, *, target: int | None, erased_on: date | None) -> Plan:
    """Say what a row asks for, given who it is about and the organisation that was settled on."""
    made = Plan()
    if known is None and erased_on and not (wish.since and wish.since > erased_on):
        made.outcome = Outcome.STAYS_OUT
        made.notes.append(f"Deze persoon vroeg om gewist te worden op {erased_on:%d/%m/%Y}.")
        return made
    _membership(made, wish, known.memberships if known else [], of)
    if made.outcome == Outcome.STAYS_OUT:
        return made
    _person(made, wish, known, of)
    if target:
        _position(made, wish, known, target, of)
    if made.outcome == Outcome.UNCHANGED and (
        made.facts or made.changes or made.position or made.fills_position
    ):
        made.outcome = Outcome.CHANGED
    return made


def _membership(made: Plan, wish: Wish, spans: list[Membership], of: List) -> None:
    running = next((span for span in spans if span.until_on is None), None)
    last = max(spans, key=lambda span: span.until_on or date.max, default=None)
    if wish.standing is not Standing.SUBSCRIBED:
        _leave(made, wish, running, last, of)
    elif running:
        if wish.consent_at and not running.consent_at:
            made.changes["consent_at"] = wish.consent_at
        if wish.consent_text and not running.consent_text:
            made.changes["consent_text"] = wish.consent_text
        made.membership = running
    elif last is None:
        made.starts, made.outcome = (wish.since or of.on, None, ""), Outcome.NEW
    else:
        _return(made, wish, last, of)


def _return(made: Plan, wish: Wish, last: Membership, of: List) -> None:
    """Someone whose membership ended is on the list again."""
    ended = last.until_on or of.on
    if wish.since and wish.since > ended:
        made.starts, made.outcome = (wish.since, None, ""), Outcome.NEW
        made.notes.append(f"Schreef zich opnieuw in, na het einde op {ended:%d/%m/%Y}.")
    elif last.ended_because == End.NOT_LISTED and of.on >= ended:
        made.starts, made.outcome = (of.on, None, ""), Outcome.NEW
        made.notes.append(f"Staat weer op de lijst, na een afwezigheid sinds {ended:%d/%m/%Y}.")
    else:
        made.outcome = Outcome.STAYS_OUT
        made.notes.append(
            f"Lidmaatschap eindigde op {ended:%d/%m/%Y} ({End(last.ended_because).label}). "
            "Een nieuwere inschrijving staat er niet."
        )


def _leave(made: Plan, wish: Wish, running: Membership | None, last: Membership | None, of: List) -> None:
    because = BECAUSE[wish.standing]
    day = wish.ended_on or of.on
    if running and running.from_on > day:
        made.notes.append(
            f"Schreef zich later weer in, op {running.from_on:%d/%m/%Y}. Het lidmaatschap blijft."
        )
    elif running:
        made.membership, made.outcome = running, Outcome.ENDED
        made.changes = {"until_on": day, "ended_because": because.value}
    elif last is None or (wish.since and last.until_on and last.until_on <= wish.since < day):
        made.starts, made.outcome = (min(wish.since or day, day), day, because.value), Outcome.ENDED
    elif last.ended_because == End.NOT_LISTED:
        made.membership, made.changes = last, {"ended_because": because.value}


def _person(made: Plan, wish: Wish, known: Known | None, of: List) -> None:
    for name, value in wish.facts.items():
        stored = getattr(known.person, name) if known else ""
        if value and not stored:
            made.facts[name] = value
        elif value and value.casefold() != str(stored).casefold():
            made.differs = True
            made.notes.append(f"{LABELS[name]} in het bestand: “{value}”. We houden “{stored}”.")
    bounced_on = known.person.bounced_on if known else None
    if wish.standing is Standing.BOUNCED and not bounced_on and not (known and _later(known, wish, of)):
        made.facts["bounced_on"] = wish.ended_on or of.on
    if made.starts and not made.starts[1] and bounced_on and made.starts[0] > bounced_on:
        made.facts["bounced_on"] = None


def _later(known: Known, wish: Wish, of: List) -> bool:
    day = wish.ended_on or of.on
    return any(span.until_on is None and span.from_on > day for span in known.memberships)


def _position(made: Plan, wish: Wish, known: Known | None, target: int, of: List) -> None:
    places = [place for place in known.positions if place.organisation_id == target] if known else []
    active = {place.pk for place in known.places_on(of.today)} if known else set()
    current = next((place for place in places if place.pk in active), None)
    if not places:
        made.position = True
    elif current is None:
        made.notes.append("De functie bij deze organisatie is gestopt. Ze start niet opnieuw.")
    else:
        given = {"function": wish.function, "policy_domain": wish.policy_domain}
        made.fills_position = {
            name: value for name, value in given.items() if value and not getattr(current, name)
        }
