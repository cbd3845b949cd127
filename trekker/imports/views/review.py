"""Reviewing a compared file: what is sure, what wants a decision, what would end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from trekker.imports import actions, forms, queries, tasks
from trekker.imports.models import Import, Row
from trekker.imports.registry import importers
from trekker.kernel.access import Permission, access
from trekker.kernel.numbers import whole_number

GROUPS_A_PAGE = 20
A_PAGE = 50
PREFIX = "groep-"  # before the id of the example row, in the name of each choice
State = Row.State
TABS = {
    "twijfel": State.DOUBTFUL,
    "onbekend": State.UNKNOWN,
    "zeker": State.CERTAIN,
    "fout": State.ERROR,
    "verschil": None,
    "stopt": None,
}
ENDING_TABS = {"verschil", "stopt"}


def _draft(request: HttpRequest, pk: int) -> Import:
    drafts = Import.objects.visible_to(request.user)
    return get_object_or_404(drafts, pk=pk, status=Import.Status.REVIEW)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows by how sure they are, and take decisions for all that are alike."""
    draft = _draft(request, pk)
    if request.method == "POST":
        choices = _choices(draft, request.POST.dict())
        actions.decide_groups(draft=draft, choices=choices, by=request.user, now=timezone.now())
        messages.success(request, f"{len(choices)} keuzes bewaard. Ze gelden ook bij een volgend bestand.")
        return redirect(request.get_full_path())
    importer = importers[draft.importer]
    tally, ending = queries.tally(draft), importer.ending(draft)
    ends = ending.count()
    counts = {
        "twijfel": tally.states.get(State.DOUBTFUL, 0),
        "onbekend": tally.states.get(State.UNKNOWN, 0),
        "zeker": tally.states.get(State.CERTAIN, 0),
        "fout": tally.states.get(State.ERROR, 0),
        "verschil": tally.differing,
        "stopt": ends,
    }
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = next((name for name in TABS if counts[name]), "zeker")
    shown = {
        "draft": draft,
        "tally": tally,
        "ends": ends,
        "changes": tally.changes + ends,
        "tab": tab,
        "tabs": [
            (f"{name.capitalize()} ({counts[name]})", f"?tab={name}")
            for name in TABS
            if importer.ends or name not in ENDING_TABS
        ],
        "current": f"?tab={tab}",
        "query": f"tab={tab}",
        "about": importer.about(draft),
        "summary": importer.summary(draft),
        "notices": importer.notices(draft),
        "importer": importer,
        "prefix": PREFIX,
        **_contents(request, draft, tab, ending),
    }
    return render(request, "imports/review.html", shown)


def _contents(request: HttpRequest, draft: Import, tab: str, ending: Any) -> dict[str, Any]:
    number = request.GET.get("p")
    state = TABS[tab]
    if tab == "stopt":
        return {"page": Paginator(ending, A_PAGE).get_page(number)}
    if state in {State.DOUBTFUL, State.UNKNOWN}:
        page = Paginator(queries.groups(draft, str(state)), GROUPS_A_PAGE).get_page(number)
        single = Paginator(queries.single(draft, str(state)), A_PAGE).get_page(request.GET.get("q"))
        groups = queries.with_options(draft, list(page))
        proposes = any(group.example.target for group in groups)
        return {"page": page, "groups": groups, "single": single, "proposes": proposes}
    rows = Row.objects.filter(of=draft).order_by("number")
    rows = rows.filter(differs=True) if tab == "verschil" else rows.filter(state=state)
    shown = Paginator(rows, A_PAGE).get_page(number)
    return {"page": shown, "rows": queries.with_targets(draft, list(shown))}


def _choices(draft: Import, posted: Mapping[str, str]) -> dict[str, int | None]:
    """Give what was chosen for each group on the page; only what it offers can be chosen."""
    asked = (
        (whole_number(name.removeprefix(PREFIX)), whole_number(value))
        for name, value in posted.items()
        if name.startswith(PREFIX)
    )
    chosen = {row: choice for row, choice in asked if row is not None and choice is not None}
    rows = Row.objects.filter(of=draft, pk__in=list(chosen)[:500]).exclude(group="")
    return {row.group: chosen[row.pk] or None for row in rows if chosen[row.pk] in {0, *row.choices}}


@access(Permission.EVENTS_LEAD)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over all proposals for groups in doubt."""
    draft = _draft(request, pk)
    tab = request.POST.get("tab", "")
    state = TABS[tab] if tab in {"twijfel", "onbekend"} else State.DOUBTFUL
    groups = actions.accept_proposals(draft=draft, state=str(state), by=request.user, now=timezone.now())
    messages.success(request, f"{groups} voorstellen overgenomen. Ze gelden ook bij een volgend bestand.")
    return redirect("imports:review", draft.pk)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Search what one row, or all rows alike, are tied to."""
    draft = _draft(request, pk)
    importer = importers[draft.importer]
    found = get_object_or_404(Row.objects.filter(of=draft).exclude(state=State.ERROR), pk=row)
    asked = request.GET.get("zoek", "").strip()[:100]
    offered = importer.search(asked, draft) if asked else list(importer.targets(found.choices).values())
    targets = [(each.pk, str(each)) for each in offered]
    alike = [("row", "alleen deze rij")]
    if found.group:
        count = Row.objects.filter(of=draft, group=found.group).count()
        alike.insert(0, ("group", f"alle rijen met “{importer.group_name(found)}” ({count}), ook later"))
    form = forms.Choose(request.POST or None, targets=targets, without=importer.without, alike=alike)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"] or None
        if form.cleaned_data["alike"] == "group" and found.group:
            actions.decide_groups(
                draft=draft, choices={found.group: target}, by=request.user, now=timezone.now()
            )
        else:
            actions.decide_row(row=found, target=target)
        return redirect("imports:review", draft.pk)
    shown = {
        "draft": draft,
        "row": found,
        "form": form,
        "asked": asked,
        "importer": importer,
        "found": targets,
    }
    return render(request, "imports/choose.html", shown)


@access(Permission.EVENTS_LEAD)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show once more what will happen, and store it."""
    draft = _draft(request, pk)
    importer = importers[draft.importer]
    tally, ends = queries.tally(draft), importer.ending(draft).count()
    if request.method == "POST":
        try:
            draft = actions.confirm(draft=draft, by=request.user, now=timezone.now())
        except actions.NothingToStore:
            messages.error(
                request, "Geen enkele rij is bruikbaar. Kijk de kolommen na of kies een ander bestand."
            )
            return redirect(reverse("imports:review", args=[draft.pk]))
        tasks.store.enqueue(draft.pk, draft.attempt)
        return redirect("imports:progress", draft.pk)
    shown = {
        "draft": draft,
        "tally": tally,
        "ends": ends,
        "changes": tally.changes + ends,
        "about": importer.about(draft),
        "summary": importer.summary(draft),
        "notices": importer.notices(draft),
        "importer": importer,
    }
    return render(request, "imports/confirm.html", shown)
