"""Writes the activities of the invented year, with who registered and who came."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from trekker.demo.agenda import DIVERSCITY, MEDIAWIJS, TRAININGS, VVSG, Activity, Part
from trekker.demo.programme import ACTIVITIES
from trekker.events.actions.changing import Sitting, create_event
from trekker.events.actions.courses import add_course
from trekker.events.actions.states import move
from trekker.events.models import Attendance, Course, Event, Material, Recording, Registration, Series
from trekker.organisations.actions import add_organisation
from trekker.organisations.models import Organisation
from trekker.people.models import Account, Person, Position
from trekker.themes.models import Audience, Theme

State, Status = Event.State, Registration.Status
MADE, OPENED = timedelta(days=75), timedelta(days=60)
PARTNERS = {
    VVSG: "https://www.vvsg.be",
    MEDIAWIJS: "https://www.mediawijs.be",
    DIVERSCITY: "https://www.diverscity.be",
    "Buurtwerk Voorbeeld": "",
}
PARTNER_PEOPLE = ("Noor Verzonnen", "Sam Denkbeeldig", "Lotte Van Elders", "Ali De Schets", "Mira Van Papier")
CASES = (
    "Hoe zeg ik nee als iemand vraagt om zijn bankzaken te doen?",
    "Onze vrijwilligers haken af na een paar weken. Wat helpt?",
    "Hoe krijg ik mijn diensthoofd mee?",
)
# How a registration came in, in turn: most by the website, a few by phone.
Source = Registration.Source
SOURCES = (Source.WEB, Source.WEB, Source.WEB, Source.PHONE)


def at(day: str, clock: str) -> datetime:
    """Give the moment of a day and a clock in Brussels."""
    return timezone.make_aware(datetime.fromisoformat(f"{day}T{clock}"))


@dataclass(frozen=True)
class Pool:
    """The people to choose from, each with the organisation they come for."""

    local: list[tuple[Person, Organisation | None]]
    igs: list[tuple[Person, Organisation | None]]
    partners: list[tuple[Person, Organisation | None]]
    unplaced: list[tuple[Person, Organisation | None]]


def load(*, by: Account, partner: Account, now: datetime) -> None:
    """Add partners, courses and activities, with registrations and attendance where there were any."""
    parties = organisers(by=by, now=now)
    pool = _pool(parties)
    given = courses(parties, by=by, now=now)
    # Few lookups by name: the register of organisations and the shared lists, once.
    kind = Organisation.Kind.MUNICIPALITY
    towns = {each.name: each for each in Organisation.objects.filter(kind=kind, is_closed=False)}
    for number, activity in enumerate(ACTIVITIES):
        leads = [partner if MEDIAWIJS in activity.organisers else by]
        facts: dict[str, Any] = {
            "organisers": [parties[name] for name in activity.organisers],
            "leads": leads,
            "course": given.get(activity.course),
            "municipality": towns[activity.town] if activity.town else None,
        }
        event = _written(activity, facts, by=by)
        _filled(event, activity, pool, random.Random(number))  # noqa: S311 - invented data, always the same
    remains()


def organisers(*, by: Account, now: datetime) -> dict[str, Organisation]:
    """Add the parties that are no local governments."""
    kind = Organisation.Kind.PARTNER
    return {
        name: add_organisation(name=name, kind=kind, website=website, by=by, now=now)
        for name, website in PARTNERS.items()
    }


def courses(parties: Mapping[str, Organisation], *, by: Account, now: datetime) -> dict[str, Course]:
    """Add the courses, of which editions are given."""
    return {
        each.title: add_course(
            title=each.title,
            summary=each.summary,
            provider=parties[each.provider],
            our_role=each.role,
            focus=each.focus,
            e_learning=each.e_learning,
            themes=Theme.objects.filter(code__in=each.themes),
            audiences=Audience.objects.filter(code__in=each.audiences),
            by=by,
            now=now,
        )
        for each in TRAININGS
    }


def _pool(parties: Mapping[str, Organisation]) -> Pool:
    kinds = Organisation.Kind
    placed: dict[str, list[tuple[Person, Organisation | None]]] = {}
    for place in Position.objects.order_by("pk").select_related("person", "organisation"):
        placed.setdefault(place.organisation.kind, []).append((place.person, place.organisation))
    names = [name.split(" ", 1) for name in PARTNER_PEOPLE for _ in PARTNERS]
    people = Person.objects.bulk_create(
        Person(first_name=first, last_name=last, email=f"{first.lower()}.{number}@partner.example")
        for number, (first, last) in enumerate(names)
    )
    homes = [each for each in parties.values() if each.name != VVSG]
    partners = [(person, homes[number % len(homes)]) for number, person in enumerate(people)]
    Position.objects.bulk_create(Position(person=person, organisation=home) for person, home in partners)
    alone = Person.objects.filter(positions=None).order_by("pk")
    return Pool(
        local=[*placed[kinds.MUNICIPALITY], *placed[kinds.OCMW]],
        igs=placed[kinds.IGS],
        partners=[*partners],
        unplaced=[(person, None) for person in alone],
    )


def _written(activity: Activity, facts: dict[str, Any], *, by: Account) -> Event:
    """Make the activity on a day before it, and take it step by step to where it stands."""
    sessions = [_sitting(part) for part in activity.parts]
    first = min((each.starts_at for each in sessions), default=at("2026-10-01", "09:00"))
    made, opened = first - MADE, first - OPENED
    for name, value in activity.facts.items():
        moment = name == "deadline_at"
        facts[name] = timezone.make_aware(datetime.fromisoformat(str(value))) if moment else value
    if activity.series:
        facts["series"] = Series.objects.get_or_create(name=activity.series)[0]
    if activity.format != Event.Format.PHYSICAL:
        facts.setdefault("online_link", f"https://overleg.example/{made:%Y%m%d}")
    event = create_event(
        title=activity.title,
        kind=activity.kind,
        sessions=sessions,
        summary=activity.summary,
        description=activity.text,
        our_role=activity.role,
        format=activity.format,
        place=activity.place,
        themes=Theme.objects.filter(code__in=activity.themes),
        audiences=Audience.objects.filter(code__in=activity.audiences),
        by=by,
        now=made,
        **facts,
    )
    if activity.state in {State.OPEN, State.CONFIRMED, State.CANCELLED}:
        event = move(event=event, to=State.OPEN, by=by, now=opened)
    if activity.state == State.HELD:
        event = move(event=event, to=State.HELD, by=by, now=event.ends_at or first)
    elif activity.state in {State.CONFIRMED, State.CANCELLED}:
        before = first - timedelta(days=7)
        event = move(event=event, to=activity.state, because=activity.because, by=by, now=before)
    return event


def _sitting(part: Part) -> Sitting:
    start, end = (at(part.day, clock) for clock in part.clock.split("-"))
    theme = Theme.objects.get(code=part.theme) if part.theme else None
    return Sitting(starts_at=start, ends_at=end, hours=Decimal(part.hours), title=part.title, theme=theme)


def _filled(event: Event, activity: Activity, pool: Pool, pick: random.Random) -> None:
    crowd = activity.crowd
    came = [
        *pick.sample(pool.local, crowd.local),
        *pick.sample(pool.igs, crowd.igs),
        *pick.sample(pool.partners, crowd.partners),
        *pick.sample(pool.unplaced, crowd.unplaced),
    ]
    busy = {person.pk for person, _home in came}
    free = [each for each in pool.local if each[0].pk not in busy]
    others = pick.sample(free, crowd.absent + crowd.waiting + crowd.withdrawn)
    status = {
        **dict.fromkeys(range(crowd.absent), Status.REGISTERED),
        **dict.fromkeys(range(crowd.absent, crowd.absent + crowd.waiting), Status.WAITING),
    }
    places = [_place(event, number, one, Status.REGISTERED) for number, one in enumerate(came)]
    places += [
        _place(event, len(came) + number, one, status.get(number, Status.CANCELLED))
        for number, one in enumerate(others)
    ]
    kept = Registration.objects.bulk_create(places)
    _attended(event, activity, kept[: len(came)])


def _place(
    event: Event, number: int, who: tuple[Person, Organisation | None], status: Registration.Status
) -> Registration:
    person, home = who
    first = event.starts_at or event.created_at
    moment = first - OPENED + timedelta(hours=9 * number + 1)
    last = first - timedelta(days=8)
    at_distance = event.format == Event.Format.ONLINE or (
        event.format == Event.Format.HYBRID and number % 2 == 0
    )
    return Registration(
        event=event,
        person=person,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email or "",
        organisation=home,
        mode=Registration.Mode.ONLINE if at_distance else Registration.Mode.ON_SITE,
        status=status,
        case=CASES[number] if event.asks_case and number < len(CASES) else "",
        case_chosen=event.asks_case and event.state == State.HELD and number < len(CASES) - 1,
        source=SOURCES[number % len(SOURCES)],
        registered_at=min(moment, last),
        cancelled_at=last if status == Status.CANCELLED else None,
    )


def _attended(event: Event, activity: Activity, came: list[Registration]) -> None:
    """Note who was at which session, a day later, where that is known."""
    online = event.format == Event.Format.ONLINE
    rows = []
    for session, part in zip(event.sessions.all(), activity.parts, strict=True):
        if event.state != State.HELD or not part.settled:
            continue
        noted = session.ends_at + timedelta(days=1)
        there = came[: len(came) - part.missed]
        rows += [
            Attendance(
                session=session,
                registration=registration,
                minutes=part.minutes[number]
                if number < len(part.minutes)
                else session.minutes
                if online
                else None,
                source=Attendance.Source.FILE if online else Attendance.Source.HAND,
                recorded_at=noted,
                recorded_by_id=event.created_by_id,
            )
            for number, registration in enumerate(there)
        ]
        session.attendance_at = noted
        session.save(update_fields=["attendance_at"])
    Attendance.objects.bulk_create(rows)


def remains() -> None:
    """Add what stayed of a few activities: recordings with and without captions, and material."""
    loket = Event.objects.get(title__startswith="Infosessie: hulp aan het loket")
    Recording.objects.create(
        event=loket,
        title="De infosessie van 15 januari",
        url="https://video.example/loket",
        has_captions=True,
        transcript="Welkom. Vandaag kijken we wat je aan het loket wel en niet doet.\n\nInloggen doet de "
        "burger altijd zelf.",
        added_at=at("2026-01-22", "09:00"),
    )
    Material.objects.create(
        event=loket,
        title="De grenzen op één blad",
        url="https://documenten.example/grenzen",
        added_at=at("2026-01-16", "09:00"),
    )
    chatbots = Event.objects.get(title__startswith="Infosessie: chatbots")
    Recording.objects.create(
        event=chatbots,
        title="De infosessie van 12 mei",
        url="https://video.example/chatbots",
        reason_without="De ondertiteling is in de maak. Je vindt ze hier vanaf december.",
        seen_by="PARTICIPANTS",
        added_at=at("2026-05-20", "09:00"),
    )
    mechelen = Event.objects.get(title__startswith="Netwerk op bezoek in Mechelen")
    Material.objects.create(
        event=mechelen,
        title="Verslag en foto's",
        url="https://documenten.example/mechelen",
        seen_by="PARTICIPANTS",
        added_at=at("2026-04-01", "09:00"),
    )
