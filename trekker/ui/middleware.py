"""What holds for every page: no address with a NUL, the right security policy, privacy of signed-in pages."""

from __future__ import annotations

from urllib.parse import unquote

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.deprecation import MiddlewareMixin

OFFICE = "/beheer/"
NUL = "\x00"


class ContentSecurityPolicy(CSPMiddleware):
    """Sends the strict policy everywhere, and Wagtail's own policy under ``/beheer/``."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the policy on the response."""
        if request.path.startswith(OFFICE):
            # django-csp reads this name; its decorator for views sets it the same way.
            response._csp_replace = settings.OFFICE_SECURITY_POLICY  # type: ignore[attr-defined]  # noqa: SLF001
        return super().process_response(request, response)


class NoNul(MiddlewareMixin):
    """Refuses NUL, which no database text can hold, in an address or a cookie; forms do so themselves."""

    def process_request(self, request: HttpRequest) -> None:
        """
        Look at what a view may ask the database for.

        :raises BadRequest: if there is a NUL in it
        """
        query = unquote(request.META.get("QUERY_STRING", ""))
        if any(NUL in text for text in (request.path_info, query, *request.COOKIES.values())):
            raise BadRequest


class PrivatePages(MiddlewareMixin):
    """Forbids every cache to keep a page made for someone who is signed in."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Mark the response as not to be stored."""
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
