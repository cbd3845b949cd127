"""Every address of the platform."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app_codes
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_office
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from trekker.kernel.access import Permission, access
from trekker.plan.urls import meeting_patterns
from trekker.plan.views import dashboard
from trekker.ui.views import gallery_in_office

everyone = access(Permission.PUBLIC)
signed_in = access(Permission.OFFICE)
administrators = access(Permission.USERS_CHANGE)

# allauth's pages, under Dutch addresses. What is not listed is closed: nobody signs up, and an
# administrator gives passwords and changes addresses.
sign_in_patterns = [
    path("", everyone(account.request_login_code), name="account_request_login_code"),
    path("code/", everyone(account.confirm_login_code), name="account_confirm_login_code"),
    path("wachtwoord/", everyone(account.login), name="account_login"),
    # allauth wants to name an address for sign-up in a mail; our mail does not.
    path("nieuw/", everyone(RedirectView.as_view(url="/aanmelden/")), name="account_signup"),
    path("gestopt/", everyone(account.account_inactive), name="account_inactive"),
    path("afmelden/", everyone(account.logout), name="account_logout"),
    path("opnieuw/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("tweede-stap/", signed_in(second_step.index), name="mfa_index"),
    path("tweede-stap/code/", everyone(second_step.authenticate), name="mfa_authenticate"),
    path("tweede-stap/opnieuw/", signed_in(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("tweede-stap/app/", signed_in(app_codes.activate_totp), name="mfa_activate_totp"),
    path("tweede-stap/app/stop/", signed_in(app_codes.deactivate_totp), name="mfa_deactivate_totp"),
    path("tweede-stap/reserve/", signed_in(spare_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "tweede-stap/reserve/nieuw/",
        signed_in(spare_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tweede-stap/reserve/bestand/",
        signed_in(spare_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

# Our own screens in the back office; Wagtail's decorator asks for sign-in and keeps the log.
office_patterns: list[URLPattern | URLResolver] = [
    path("", dashboard.show, name="wagtailadmin_home"),
    path("bouwstenen/", gallery_in_office, name="office_gallery"),
    path("plan/", include("trekker.plan.urls")),
    path("overleg/", include((meeting_patterns, "meetings"))),
    path("organisaties/", include("trekker.organisations.urls")),
    path("inlezen/", include("trekker.imports.urls")),
    path("netwerk/", include("trekker.network.urls")),
    path("netwerk/personen/", include("trekker.people.urls")),
    path("activiteiten/", include("trekker.events.urls.office")),
    path("activiteiten/", include("trekker.events.urls.participants")),
    path("kalender/", include("trekker.events.urls.calendar")),
    path("vragen/", include("trekker.events.urls.requests")),
    path("ideeen/", include("trekker.ideas.urls")),
    path("feedback/", include("trekker.feedback.urls.office")),
    path("feedback/", include("trekker.feedback.urls.results")),
    path("mail/", include("trekker.mail.urls")),
    path("bereik/", include("trekker.reports.urls.reach")),
    path("rapporten/bestanden/", include("trekker.reports.urls.files")),
    path("rapporten/", include("trekker.reports.urls.office")),
    path("resultaten/", include("trekker.reports.urls.publication")),
    path("signalen/", include("trekker.reports.urls.signals")),
    # Wagtail itself lets everyone in the back office open its log.
    path("reports/site-history/", administrators(LogEntriesView.as_view())),
    path("reports/site-history/results/", administrators(LogEntriesView.as_view(results_only=True))),
]

# Parts of Wagtail that nothing of ours uses: what is closed need not be guarded.
NOT_USED = [
    *("api", "test404", "failwhale", "block-preview", "tag-autocomplete", "snippets", "password_reset"),
    *("pages", "choose-page", "choose-[a-z]+-link", "images", "documents", "collections", "workflows"),
    *("groups", "reports/(?!site-history/)[a-z_-]+", "bulk/(?!people/account/)[a-z]+"),
]


@everyone
def closed(_request: HttpRequest) -> HttpResponse:
    """Answer as if the address does not exist."""
    raise Http404


urlpatterns = [
    path("aanmelden/", include(sign_in_patterns)),
    path(
        "beheer/login/",
        everyone(RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)),
        name="office_login",
    ),
    path("beheer/", include(decorate_urlpatterns(office_patterns, require_admin_access))),
    re_path(rf"^beheer/(?:{'|'.join(NOT_USED)})/", closed, name="not_used"),
    path("beheer/", include(wagtail_office)),
    path("ui/", include("trekker.ui.urls")),
    path("", include("trekker.events.urls.agenda")),
    path("", include("trekker.feedback.urls.public")),
    path("", include("trekker.reports.urls.public")),
    path("", include("trekker.website.urls")),
]
