"""The results on the website, from the back office: which years, which figures, how to frame them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trekker.kernel.access import Permission, access
from trekker.kernel.pages import screen
from trekker.reports import actions
from trekker.reports.forms.publication import PublicationForm
from trekker.reports.models import Publication
from trekker.reports.queries import publication as queries
from trekker.reports.views.public import as_shown

TITLE, ICON = "Resultaten op de website", "view"


@access(Permission.REPORTS_CHANGE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every year that has a plan, and whether its results stand on the website."""
    context = {"years": queries.years_to_show()}
    return screen(request, "reports/publications.html", title=TITLE, trail=[], icon=ICON, context=context)


def _found(year: int) -> queries.YearToShow:
    """Give a year that has a plan, or that stands on the website."""
    return next((each for each in queries.years_to_show() if each.year == year), None) or _no_year()


def _no_year() -> queries.YearToShow:
    raise Http404


@access(Permission.REPORTS_CHANGE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, year: int) -> HttpResponse:
    """Choose what the website shows of a year, put it there, and copy the frame."""
    found = _found(year)
    publication = found.publication
    known = {
        "shows": publication.shows if publication else Publication.Shows.TODAY,
        "hosts": "\n".join(publication.hosts) if publication else "",
    }
    is_fixed = queries.is_fixed(year)
    form = PublicationForm(request.POST or None, initial=known, is_fixed=is_fixed)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(year=year, **form.cleaned_data, by=request.user, now=timezone.now())
        except actions.NothingToShow:
            form.add_error("shows", "Voor dit jaar is er nog niets om te tonen.")
        else:
            messages.success(request, f"De resultaten van {year} staan op de website.")
            return redirect("publication:edit", year)
    context = {
        "form": form,
        "is_fixed": is_fixed,
        "year": year,
        "publication": publication,
        "is_shown": found.is_shown,
        "address": settings.BASE_URL + reverse("published:frame", args=[year]),
    }
    return screen(
        request,
        "reports/publication.html",
        title=f"Resultaten {year}",
        trail=[(reverse("publication:index"), TITLE)],
        icon=ICON,
        context=context,
        media=form.media,
    )


@access(Permission.REPORTS_CHANGE)
@require_safe
def preview(request: HttpRequest, year: int) -> HttpResponse:
    """Show the page as anyone would see it, with the figures counted now."""
    _found(year)
    shows = request.GET.get("toont", Publication.Shows.TODAY)
    gathered = (
        queries.gathered(year, shows, now=timezone.now()) if shows in Publication.Shows.values else None
    )
    if gathered is None:
        raise Http404
    made = Publication(year=year, shows=shows, figures=gathered.figures, drawing=gathered.drawing)
    context = {**as_shown(made), "preview": reverse("publication:edit", args=[year]), "years": []}
    return render(request, "reports/public/results.html", context)


@access(Permission.REPORTS_CHANGE)
@require_http_methods(["POST"])
def take_off(request: HttpRequest, year: int) -> HttpResponse:
    """Take the results of a year off the website."""
    publication = get_object_or_404(Publication.objects.visible_to(request.user), year=year)
    actions.take_off(publication=publication, by=request.user, now=timezone.now())
    messages.success(request, f"De resultaten van {year} staan niet meer op de website.")
    return redirect("publication:edit", year)
