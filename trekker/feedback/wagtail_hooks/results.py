"""Results in the back office: the menu, and ways to read evaluations together."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from trekker.feedback.actions import tagging  # noqa: F401 - tells the log its acts by being read
from trekker.feedback.queries.results_selections import OWN
from trekker.feedback.registry import declare_selection
from trekker.kernel.access import Permission, may

for each in OWN:
    declare_selection(each)


class ResultsMenuItem(MenuItem):
    """The results, for who may see them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the closed list."""
        return may(request.user, Permission.FEEDBACK_VIEW)


@hooks.register("register_feedback_menu_item")
def results_item() -> MenuItem:
    """Lead to the results of this year."""
    return ResultsMenuItem(
        "Resultaten", reverse("results:year"), icon_name="table", name="feedback-results", order=20
    )
