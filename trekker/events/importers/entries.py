"""What one row of a report or list tells: who, how long, in what role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from trekker.events.formats.attendancefile import UNSAID, is_leading, is_phone, spans_of
from trekker.events.formats.reporttimes import Span, length, minutes, seconds_of, union
from trekker.imports.registry import Field, Format, normal
from trekker.people.addresses import NotAnAddress, address

YES = {"ja", "j", "x", "1", "yes", "y", "oui", "aanwezig", "present", "ok", "v"}
NO = {"nee", "neen", "n", "0", "no", "non", "afwezig", "absent", "verontschuldigd"}
NAME_LENGTH = 100

FIELDS = (
    Field(
        code="name",
        label="naam",
        words=("volledige naam", "name", "full name", "nom", "deelnemer", "naam en voornaam", "participant"),
        required=True,
    ),
    Field(
        code="email",
        label="mailadres",
        words=("email", "e-mail", "mail", "e-mailadres", "email address", "user email", "courriel"),
        stands_in_for="name",
    ),
    Field(code="first_name", label="voornaam", words=("first name", "prenom"), stands_in_for="name"),
    Field(code="last_name", label="achternaam", words=("last name", "familienaam", "surname")),
    Field(code="minutes", label="minuten", words=("duur", "duration", "duration minutes", "aantal minuten")),
    Field(
        code="present", label="aanwezig, ja of nee", words=("aanwezig", "aanwezigheid", "present", "attended")
    ),
    Field(code="organisation", label="organisatie", words=("organisation", "bestuur", "gemeente", "company")),
    Field(code="role", label="rol", words=("role", "rolle")),
    Field(code="spans", label="was er van en tot", words=("van en tot",)),
)
FORMATS = (
    Format(
        code="report",
        label="Verslag van een online vergadering",
        headings=("Naam", "Minuten", "Was er van en tot"),
        columns={
            "name": "Naam",
            "email": "Mailadres",
            "minutes": "Minuten",
            "role": "Rol",
            "organisation": "Organisatie",
            "spans": "Was er van en tot",
        },
    ),
)


class RowRefused(Exception):
    """A row cannot be read; the text says why, in Dutch."""


@dataclass(frozen=True)
class Entry:
    """
    One row, read. ``minutes`` is empty for who was there the whole time.

    ``unsaid`` tells that a report names someone without saying for how long, and ``leads`` that its
    role is that of an organiser or presenter.
    """

    name: str
    email: str = ""
    minutes: int | None = None
    unsaid: bool = False
    present: bool = True
    role: str = ""
    organisation: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def leads(self) -> bool:
        """Whether the role is that of an organiser or presenter."""
        return is_leading(self.role)

    @property
    def is_phone(self) -> bool:
        """Whether the name is the number someone dialled in with."""
        return is_phone(self.name)

    @property
    def was_there(self) -> bool:
        """Whether they were there at all during the session."""
        return self.present and self.minutes != 0

    @property
    def group(self) -> str:
        """What stands for this guest in a remembered decision; nobody can read a name from it."""
        return salted_hmac(
            "trekker.events.guest", self.email or normal(self.name), algorithm="sha256"
        ).hexdigest()

    @property
    def first_and_last(self) -> tuple[str, str]:
        """The name in two parts: the first word is the first name, unless a comma says otherwise."""
        if "," in self.name:
            last, _, first = self.name.partition(",")
        else:
            first, _, last = self.name.partition(" ")
        return first.strip()[:NAME_LENGTH], last.strip()[:NAME_LENGTH]

    @property
    def says(self) -> str:
        """How long they were there, in words."""
        if not self.present:
            return "Afwezig."
        if self.unsaid:
            return "Het verslag zegt niet hoelang."
        if self.minutes is None:
            return "De hele sessie."
        return f"{self.minutes} minuten."


def read_entry(values: Mapping[str, str]) -> Entry:
    """
    Read one row.

    :raises RowRefused: if it names nobody, or its minutes or yes and no cannot be read
    """
    name, email = _who(values)
    minutes_there, unsaid = _minutes(values.get("minutes", ""))
    return Entry(
        name=name,
        email=email,
        minutes=minutes_there,
        unsaid=unsaid,
        present=_present(values.get("present", "")),
        role=values.get("role", "")[:NAME_LENGTH],
        organisation=values.get("organisation", "")[:200],
        spans=tuple(spans_of(values.get("spans", ""))),
    )


def _who(values: Mapping[str, str]) -> tuple[str, str]:
    parts = [values.get("first_name", ""), values.get("last_name", "")]
    name, email = values.get("name") or " ".join(filter(None, parts)), values.get("email", "")
    if "@" in name and not email:
        name, email = "", name
    try:
        email = address(email) if email else ""
    except NotAnAddress as problem:
        if not name:
            raise RowRefused(str(problem)) from None
        email = ""
    if not name and not email:
        raise RowRefused("Op deze rij staat geen naam en geen mailadres.")
    return name[: 2 * NAME_LENGTH] or email.partition("@")[0], email


def _minutes(text: str) -> tuple[int | None, bool]:
    if text in {"", UNSAID}:
        return None, text == UNSAID
    number = text.replace(",", ".")
    if number.replace(".", "", 1).isdigit():
        return round(float(number)), False
    seconds = seconds_of(text)
    if seconds is None:
        raise RowRefused(f"De minuten “{text[:40]}” zijn niet herkend. Schrijf een getal.")
    return minutes(seconds), False


def _present(text: str) -> bool:
    word = normal(text)
    if word and word not in YES | NO:
        raise RowRefused(f"“{text[:40]}” zegt niet of iemand er was. Schrijf ja of nee.")
    return word not in NO


def together(entries: Iterable[Entry], most: int) -> int | None:
    """Give the minutes of someone on several rows: no moment counts twice, nor more than ``most``."""
    there = [each for each in entries if each.was_there]
    stated = [each.minutes for each in there]
    if any(each is None for each in stated):
        return None
    total = sum(filter(None, stated))
    if all(each.spans for each in there):
        laid = minutes(length(union(span for each in there for span in each.spans)))
        total = min(total, laid)
    return min(total, most)
