"""Which organisation a mail address and a text point at, and how sure that is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from trekker.imports.models import Row
from trekker.imports.registry import normal
from trekker.network.importers.public_domains import PUBLIC_DOMAINS
from trekker.organisations.models import MailDomain, Organisation

State = Row.State
Kind = Organisation.Kind
LIKELY = 80  # of 100, the likeness from which a name is worth proposing
POSSIBLE = 62
SHOWN = 5
# What people call a kind of organisation before or after the name of the place; first hit counts.
TYPES: tuple[tuple[Kind, str], ...] = (
    (Kind.MUNICIPALITY, r"(?:gemeente|stad|lokaal bestuur) (?:en|&) (?:het )?ocmw|gemeente ocmw|stad ocmw"),
    (Kind.OCMW, r"o ?c ?m ?w|openbaar centrum voor maatschappelijk welzijn|sociaal huis"),
    (Kind.DISTRICT, r"districts?(?:bestuur)?"),
    (Kind.PROVINCE, r"provincie(?:bestuur)?"),
    (Kind.MUNICIPAL_AGENCY, r"agb|ag|autonoom gemeentebedrijf"),
    (Kind.MUNICIPALITY, r"gemeente(?:bestuur)?|stads?(?:bestuur)?|lokaal bestuur|stadhuis|gemeentehuis"),
)
TYPE_WORDS = ("gemeente", "gemeentebestuur", "stadsbestuur", "provincie", "provinciebestuur", "district")
MISSPELT = 85  # of 100
SHORTEST = 3  # letters; a shorter name stands in too many texts to say anything
JOINTS = re.compile(r"\s[-–—|/]+\s|[,;(|]")


@dataclass(frozen=True)
class Proposal:
    """
    The organisation proposed, with the others it could be.

    Rows with the same ``group`` are decided alike; ``by_text`` tells that the row itself names the
    organisation, so that it counts beside a position the person has already.
    """

    state: State
    target: int | None = None
    choices: tuple[int, ...] = ()
    group: str = ""
    by_text: bool = False


@dataclass(frozen=True)
class Named:
    """Which organisations a text names: one for sure, or several by likeness, best first."""

    exact: int | None = None
    likely: tuple[int, ...] = ()
    possible: tuple[int, ...] = ()


def plain(text: str) -> str:
    """Write a name so that spellings of the same name become equal."""
    return re.sub(r"\bst\b", "sint", normal(text))


def _mended(text: str) -> str:
    """Write misspelt words for a kind of organisation as they should be."""
    words = text.split()
    for place, word in enumerate(words):
        found = process.extractOne(word, TYPE_WORDS, scorer=fuzz.ratio, score_cutoff=MISSPELT)
        if found:
            words[place] = found[0]
    return " ".join(words)


def split_type(text: str) -> tuple[Kind | None, str]:
    """Take the kind of organisation out of a plain text; gives the kind and the rest."""
    for kind, pattern in TYPES:
        rest, found = re.subn(rf"\b(?:{pattern})\b(?: (?:van|te|der)\b)?", " ", text, count=1)
        if found:
            return kind, " ".join(rest.split())
    return None, text


class Directory:
    """Every organisation by name and mail domain, read once for a whole file."""

    def __init__(self) -> None:
        """Read the organisations and their domains."""
        fields = ("pk", "name", "kind", "merged_into", "is_closed")
        self.kinds: dict[int, str] = {}
        self.active: set[int] = set()
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_place: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.by_domain: dict[str, list[int]] = defaultdict(list)
        for pk, name, kind, merged_into, is_closed in Organisation.objects.order_by("pk").values_list(
            *fields
        ):
            self.kinds[pk] = kind
            if merged_into is None and not is_closed:
                self.active.add(pk)
            written = plain(name)
            self.by_name[written].append(pk)
            self.by_place[kind][split_type(written)[1] or written].append(pk)
        for domain, pk in MailDomain.objects.order_by("pk").values_list("domain", "organisation"):
            self.by_domain[domain.strip().casefold()].append(pk)
        self.propose = lru_cache(maxsize=20_000)(self._propose)
        self.named = lru_cache(maxsize=20_000)(self._named)

    def _first(self, ids: Iterable[int]) -> int | None:
        """Give the one that is meant: the active one, when one of them is."""
        found = list(ids)
        active = [pk for pk in found if pk in self.active]
        return next(iter(active or found), None) if len(active) <= 1 else None

    def _of_domain(self, domain: str) -> list[int]:
        """Give who uses a mail domain, or the nearest domain above it, municipalities first."""
        if domain in PUBLIC_DOMAINS:
            return []
        while domain.count("."):
            if found := self.by_domain.get(domain):
                active = [pk for pk in found if pk in self.active] or found
                return sorted(active, key=lambda pk: (self.kinds[pk] != Kind.MUNICIPALITY, pk))
            domain = domain.partition(".")[2]
        return []

    def _exact(self, text: str) -> int | None:
        if (found := self._first(self.by_name.get(text, []))) and len(self.by_name[text]) == 1:
            return found
        kind, place = split_type(text)
        # A bare place name means its municipality; «gemeente X» too.
        places = self.by_place[kind or Kind.MUNICIPALITY]
        return self._first(places.get(place, [])) or found

    def _named(self, text: str) -> Named:
        """Tell which organisations a text names."""
        segments = dict.fromkeys([plain(text), *map(plain, JOINTS.split(text))])
        for segment in segments:
            if segment and (exact := self._exact(segment)):
                return Named(exact=exact)
        kind, place = split_type(_mended(plain(text)))
        if not place:
            return Named()
        pool = self.by_place[kind] if kind else self.by_name
        inside = self._places_inside(plain(text), kind)
        scored = process.extract(place, list(pool), scorer=fuzz.ratio, limit=SHOWN, score_cutoff=POSSIBLE)
        likely = [pk for name, score, _ in scored if score >= LIKELY for pk in pool[name]]
        possible = [pk for name, score, _ in scored if score < LIKELY for pk in pool[name]]
        return Named(
            likely=tuple(dict.fromkeys([*inside, *likely]))[:SHOWN],
            possible=tuple(dict.fromkeys(possible))[:SHOWN],
        )

    def _places_inside(self, text: str, kind: Kind | None) -> list[int]:
        """Find the municipality whose name stands within a longer text; the longest name counts."""
        words = text.split()
        places = self.by_place[kind or Kind.MUNICIPALITY]
        for length in range(min(len(words), 5), 0, -1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                if len(name) > SHORTEST and (found := self._first(places.get(name, []))):
                    return [found]
        return []

    def _propose(self, domain: str, text: str) -> Proposal:
        """Propose an organisation from a mail domain and from the text a row has for it."""
        by_domain = self._of_domain(domain)
        named = self.named(text) if text else Named()
        own_domain = domain not in PUBLIC_DOMAINS
        group = f"{plain(text)[:150]} @{domain}" if own_domain else plain(text)[:290]
        if named.exact or named.likely:
            return self._named_proposal(named, by_domain, group)
        if by_domain:
            state = State.CERTAIN if len(by_domain) == 1 else State.DOUBTFUL
            return Proposal(state, by_domain[0], tuple(by_domain[:SHOWN]), f"@{domain}")
        return Proposal(State.UNKNOWN, None, named.possible, f"@{domain}" if own_domain else group)

    def _named_proposal(self, named: Named, by_domain: list[int], group: str) -> Proposal:
        """Weigh what the text names against what the domain says."""
        if named.exact and (not by_domain or named.exact in by_domain or named.exact not in self.active):
            return Proposal(State.CERTAIN, named.exact, (named.exact,), by_text=True)
        first = named.exact or named.likely[0]
        if first in by_domain:
            return Proposal(State.CERTAIN, first, named.likely, by_text=True)
        choices = tuple(dict.fromkeys([first, *named.likely, *by_domain]))
        return Proposal(State.DOUBTFUL, first, choices[:SHOWN], group, by_text=True)

    def search(self, text: str, limit: int = 20) -> list[int]:
        """Give the organisations whose name is most like a text, best first."""
        wanted = plain(text)
        inside = [name for name in self.by_name if wanted in name]
        alike: Sequence[tuple[str, float, int]] = process.extract(
            wanted, list(self.by_name), scorer=fuzz.ratio, limit=limit, score_cutoff=POSSIBLE
        )
        names = dict.fromkeys([*sorted(inside, key=len), *(name for name, _, _ in alike)])
        return [pk for name in names for pk in self.by_name[name]][:limit]
