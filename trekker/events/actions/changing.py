"""Making and changing events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from trekker.events import registry
from trekker.events.actions.states import NotReady
from trekker.events.models import Event, Registration, Session, SignUpQuestion
from trekker.events.queries.events import missing
from trekker.kernel import audit
from trekker.kernel.models import AnyAccount
from trekker.organisations.models import Organisation
from trekker.themes.models import Theme

ADDED = audit.act("events.added", "activiteit gemaakt")
CHANGED = audit.act("events.changed", "activiteit verbeterd")
FACTS = (
    *("title", "kind", "our_role", "format", "visibility", "on_request", "purpose", "course", "series"),
    *("idea", "summary", "description", "place", "address", "municipality", "region", "access_note"),
    *("online_link", "contact_name", "contact_email", "contact_phone", "price", "external_url"),
    *("min_registrations", "max_registrations", "max_online", "waiting_list", "deadline_at", "asks_case"),
    *("asks_diet", "consent_text", "asks_feedback"),
)
LINKS = ("organisers", "partners", "leads", "themes", "audiences")
# What an event of a kind starts with, unless its maker says otherwise.
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    Event.Kind.INTERVISION: {"min_registrations": 3, "max_registrations": 10, "asks_case": True},
    Event.Kind.FOCUS_GROUP: {"min_registrations": 4, "max_registrations": 12},
    Event.Kind.STUDY_VISIT: {"max_registrations": 25},
}
WEEK, NOON = timedelta(days=7), time(12, 0)
LONGEST = 100  # characters of a title in an address


class NeedsADay(Exception):
    """An event that people can come to would lose its day."""


class HasRegistrations(Exception):
    """An event for which people are registered would lose its day."""


class HasAttendance(Exception):
    """A session would go of which someone noted who was there; its argument is the session."""


class ChangedMeanwhile(Exception):
    """Someone changed the event after it was shown; its argument is the line of the log that says so."""


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """A session as it should be; without ``pk`` it is new, without ``hours`` it counts from start to end."""

    starts_at: datetime
    ends_at: datetime
    hours: Decimal | None = None
    title: str = ""
    theme: Theme | None = None
    pk: int | None = None

    def facts(self) -> dict[str, Any]:
        """Give what the session holds."""
        lasts = Decimal(int((self.ends_at - self.starts_at).total_seconds())) / 3600
        hours = round(lasts, 2) if self.hours is None else self.hours
        return {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "hours": hours,
            "title": self.title,
            "theme": self.theme,
        }


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question of the organiser as it should be; without ``pk`` it is new."""

    label: str
    kind: str = SignUpQuestion.Kind.TEXT
    options: str = ""
    required: bool = False
    pk: int | None = None


@transaction.atomic
def create_event(
    *,
    title: str,
    kind: str,
    sessions: Sequence[Sitting] = (),
    questions: Sequence[Asked] = (),
    by: AnyAccount,
    now: datetime,
    **facts: Any,
) -> Event:
    """
    Make an event: planned when it has a day, else an idea.

    What is not given follows from the kind. The maker leads it and is the contact; who organises
    it follows from the maker's mail domain.
    """
    links = {name: list(facts.pop(name)) for name in LINKS if name in facts}
    facts = {**DEFAULTS.get(kind, {}), **_contact(by), **facts}
    if kind == Event.Kind.INTERVISION and sessions:
        facts.setdefault("deadline_at", _proposed_deadline(sessions, now))
    event = Event(title=title, kind=kind, created_by_id=by.pk if by else None, created_at=now)
    for name in set(facts) & set(FACTS):
        setattr(event, name, facts[name])
    event.state = Event.State.PLANNED if sessions else Event.State.IDEA
    _settle_days(event, sessions)
    _settle_place(event)
    event.slug = _slug(event)
    event.save(force_insert=True)
    links.setdefault("leads", [by] if by else [])
    links.setdefault("organisers", _home_of(by))
    _keep_links(event, links)
    _keep_sessions(event, sessions)
    _keep_questions(event, questions)
    audit.record(ADDED, event, by=by, at=now)
    return event


