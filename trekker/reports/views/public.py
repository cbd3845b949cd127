"""The results of a year for anyone: a page, a frame for other websites, the map, and the figures as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from itertools import count
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from trekker.kernel import exports
from trekker.kernel.access import Permission, access
from trekker.reports.formats import flanders, open_data
from trekker.reports.models import Publication
from trekker.reports.queries.publication import shown_years

FRESH_SECONDS = 300
LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.nl")
Shown = Callable[[HttpRequest, Publication], HttpResponse]


def of_shown_year(view: Shown) -> Callable[..., HttpResponseBase]:
    """
    Give a view the publication of its year, or say that there is none; its answer may be kept for a while.

    Whoever has the answer already gets no second copy.
    """

    @wraps(view)
    def found(request: HttpRequest, year: int) -> HttpResponseBase:
        publication = Publication.objects.shown().defer("drawing").filter(year=year).first()
        if publication is None:
            return _none(request, year)
        return kept(request, view(request, publication))

    return found


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Let caches keep an answer for five minutes, and answer shortly to whoever has it already."""
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    set_response_etag(response)
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    for name in ("_csp_replace", "xframe_options_exempt"):
        # What a cache keeps gets the headers of the short answer: they must say the same.
        if hasattr(response, name):
            setattr(answer, name, getattr(response, name))
    return answer  # type: ignore[return-value]  # it gives the response back, or a short one


def _none(request: HttpRequest, year: int) -> HttpResponse:
    return render(request, "reports/public/none.html", {"year": year, "years": shown_years()}, status=404)


@access(Permission.PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the newest results, or say what to do while there are none."""
    years = shown_years()
    if years:
        return redirect("published:show", years[0])
    return render(request, "reports/public/none.html", {"years": years})


@access(Permission.PUBLIC)
@require_safe
@of_shown_year
def show(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Show the results of a year."""
    years = [year for year in shown_years() if year != publication.year]
    return render(request, "reports/public/results.html", {**as_shown(publication), "years": years})


@access(Permission.PUBLIC)
@require_safe
@of_shown_year
def reach(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Show which municipalities were reached, as a map and in words."""
    if not publication.figures["reach"]:
        return _none(request, publication.year)
    looks = {look.code: look for look in flanders.LOOKS}
    legend = [
        (SafeString(flanders.standalone_swatch(looks[code])), words)
        for code, words in publication.figures["reach"]["legend"]
        if code in looks
    ]
    return render(request, "reports/public/reach.html", {**as_shown(publication), "legend": legend})


@access(Permission.PUBLIC)
@require_safe
@of_shown_year
def drawing(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Give the map as a picture."""
    if not publication.drawing:
        return _none(request, publication.year)
    return HttpResponse(publication.drawing, content_type="image/svg+xml; charset=utf-8")


@access(Permission.PUBLIC)
@require_safe
@of_shown_year
def frame(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Show the results in short, in a frame of a website that the officer named."""
    response = render(request, "reports/public/frame.html", as_shown(publication))
    response._csp_replace = {"frame-ancestors": [SELF, *publication.hosts]}  # type: ignore[attr-defined]  # noqa: SLF001 - what django-csp's own decorator sets
    response.xframe_options_exempt = True  # type: ignore[attr-defined]  # it knows no list of websites
    return response


@access(Permission.PUBLIC)
@require_safe
@of_shown_year
def as_json(_request: HttpRequest, publication: Publication) -> HttpResponse:
    """Give the figures as open data."""
    facts = publication.figures
    told = ("year", "plan", "owner", "version", "until", "made_at", "fixed_on", "goals")
    response = JsonResponse(
        {
            "licence": LICENCE[1],
            "page": settings.BASE_URL + publication.get_absolute_url(),
            "note": "Figures that count people are rounded down: is_least says so.",
            **{name: facts[name] for name in told},
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    return _open(response)


@access(Permission.PUBLIC)
@require_safe
@of_shown_year
def as_csv(_request: HttpRequest, publication: Publication) -> HttpResponse:
    """Give the figures as a sheet."""
    lines = "".join(exports.csv_lines(open_data.HEADINGS, open_data.rows(publication.figures)))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="resultaten-{publication.year}.csv"'
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Let every website read it, and say under which licence."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Link"] = f'<{LICENCE[1]}>; rel="license"'
    return response


def as_shown(publication: Publication) -> dict[str, Any]:
    """Give what the templates show of a publication."""
    facts = publication.figures
    numbers = count(1)
    goals = [
        {**goal, "promises": [_promise(each, numbers) for each in goal["promises"]]}
        for goal in facts["goals"]
    ]
    figures = [each for goal in goals for promise in goal["promises"] for each in promise["figures"]]
    return {
        "publication": publication,
        "facts": facts,
        "goals": goals,
        "months": max(
            ([day for day, _value, _said in each["trend"]] for each in figures), key=len, default=[]
        ),
        "definitions": sorted(
            {each["label"]: each["definition"] for each in figures if each["label"]}.items()
        ),
        "until": date.fromisoformat(facts["until"]),
        "made_at": datetime.fromisoformat(facts["made_at"]),
        "fixed_on": date.fromisoformat(facts["fixed_on"]) if facts["fixed_on"] else None,
        "revisions": [
            (number, date.fromisoformat(since), reason) for number, since, reason in facts["revisions"]
        ],
        "page": settings.BASE_URL + reverse("published:show", args=[publication.year]),
        "licence": LICENCE,
    }


def _promise(promise: Mapping[str, Any], numbers: count[int]) -> dict[str, Any]:
    """Number the figures of a promise, and read their days."""
    figures = [
        {
            **each,
            "name": f"cijfer-{next(numbers)}",
            "trend": [(date.fromisoformat(day), value, said) for day, value, said in each["trend"]],
            "was": [(target, date.fromisoformat(until), reason) for target, until, reason in each["was"]],
        }
        for each in promise["figures"]
    ]
    return {**promise, "figures": figures}
