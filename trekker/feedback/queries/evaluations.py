"""How evaluations stand: open or closed, how many answered of how many, and whom an address is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.formats import date_format

from trekker.feedback.models import Evaluation, Invitation, Mode, Response, SealedAnswer
from trekker.network.importers.public_domains import PUBLIC_DOMAINS
from trekker.organisations.models import MailDomain, Organisation
from trekker.people.addresses import domain
from trekker.people.models import Alias, Person, Position

BATCH = 500
TO_COME, OPEN, CLOSED = "nog-niet", "open", "gesloten"
STATES = ((TO_COME, "nog niet open"), (OPEN, "open"), (CLOSED, "gesloten"))
PROMISES = {
    Mode.NAMED: "Op naam: wie de antwoorden leest, ziet wie wat antwoordde.",
    Mode.PSEUDONYM: "Zonder naam. Wie dat wil, krijgt later de vraag wat ervan kwam.",
    Mode.ANONYMOUS: "Anoniem: niemand kan zien wie wat antwoordde.",
}


def state_in_words(evaluation: Evaluation, now: datetime) -> str:
    """Say how an evaluation stands, with its day."""
    if evaluation.closed_at:
        return f"gesloten op {_day(evaluation.closed_at)}"
    if now < evaluation.opens_at:
        return f"nog niet open, start op {_day(evaluation.opens_at)}"
    if now >= evaluation.closes_at:
        return "voorbij, sluit binnen een dag"
    return f"open tot {_day(evaluation.closes_at)}"


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def in_state(rows: QuerySet[Evaluation], state: str, now: datetime) -> QuerySet[Evaluation]:
    """Narrow to those in one of ``STATES``; what is past its end counts as closed."""
    if state == TO_COME:
        return rows.filter(closed_at=None, opens_at__gt=now)
    if state == OPEN:
        return rows.open_at(now)  # type: ignore[attr-defined, no-any-return]
    return rows.filter(Q(closed_at__isnull=False) | Q(closes_at__lte=now))


def with_response(rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """Give the evaluations with ``given``, how many answered, ``invited``, and ``out_of``, of how many."""
    return rows.annotate(given=_count(SealedAnswer) + _count(Response), invited=_count(Invitation)).annotate(
        out_of=Greatest(Coalesce("audience_size", 0), F("invited"))
    )


def _count(model: type) -> Coalesce:
    rows = model.objects.filter(evaluation=OuterRef("pk")).order_by()  # type: ignore[attr-defined]
    counted = rows.values("evaluation").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), 0)


def response_in_words(evaluation: Evaluation) -> str:
    """Say how many answered, of how many where that is known; of one :func:`with_response` gave."""
    given, out_of = evaluation.given, evaluation.out_of  # type: ignore[attr-defined]
    return f"{given} van {out_of}" if out_of else str(given)


def years() -> list[tuple[int, str]]:
    """Give every year that has an evaluation, the latest first, to choose from."""
    days = Evaluation.objects.dates("about_on", "year", order="DESC")
    return [(day.year, str(day.year)) for day in days]


@dataclass(frozen=True)
class Known:
    """Who has an address, and the organisation they had on a day."""

    person: Person | None = None
    organisation: Organisation | None = None


def known_by(addresses: Iterable[str], day: date) -> Callable[[str], Known]:
    """Give who each address is of: the person, and their organisation or that of the mail domain."""
    listed = list(addresses)
    persons: dict[str, Person] = {}
    domains: dict[str, list[Organisation]] = {}
    for start in range(0, len(listed), BATCH):
        some = listed[start : start + BATCH]
        persons |= {each.email or "": each for each in Person.objects.filter(email__in=some)}
        aliases = Alias.objects.filter(email__in=some).select_related("person")
        persons |= {each.email: each.person for each in aliases}
        written = {domain(each) for each in some} - PUBLIC_DOMAINS - domains.keys()
        active = MailDomain.objects.filter(
            domain__in=written, organisation__in=Organisation.objects.active_on(day)
        )
        for each in active.select_related("organisation"):
            domains.setdefault(each.domain, []).append(each.organisation)
    places = _places({each.pk for each in persons.values()}, day)

    def of(address: str) -> Known:
        person = persons.get(address)
        own = places.get(person.pk) if person else None
        return Known(person, own or _likely(domains.get(domain(address), [])))

    return of


def _places(persons: set[int], day: date) -> dict[int, Organisation]:
    """Give the organisation of each, where there is one only."""
    found: dict[int, set[Organisation]] = {}
    keys = sorted(persons)
    for start in range(0, len(keys), BATCH):
        rows = Position.objects.active_on(day).filter(person__in=keys[start : start + BATCH])
        for each in rows.select_related("organisation"):
            found.setdefault(each.person_id, set()).add(each.organisation)
    return {person: next(iter(all_of)) for person, all_of in found.items() if len(all_of) == 1}


def _likely(users: list[Organisation]) -> Organisation | None:
    """Give the only one that uses a domain, or the only municipality among them."""
    towns = [each for each in users if each.kind == Organisation.Kind.MUNICIPALITY]
    for some in (users, towns):
        if len(some) == 1:
            return some[0]
    return None
