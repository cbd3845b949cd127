"""The public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trekker.kernel.access import Permission, access


@access(Permission.PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what Trekker is and where to go."""
    return render(request, "website/home.html")
