"""What evaluations say: the page of one, of a year, and of those that hang together in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from trekker.feedback.models import Evaluation
from trekker.feedback.queries import results, results_texts
from trekker.feedback.queries.results_counting import count
from trekker.feedback.queries.results_editions import editions, with_earlier
from trekker.feedback.queries.results_followups import FollowedUp, followed_up, told_later
from trekker.feedback.queries.results_questions import QuestionResult
from trekker.feedback.queries.results_sizes import sizes
from trekker.feedback.registry import SELECTIONS
from trekker.kernel import audit, exports
from trekker.kernel.access import Permission, access, may
from trekker.kernel.listing import DOWNLOADED
from trekker.kernel.numbers import whole_number
from trekker.kernel.periods import Period

YEAR = "results:year"
PER_PAGE = 25
FIRST_YEAR, LAST_YEAR = 2000, 2100
HEADINGS = ("vraag", "antwoord", "aantal mensen", "aandeel in procent", "beantwoord door")


@dataclass(frozen=True)
class Asked:
    """What a page of a year is asked for: the year, the selection and the one chosen of it."""

    year: int
    code: str = ""
    key: str = ""

    @property
    def period(self) -> Period:
        """The days of the year."""
        return Period.year(self.year)

    @cached_property
    def choices(self) -> Sequence[tuple[str, str]]:
        """What can be chosen of the selection."""
        return SELECTIONS[self.code].choices(self.period) if self.code else []

    @cached_property
    def name(self) -> str:
        """What was chosen of the selection; empty where nothing was, or what does not exist."""
        if not self.key:
            return ""
        return dict(self.choices).get(self.key) or SELECTIONS[self.code].name(self.key)

    def query(self, **other: str) -> str:
        """Write it as the query of an address, with something else in it."""
        asked = {"jaar": str(self.year), "keuze": self.code, "sleutel": self.key, **other}
        return urlencode({name: value for name, value in asked.items() if value})

    def address(self, **other: str) -> str:
        """Give the address of the page, with something else in it."""
        return f"{reverse(YEAR)}?{self.query(**other)}"


def asked_of(request: HttpRequest) -> Asked:
    """Read what a page of a year is asked for; what is not understood is this year, and all of it."""
    year, code = request.GET.get("jaar", ""), request.GET.get("keuze", "")
    wanted = whole_number(year)
    if wanted is None or not FIRST_YEAR <= wanted <= LAST_YEAR:
        wanted = timezone.localdate().year
    if code not in SELECTIONS:
        return Asked(wanted)
    return Asked(wanted, code, request.GET.get("sleutel", ""))


@access(Permission.FEEDBACK_VIEW)
@require_safe
def evaluation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tell what one evaluation says, or why nothing can be shown yet; or send its figures as a file."""
    rows = with_earlier(request.user, pk)
    if not rows:
        return withheld(request, pk)
    found, *earlier = rows
    reading = results.read([found], count(rows))
    after = followed_up(reading)
    if (kind := request.GET.get("export")) in exports.RESPONSES:
        return send_figures(request, kind, reading.questions, reading, after, title=found.title)
    here = reverse("results:evaluation", args=[found.pk])
    context = {
        "evaluation": found,
        "number_of": str(found.pk),
        "trail": [(f"Resultaten {found.about_on.year}", Asked(found.about_on.year).address())],
        "questions": reading.questions,
        "after": after,
        "told_later": told_later(reading, after) if may_read(request) else None,
        "editions": editions(reading, earlier),
        "notes": results_texts.notes(request.user, found.pk) if may_read(request) else [],
        "texts_url": reverse("results:texts", args=[found.pk]),
        **told(request, reading),
        **downloads(here, ""),
    }
    return render(request, "feedback/results/evaluation.html", context)


def told(request: HttpRequest, reading: results.Reading) -> dict[str, Any]:
    """Gather what every page of results tells."""
    return {
        "reading": reading,
        "can_use": reading.can_use,
        "partly": reading.can_use_partly,
        "content": reading.of_code(results.SATISFACTION),
        "quotes": results_texts.quotes(reading.evaluations),
        "lessons": results_texts.lessons(request.user, reading.evaluations),
        "may_read": may_read(request),
    }


def may_read(request: HttpRequest) -> bool:
    """Tell whether the reader may see open answers and notes."""
    return may(request.user, Permission.FEEDBACK_READ)


