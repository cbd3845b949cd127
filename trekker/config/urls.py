"""Every address of the platform."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_office

urlpatterns = [
    path("aanmelden/", include("allauth.urls")),
    path(
        "beheer/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="office_login",
    ),
    path("beheer/", include(wagtail_office)),
    path("", include("trekker.website.urls")),
]
