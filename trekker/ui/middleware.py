"""Two promises on every response: the right security policy, and privacy of signed-in pages."""

from __future__ import annotations

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

OFFICE = "/beheer/"


class ContentSecurityPolicy(CSPMiddleware):
    """Sends the strict policy everywhere, and Wagtail's own policy under ``/beheer/``."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the policy on the response."""
        if request.path.startswith(OFFICE):
            # django-csp reads this name; its decorator for views sets it the same way.
            response._csp_replace = settings.OFFICE_SECURITY_POLICY  # type: ignore[attr-defined]  # noqa: SLF001
        return super().process_response(request, response)


class PrivatePages(MiddlewareMixin):
    """Forbids every cache to keep a page made for someone who is signed in."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Mark the response as not to be stored."""
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
