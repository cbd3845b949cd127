"""How far the actions of the plan have come: the list, one action with its log, and changing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel import exports
from trekker.kernel.access import Permission, access, may
from trekker.plan.actions import progress as acting
from trekker.plan.forms.progress import CorrectionForm, NoteForm, PlanningForm, ProgressFilter
from trekker.plan.models import Action, Agreement, PlanVersion, Progress, ProgressNote
from trekker.plan.queries.happenings import missed_moments
from trekker.plan.queries.leads import parties_of
from trekker.plan.queries.meetings import to_do
from trekker.plan.queries.progress import Standing, progress_of, standing_of, standings, tally, with_actions
from trekker.plan.queries.tasks import HEADINGS, Asked, by_goal, cells, month_asks, month_of
from trekker.plan.queries.versions import current_version, years
from trekker.plan.views.dashboard import asked_year

ALL, MINE, LATE, MONTH = "", "mijn", "laat", "maand"
TABS = (("Alle acties", ALL), ("Van mij", MINE), ("Te laat", LATE), ("Deze maand", MONTH))
# Which agreements that are still to do stand beside the actions of a tab.
AGREED: dict[str, Callable[[Agreement, Any, date], bool]] = {
    MINE: lambda each, reader, _day: each.owner_id == reader.pk,
    LATE: lambda each, _reader, day: each.is_overdue(day),
    MONTH: lambda each, _reader, day: each.due_on is not None and each.due_on <= month_of(day)[1],
}
MEANWHILE = "Iemand anders wijzigde deze actie intussen. Kijk wat er nu staat en bewaar dan opnieuw."
CORRECTED = "Iemand anders verbeterde deze notitie intussen. Je tekst is niet bewaard. Kopieer hem."
REFUSALS: dict[type[Exception], tuple[str | None, str]] = {
    acting.ChangedMeanwhile: (None, MEANWHILE),
    acting.WrongStep: ("to", "Die stand kan hier niet volgen. Kies opnieuw."),
    acting.NeedsWhy: ("text", "Schrijf erbij waarom."),
    acting.NothingToSay: ("text", "Schrijf een notitie of kies een andere stand."),
    acting.OutOfOrder: ("ends_on", "Het einde komt voor het begin."),
}


# -- the list ---------------------------------------------------------------------------------------
@access(Permission.OFFICE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show how far every action has come, or take the list along as a sheet."""
    today, versions = timezone.localdate(), PlanVersion.objects.visible_to(request.user)
    known = years(versions)
    year = asked_year(request, known, today)
    version = current_version(versions, year=year, day=today) if year else None
    if version is None:
        return render(request, "plan/progress_none.html")
    day = max(min(today, version.period.last_day), version.period.start)
    goals = with_actions(version)
    found = standings(version, day, goals=goals)
    parties = sorted({party for each in found for party in each.parties})
    form = ProgressFilter({**request.GET.dict(), "jaar": year}, years=known, goals=goals, parties=parties)
    show = request.GET.get("toon", ALL)
    shown: dict[str, Any] = {"version": version, "day": day, "form": form, "show": show}
    asked = _asked(request, form, show)
    if show == MONTH:
        shown["month"] = month_asks(version, found, day)
        asked = asked.narrowed(shown["month"].actions)
    groups = by_goal(found, asked)
    if kind := request.GET.get("formaat", ""):
        return _export(
            f"voortgang {day.isoformat()}", kind, [each for group in groups for each in group.standings]
        )
    if show == LATE:
        shown["missed"] = missed_moments(version, day)
    may_change = may(request.user, Permission.PROGRESS_CHANGE)
    shown["groups"] = [
        (
            group,
            [
                (each, _note_form(each.action, each.progress) if may_change else None)
                for each in group.standings
            ],
        )
        for group in groups
    ]
    if may_change and show in AGREED:
        wanted = AGREED[show]
        shown["agreements"] = [
            (each, each.is_overdue(today))
            for each in to_do(version.plan)
            if wanted(each, request.user, today)
        ]
    shown |= {"tally": tally(found), "mine": asked.parties, **_links(request, show)}
    return render(request, "plan/progress.html", shown)


def _asked(request: HttpRequest, form: ProgressFilter, show: str) -> Asked:
    typed = form.cleaned_data if form.is_valid() else {}
    return Asked(
        search=typed.get("zoek", ""),
        goal=typed.get("doel", ""),
        party=typed.get("trekker", ""),
        state=typed.get("stand", ""),
        parties=tuple(parties_of(request.user)) if show == MINE else None,
        only_late=show == LATE,
    )


def _links(request: HttpRequest, show: str) -> dict[str, Any]:
    """Give the tabs, the downloads of what is shown, and what a form sends along to come back here."""
    home, kept = reverse("plan:progress"), request.GET.copy()
    year = {"jaar": str(request.GET["jaar"])} if "jaar" in request.GET else {}
    tabs = [(label, _address(home, {**year, "toon": key} if key else year)) for label, key in TABS]
    kept.pop("formaat", None)
    asked = kept.urlencode()
    downloads = [(kind.upper(), f"{home}?{asked}&formaat={kind}") for kind in ("xlsx", "csv")]
    return {
        "tabs": tabs,
        "current": _address(home, {**year, "toon": show} if show else year),
        "downloads": downloads,
        "kept": asked,
        "filtered": any(request.GET.get(name) for name in ("zoek", "doel", "trekker", "stand")),
    }


