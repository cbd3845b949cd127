"""What stands around the activities of the invented year: others' dates, ideas, requests and mails."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from trekker.events.models import Event, OtherCalendar, OtherEvent, Registration, SessionRequest
from trekker.ideas import actions
from trekker.ideas.models import Idea
from trekker.mail.actions.senders import keep_sender
from trekker.mail.models import Message, Sender, StoppedAddress
from trekker.organisations.models import Organisation
from trekker.people.models import Account
from trekker.themes.models import Audience, Theme

State = Idea.State


def at(day: str, clock: str = "09:00") -> datetime:
    """Give the moment of a day and a clock in Brussels."""
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{clock}"))


def load(*, by: Account) -> None:
    """Add the calendar of another, ideas, requests and mails."""
    calendar()
    ideas(by=by)
    requests(by=by)
    mails(by=by)


# Others' dates. The one of 10 December is on the day of our focus group, for the same people.
OTHERS = (
    ("2026-04-21", "Inspiratiedag: digitaal ouder worden", "Leuven"),
    ("2026-09-24", "Digicoach voor ouderen, dag 1", "Aalst"),
    ("2026-11-26", "Ontmoeting van digipunten", "Gent"),
    ("2026-12-10", "Trefdag mediawijsheid", "Mechelen"),
    ("2027-01-21", "Lancering van een nieuwe leerlijn", "online"),
    ("2027-02-11", "Week van de veilige klik", "overal"),
)


def calendar() -> None:
    """Add the calendar of Mediawijs, as if its file was uploaded."""
    owner = Organisation.objects.get(name="Mediawijs")
    kept = OtherCalendar.objects.create(
        name="Agenda van Mediawijs", organisation=owner, fetched_at=at("2026-11-02")
    )
    kept.audiences.set(Audience.objects.filter(code__in=["network_members", "professionals"]))
    OtherEvent.objects.bulk_create(
        OtherEvent(
            calendar=kept,
            uid=f"{day}@agenda.example",
            title=title,
            place=place,
            starts_at=at(day),
            ends_at=at(day, "17:00"),
            all_day=False,
        )
        for day, title, place in OTHERS
    )


IDEAS: tuple[dict[str, Any], ...] = (
    {
        "title": "Mentoren van de kinderopvang digitaal sterker maken",
        "description": "Begeleiders krijgen vragen van ouders, en zijn soms zelf onzeker.",
        "origin": Idea.Origin.ADVICE,
        "form": Idea.Form.COURSE,
        "noted": "2026-09-02",
    },
    {
        "title": "Een les over veilig betalen voor wie aan het loket staat",
        "description": "Na elke opleiding komt dezelfde vraag: mag ik helpen bij een betaling?",
        "origin": Idea.Origin.FEEDBACK,
        "form": Idea.Form.E_LEARNING,
        "noted": "2026-06-15",
        "asked": (
            ("team digitale transformatie", "2026-09-10", "FOR", "Past bij onze richtlijnen. Wij lezen na."),
            ("Mediawijs", "2026-09-22", "MIXED", "Goed, maar overlap met hun leerlijn vermijden."),
        ),
        "weighed": (3, 4, 2, "Veel vraag, weinig werk als we bestaand materiaal gebruiken."),
    },
    {
        "title": "Opleiding voor leidinggevenden van de balie",
        "description": "Medewerkers zien het probleem, maar hun dienst beslist.",
        "origin": Idea.Origin.EVENT,
        "form": Idea.Form.COURSE,
        "noted": "2026-02-12",
        "asked": (
            ("drie diensthoofden", "2026-03-05", "FOR", "Kort houden: een halve dag, met snelle winst."),
        ),
        "weighed": (4, 3, 3, "Eén beslissing van een leidinggevende helpt een heel team."),
        "decided": (State.GOES_AHEAD, "Start in het voorjaar van 2027, na de opleiding voor medewerkers."),
    },
    {
        "title": "Spel over ontoegankelijke dienstverlening",
        "description": "Het spel bestaat. Wie het wil leiden, moet het eerst leren.",
        "origin": Idea.Origin.EVENT,
        "form": Idea.Form.COURSE,
        "noted": "2026-01-20",
        "weighed": (2, 2, 4, "Leuk, maar er zijn te weinig spelleiders."),
        "decided": (State.LATER, "We wachten tot de maker een tweede reeks plant."),
    },
    {
        "title": "Eigen app voor digihelpers",
        "description": "Een bestuur vroeg een app om afspraken te maken.",
        "origin": Idea.Origin.COLLEAGUE,
        "form": Idea.Form.TOOL,
        "noted": "2026-03-03",
        "weighed": (1, 1, 4, "Er bestaan genoeg agenda's."),
        "decided": (State.DROPPED, "Te duur voor wat het oplost. Een gedeelde agenda volstaat."),
    },
    {
        "title": "Een halve dag digitale inclusie in de basisopleiding onthaal",
        "description": "Wie aan het onthaal begint, krijgt er vanaf dag één mee te maken.",
        "origin": Idea.Origin.SURVEY,
        "form": Idea.Form.COURSE,
        "noted": "2026-01-12",
        "asked": (("team opleidingen", "2026-01-28", "FOR", "De voormiddag kan wijken voor dit thema."),),
        "weighed": (4, 4, 2, "Groot bereik, weinig extra werk."),
        "decided": (State.GOES_AHEAD, "Het past in een bestaande opleiding."),
        "done": True,
    },
)


def ideas(*, by: Account) -> None:
    """Note ideas and take each as far as it came, by the doors a user would take."""
    themes = Theme.objects.filter(code="digital_inclusion")
    audiences = Audience.objects.filter(code="frontline_staff")
    for each in IDEAS:
        moment = at(each["noted"])
        facts = {name: each[name] for name in ("title", "description", "origin", "form")}
        idea = actions.note_idea(facts=facts, themes=themes, audiences=audiences, by=by, now=moment)
        for who, day, view, said in each.get("asked", ()):
            actions.add_consultation(
                idea=idea, who=who, on=date.fromisoformat(day), view=view, said=said, by=by, now=at(day)
            )
        if "weighed" in each:
            need, reach, effort, weighing = each["weighed"]
            later = moment + timedelta(days=60)
            actions.weigh_idea(
                idea=idea, need=need, reach=reach, effort=effort, weighing=weighing, by=by, now=later
            )
        if "decided" in each:
            outcome, reason = each["decided"]
            later = moment + timedelta(days=70)
            actions.decide(idea=idea, outcome=outcome, reason=reason, by=by, now=later)
        if each.get("done"):
            actions.mark_done(idea=idea, by=by, now=at("2026-10-14"))


# Subject, who asked, when, what became of it, how it weighs, why, and the start of the activity's title.
REQUESTS = (
    ("Digitale drempels voor diensthoofden", "Vereniging van diensthoofden", "2025-12-04", "ACCEPTED", 4, 30),
    ("Een brief die iedereen begrijpt", "Samenwerkingsverband aan de kust", "2026-01-19", "ACCEPTED", 3, 12),
    ("Schermen in de kinderopvang", "Dienst kinderopvang", "2026-10-02", "ACCEPTED", 3, 10),
    ("Lezing voor een serviceclub", "Serviceclub", "2026-05-05", "DECLINED", 1, 0),
    ("Workshop over chatbots voor de raad", "Gemeentebestuur", "2026-11-12", "NEW", None, None),
    ("Digihulp in een woonzorgcentrum", "Woonzorgcentrum", "2026-11-17", "NEW", None, None),
)
BECAME = ("Digitale drempels in", "Workshop: een brief", "Workshop op vraag: praten")
REASONS = {
    "ACCEPTED": "We bereiken zo mensen die niet naar onze eigen sessies komen.",
    "DECLINED": "Er komen geen medewerkers van lokale besturen. We gaven een andere spreker door.",
    "NEW": "",
}


def requests(*, by: Account) -> None:
    """Add requests for a session, of which some are decided and became an activity."""
    for number, (subject, who, day, state, importance, reach) in enumerate(REQUESTS):
        decided = at(day) + timedelta(days=6) if state != "NEW" else None
        SessionRequest.objects.create(
            name="Vera Vragend",
            email=f"vraag{number}@voorbeeld.example",
            organisation_text=who,
            kind="workshop" if "Workshop" in subject or "brief" in subject else "presentation",
            subject=subject,
            wish="We willen dat onze mensen er morgen iets mee doen.",
            audience="medewerkers en vrijwilligers",
            people=reach or 20,
            received_at=at(day),
            state=state,
            importance=importance,
            extra_reach=reach,
            reason=REASONS[state],
            decided_at=decided,
            decided_by=by if decided else None,
            event=Event.objects.get(title__startswith=BECAME[number]) if number < len(BECAME) else None,
        )


def mails(*, by: Account) -> None:
    """Add a sender, and mails that stand in every way a mail can stand."""
    facts = {
        "name": "Digitale inclusie",
        "address": "digitale.inclusie@demo.trekker.example",
        "reply_to": "programma@demo.trekker.example",
        "signature": "Het team digitale inclusie",
        "is_default": True,
    }
    sender = keep_sender(sender=Sender(), facts=facts, by=by, now=at("2026-01-05"))
    event = Event.objects.get(title__startswith="Iedereen mee aan het loket")
    status = Message.Status
    stands = (status.SENT, status.SENT, status.SENT, status.FAILED, status.STOPPED, status.DOUBT, status.SENT)
    problems = {
        status.FAILED: "De mailserver weigerde het bericht: de postbus is vol.",
        status.DOUBT: "Het proces stopte terwijl de mail vertrok.",
        status.STOPPED: "Dit adres werkt niet.",
    }
    places = Registration.objects.holding_a_place().filter(event=event).order_by("pk")
    for place, stand in zip(places, stands, strict=False):
        sent = place.registered_at + timedelta(minutes=1) if stand == status.SENT else None
        Message.objects.create(
            occasion=f"events.registered:{place.pk}",
            address=place.email,
            kind="events.registered",
            topic=event.topic,
            sender=sender,
            subject=f"Je bent ingeschreven: {event.title}",
            text=f"Dag,\n\nJe bent ingeschreven voor {event.title}.\n",
            html=f"<p>Dag,</p><p>Je bent ingeschreven voor {event.title}.</p>",
            sends_again=False,
            status=stand,
            created_at=place.registered_at,
            due_at=place.registered_at,
            attempts=1,
            sent_at=sent,
            problem=problems.get(stand, ""),
        )
        if stand == status.STOPPED:
            StoppedAddress.objects.create(
                address=place.email, since=place.registered_at, reason="De postbus bestaat niet meer."
            )
