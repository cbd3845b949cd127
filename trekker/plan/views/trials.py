"""What if: try another plan beside the plan, and take it over or not; and the plan of the next year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel.access import Permission, access
from trekker.plan import actions, forms
from trekker.plan.models import PlanVersion
from trekker.plan.queries.history import forerunner
from trekker.plan.queries.review import review
from trekker.plan.queries.trials import outcomes, rows


def _trial(request: HttpRequest, pk: int) -> PlanVersion:
    trials = PlanVersion.objects.visible_to(request.user).trials()
    return get_object_or_404(trials.select_related("plan", "based_on__plan"), pk=pk)


def _held(request: HttpRequest, pk: int) -> PlanVersion:
    held = PlanVersion.objects.visible_to(request.user).adopted()
    return get_object_or_404(held.select_related("plan"), pk=pk)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the trials of a year beside each other and beside the plan, and start another."""
    base = _held(request, pk)
    found = PlanVersion.objects.trials().filter(plan=base.plan_id, year=base.year)
    trials = list(found.select_related("plan", "made_by").order_by("label"))
    form = forms.TrialName(request.POST or None, base=base, trials=trials)
    if request.method == "POST" and form.is_valid():
        try:
            trial = actions.start_trial(
                version=form.source(), label=form.cleaned_data["label"], by=request.user, now=timezone.now()
            )
        except actions.NameTaken:
            form.add_error("label", "Een ander probeersel heet al zo. Kies een andere naam.")
        else:
            return redirect("plan:change_trial", trial.pk)
    now, tried = outcomes(base, trials, today=timezone.localdate())
    shown = {"version": base, "form": form, "now": now, "tried": tried, "rows": rows(now, tried)}
    return render(request, "plan/trials.html", shown)


@access(Permission.PLAN_CHANGE)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a trial promises beside what is promised now, with the figures and forecasts of today."""
    trial = _trial(request, pk)
    base = forerunner(trial)
    shown: dict[str, Any] = {"version": trial, "base": base}
    if base:
        shown["now"], (shown["then"],) = outcomes(base, [trial], today=timezone.localdate())
        shown["moved_on"] = trial.based_on_id not in (None, base.pk)
    return render(request, "plan/trial.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the targets of a trial on one page, and drop promises and actions."""
    trial = _trial(request, pk)
    goals = review(trial).goals
    promises = [indicator for goal in goals for indicator in goal.indicators.all()]
    lines = [line for indicator in promises for line in indicator.lines.all()]
    parts = [*promises, *(action for goal in goals for action in goal.actions.all())]
    form = forms.Trial(request.POST or None, lines=lines, parts=parts)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_trial(
                trial=trial,
                targets=form.targets(),
                dropped=form.dropped(),
                by=request.user,
                now=timezone.now(),
            )
        except actions.NotAConcept as error:
            raise Http404 from error
        return redirect("plan:trial", trial.pk)
    shown = {"version": trial, "form": form}
    shown["goals"] = [
        (
            goal,
            [(each, form.of(each)) for each in goal.indicators.all()],
            [(each, form.of(each)) for each in goal.actions.all()],
        )
        for goal in goals
    ]
    return render(request, "plan/change_trial.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def promote(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to go on, and make a concept of a trial."""
    trial = _trial(request, pk)
    if request.method == "POST":
        try:
            made = actions.promote(trial=trial, by=request.user, now=timezone.now())
        except actions.NotAConcept as error:
            raise Http404 from error
        messages.success(request, "Dit is nu een concept. Kijk het na en stel het vast.")
        return redirect(made)
    return render(request, "plan/promote.html", {"version": trial})


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def next_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what happens, ask for a title, and start the plan of the next year from this one."""
    version = _held(request, pk)
    year = version.year + 1
    title = version.plan.title.replace(str(version.year), str(year))
    form = forms.NextYear(request.POST or None, initial={"title": title})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_next_year(
                version=version, title=form.cleaned_data["title"], by=request.user, now=timezone.now()
            )
        except actions.YearTaken:
            form.add_error(
                "title", f"Dit plan heeft al een versie voor {year}. Verbeter die, of kies een andere titel."
            )
        else:
            return redirect(made)
    return render(request, "plan/next_year.html", {"version": version, "form": form, "year": year})
