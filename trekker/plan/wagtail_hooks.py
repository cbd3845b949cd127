"""The plan in the menu of the back office, in the year calendar, and among the results of evaluations."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from trekker.feedback.registry import Selection, declare_selection
from trekker.kernel.access import Permission, may
from trekker.kernel.agenda import Dated, dated
from trekker.kernel.periods import Period
from trekker.plan.queries.effect import evaluations_of_goal, goals_evaluated, name_of_goal
from trekker.plan.queries.planned import moments_within

declare_selection(Selection("goal", "Doelstelling", goals_evaluated, evaluations_of_goal, name_of_goal))


class PlanMenuItem(MenuItem):
    """A menu item for who may see the plan."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who may see the dashboard."""
        return may(request.user, Permission.OFFICE)


@hooks.register("register_admin_menu_item")
def dashboard_item() -> MenuItem:
    """Give the dashboard its place at the top."""
    return PlanMenuItem(
        "Dashboard", reverse("wagtailadmin_home"), icon_name="home", name="dashboard", order=10
    )


@hooks.register("register_admin_menu_item")
def plan_item() -> MenuItem:
    """Give the plan and its versions their place."""
    return PlanMenuItem("Plan", reverse("plan:versions"), icon_name="list-ul", name="plan", order=20)


@hooks.register("register_admin_menu_item")
def progress_item() -> MenuItem:
    """Give the progress of the actions its place."""
    return PlanMenuItem("Voortgang", reverse("plan:progress"), icon_name="tasks", name="progress", order=21)


class MeetingMenuItem(MenuItem):
    """A menu item for who may note progress."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who takes part in the talk about the plan."""
        return may(request.user, Permission.PROGRESS_CHANGE)


@hooks.register("register_admin_menu_item")
def meetings_item() -> MenuItem:
    """Give the regular talk about the plan its place."""
    return MeetingMenuItem("Overleg", reverse("meetings:index"), icon_name="group", name="meetings", order=22)


@dated("plan", permission=Permission.OFFICE)
def moments(period: Period) -> Iterable[Dated]:
    """Give the planned moments of the plan their place in the year calendar."""
    return moments_within(period, timezone.localdate())