def _address(page: str, asked: Mapping[str, str]) -> str:
    return f"{page}?{urlencode(asked)}" if asked else page


def _export(name: str, kind: str, rows: Sequence[Standing]) -> HttpResponse:
    write = exports.xlsx_response if kind == "xlsx" else exports.csv_response
    return write(name, HEADINGS, map(cells, rows))  # type: ignore[return-value]


# -- one action -------------------------------------------------------------------------------------
def _action(request: HttpRequest, pk: int) -> Action:
    """Give an action of a version that holds or held, or 404."""
    versions = PlanVersion.objects.visible_to(request.user).adopted()
    actions = Action.objects.filter(goal__version__in=versions).select_related("goal__version__plan")
    return get_object_or_404(actions.prefetch_related("leads", "goal__leads"), pk=pk)


def _progress(action: Action) -> Progress:
    """Give the progress of an action; one that nobody noted anything about stands at the beginning."""
    key = {"thread": action.thread, "year": action.goal.version.year}
    return Progress.objects.filter(**key).select_related("in_charge").first() or Progress(**key)


def _note_form(action: Action, progress: Progress | None, data: QueryDict | None = None) -> NoteForm:
    stands = progress or Progress()
    return NoteForm(data, state=stands.state, edition=stands.edition, auto_id=f"actie-{action.pk}-%s")


@access(Permission.OFFICE)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one action with its log, and what may be changed."""
    action = _action(request, pk)
    return _page(request, action)


def _page(request: HttpRequest, action: Action, **forms: Form) -> HttpResponse:
    version, progress = action.goal.version, _progress(action)
    day = min(timezone.localdate(), version.period.last_day)
    known = progress_of(version, [action.thread], day).get(action.thread)
    standing = standing_of(action, action.goal, known, day)
    shown: dict[str, Any] = {"action": action, "version": version, "standing": standing, "progress": progress}
    shown["may_change"] = may(request.user, Permission.PROGRESS_CHANGE)
    if shown["may_change"]:
        shown["note_form"] = _note_form(action, progress)
        shown["planning_form"] = PlanningForm(progress=progress)
    return render(request, "plan/progress_action.html", shown | forms)


@access(Permission.PROGRESS_CHANGE)
@require_http_methods(["POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note about an action or take a step, and go back to where the reader came from."""
    action = _action(request, pk)
    form = _note_form(action, _progress(action), request.POST)
    if form.is_valid():
        try:
            acting.note_progress(action=action, **form.cleaned_data, by=request.user, now=timezone.now())
        except tuple(REFUSALS) as refused:
            form = _refused(form, refused, _note_form(action, _progress(action), _renewed(request, action)))
        else:
            messages.success(request, "Bewaard.")
            return redirect(_back(request, action))
    return _page(request, action, note_form=form)


@access(Permission.PROGRESS_CHANGE)
@require_http_methods(["POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Set when an action begins and ends, and who follows it up."""
    action = _action(request, pk)
    form = PlanningForm(request.POST, progress=_progress(action))
    if form.is_valid():
        try:
            acting.plan_action(action=action, **form.cleaned_data, by=request.user, now=timezone.now())
        except tuple(REFUSALS) as refused:
            again = PlanningForm(_renewed(request, action), progress=_progress(action))
            form = _refused(form, refused, again)
        else:
            messages.success(request, "De planning is bewaard.")
            return redirect("plan:action_progress", action.pk)
    return _page(request, action, planning_form=form)


def _renewed(request: HttpRequest, action: Action) -> QueryDict:
    """Give what was typed, with the edition that stands now: saving again is then a choice."""
    typed = request.POST.copy()
    typed["edition"] = str(_progress(action).edition)
    return typed


def _refused(form: Any, refused: Exception, again: Any) -> Any:
    """Say in the form why not; after a change by someone else, in one that holds what stands now."""
    field, sentence = REFUSALS[type(refused)]
    told = again if isinstance(refused, acting.ChangedMeanwhile) else form
    told.is_valid()
    told.add_error(field, sentence)
    return told


def _back(request: HttpRequest, action: Action) -> str:
    """Lead back to the list as it was asked for, or to the action."""
    if "lijst" not in request.POST:
        return reverse("plan:action_progress", args=[action.pk])
    asked = QueryDict(request.POST["lijst"]).urlencode()
    return f"{reverse('plan:progress')}?{asked}#actie-{action.pk}"


@access(Permission.PROGRESS_CHANGE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Correct a note by a next one."""
    action = _action(request, pk)
    mine = ProgressNote.objects.filter(
        progress__thread=action.thread, progress__year=action.goal.version.year
    )
    # Who corrects what another just corrected keeps what they typed.
    open_ones = mine if request.method == "POST" else mine.filter(corrected_by=None)
    found = get_object_or_404(open_ones.exclude(text=""), pk=note)
    known = {"text": found.text, "for_report": found.for_report}
    form = CorrectionForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            acting.correct_note(
                action=action, note=found, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except acting.CorrectedBefore:
            form.add_error(None, CORRECTED)
        else:
            messages.success(request, "De notitie is verbeterd. De oude tekst blijft te lezen.")
            return redirect("plan:action_progress", action.pk)
    shown = {"action": action, "version": action.goal.version, "form": form, "note": found}
    return render(request, "plan/progress_correct.html", shown)
