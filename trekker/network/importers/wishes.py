"""What a row asks: who it is about, whether they are on the list, since when, and with what consent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.utils import timezone

from trekker.people.addresses import NotAnAddress, address

GUEST = re.compile(r"(?P<local>.+)_(?P<domain>[^_@#]+)#ext#@.+", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
LENGTHS = {
    "first_name": ("De voornaam", 100),
    "last_name": ("De achternaam", 100),
    "phone": ("Het telefoonnummer", 40),
    "function": ("De functie", 150),
    "policy_domain": ("Het beleidsdomein", 100),
}
EMAIL_LENGTH = 254
CENTURY = 100  # a year under this was written with two figures
SHORT = 4  # letters; a word this short must be all that the cell says


class Standing(StrEnum):
    """How someone stands on a list; the value is kept with the import."""

    SUBSCRIBED = "SUBSCRIBED"
    UNSUBSCRIBED = "UNSUBSCRIBED"
    BOUNCED = "BOUNCED"


# The longest word first: «unsubscribed» holds «subscribed».
WORDS = (
    (Standing.UNSUBSCRIBED, ("unsubscribed", "uitgeschreven", "opt out", "afgemeld")),
    (Standing.BOUNCED, ("cleaned", "bounced", "onbestelbaar", "ongeldig")),
    (Standing.UNSUBSCRIBED, ("nonsubscribed", "non subscribed", "niet ingeschreven", "nee", "no")),
    (Standing.SUBSCRIBED, ("subscribed", "ingeschreven", "actief", "active", "lid", "ja", "yes")),
)


class RowRefused(Exception):
    """A row cannot be taken in; the text says why, in Dutch."""


@dataclass(frozen=True)
class List:
    """
    What holds for the whole list: its reference day, how its people stand, and whether times are UTC.

    ``today`` bounds the days that rows may name.
    """

    on: date
    today: date
    standing: Standing
    utc: bool


@dataclass(frozen=True)
class Wish:
    """One row, read: an empty text or day means that the row does not say."""

    email: str
    standing: Standing
    facts: dict[str, str]
    function: str = ""
    policy_domain: str = ""
    organisation: str = ""
    since: date | None = None
    consent_at: datetime | None = None
    consent_text: str = ""
    ended_on: date | None = None


def guest_address(upn: str) -> str:
    """Give the real address behind the sign-in name of a guest: the last underscore is the @."""
    found = GUEST.fullmatch(upn.strip())
    return f"{found['local']}@{found['domain']}" if found else upn


def guest_mark(email: str) -> str:
    """Give how the sign-in name of a guest with this address starts."""
    local, _, host = email.rpartition("@")
    return f"{local}_{host}#ext#"


@lru_cache(maxsize=4_096)
def moment(text: str, *, utc: bool) -> tuple[date, datetime | None]:
    """
    Read a day, written the ISO or the Belgian way, and its time where one is given.

    :raises RowRefused: if there is no such day
    """
    try:
        if found := DAY.fullmatch(text):
            day, month, year, hour, minute, second = (int(part) if part else 0 for part in found.groups())
            read = datetime(year + 2000 if year < CENTURY else year, month, day, hour, minute, second)  # noqa: DTZ001 - zone below
            has_time = found[4] is not None
        else:
            read = datetime.fromisoformat(text)
            has_time = len(text) > len("2026-01-01")
    except ValueError:
        raise RowRefused(f"De datum “{text[:40]}” is niet herkend. Schrijf ze als dag/maand/jaar.") from None
    if not has_time:
        return read.date(), None
    if timezone.is_naive(read):
        read = read.replace(tzinfo=UTC) if utc else timezone.make_aware(read)
    return timezone.localdate(read), read


@lru_cache(maxsize=1_024)
def _standing(text: str, otherwise: Standing) -> Standing:
    if not text:
        return otherwise
    found = " ".join(re.sub(r"[^\w]|_", " ", text.casefold()).split())
    for standing, words in WORDS:
        if found in words or any(len(word) > SHORT and re.search(rf"\b{word}\b", found) for word in words):
            return standing
    raise RowRefused(f"“{text[:40]}” zegt niet of iemand ingeschreven is.")


def _names(values: dict[str, str]) -> tuple[str, str]:
    first, last, full = (values.get(code, "") for code in ("first_name", "last_name", "full_name"))
    if last or not full or "@" in full:
        return first, last
    if first:
        # Beside a column «voornaam», a column «naam» mostly holds the other half of the name.
        return first, full.removeprefix(first).removesuffix(first).strip(" ,")
    if "," in full:
        last, _, first = full.partition(",")
    else:
        first, _, last = full.partition(" ")
    return first.strip(), last.strip()


def email_of(values: dict[str, str]) -> str:
    """
    Give the address of a row, from its address or from the sign-in name of a guest.

    :raises RowRefused: if neither is a valid address
    """
    try:
        found = address(values.get("email") or guest_address(values.get("upn", "")))
    except NotAnAddress as problem:
        raise RowRefused(str(problem)) from None
    if len(found) > EMAIL_LENGTH:
        raise RowRefused("Dit mailadres is te lang.")
    return found


def read_wish(values: dict[str, str], of: List) -> Wish:
    """
    Read one row.

    :raises RowRefused: if it has no valid address, names no possible day, or a text is too long
    """
    email = email_of(values)
    first, last = _names(values)
    texts = {**values, "first_name": first, "last_name": last}
    for code, (label, length) in LENGTHS.items():
        if len(texts.get(code, "")) > length:
            raise RowRefused(f"{label} is langer dan {length} tekens.")
    since = consent_at = ended_on = None
    if text := values.get("confirmed") or values.get("since"):
        since, consent_at = moment(text, utc=of.utc)
    if text := values.get("ended") or values.get("cleaned"):
        ended_on, _ = moment(text, utc=of.utc)
    standing = _standing(values.get("status", ""), of.standing)
    if standing is Standing.SUBSCRIBED and ended_on:
        standing = Standing.UNSUBSCRIBED
    if standing is not Standing.SUBSCRIBED and not ended_on and (text := values.get("changed")):
        ended_on, _ = moment(text, utc=of.utc)
    if max(since or of.today, ended_on or of.today) > of.today + timedelta(days=1):
        raise RowRefused("Een datum op deze rij ligt in de toekomst.")
    return Wish(
        email=email,
        standing=standing,
        facts={"first_name": first, "last_name": last, "phone": values.get("phone", "")},
        function=values.get("function", ""),
        policy_domain=values.get("policy_domain", ""),
        organisation=values.get("organisation", ""),
        since=since,
        consent_at=consent_at,
        consent_text=values.get("consent_text", ""),
        ended_on=ended_on,
    )
