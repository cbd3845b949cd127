"""Writing the narrative of a goal, with its figures and proposals beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trekker.kernel.access import Permission, access
from trekker.plan.models import Goal
from trekker.reports import actions
from trekker.reports.contents import Contents, GoalContents
from trekker.reports.forms.reports import Writing
from trekker.reports.models import Report
from trekker.reports.queries.contents import INTRODUCTION
from trekker.reports.queries.proposals import Proposals, proposals
from trekker.reports.queries.reports import NoPlanAdopted, contents_of_today, newest_texts
from trekker.reports.views.reports import report_for

BEING_CHECKED = "Dit rapport is geen concept. Zet het terug om te schrijven."


@access(Permission.REPORTS_WRITE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """
    Show and save what is written for one goal, ``?doel=``; without one, for the report as a whole.

    A proposal adds its sentence to what was typed; nothing is saved before someone saves it.
    """
    report = report_for(request, pk)
    code = request.GET.get("doel", INTRODUCTION)
    if not report.may_be_written and request.method != "POST":
        messages.error(request, BEING_CHECKED)
        return redirect(report)
    try:
        found = contents_of_today(report, now=timezone.now(), with_rows=False)
    except NoPlanAdopted as error:
        raise Http404 from error
    goal = _goal(found, code)
    offered = _proposals(request, report, goal)
    newest = newest_texts(report).get(code)
    form = Writing(
        request.POST or None,
        initial={"text": newest.text if newest else "", "edition": newest.edition if newest else 0},
    )
    shown: dict[str, Any] = {"report": report, "goal": goal, "code": code, "proposals": offered}
    shown["is_unsaved"] = request.method == "POST"  # what was saved leads on to another page
    if request.method == "POST" and form.is_valid():
        if chosen := request.POST.get("voeg_toe"):
            form = _with(form, offered, chosen)
            shown["is_added"] = True
        else:
            try:
                actions.write_narrative(
                    report=report, goal_code=code, **form.cleaned_data, by=request.user, now=timezone.now()
                )
            except actions.WrittenMeanwhile:
                newest = newest_texts(report).get(code)
                shown["theirs"] = newest
                stands = newest.edition if newest else 0
                form = Writing(initial={"text": form.cleaned_data["text"], "edition": stands})
            except actions.NotWritable:
                shown["is_shut"] = True
            else:
                messages.success(request, "Bewaard.")
                return redirect(f"{reverse('reports:show', args=[report.pk])}#doel-{goal.key if goal else 0}")
    return render(request, "reports/office/write.html", shown | {"form": form, "newest": newest})


def _goal(found: Contents, code: str) -> GoalContents | None:
    if code == INTRODUCTION:
        return None
    goal = next((each for each in found.every_goal() if each.code == code), None)
    if goal is None:
        raise Http404
    return goal


def _proposals(request: HttpRequest, report: Report, goal: GoalContents | None) -> list[Proposals]:
    if goal is None:
        return []
    period = report.period
    today = timezone.localdate()
    return proposals(Goal.objects.get(pk=goal.key), goal, period.until(today), request.user)


def _with(form: Writing, offered: Sequence[Proposals], chosen: str) -> Writing:
    """Give the form with a proposal added to what was typed."""
    known = {each.code: each.sentence for kind in offered for each in kind.sentences}
    typed = form.cleaned_data["text"].rstrip()
    parts = (typed, known.get(chosen, ""))
    return Writing(
        initial={
            "text": "\n\n".join(part for part in parts if part),
            "edition": form.cleaned_data["edition"],
        }
    )
