"""Invented members, spread over real municipalities: nobody by these names exists there."""

from __future__ import annotations

import random
from collections.abc import Iterable
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
OPENED, TODAY = date(2023, 9, 1), date(2026, 11, 1)  # the day on which the demo is most at home
OCMW_SHARE, MERGED_SHARE, BOUNCED_SHARE = 0.35, 0.2, 0.3
UNPLACED, AT_ASSOCIATION = 131, 29  # one person in so many
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
    newsletter, teams = channels()
    _members(pick, newsletter, people, NEWSLETTER)
    _members(pick, teams, pick.sample(people, TEAMS.before + TEAMS.joined), TEAMS)


def channels() -> list[Channel]:
    """Give the two channels of the demo; a plan speaks of them, so that they come before it."""
    return [_channel(*each) for each in CHANNELS]


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
    """Give all but a few people a place, in the order in which they join, so that the reach grows."""
    kind = Organisation.Kind
    flemish = Organisation.objects.active_on(TODAY).filter(region=Organisation.Region.FLANDERS).order_by("pk")
    municipalities = _opening(pick, flemish.filter(kind=kind.MUNICIPALITY), before=161, during=17, share=0.1)
    associations = _opening(pick, flemish.filter(kind=kind.IGS), before=8, during=3, share=0.6)
    ocmws = {each.counts_as_id: each for each in flemish.filter(kind=kind.OCMW)}
    # A few places date from before the mergers: they count for the successor now.
    merged = {
        each.merged_into_id: each for each in Organisation.objects.exclude(merged_on=None).order_by("-pk")
    }
    places = []
    for number, person in enumerate(people):
        if number % UNPLACED == 0:
            continue
        if number % AT_ASSOCIATION == 0:
            organisation = _next(pick, associations, number)
        else:
            organisation = _next(pick, municipalities, number)
            others = ocmws if pick.random() < OCMW_SHARE else merged if pick.random() < MERGED_SHARE else {}
            organisation = others.get(organisation.pk, organisation)
        function = pick.choice(FUNCTIONS)
        manager = function == "diensthoofd"
        places.append(
            Position(person=person, organisation=organisation, function=function, is_manager=manager)
        )
    Position.objects.bulk_create(places)


@dataclass
class Opening:
    """
    The organisations of one kind: those already reached, and those that open up during the year.

    ``share`` is the chance that who joins during the year comes from a new one.
    """

    reached: list[Organisation]
    later: list[Organisation]
    fresh: list[Organisation]
    share: float


def _opening(
    pick: random.Random, of_kind: Iterable[Organisation], *, before: int, during: int, share: float
) -> Opening:
    chosen = pick.sample(list(of_kind), before + during)
    return Opening(chosen[:before], chosen[before:], chosen[:before], share)


def _next(pick: random.Random, opening: Opening, number: int) -> Organisation:
    """Give each organisation its first member, those of during the year only to who joins then."""
    if opening.fresh:
        return opening.fresh.pop()
    if opening.later and number >= NEWSLETTER.before and pick.random() < opening.share:
        opening.reached.append(opening.later[-1])
        return opening.later.pop()
    return pick.choice(opening.reached)


def _members(pick: random.Random, channel: Channel, people: list[Person], part: Part) -> None:
    """Let people join before and during 2026, and a number of them leave during it."""
    newest = sorted(_day(pick, date(2026, 1, 2), 319) for _ in range(part.joined))
    oldest = [_day(pick, OPENED, 850) for _ in range(part.before)]
    memberships = [
        Membership(
            person=person,
            channel=channel,
            from_on=day,
            source="demo",
            consent_text=CONSENT if channel.makes_members else "",
        )
        for person, day in zip(people, [*oldest, *newest], strict=True)
    ]
    for membership in pick.sample(memberships[: part.before], part.left):
        membership.until_on = _day(pick, date(2026, 1, 5), 316)
        bounced = channel.makes_members and pick.random() < BOUNCED_SHARE
        membership.ended_because = Membership.End.BOUNCED if bounced else Membership.End.LEFT
    Membership.objects.bulk_create(memberships)


def _day(pick: random.Random, first: date, days: int) -> date:
    return first + timedelta(days=pick.randrange(days))
