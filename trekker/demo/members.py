"""Invented members, spread over real municipalities: nobody by these names exists there."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from trekker.network.models import Channel, Membership
from trekker.organisations.models import Organisation
from trekker.people.models import Person, Position

FIRST_NAMES = (
    *("Aïcha", "Bram", "Cato", "Dries", "Els", "Fatima", "Gert", "Hanne", "Ilse", "Jef", "Karima", "Lieve"),
    *(
        "Mohamed",
        "Nele",
        "Olga",
        "Piet",
        "Quinten",
        "Rania",
        "Stef",
        "Tine",
        "Umut",
        "Veerle",
        "Wout",
        "Yara",
    ),
)
LAST_NAMES = (
    *("Verzonnen", "Denkbeeldig", "Van Nergens", "De Proef", "Voorbeeld", "Van Papier", "Fictief", "De Test"),
    *("Van Elders", "Schijnbaar", "De Schets", "Van Stift", "Namaak", "De Droom", "Zogezegd", "Van Kaft"),
)
FUNCTIONS = (
    "medewerker digitale inclusie",
    "digicoach",
    "maatschappelijk werker",
    "diensthoofd",
    "bibliothecaris",
)
CHANNELS = (
    ("newsletter_digital_inclusion", "Nieuwsbrief digitale inclusie", "NEWSLETTER", "nieuwsbrief, netwerk"),
    ("teams_channel", "Teams-kanaal netwerk digitale inclusie", "TEAMS", "teams, online kennisdeling"),
)
OPENED = date(2023, 9, 1)
CONSENT = "Ja, ik wil de nieuwsbrief digitale inclusie ontvangen. Ik kan altijd uitschrijven."


@dataclass(frozen=True)
class Part:
    """How many of a channel's members joined before the year, joined in it, and left in it."""

    before: int
    joined: int
    left: int


NEWSLETTER, TEAMS = Part(978, 214, 71), Part(231, 74, 19)


def load() -> None:
    """Add the members of both channels; the same people and days every time."""
    pick = random.Random(2026)  # noqa: S311 - invented data, always the same
    people = _people(pick, NEWSLETTER.before + NEWSLETTER.joined)
    _places(pick, people)
    newsletter, teams = (_channel(*each) for each in CHANNELS)
    _members(pick, newsletter, people, NEWSLETTER)
    _members(pick, teams, pick.sample(people[: NEWSLETTER.before], TEAMS.before + TEAMS.joined), TEAMS)


def _channel(code: str, name: str, kind: str, words: str) -> Channel:
    makes_members = kind == "NEWSLETTER"
    fields = {"name": name, "kind": kind, "makes_members": makes_members, "words": words}
    return Channel.objects.get_or_create(code=code, defaults=fields)[0]


def _people(pick: random.Random, count: int) -> list[Person]:
    people = []
    for number in range(count):
        first, last = pick.choice(FIRST_NAMES), pick.choice(LAST_NAMES)
        ascii_name = f"{first}.{last}".lower().replace("ï", "i").replace(" ", "")
        email = f"{ascii_name}.{number}@voorbeeld.example"
        people.append(Person(first_name=first, last_name=last, email=email))
    return Person.objects.bulk_create(people)


def _places(pick: random.Random, people: list[Person]) -> None:
    """Give all but a few people a place: most at a municipality or its OCMW, some at an association."""
    kind = Organisation.Kind
    flemish = Organisation.objects.active().filter(region=Organisation.Region.FLANDERS).order_by("pk")
    reached = pick.sample(list(flemish.filter(kind=kind.MUNICIPALITY)), 176)
    ocmws = {each.counts_as_id: each for each in flemish.filter(kind=kind.OCMW)}
    associations = pick.sample(list(flemish.filter(kind=kind.IGS)), 11)
    # A few places date from before the mergers: they count for the successor now.
    merged = list(
        Organisation.objects.filter(kind=kind.MUNICIPALITY, merged_on=date(2025, 1, 1)).order_by("pk")
    )
    places = []
    for number, person in enumerate(people):
        if number < len(reached):
            organisation = reached[number]
        elif number % 131 == 0:
            continue
        elif number % 29 == 0:
            organisation = associations[number // 29 % len(associations)]
        elif number % 61 == 0:
            organisation = pick.choice([each for each in merged if each.merged_into in reached] or reached)
        else:
            organisation = pick.choice(reached)
            organisation = ocmws.get(organisation.pk, organisation) if pick.random() < 0.35 else organisation
        function = pick.choice(FUNCTIONS)
        manager = function == "diensthoofd"
        places.append(
            Position(person=person, organisation=organisation, function=function, is_manager=manager)
        )
    pick.shuffle(places)
    Position.objects.bulk_create(places)


def _members(pick: random.Random, channel: Channel, people: list[Person], part: Part) -> None:
    """Let people join before and during 2026, and a number of them leave during it."""
    newest = sorted(_day(pick, date(2026, 1, 2), 319) for _ in range(part.joined))
    oldest = [_day(pick, OPENED, 850) for _ in range(part.before)]
    shuffled = pick.sample(people, len(people))
    memberships = [
        Membership(
            person=person,
            channel=channel,
            from_on=day,
            source="demo",
            consent_text=CONSENT if channel.makes_members else "",
        )
        for person, day in zip(shuffled, [*oldest, *newest], strict=True)
    ]
    for membership in pick.sample(memberships[: part.before], part.left):
        membership.until_on = _day(pick, date(2026, 1, 5), 316)
        bounced = channel.makes_members and pick.random() < 0.3
        membership.ended_because = Membership.End.BOUNCED if bounced else Membership.End.LEFT
    Membership.objects.bulk_create(memberships)


def _day(pick: random.Random, first: date, days: int) -> date:
    return first + timedelta(days=pick.randrange(days))
