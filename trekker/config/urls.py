"""Every address of the platform."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_office
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

# Our own screens in the back office; Wagtail's decorator asks for sign-in and keeps the log.
office_patterns: list[URLPattern | URLResolver] = []

urlpatterns = [
    path("aanmelden/", include("allauth.urls")),
    path(
        "beheer/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="office_login",
    ),
    path("beheer/", include(decorate_urlpatterns(office_patterns, require_admin_access))),
    path("beheer/", include(wagtail_office)),
    path("", include("trekker.website.urls")),
]
