"""The parts of a version: add, correct and remove goals, actions and indicators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from trekker.kernel.access import Permission, access
from trekker.kernel.numbers import whole_number
from trekker.plan import actions, forms
from trekker.plan.lines import NotLines
from trekker.plan.lines import read as read_lines
from trekker.plan.models import Action, Goal, Indicator, Moment, PlanVersion, Remark
from trekker.plan.queries.review import text_of

TAKEN = "Een andere doelstelling heeft deze code al."


def _concept(request: HttpRequest, pk: int) -> PlanVersion:
    """Give a version that may still be mended; one that holds is not found here."""
    concepts = PlanVersion.objects.visible_to(request.user).to_mend()
    return get_object_or_404(concepts.select_related("plan"), pk=pk)


def _back(version: PlanVersion, node: Any) -> HttpResponse:
    return redirect(f"{version.get_absolute_url()}#{type(node).__name__.lower()}-{node.pk}")


def _mend(
    request: HttpRequest, version: PlanVersion, form: Any, *, title: str, node: Any = None
) -> HttpResponse:
    lines = text_of(version, form["source_lines"].value())
    shown = {"version": version, "form": form, "title": title, "node": node, "lines": lines}
    return render(request, "plan/mend.html", shown)


def _asked_lines(request: HttpRequest, version: PlanVersion) -> list[int]:
    """Give the lines that were marked in the text, as ticks or in the address."""
    try:
        return read_lines(",".join(request.GET.getlist("regel")), last=len(version.source))
    except NotLines:
        return []


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a goal."""
    found = get_object_or_404(Goal, pk=pk)
    found.version = _concept(request, found.version_id)
    form = forms.GoalForm(request.POST or None, version=found.version, goal=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_goal(goal=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.CodeTaken:
            form.add_error("code", TAKEN)
        except actions.GoalUnderItself:
            form.add_error("parent", "Een doelstelling kan niet onder zichzelf staan.")
        else:
            return _back(found.version, found)
    return _mend(request, found.version, form, title="Doelstelling verbeteren", node=found)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def add_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a goal, from marked lines of the text or by hand."""
    version = _concept(request, pk)
    lines = _asked_lines(request, version)
    initial = {"source_lines": lines, "title": " ".join(version.source[line - 1].strip() for line in lines)}
    form = forms.GoalForm(request.POST or None, version=version, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_goal(
                version=version, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except actions.CodeTaken:
            form.add_error("code", TAKEN)
        else:
            return _back(version, added)
    return _mend(request, version, form, title="Doelstelling toevoegen")


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an action."""
    found = get_object_or_404(Action.objects.select_related("goal"), pk=pk)
    version = _concept(request, found.goal.version_id)
    form = forms.ActionForm(request.POST or None, version=version, action=found)
    if request.method == "POST" and form.is_valid():
        actions.correct_action(action=found, **form.cleaned_data, by=request.user, now=timezone.now())
        return _back(version, found)
    return _mend(request, version, form, title="Actie verbeteren", node=found)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def moment(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a planned moment."""
    found = get_object_or_404(Moment.objects.select_related("goal"), pk=pk)
    version = _concept(request, found.goal.version_id)
    form = forms.MomentForm(request.POST or None, version=version, moment=found)
    if request.method == "POST" and form.is_valid():
        actions.correct_moment(moment=found, **form.cleaned_data, by=request.user, now=timezone.now())
        return _back(version, found)
    lines = text_of(version, found.source_lines)
    shown = {"version": version, "form": form, "title": "Moment verbeteren", "node": found, "lines": lines}
    return render(request, "plan/mend.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an indicator."""
    found = get_object_or_404(Indicator.objects.select_related("goal__version__plan"), pk=pk)
    version = found.goal.version
    if not version.may_be_mended:
        return _note(request, found)
    form = forms.IndicatorForm(request.POST or None, version=version, indicator=found)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.correct_indicator(indicator=found, **typed, by=request.user, now=timezone.now())
        return _back(version, found)
    return _mend(request, version, form, title="Indicator verbeteren", node=found)


def _note(request: HttpRequest, found: Indicator) -> HttpResponse:
    """Settle the counting note of a promise that holds already."""
    version = found.goal.version
    form = forms.Note(request.POST or None, initial={"counting_note": found.counting_note})
    if request.method == "POST" and form.is_valid():
        actions.note_choice(indicator=found, **form.cleaned_data, by=request.user, now=timezone.now())
        return _back(version, found)
    lines = text_of(version, found.source_lines)
    shown = {"version": version, "form": form, "title": "Telregel kiezen", "node": found, "lines": lines}
    return render(request, "plan/mend.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def add_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an indicator, from marked lines of the text or by hand."""
    version = _concept(request, pk)
    lines = _asked_lines(request, version)
    initial = {
        "source_lines": lines,
        "text": " ".join(version.source[line - 1].strip() for line in lines),
        "goal": request.GET.get("doel") or _goal_above(version, lines),
    }
    form = forms.IndicatorForm(request.POST or None, version=version, initial=initial)
    if request.method == "POST" and form.is_valid():
        added = actions.add_indicator(**form.cleaned_data, by=request.user, now=timezone.now())
        return _back(version, added)
    return _mend(request, version, form, title="Indicator toevoegen")


def _goal_above(version: PlanVersion, lines: list[int]) -> Goal | None:
    first = min(lines, default=0)
    return version.goals.filter(position__lte=first).order_by("-position").first()


MODELS = {"doelstelling": Goal, "actie": Action, "indicator": Indicator, "moment": Moment}


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what goes and what stays, and remove a part of the plan."""
    if kind not in MODELS:
        raise Http404
    node: Any = get_object_or_404(MODELS[kind], pk=pk)
    version = _concept(request, node.version_id if isinstance(node, Goal) else node.goal.version_id)
    if request.method == "POST":
        actions.remove_node(node=node, by=request.user, now=timezone.now())
        messages.success(request, "Verwijderd. De regels van de tekst blijven staan.")
        return redirect(version)
    return render(request, "plan/remove.html", {"version": version, "node": node})


@access(Permission.PLAN_CHANGE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a person looked at a remark."""
    remark = get_object_or_404(Remark.objects.select_related("version"), pk=pk)
    actions.settle_remark(remark=remark, by=request.user, now=timezone.now())
    return redirect(f"{remark.version.get_absolute_url()}#opmerkingen")


@access(Permission.PLAN_CHANGE)
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a goal or an indicator of the lines that were ticked in the text."""
    version = _concept(request, pk)
    asked = map(whole_number, request.POST.getlist("regel"))
    ticked = [line for line in asked if line is not None]
    if not ticked:
        messages.error(request, "Duid eerst regels van de tekst aan.")
        return redirect(version)
    target = "plan:add_goal" if request.POST.get("maak") == "doelstelling" else "plan:add_indicator"
    address = redirect(target, version.pk)
    address["Location"] += f"?regel={','.join(map(str, sorted(ticked)))}"
    return address
