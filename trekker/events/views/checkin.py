"""Checking in at the door, on a phone, also when the connection drops."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trekker.events.actions.attendance import Mark, Unregistered, add_unexpected, record_attendance
from trekker.events.forms.attendance import ADD_AGAIN, AtTheDoor, session_label
from trekker.events.models import Attendance, Registration, Session
from trekker.events.queries import attendance as queries
from trekker.events.queries import suggesting
from trekker.events.views.office import changeable
from trekker.kernel.access import Permission, access
from trekker.kernel.numbers import whole_number

CHECK_IN = Attendance.Source.CHECK_IN
LARGEST = 2**63 - 1  # id
AT_ONCE = 200  # ticks that one request may bring
OLDEST = timedelta(days=30)  # a phone whose clock was set back says more
GONE = "Deze persoon is intussen uitgeschreven. Voeg de naam toe bij wie niet op de lijst staat."
UNREADABLE = "Dit is niet leesbaar aangekomen. Tik de naam nog eens aan."


@access(Permission.EVENTS_LEAD)
@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the session that is nearest in time."""
    event, now = changeable(request, pk), timezone.now()
    sessions = sorted(event.sessions.all(), key=lambda each: _distance(each, now))
    if not sessions:
        return redirect("event:inspect", event.pk)
    return redirect("participants:check_in", event.pk, sessions[0].pk)


def _distance(session: Session, now: datetime) -> timedelta:
    if session.starts_at <= now <= session.ends_at:
        return timedelta(0)
    return min(abs(session.starts_at - now), abs(session.ends_at - now))


def _session(request: HttpRequest, pk: int, session: int) -> Session:
    event = changeable(request, pk)
    found = get_object_or_404(event.sessions, pk=session)
    found.event = event
    return found


@never_cache
@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """Show everyone with a big button; without script each button sends one tick."""
    sitting = _session(request, pk, session)
    sent = request.POST if "first_name" in request.POST else None
    form = AtTheDoor(sent, initial={"ticket": token_urlsafe(18)})
    asked = request.GET.get("zoek", "").strip()[:100]
    if request.method == "POST":
        now = timezone.now()
        if form.is_bound and form.is_valid():
            try:
                _add(request, sitting, form.cleaned_data, now)
            except Unregistered:
                form = AtTheDoor({**form.cleaned_data, "ticket": token_urlsafe(18)})
                form.add_error(None, ADD_AGAIN)
        elif not form.is_bound:
            _tick(request, sitting, now)
        if not form.errors:
            query = f"?{urlencode({'zoek': asked})}" if asked else ""
            return redirect(reverse("participants:check_in", args=[pk, session]) + query)
    people = queries.with_attendance(sitting, list(queries.expected(sitting.event)))
    if asked:
        found = {each.pk for each in queries.Roll(sitting.event_id).matching(asked)}
        people = [each for each in people if each.registration.pk in found]
    shown = {
        "event": sitting.event,
        "session": sitting,
        "label": session_label(sitting),
        "people": people,
        "present": sum(each.state == "ja" for each in people),
        "others": [(each, session_label(each)) for each in sitting.event.sessions.all() if each != sitting],
        "form": form,
        "asked": asked,
    }
    return render(request, "events/checkin/page.html", shown)


def _tick(request: HttpRequest, session: Session, now: datetime) -> None:
    present = bool(request.POST.get("in"))
    key = whole_number(request.POST.get("in" if present else "uit", ""))
    if key is not None:
        marks = {key: Mark(present=present)}
        record_attendance(session=session, marks=marks, source=CHECK_IN, by=request.user, now=now)


def _add(request: HttpRequest, session: Session, facts: dict[str, Any], at: datetime) -> Registration:
    organisation = suggesting.meant_by(facts["organisation_text"], timezone.localdate(at)).one
    return add_unexpected(
        session=session, **facts, organisation=organisation, source=CHECK_IN, by=request.user, now=at
    )


@access(Permission.EVENTS_LEAD)
@require_POST
def ticks(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """
    Take in ticks that a phone kept; the same one twice counts once.

    Each has its own id and says how many seconds ago it was made, so that a phone whose clock is
    wrong does no harm. Answers which arrived, and which cannot be taken, with the reason.
    """
    sitting, now = _session(request, pk, session), timezone.now()
    try:
        sent = json.loads(request.body)["ticks"][:AT_ONCE]
        known = [each for each in sent if isinstance(each, dict) and isinstance(each.get("id"), str)]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": UNREADABLE}, status=400)
    done: dict[str, int | None] = {}
    refused: dict[str, str] = {}
    for each in known:
        reason = _take_alone(request, sitting, each, now, done)
        if reason:
            refused[each["id"]] = reason
    present = sitting.attendances.filter(present=True).count()
    return JsonResponse({"done": done, "refused": refused, "present": present})


def _take_alone(
    request: HttpRequest, session: Session, sent: dict[str, Any], now: datetime, done: dict[str, int | None]
) -> str:
    """Take one tick in by itself, so that one the database refuses does not hold up the others."""
    try:
        with transaction.atomic():
            return _take(request, session, sent, now, done)
    except IntegrityError:
        return GONE


def _take(
    request: HttpRequest, session: Session, sent: dict[str, Any], now: datetime, done: dict[str, int | None]
) -> str:
    """Take one tick in; gives why not, if it cannot be."""
    try:
        age = timedelta(seconds=max(float(sent.get("age", 0)), 0))
    except (TypeError, ValueError, OverflowError):
        age = OLDEST
    at = now - min(age, OLDEST)
    if "first_name" in sent:
        form = AtTheDoor({**sent, "ticket": sent["id"][:40]})
        if not form.is_valid():
            return str(next(iter(form.errors.values()))[0])
        try:
            done[sent["id"]] = _add(request, session, form.cleaned_data, at).pk
        except Unregistered:
            return GONE
        return ""
    key = sent.get("registration")
    if not isinstance(key, int) or abs(key) > LARGEST:
        return GONE
    if not queries.expected(session.event).filter(pk=key).exists():
        return GONE
    marks = {key: Mark(present=bool(sent.get("present")))}
    record_attendance(session=session, marks=marks, source=CHECK_IN, by=request.user, now=at)
    done[sent["id"]] = key
    return ""
