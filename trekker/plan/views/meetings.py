"""The regular talk about the plan: list, page, minutes, agreements, closing and opening again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trekker.kernel.access import Permission, access
from trekker.kernel.numbers import whole_number
from trekker.plan.actions import meetings as acting
from trekker.plan.actions.meetings import About
from trekker.plan.forms import meetings as forms
from trekker.plan.models import Agreement, Meeting, Minute, Plan, PlanVersion
from trekker.plan.models.meeting import GENERAL
from trekker.plan.queries.meeting_page import MeetingPage, label_of, meeting_page
from trekker.plan.queries.meetings import next_day, to_do
from trekker.plan.views.progress import AGREED

CLOSED = "Het verslag is afgesloten. Heropen het eerst."
SHUT = "Iemand sloot het verslag intussen af. Je tekst is niet bewaard. Heropen het, en bewaar dan opnieuw."
TAKEN = "Op die dag staat er al een overleg."
MEANWHILE = "Iemand anders schreef hier intussen ook. Kijk wat er nu staat, en bewaar dan opnieuw."
P = Permission


def _plans() -> Any:
    return Plan.objects.filter(versions__in=PlanVersion.objects.adopted()).distinct().order_by("title")


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("plan", "closed_by")
    return get_object_or_404(meetings, pk=pk)


# -- the list ---------------------------------------------------------------------------------------
@access(P.PROGRESS_CHANGE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the meetings, the newest first, with what is still to do and when the next one is proposed."""
    today = timezone.localdate()
    meetings = Meeting.objects.visible_to(request.user).select_related("plan").prefetch_related("present")
    agreements = list(to_do())
    shown = {
        "meetings": meetings.order_by("-held_on", "-pk"),
        "agreements": [(each, each.is_overdue(today)) for each in agreements],
        "plans": list(_plans()),
    }
    return render(request, "plan/meetings.html", shown)


@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Plan the next meeting: two weeks after the last, with the same people."""
    plans = _plans()
    if not plans:
        messages.error(request, "Stel eerst een plan vast.")
        return redirect("meetings:index")
    last = Meeting.objects.filter(plan=plans[0]).order_by("-held_on").first()
    known: dict[str, Any] = {"held_on": next_day(plans[0], timezone.localdate()), "plan": plans[0]}
    known["present"] = list(last.present.all()) if last else []
    form = forms.NewMeetingForm(request.POST or None, plans=plans, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = acting.start_meeting(**form.cleaned_data, by=request.user, now=timezone.now())
        except acting.DayTaken:
            form.add_error("held_on", TAKEN)
        else:
            messages.success(request, "Het overleg staat klaar.")
            return redirect(meeting)
    return _form(request, form, title="Plan een overleg", submit="Plan het overleg")


def _form(
    request: HttpRequest, form: Form, *, title: str, submit: str, meeting: Meeting | None = None, **more: Any
) -> HttpResponse:
    shown = {"form": form, "title": title, "submit": submit, "meeting": meeting, **more}
    return render(request, "plan/meeting_form.html", shown)


# -- one meeting ------------------------------------------------------------------------------------
@access(P.PROGRESS_CHANGE)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: per goal what was done, comes and asks a decision, with minutes and agreements."""
    meeting = _meeting(request, pk)
    page: MeetingPage = meeting_page(meeting, timezone.localdate())
    shown = {"meeting": meeting, "page": page, "next_on": next_day(meeting.plan, timezone.localdate())}
    return render(request, "plan/meeting.html", shown)


