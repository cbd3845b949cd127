"""Addresses for the tests of the error pages: ours, and one that breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from trekker.config.urls import urlpatterns as ours
from trekker.kernel.access import Permission, access


@access(Permission.PUBLIC)
def broken(_request: HttpRequest) -> HttpResponse:
    """Fail, as a bug would."""
    raise RuntimeError("stuk")


urlpatterns = [path("stuk/", broken), *ours]
