"""The map of the reach, and the list of whom to invite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trekker.kernel import audit, exports
from trekker.kernel.access import Permission, access, may
from trekker.kernel.listing import DOWNLOADED
from trekker.kernel.periods import Period
from trekker.reports.formats.rows import list_rows, table_rows
from trekker.reports.forms.reach import ReachFilter
from trekker.reports.queries.invitations import Invitation, associations, invitations
from trekker.reports.queries.reach import TOOK_PART, Count, Government, Reach, by_kind, reach, unknowns
from trekker.reports.queries.reach_map import reach_map
from trekker.ui.charts import number

ASSOCIATIONS_SHOWN = 12
HEADINGS = ("gemeente", "provincie", "inwoners", "OCMW")
CONTACT_HEADINGS = ("contactpersonen", "mailadressen")


def _asked(request: HttpRequest) -> tuple[ReachFilter, Reach]:
    """Read what the address asks, and find it."""
    today = timezone.localdate()
    form = ReachFilter(request.GET, this_year=today.year)
    return form, reach(Period.year(form.year).until(today), form.selection)


@access(Permission.ORGANISATIONS_VIEW)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show which local governments were reached, and how to reach the others."""
    form, found = _asked(request)
    helping = associations(found) if found.unreached else []
    kept = urlencode(form.chosen)
    address = reverse("organisation:inspect", args=[0])

    def page_of(government: Government) -> str:
        return address.replace("/0/", f"/{government.pk}/")

    context = {
        "form": form,
        "found": found,
        "map": reach_map(found),
        "gaps": unknowns(found),
        "associations": helping[:ASSOCIATIONS_SHOWN],
        "more_associations": max(len(helping) - ASSOCIATIONS_SHOWN, 0),
        "downloads": [
            (kind, f"{reverse('reach:invite')}?{kept}&formaat={kind}") for kind in exports.RESPONSES
        ],
        "unreached": [
            (province, len(these), list_rows((page_of(each), each.name) for each in these))
            for province, these in found.unreached_by_province
        ],
        "rows": table_rows(_in_words(each, page_of(each)) for each in found.governments),
        "kinds_address": f"{reverse('reach:kinds')}?{kept}",
        "with_contacts": may(request.user, Permission.PEOPLE_EXPORT),
    }
    return render(request, "reports/reach.html", context)


@cache
def _inhabitants(population: int | None) -> str:
    """Write a number of inhabitants; there are a few hundred of them."""
    return number(population)


def _in_words(each: Government, address: str) -> tuple[str, str, str, str, str, str, str]:
    """Give what the map shows of a local government as the cells of a row."""
    answers = ("ja" if reached else "nee" for reached in (each.is_member, each.took_part, each.is_trained))
    member, took_part, trained = answers
    return address, each.name, each.province, _inhabitants(each.population), member, took_part, trained


@access(Permission.ORGANISATIONS_VIEW)
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """Show how many local governments took part in each kind of activity."""
    form, found = _asked(request)
    counts = [(count, f"{reverse('reach:show')}?{_with(form, count)}") for count in by_kind(found)]
    back = f"{reverse('reach:show')}?{urlencode(form.chosen)}"
    return render(
        request, "reports/reach_kinds.html", {"form": form, "found": found, "counts": counts, "back": back}
    )


def _with(form: ReachFilter, count: Count) -> str:
    return urlencode({**form.chosen, "wijze": TOOK_PART, "soort": count.kind})


@access(Permission.ORGANISATIONS_VIEW)
@require_safe
def invite(request: HttpRequest) -> HttpResponseBase:
    """Send the local governments that were not reached as a file; who may take names along gets them too."""
    form, found = _asked(request)
    kind = request.GET.get("formaat", "csv")
    if kind not in exports.RESPONSES:
        raise Http404
    reader: Any = request.user
    with_contacts = may(reader, Permission.PEOPLE_EXPORT)
    rows = invitations(found, reader=reader, with_contacts=with_contacts)
    name = f"uit te nodigen {form.year}"
    audit.record(DOWNLOADED, reader, by=reader, at=timezone.now(), list=name, rows=len(rows))
    headings = (*HEADINGS, *(CONTACT_HEADINGS if with_contacts else ()))
    cells = _cells(rows, with_contacts=with_contacts)
    return exports.RESPONSES[kind](name.replace(" ", "-"), headings, cells)


def _cells(rows: Iterable[Invitation], *, with_contacts: bool) -> Iterable[Sequence[Any]]:
    for each in rows:
        government = each.government
        facts = (government.name, government.province, government.population, each.ocmw)
        names = "; ".join(
            f"{one.name} ({one.function})" if one.function else one.name for one in each.contacts
        )
        addresses = "; ".join(one.email for one in each.contacts)
        yield (*facts, names, addresses) if with_contacts else facts
