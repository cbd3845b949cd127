"""Versions of the plan: read one from a document or start one by hand, look it over, adopt it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel.access import Permission, access, may
from trekker.kernel.measures import catalogue
from trekker.plan import actions, forms
from trekker.plan.models import PlanVersion
from trekker.plan.queries.diff import diff
from trekker.plan.queries.history import forerunner, latest
from trekker.plan.queries.review import review
from trekker.plan.queries.versions import current_version
from trekker.plan.reader import NotAPlan, UnreadableFile, extract, read


@access(Permission.OFFICE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every version of every plan, the newest first."""
    versions = PlanVersion.objects.visible_to(request.user).select_related("plan", "made_by")
    shown: dict[str, Any] = {
        "trials": versions.trials().select_related("based_on").order_by("-year", "label")
    }
    shown["versions"] = versions.exclude(state=PlanVersion.State.TRIAL).order_by("-year", "-number")
    today = timezone.localdate()
    shown["current"] = current_version(versions, year=today.year, day=today)
    shown["may_change"] = may(request.user, Permission.PLAN_CHANGE)
    return render(request, "plan/versions.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Read a document into a concept and go to the review; store nothing when it is no plan."""
    form = forms.Upload(request.POST or None, request.FILES or None, initial=_last_names())
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        file = typed.pop("file")
        try:
            lines = extract(file.read(), file.name)
            proposal = read(lines, measures=catalogue, owner=typed["owner"] or None, year=typed["year"])
            version = actions.store_proposal(
                proposal=proposal, file_name=file.name, by=request.user, now=timezone.now(), **typed
            )
        except (UnreadableFile, NotAPlan) as error:
            form.add_error("file", str(error))
        except actions.NothingChanged:
            form.add_error("file", "Deze tekst staat er al zo. Er is niets gewijzigd.")
        else:
            return redirect("plan:version", version.pk)
    return render(request, "plan/upload.html", {"form": form})


def _last_names() -> dict[str, Any]:
    last = PlanVersion.objects.select_related("plan").order_by("-made_at").first()
    names = {"title": last.plan.title, "owner": last.plan.owner} if last else {}
    return {"year": timezone.localdate().year, **names}


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start an empty concept to type a plan by hand."""
    form = forms.NewVersion(request.POST or None, initial=_last_names())
    if request.method == "POST" and form.is_valid():
        version = actions.start_version(**form.cleaned_data, by=request.user, now=timezone.now())
        return redirect("plan:version", version.pk)
    return render(request, "plan/start.html", {"form": form})


@access(Permission.OFFICE)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version: its text on one side, what was read from it on the other."""
    version = get_object_or_404(PlanVersion.objects.visible_to(request.user), pk=pk)
    shown = {"version": version, "review": review(version)}
    shown["may_change"] = may(request.user, Permission.PLAN_CHANGE)
    shown["may_mend"] = shown["may_change"] and version.may_be_mended
    shown["before"] = forerunner(version)
    return render(request, "plan/version.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask from when and why, show what changed, and adopt the concept."""
    versions = PlanVersion.objects.visible_to(request.user).exclude(state=PlanVersion.State.TRIAL)
    version = get_object_or_404(versions.select_related("plan"), pk=pk)
    form = forms.Adopt(request.POST or None, version=version, instead_of=latest(version))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.adopt(version=version, **typed, by=request.user, now=timezone.now())
        except actions.NotAConcept:
            messages.error(request, "Deze versie was al vastgesteld.")
            return redirect("plan:version", version.pk)
        except actions.TooEarly:
            form.add_error("in_force_from", "De vorige versie geldt pas later. Kies die dag of een dag erna.")
        except actions.Overtaken:
            messages.error(request, "Intussen is een andere versie vastgesteld. Kijk na wat er nu wijzigt.")
            typed.pop("instead_of")
            form = forms.Adopt(version=version, initial=typed, instead_of=latest(version))
        else:
            messages.success(request, f"Vastgesteld: {version}.")
            return redirect("plan:version", version.pk)
    before = forerunner(version) if version.is_concept else None
    shown = {"version": version, "form": form, "before": before, "review": review(version)}
    shown["diff"] = diff(before, version) if before else None
    return render(request, "plan/adopt.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to go on, and start a next version that is equal to this one."""
    versions = PlanVersion.objects.visible_to(request.user).filter(state=PlanVersion.State.ADOPTED)
    version = get_object_or_404(versions, pk=pk)
    if request.method == "POST":
        made = actions.copy_version(version=version, by=request.user, now=timezone.now())
        return redirect(made)
    return render(request, "plan/copy.html", {"version": version})


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether a concept or a trial may go, and throw it away."""
    concepts = PlanVersion.objects.visible_to(request.user).to_mend()
    version = get_object_or_404(concepts, pk=pk)
    if request.method == "POST":
        try:
            actions.discard(version=version, by=request.user, now=timezone.now())
        except actions.NotAConcept:
            messages.error(request, "Deze versie is intussen vastgesteld. Wat gold, blijft bewaard.")
            return redirect("plan:version", version.pk)
        messages.success(request, "Het probeersel is weg." if version.is_trial else "Het concept is weg.")
        return redirect("plan:versions")
    return render(request, "plan/discard.html", {"version": version})
