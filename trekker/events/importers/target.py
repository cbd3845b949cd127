"""Whom a row of a report can be tied to: a registration, or a participant still to be made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trekker.events.models import Attendance, Registration, Session
from trekker.imports.models import Import, Row

NEW = 10**17  # no record has such an id
Outcome = Row.Outcome


@dataclass(frozen=True)
class Target:
    """Someone to choose, with what tells those of the same name apart."""

    pk: int
    label: str

    def __str__(self) -> str:
        """Name them."""
        return self.label

    @classmethod
    def of(cls, registration: Registration) -> Target:
        """Name a registration by its person and organisation."""
        place = str(registration.organisation or registration.organisation_text or "")
        return cls(registration.pk, f"{registration.name} ({place})" if place else registration.name)


NEWCOMER = Target(NEW, "nieuwe deelnemer")


def targets_of(ids: Iterable[int]) -> dict[int, Target]:
    """Give the participants with these ids, and the newcomer if asked for."""
    wanted = sorted(set(ids))
    found = {NEW: NEWCOMER} if NEW in wanted else {}
    for start in range(0, len(wanted), 500):
        rows = Registration.objects.select_related("organisation").in_bulk(wanted[start : start + 500])
        found |= {pk: Target.of(each) for pk, each in rows.items()}
    return found


def session_of(draft: Import) -> Session:
    """Give the session that a file is about."""
    return Session.objects.select_related("event").get(pk=draft.options["session"])


def kept_by_hand(noted: Attendance, present: bool, minutes: int | None) -> bool:  # noqa: FBT001 - two plain facts
    """Tell whether someone noted something else by hand, which a file leaves alone."""
    if noted.source != Attendance.Source.HAND:
        return False
    if not noted.present:
        return present
    return not present or (noted.minutes is not None and noted.minutes != minutes)


def outcome_of(noted: Attendance | None, present: bool, minutes: int | None) -> Outcome:  # noqa: FBT001 - two plain facts
    """Tell what noting this does to what was noted before."""
    if noted is None:
        return Outcome.NEW
    same = noted.present == present and (noted.minutes == minutes or not present)
    return Outcome.UNCHANGED if same or kept_by_hand(noted, present, minutes) else Outcome.CHANGED
