"""The public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trekker.events.queries import agenda
from trekker.events.queries.material import recordings_without_captions
from trekker.kernel.access import Permission, Role, access
from trekker.website import queries

COMING = 4


@access(Permission.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what Trekker is, where to go, and what is coming."""
    now = timezone.now()
    coming = agenda.entries(agenda.with_entries(agenda.upcoming(now))[:COMING], now)
    return render(request, "website/home.html", {"coming": coming})


@access(Permission.PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say per kind of data why it is kept and until when."""
    return render(request, "website/privacy.html", {"kept": queries.kept_data()})


@access(Permission.PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the platform is, and how to report what is not."""
    return render(request, "website/accessibility.html", {"recordings": recordings_without_captions()})


@access(Permission.PUBLIC)
@require_safe
def who_can_what(request: HttpRequest) -> HttpResponse:
    """Show which role may do what, from the same table that decides it."""
    return render(request, "website/who_can_what.html", {"rights": queries.rights(), "roles": list(Role)})