@transaction.atomic
def change_event(
    *,
    event: Event,
    facts: Mapping[str, Any],
    sessions: Sequence[Sitting] | None = None,
    questions: Sequence[Asked] | None = None,
    seen: int | None = None,
    by: AnyAccount,
    now: datetime,
) -> Event:
    """
    Write other facts about an event, and tell who listens what changed.

    Without ``sessions`` or ``questions`` these stay as they are. ``seen`` is the number of the last
    change that was shown (see :func:`last_change`), 0 for none; without it nobody was shown any.

    :raises ChangedMeanwhile: if there is a later change than the one that was shown
    :raises NeedsADay: if people can come to it and no session would stay
    :raises HasRegistrations: if people are registered and no session would stay
    :raises HasAttendance: if a session would go of which attendance is known
    :raises NotReady: if people can register and would miss something they do not miss now
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    _check_seen(event, seen)
    before = {name: getattr(event, name) for name in (*FACTS, "starts_at", "ends_at")}
    announced, lacked = _is_announced(event), missing(event)
    for name in set(facts) & set(FACTS):
        setattr(event, name, facts[name])
    other = _keep_links(event, {name: facts[name] for name in LINKS if name in facts})
    if questions is not None and _keep_questions(event, questions):
        other.append("questions")
    was = list(event.sessions.values_list("starts_at", "ends_at"))
    if sessions is not None:
        if not sessions and event.state in {Event.State.OPEN, Event.State.CONFIRMED, Event.State.HELD}:
            raise NeedsADay
        if (
            not sessions
            and was
            and event.registrations.exclude(status=Registration.Status.CANCELLED).exists()
        ):
            raise HasRegistrations
        if _keep_sessions(event, sessions):
            other.append("sessions")
        _settle_days(event, sessions)
    _settle_place(event)
    lacks = [each for each in missing(event) if each not in lacked]
    if lacks and event.state in {Event.State.OPEN, Event.State.CONFIRMED}:
        raise NotReady(lacks)
    changed = {name: earlier for name, earlier in before.items() if getattr(event, name) != earlier}
    hides = event.visibility == Event.Visibility.BY_LINK and "visibility" in changed
    if hides or (not announced and "title" in changed):
        event.slug = _slug(event)
    event.save()
    times = list(event.sessions.values_list("starts_at", "ends_at"))
    if changed or other:
        audit.record(CHANGED, event, by=by, at=now, fields=sorted({*changed, *other}))
        what = changed | ({"sessions": was} if was != times else {})
        registry.tell(registry.Change.CHANGED, event, what=what, by=by, now=now)
    return event


def last_change(event: Event) -> Any:
    """Give the line of the log of the last time someone changed the facts of an event, if anyone did."""
    return audit.lines_of([event]).filter(action=CHANGED).first()


def _check_seen(event: Event, seen: int | None) -> None:
    if seen is not None and (line := last_change(event)) and line.pk != seen:
        raise ChangedMeanwhile(line)


def _is_announced(event: Event) -> bool:
    return event.state != Event.State.IDEA and event.visibility != Event.Visibility.INTERNAL


def _contact(by: AnyAccount) -> dict[str, str]:
    return {"contact_name": str(by), "contact_email": by.email} if by else {}


def _home_of(by: AnyAccount) -> list[Organisation]:
    """Give the organisation of the maker's mail domain, if there is exactly one."""
    if not by:
        return []
    domain = by.email.rpartition("@")[2]
    found = list(Organisation.objects.filter(mail_domains__domain=domain, is_closed=False).distinct()[:2])
    return found if len(found) == 1 else []


def _proposed_deadline(sessions: Sequence[Sitting], now: datetime) -> datetime | None:
    """Give noon a week before, so that there is time to say whether it goes on."""
    first = timezone.localdate(min(each.starts_at for each in sessions))
    deadline = timezone.make_aware(datetime.combine(first - WEEK, NOON))
    return deadline if deadline > now else None


def _slug(event: Event) -> str:
    """Make an address that no other event has; what goes by link alone cannot be guessed."""
    start = slugify(event.title)[:LONGEST].strip("-") or slugify(event.get_kind_display())
    if event.visibility == Event.Visibility.BY_LINK:
        return f"{start[: LONGEST - 1]}-{token_hex(8)}"
    day = f"-{timezone.localdate(event.starts_at)}" if event.starts_at else ""
    tries = [start, f"{start}{day}", *(f"{start}{day[:5]}-{number}" for number in range(2, 100))]
    taken = set(
        Event.objects.filter(slug__startswith=start).exclude(pk=event.pk).values_list("slug", flat=True)
    )
    return next((each for each in tries if each not in taken), f"{start}-{token_hex(8)}")


def _settle_days(event: Event, sessions: Sequence[Sitting]) -> None:
    event.starts_at = min((each.starts_at for each in sessions), default=None)
    event.ends_at = max((each.ends_at for each in sessions), default=None)


def _settle_place(event: Event) -> None:
    if event.municipality:
        event.region = event.municipality.region or event.region
    if event.format != Event.Format.HYBRID:
        event.max_online = None


def _keep_links(event: Event, links: Mapping[str, Iterable[Any]]) -> list[str]:
    """Make these the links; names those that changed."""
    changed = []
    for name, wanted in links.items():
        related = getattr(event, name)
        keys = {each.pk for each in wanted}
        if keys != set(related.values_list("pk", flat=True)):
            related.set(keys)
            changed.append(name)
    return changed


def _keep_sessions(event: Event, sessions: Sequence[Sitting]) -> bool:
    """
    Make these the sessions; tells whether that changed any.

    :raises HasAttendance: if one would go of which attendance is known
    """
    known = {each.pk: each for each in event.sessions.all()}
    kept = {each.pk for each in sessions}
    changed = False
    for gone in (each for pk, each in known.items() if pk not in kept):
        if gone.attendance_at or gone.attendances.exists():
            raise HasAttendance(gone)
        gone.delete()
        changed = True
    for each in sessions:
        session = known.get(each.pk or 0) or Session(event=event)
        facts = each.facts()
        if session.pk and all(getattr(session, name) == value for name, value in facts.items()):
            continue
        for name, value in facts.items():
            setattr(session, name, value)
        session.save()
        changed = True
    return changed


def _keep_questions(event: Event, questions: Sequence[Asked]) -> bool:
    """Make these the questions, in this order; tells whether that changed any."""
    known = {each.pk: each for each in event.questions.all()}
    gone = [pk for pk in known if pk not in {each.pk for each in questions}]
    event.questions.filter(pk__in=gone).delete()
    changed = bool(gone)
    for place, each in enumerate(questions):
        question = known.get(each.pk or 0) or SignUpQuestion(event=event)
        facts = {"label": each.label, "kind": each.kind, "options": each.options, "required": each.required}
        facts["position"] = place
        if question.pk and all(getattr(question, name) == value for name, value in facts.items()):
            continue
        for name, value in facts.items():
            setattr(question, name, value)
        question.save()
        changed = True
    return changed
