"""Versions beside each other, and what each part of a version comes in the place of."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel.access import Permission, access
from trekker.plan import actions, forms
from trekker.plan.models import Goal, PlanVersion
from trekker.plan.queries.diff import diff
from trekker.plan.queries.history import forerunner
from trekker.plan.queries.origins import offered
from trekker.plan.views.nodes import MODELS


@access(Permission.OFFICE)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Lay two versions beside each other, also of two years; narrow to one kind of change."""
    versions = PlanVersion.objects.visible_to(request.user).select_related("plan", "based_on__plan")
    known = {str(each.pk): each for each in versions.defer("source").order_by("-year", "-number", "label")}
    after = known.get(request.GET.get("naar", "")) or next(iter(known.values()), None)
    before = known.get(request.GET.get("van", ""))
    if after and not before:
        found = forerunner(after)
        before = known.get(str(found.pk)) if found else None
    kind, what = request.GET.get("soort", ""), request.GET.get("wat", "")
    chosen = {"van": before and before.pk, "naar": after and after.pk, "soort": kind, "wat": what}
    shown: dict[str, Any] = {
        "before": before,
        "after": after,
        "form": forms.Compare(initial=chosen, versions=known.values()),
        "enough": len(known) > 1,
        "narrowed": bool(kind or what),
    }
    if before and after:
        whole = diff(before, after)
        shown |= {"whole": whole, "diff": whole.only(kind=kind, what=what)}
    return render(request, "plan/compare.html", shown)


@access(Permission.PLAN_CHANGE)
@require_http_methods(["GET", "POST"])
def origins(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say in the place of what a part comes: what it was before, whatever its code was then."""
    if kind not in MODELS:
        raise Http404
    node: Any = get_object_or_404(MODELS[kind], pk=pk)
    version = node.version if isinstance(node, Goal) else node.goal.version
    found = offered(node)
    form = forms.Origins(request.POST if request.method == "POST" else None, offered=found, node=node)
    if request.method == "POST" and found and form.is_valid():
        among = [each for each, _parts in found]
        actions.set_origins(
            node=node, origins=form.chosen(), among=among, by=request.user, now=timezone.now()
        )
        messages.success(request, "Bewaard.")
        return redirect(f"{version.get_absolute_url()}#{type(node).__name__.lower()}-{node.pk}")
    shown = {"version": version, "node": node, "form": form}
    return render(request, "plan/origins.html", shown)