@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another day, or who is present."""
    meeting = _meeting(request, pk)
    form = forms.ChangeMeetingForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            acting.change_meeting(meeting=meeting, **form.cleaned_data, by=request.user, now=timezone.now())
        except acting.DayTaken:
            form.add_error("held_on", TAKEN)
        except acting.WrittenMeanwhile:
            form = forms.ChangeMeetingForm(meeting=_meeting(request, pk))
            messages.error(request, "Iemand anders wijzigde dit intussen. Hieronder staat wat er nu geldt.")
        except acting.IsClosed:
            return _refuse(request, meeting)
        else:
            return redirect(meeting)
    return _form(request, form, title="Dag en aanwezigen", submit="Bewaar", meeting=meeting)


def _refuse(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    messages.error(request, CLOSED)
    return redirect(meeting)


def _about(meeting: Meeting, thread: UUID) -> About:
    """Give the goal that something is about, or 404."""
    label = "" if thread == GENERAL else label_of(meeting, thread)
    if label is None:
        raise Http404
    return About(thread, label)


@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int, thread: UUID) -> HttpResponse:
    """Write what was said about a goal; who was overtaken sees both texts."""
    meeting = _meeting(request, pk)
    about = _about(meeting, thread)
    minute = meeting.minutes.filter(thread=thread).select_related("written_by").first()
    known = {"text": minute.text if minute else "", "edition": minute.edition if minute else 0}
    form = forms.MinuteForm(request.POST or None, initial=known)
    other: Minute | None = None
    if request.method == "POST" and form.is_valid():
        try:
            acting.write_minute(
                meeting=meeting, about=about, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except acting.IsClosed:
            form.add_error(None, SHUT)
        except acting.WrittenMeanwhile:
            other = meeting.minutes.filter(thread=thread).select_related("written_by").first()
            typed = request.POST.copy()
            typed["edition"] = str(other.edition if other else 0)
            form = forms.MinuteForm(typed)
            form.add_error(None, MEANWHILE)
        else:
            return redirect(f"{meeting.get_absolute_url()}#doel-{thread}")
    elif not meeting.is_open:
        return _refuse(request, meeting)
    title = f"Verslag: {about.label}" if about.label else "Verslag: algemeen"
    return _form(request, form, title=title, submit="Bewaar", meeting=meeting, other=other)


# -- agreements -------------------------------------------------------------------------------------
@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, pk: int, thread: UUID) -> HttpResponse:
    """Note what was decided about a goal."""
    meeting = _meeting(request, pk)
    about = _about(meeting, thread)
    if not meeting.is_open and request.method != "POST":
        return _refuse(request, meeting)
    form = forms.AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.agree(
                meeting=meeting, about=about, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except acting.IsClosed:
            form.add_error(None, SHUT)
        else:
            return redirect(f"{meeting.get_absolute_url()}#doel-{thread}")
    title = f"Afspraak: {about.label}" if about.label else "Afspraak: algemeen"
    return _form(request, form, title=title, submit="Bewaar", meeting=meeting)


def _agreement(request: HttpRequest, pk: int) -> Agreement:
    meetings = Meeting.objects.visible_to(request.user)
    rows = Agreement.objects.filter(meeting__in=meetings).select_related("meeting", "owner")
    return get_object_or_404(rows, pk=pk)


@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an agreement while its meeting is open."""
    agreement = _agreement(request, pk)
    if not agreement.meeting.is_open and request.method != "POST":
        return _refuse(request, agreement.meeting)
    form = forms.AgreementForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        try:
            acting.correct_agreement(
                agreement=agreement, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except acting.IsClosed:
            form.add_error(None, SHUT)
        except acting.WrittenMeanwhile:
            typed = request.POST.copy()
            typed["edition"] = str(_agreement(request, pk).edition)
            form = forms.AgreementForm(typed, agreement=_agreement(request, pk))
            form.add_error(None, MEANWHILE)
        else:
            return redirect(f"{agreement.meeting.get_absolute_url()}#doel-{agreement.thread}")
    return _form(
        request,
        form,
        title="Afspraak verbeteren",
        submit="Bewaar",
        meeting=agreement.meeting,
        stands=_agreement(request, pk) if form.non_field_errors() else None,
    )


@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task is done, with what came of it if there is something to say."""
    agreement = _agreement(request, pk)
    form = forms.OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.settle_agreement(
                agreement=agreement, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except acting.SettledBefore:
            messages.error(request, "Deze afspraak was al afgewerkt.")
        else:
            messages.success(request, "De afspraak is afgewerkt.")
        return redirect(_came_from(request))
    title, submit, back = "Afspraak afwerken", "Ja, dit is gedaan", _came_from(request)
    return _form(
        request, form, title=title, submit=submit, meeting=agreement.meeting, about=agreement, back_to=back
    )


def _came_from(request: HttpRequest) -> str:
    """Give the page whose link led here: a meeting, which need not be its own, or a tab of the progress."""
    asked = request.GET.get("van", "")
    if asked in AGREED:
        return f"{reverse('plan:progress')}?toon={asked}"
    meeting = Meeting.objects.visible_to(request.user).filter(pk=whole_number(asked) or 0).first()
    return meeting.get_absolute_url() if meeting else reverse("meetings:index")


@access(P.PROGRESS_CHANGE)
@require_POST
def unsettle(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a task that was settled by mistake back among what is to do."""
    agreement = _agreement(request, pk)
    acting.unsettle_agreement(agreement=agreement, by=request.user, now=timezone.now())
    messages.success(request, "De afspraak staat weer open.")
    return redirect(agreement.meeting)


# -- closing and opening again ----------------------------------------------------------------------
@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the minutes are ready, and close them."""
    meeting = _meeting(request, pk)
    if request.method == "POST":
        try:
            acting.close_meeting(meeting=meeting, by=request.user, now=timezone.now())
        except acting.IsClosed:
            messages.error(request, "Het verslag was al afgesloten.")
        else:
            messages.success(request, "Het verslag is afgesloten.")
        return redirect(meeting)
    return render(request, "plan/meeting_close.html", {"meeting": meeting})


@access(P.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and open closed minutes again."""
    meeting = _meeting(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acting.reopen_meeting(meeting=meeting, **form.cleaned_data, by=request.user, now=timezone.now())
        except acting.IsOpen:
            messages.error(request, "Het verslag was al open.")
        except acting.ReasonMissing:
            form.add_error("because", "Schrijf waarom je het verslag heropent.")
            return _form(request, form, title="Heropenen", submit="Heropen het verslag", meeting=meeting)
        return redirect(meeting)
    return _form(request, form, title="Heropenen", submit="Heropen het verslag", meeting=meeting)
