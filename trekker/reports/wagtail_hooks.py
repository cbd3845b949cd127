"""Reports in the back office: the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.account import BaseSettingsPanel

from trekker.kernel.access import Permission, may
from trekker.plan.queries.leads import parties_of
from trekker.reports.forms.signals import SignalForm


class ReachMenuItem(MenuItem):
    """The map of the reach, for who may see organisations."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, Permission.ORGANISATIONS_VIEW)


@hooks.register("register_admin_menu_item")
def reach_item() -> MenuItem:
    """Lead to the map of this year."""
    return ReachMenuItem("Bereik", reverse("reach:show"), icon_name="site", name="reach", order=29)


class ReportsMenuItem(MenuItem):
    """The reports, for who may see the plan."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, Permission.OFFICE)


@hooks.register("register_admin_menu_item")
def reports_item() -> MenuItem:
    """Lead to the reports of every year."""
    return ReportsMenuItem(
        "Rapporten", reverse("reports:index"), icon_name="doc-full", name="yearly-reports", order=29
    )


@hooks.register("construct_main_menu")
def name_the_log(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Call Wagtail's own reports what they are here, so that one item is called «Rapporten»."""
    for item in items:
        if item.name == "reports":
            item.label = "Logboek"


class PublicationMenuItem(MenuItem):
    """The results on the website, for who may put them there."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, Permission.REPORTS_CHANGE)


@hooks.register("register_admin_menu_item")
def publication_item() -> MenuItem:
    """Lead to what the website shows of each year."""
    return PublicationMenuItem(
        "Website", reverse("publication:index"), icon_name="view", name="publication", order=29
    )


class SignalsMenuItem(MenuItem):
    """The signals of the week, for who may see the dashboard."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, Permission.OFFICE)


@hooks.register("register_admin_menu_item")
def signals_item() -> MenuItem:
    """Lead to what one should know this week, beneath the dashboard."""
    return SignalsMenuItem(
        "Signalen", reverse("signals:show"), icon_name="info-circle", name="signals", order=12
    )


@hooks.register("register_account_settings_panel")
class SignalsPanel(BaseSettingsPanel):
    """The day of the mail with signals, in the profile of who works for a party of the plan."""

    name = "signals"
    title = "Mail met signalen"
    order = 400
    form_class = SignalForm

    def is_active(self) -> bool:
        """Show it to who gets that mail."""
        return bool(parties_of(self.user))
