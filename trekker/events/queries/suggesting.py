"""Which organisation someone means by what they typed, or by the domain of their address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trekker.network.importers.directory import Directory, plain, split_type
from trekker.network.importers.public_domains import PUBLIC_DOMAINS
from trekker.organisations.models import MailDomain, Organisation
from trekker.people.addresses import domain

# What people write who come for themselves.
NONE = {
    "geen",
    "geen organisatie",
    "nvt",
    "n v t",
    "niet van toepassing",
    "niemand",
    "mezelf",
    "zelfstandige",
    "",
}
SHOWN = 8
SHORTEST = 2  # letters to search with
Kind = Organisation.Kind
_READ = ("name", "kind", "merged_into", "merged_on", "is_closed")


@dataclass(frozen=True)
class Meant:
    """The one organisation that is meant, or else those it could be."""

    one: Organisation | None = None
    choices: tuple[Organisation, ...] = ()


def suggestions(text: str, today: date) -> list[Organisation]:
    """Give the organisations of today whose name has these words, the shortest names first."""
    words = text.split()
    if sum(map(len, words)) < SHORTEST:
        return []
    rows = Organisation.objects.active_on(today)
    for word in words[:6]:
        rows = rows.filter(name__icontains=word)
    return sorted(rows[:200], key=lambda each: (not _starts(each, text), len(each.name), each.name))[:SHOWN]


def _starts(organisation: Organisation, text: str) -> bool:
    return organisation.name.casefold().startswith(text.strip().casefold())


def of_address(email: str, today: date) -> tuple[Organisation, ...]:
    """Give who uses the domain of an address, or the nearest domain above it, municipalities first."""
    written = domain(email)
    if written in PUBLIC_DOMAINS:
        return ()
    parts = written.split(".")
    above = [".".join(parts[start:]) for start in range(len(parts) - 1)]
    active = Organisation.objects.active_on(today)
    rows = MailDomain.objects.filter(domain__in=above, organisation__in=active)
    found = [(above.index(each.domain), each.organisation) for each in rows.select_related("organisation")]
    nearest = min((level for level, _ in found), default=0)
    users = {each.pk: each for level, each in found if level == nearest}.values()
    return tuple(sorted(users, key=lambda each: (each.kind != Kind.MUNICIPALITY, each.name))[:SHOWN])


def meant_by(text: str, today: date) -> Meant:
    """
    Tell which organisation a text names: one for sure, or several it could be.

    The name of a place alone means its municipality. A name that is gone means its successor.
    """
    if plain(text) in NONE:
        return Meant()
    kind, place = split_type(plain(text))
    words = (place or plain(text)).split()
    if not words:
        return Meant()
    near = _living(Organisation.objects.filter(name__icontains=max(words, key=len)).only(*_READ)[:200], today)
    exact = [each for gone, each in near if plain(gone.name) == plain(text)]
    wanted = kind or Kind.MUNICIPALITY
    exact += [each for gone, each in near if gone.kind == wanted and _place(gone) == place]
    exact = list(dict.fromkeys(exact))
    if len(exact) == 1:
        return Meant(one=exact[0])
    if exact:
        return Meant(choices=tuple(exact[:SHOWN]))
    inside = [each for gone, each in near if all(word in plain(gone.name) for word in words)]
    inside.sort(key=lambda each: (len(each.name), each.name))
    return Meant(choices=tuple(dict.fromkeys(inside))[:SHOWN] or _alike(text, today))


def _place(organisation: Organisation) -> str:
    written = plain(organisation.name)
    return split_type(written)[1] or written


def _living(rows: Iterable[Organisation], today: date) -> list[tuple[Organisation, Organisation]]:
    """Pair each with the organisation it is today; those that stopped are left out."""
    found = []
    for each in rows:
        now: Organisation | None = each
        while now and now.merged_on and now.merged_on <= today:
            now = now.merged_into
        if now and not now.is_closed:
            found.append((each, now))
    return found


def _alike(text: str, today: date) -> tuple[Organisation, ...]:
    """Give those whose name is most like a text that was misspelt; reads all organisations."""
    proposal = Directory().propose("", text)
    found = Organisation.objects.active_on(today).in_bulk(
        list(dict.fromkeys(pk for pk in (proposal.target, *proposal.choices) if pk))
    )
    return tuple(found.values())[:SHOWN]