def withheld(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why the answers to an evaluation are not shown."""
    found = get_object_or_404(Evaluation.objects.visible_to(request.user), pk=pk)
    trail = [(f"Resultaten {found.about_on.year}", Asked(found.about_on.year).address())]
    is_open = found.is_sealed and not found.closed_at
    context = {"evaluation": found, "number_of": str(pk), "trail": trail, "is_open": is_open}
    return render(request, "feedback/results/withheld.html", context)


@access(Permission.FEEDBACK_VIEW)
@require_safe
def year(request: HttpRequest) -> HttpResponseBase:
    """Tell what the evaluations of a year say, all of them or those that hang together."""
    asked = asked_of(request)
    if asked.code and not asked.name:
        return choose(request, asked)
    of = {"code": asked.code, "key": asked.key}
    rows = results.with_kept_back(results.within(request.user, asked.period, **of), asked.period, **of)
    found: list[Any] = list(rows)
    if not found:
        return nothing(request, asked)
    with_sizes = not asked.code and results.is_complete(asked.period, timezone.localdate())
    reading = results.read(found, count(found, with_sizes=with_sizes))
    kept_back: int = found[0].kept_back
    after = followed_up(reading, kept_back)
    # A whole year has too many forms to show all their questions; the core ones are in all.
    shown = reading.questions if asked.code else [each for each in reading.questions if each.code]
    if (kind := request.GET.get("export")) in exports.RESPONSES:
        return send_figures(request, kind, shown, reading, after, title=name_of(asked))
    context = {
        **frame(asked),
        "questions": shown,
        "after": after,
        "lines": Paginator(reading.lines, PER_PAGE).get_page(request.GET.get("p")),
        "query": asked.query(),
        "sizes": sizes(reading) if with_sizes else None,
        "kept_back": kept_back,
        "texts_url": f"{reverse('results:year_texts')}?{asked.query()}",
        **told(request, reading),
        **downloads(reverse(YEAR), asked.query()),
    }
    return render(request, "feedback/results/year.html", context)


def choose(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Let someone choose of a selection; also who asked for what does not exist."""
    status = HTTPStatus.NOT_FOUND if asked.key else HTTPStatus.OK
    return render(request, "feedback/results/choose.html", frame(asked), status=status)


def nothing(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Say that there is nothing to read in a year or of a selection yet, and why."""
    evaluations = Evaluation.objects.visible_to(request.user)
    context = {
        **frame(asked),
        "kept_back": results.too_small(asked.period, code=asked.code, key=asked.key).count(),
        "has_any": evaluations.filter(
            about_on__gte=asked.period.start, about_on__lt=asked.period.end
        ).exists(),
        "is_past": asked.year < timezone.localdate().year,
    }
    return render(request, "feedback/results/none.html", context)


def name_of(asked: Asked) -> str:
    """Name what is read together."""
    return f"{asked.name} in {asked.year}" if asked.name else f"Resultaten {asked.year}"


def frame(asked: Asked) -> dict[str, Any]:
    """Give what stands around every page of a year: its name, the years beside it, the ways to read."""
    ways = [(each.label, asked.address(keuze=code, sleutel="")) for code, each in SELECTIONS.items()]
    whole = asked.address(keuze="", sleutel="")
    this_year = timezone.localdate().year
    return {
        "asked": asked,
        "title": name_of(asked),
        "tabs": [("Heel het jaar", whole), *ways],
        "current": asked.address(sleutel=""),
        "before": asked.address(jaar=str(asked.year - 1)),
        "later": asked.address(jaar=str(asked.year + 1)) if asked.year < this_year else "",
        "choices": [(label, asked.address(sleutel=key)) for key, label in asked.choices],
        "here": asked.address(),
    }


def downloads(address: str, query: str) -> dict[str, str]:
    """Give the addresses of a page as a file."""
    start = f"{address}?{query}&" if query else f"{address}?"
    return {"xlsx": f"{start}export=xlsx", "csv": f"{start}export=csv"}


def send(
    request: HttpRequest,
    kind: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    what: str,
    title: str,
) -> HttpResponseBase:
    """Send rows as a file, named by what they are and of which evaluation or year; log who took it."""
    reader: Any = request.user
    name = f"{what} {title}"
    audit.record(DOWNLOADED, reader, by=reader, at=timezone.now(), list=name, rows=len(rows))
    if kind == "xlsx":
        return exports.xlsx_response(slugify(name), headings, rows, title=title)
    return exports.csv_response(slugify(name), headings, rows)


def send_figures(
    request: HttpRequest,
    kind: str,
    questions: Sequence[QuestionResult],
    reading: results.Reading,
    after: FollowedUp | None,
    *,
    title: str,
) -> HttpResponseBase:
    """Send the figures as a file: each question of the page with each answer, how many people, what share."""
    rows = list(_figures(questions, reading.reach, after))
    return send(request, kind, HEADINGS, rows, what="cijfers", title=title)


def _figures(
    questions: Sequence[QuestionResult], reach: results.Reach, after: FollowedUp | None
) -> Iterable[tuple[Any, ...]]:
    yield "Wie antwoordde?", "antwoordden", reach.answered, None, None
    if not reach.unknown:
        yield "Wie antwoordde?", "konden antwoorden", reach.of, None, None
    for question in questions:
        for each in question.choices:
            yield question.label, each.label, each.count, round(each.share, 1), question.answered
    if after and after.is_shown:
        for label, many, share in after.outcomes:
            yield "Wat kwam ervan?", label, many, round(share, 1), after.answered
